//! The vehicle algebra: is this very vehicle concerned by that set?

use serde::{Deserialize, Serialize};

use crate::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};

/// One vehicle, or somebody on foot, as the map filter or a route planner describes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct VehicleProfile {
    /// What it is.
    pub kind: VehicleKind,
    /// Maximum permitted weight, tonnes. Of goods vehicles, an unknown weight counts as above every limit.
    pub weight_t: Option<f64>,
    /// Width, metres. An unknown size exceeds nothing; the same for the two others.
    pub width_m: Option<f64>,
    /// Length, metres.
    pub length_m: Option<f64>,
    /// Height, metres.
    pub height_m: Option<f64>,
    /// Crit'Air class; unknown is none of them.
    pub crit_air: Option<CritAir>,
    /// Whether it carries dangerous goods.
    pub hazardous: bool,
    /// What it is used for, and what its driver is there for.
    pub usages: Vec<VehicleUsage>,
    /// Further descriptions, compared with the free texts of a set whatever the case.
    pub descriptions: Vec<String>,
}

/// What a vehicle is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum VehicleKind {
    /// A private car, or anything that none of the others names.
    #[default]
    Car,
    /// A vehicle for the carriage of goods, whatever its weight.
    Goods,
    /// A bus or coach.
    Bus,
    /// A motorcycle or moped.
    Motorcycle,
    /// A bicycle.
    Bicycle,
    /// Somebody on foot.
    Pedestrian,
}

/// What a vehicle is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum VehicleUsage {
    /// Public transport.
    Commercial,
    /// Fire brigade, ambulances.
    EmergencyServices,
    /// Police; an emergency service as well.
    Police,
    /// Taxi or private hire.
    Taxi,
    /// Shared by several travellers.
    CarSharing,
    /// Works on the road.
    RoadMaintenanceOrConstruction,
    /// Deliveries.
    CityLogistics,
    /// Whose destination is within the section.
    DestinationTraffic,
    /// Whose driver lives there.
    LocalResident,
}

impl VehicleSet {
    /// Whether the set concerns this vehicle: restricted and not exempted.
    #[must_use]
    pub fn applies_to(&self, vehicle: &VehicleProfile) -> bool {
        let restricted = self.restricted.is_empty() || self.restricted.iter().any(|kind| kind.matches(vehicle));
        restricted && !self.exempted.iter().any(|kind| kind.matches(vehicle))
    }
}

impl RestrictedVehicles {
    /// Whether this restriction, alone, concerns the vehicle.
    #[must_use]
    pub fn matches(&self, vehicle: &VehicleProfile) -> bool {
        let exceeds = |size: Option<f64>, max: Option<f64>| size.zip(max).is_some_and(|(size, max)| size > max);
        match self {
            Self::HeavyGoodsVehicle { max_weight_t } => {
                let is_heavier = match (vehicle.weight_t, max_weight_t) {
                    (Some(weight), Some(max)) => weight > *max,
                    _ => true,
                };
                vehicle.kind == VehicleKind::Goods && is_heavier
            }
            Self::Dimensions { max_width_m, max_length_m, max_height_m } => {
                exceeds(vehicle.width_m, *max_width_m)
                    || exceeds(vehicle.length_m, *max_length_m)
                    || exceeds(vehicle.height_m, *max_height_m)
            }
            Self::CritAir { classes } => vehicle.crit_air.is_some_and(|class| classes.contains(&class)),
            Self::HazardousMaterials => vehicle.hazardous,
            Self::Other { text } => vehicle.is_described_as(text),
        }
    }
}

impl ExemptedVehicles {
    /// Whether this exemption covers the vehicle.
    #[must_use]
    pub fn matches(&self, vehicle: &VehicleProfile) -> bool {
        let used_for = |usage| vehicle.usages.contains(&usage);
        match self {
            Self::Commercial => used_for(VehicleUsage::Commercial),
            // The law counts the police among vehicles of general interest with priority, and so does DATEX II.
            Self::EmergencyServices => used_for(VehicleUsage::EmergencyServices) || used_for(VehicleUsage::Police),
            Self::Bicycle => vehicle.kind == VehicleKind::Bicycle,
            Self::Pedestrians => vehicle.kind == VehicleKind::Pedestrian,
            Self::Taxi => used_for(VehicleUsage::Taxi),
            Self::CarSharing => used_for(VehicleUsage::CarSharing),
            Self::RoadMaintenanceOrConstruction => used_for(VehicleUsage::RoadMaintenanceOrConstruction),
            Self::CityLogistics => used_for(VehicleUsage::CityLogistics),
            Self::Police => used_for(VehicleUsage::Police),
            Self::DesserteLocale => used_for(VehicleUsage::DestinationTraffic),
            Self::LocalResident => used_for(VehicleUsage::LocalResident),
            Self::Other { text } => vehicle.is_described_as(text),
        }
    }
}

impl VehicleProfile {
    fn is_described_as(&self, text: &str) -> bool {
        let plain = |text: &str| text.trim().to_lowercase();
        self.descriptions.iter().any(|description| plain(description) == plain(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hgv(weight_t: f64) -> VehicleProfile {
        VehicleProfile { kind: VehicleKind::Goods, weight_t: Some(weight_t), ..Default::default() }
    }

    fn used_for(usage: VehicleUsage) -> VehicleProfile {
        VehicleProfile { usages: vec![usage], ..Default::default() }
    }

    fn lorries_above(max_weight_t: f64) -> VehicleSet {
        VehicleSet {
            restricted: vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(max_weight_t) }],
            exempted: Vec::new(),
        }
    }

    #[test]
    fn lorries_above_a_weight_except_emergency_and_residents_concern_only_the_heavy_lorry() {
        let set = VehicleSet {
            exempted: vec![ExemptedVehicles::EmergencyServices, ExemptedVehicles::LocalResident],
            ..lorries_above(3.5)
        };
        let heavy_ambulance = VehicleProfile { usages: vec![VehicleUsage::EmergencyServices], ..hgv(12.0) };
        for (name, vehicle, concerned) in [
            ("lorry of 12 t", hgv(12.0), true),
            ("lorry of 3 t", hgv(3.0), false),
            ("car", VehicleProfile::default(), false),
            ("ambulance", used_for(VehicleUsage::EmergencyServices), false),
            ("resident", used_for(VehicleUsage::LocalResident), false),
            ("ambulance of 12 t", heavy_ambulance, false),
        ] {
            assert_eq!(set.applies_to(&vehicle), concerned, "{name}");
        }
    }

    #[test]
    fn a_weight_limit_is_above_the_figure_and_for_goods_only() {
        let set = lorries_above(3.5);
        assert!(!set.applies_to(&hgv(3.5)), "3.5 t is not above 3.5 t");
        assert!(set.applies_to(&hgv(3.501)));
        let coach = VehicleProfile { kind: VehicleKind::Bus, ..hgv(18.0) };
        assert!(!set.applies_to(&coach), "a coach carries no goods");
        let unknown = VehicleProfile { weight_t: None, ..hgv(0.0) };
        assert!(set.applies_to(&unknown), "an unknown weight is taken as above");
    }

    #[test]
    fn any_one_size_above_its_limit_is_enough() {
        let set = VehicleSet {
            restricted: vec![RestrictedVehicles::Dimensions {
                max_width_m: Some(2.5),
                max_length_m: None,
                max_height_m: Some(3.0),
            }],
            exempted: Vec::new(),
        };
        let sized = |width, length, height| VehicleProfile {
            width_m: Some(width),
            length_m: Some(length),
            height_m: Some(height),
            ..Default::default()
        };
        assert!(!set.applies_to(&sized(2.5, 40.0, 3.0)));
        assert!(set.applies_to(&sized(2.6, 4.0, 2.0)));
        assert!(set.applies_to(&sized(2.0, 4.0, 3.1)));
        assert!(!set.applies_to(&VehicleProfile::default()), "unknown sizes exceed nothing");
    }

    #[test]
    fn no_restriction_means_everybody_but_the_exempted() {
        let set = VehicleSet { restricted: Vec::new(), exempted: vec![ExemptedVehicles::Bicycle] };
        assert!(set.applies_to(&VehicleProfile::default()));
        assert!(set.applies_to(&VehicleProfile { kind: VehicleKind::Pedestrian, ..Default::default() }));
        assert!(!set.applies_to(&VehicleProfile { kind: VehicleKind::Bicycle, ..Default::default() }));
    }

    #[test]
    fn each_exemption_frees_its_own_usage() {
        use VehicleUsage as Usage;
        for (exempted, usage) in [
            (ExemptedVehicles::Commercial, Usage::Commercial),
            (ExemptedVehicles::EmergencyServices, Usage::EmergencyServices),
            (ExemptedVehicles::EmergencyServices, Usage::Police),
            (ExemptedVehicles::Police, Usage::Police),
            (ExemptedVehicles::Taxi, Usage::Taxi),
            (ExemptedVehicles::CarSharing, Usage::CarSharing),
            (ExemptedVehicles::RoadMaintenanceOrConstruction, Usage::RoadMaintenanceOrConstruction),
            (ExemptedVehicles::CityLogistics, Usage::CityLogistics),
            (ExemptedVehicles::DesserteLocale, Usage::DestinationTraffic),
            (ExemptedVehicles::LocalResident, Usage::LocalResident),
        ] {
            let set = VehicleSet { restricted: Vec::new(), exempted: vec![exempted.clone()] };
            assert!(!set.applies_to(&used_for(usage)), "{exempted:?} frees {usage:?}");
            assert!(set.applies_to(&VehicleProfile::default()), "{exempted:?} frees nobody else");
        }
    }

    #[test]
    fn classes_loads_and_free_texts_restrict_those_they_name() {
        let set = |restricted| VehicleSet { restricted: vec![restricted], exempted: Vec::new() };
        let class = |class| VehicleProfile { crit_air: Some(class), ..Default::default() };
        let dirty = set(RestrictedVehicles::CritAir { classes: vec![CritAir::Class4, CritAir::Without] });
        assert!(dirty.applies_to(&class(CritAir::Without)));
        assert!(!dirty.applies_to(&class(CritAir::Class3)));
        assert!(!dirty.applies_to(&VehicleProfile::default()), "an unknown class is none");

        let loaded = VehicleProfile { hazardous: true, ..Default::default() };
        assert!(set(RestrictedVehicles::HazardousMaterials).applies_to(&loaded));
        assert!(!set(RestrictedVehicles::HazardousMaterials).applies_to(&VehicleProfile::default()));

        let scooter = VehicleProfile { descriptions: vec!["trottinettes".into()], ..Default::default() };
        assert!(set(RestrictedVehicles::Other { text: "Trottinettes ".into() }).applies_to(&scooter));
        assert!(!set(RestrictedVehicles::Other { text: "Convois".into() }).applies_to(&scooter));
    }
}
