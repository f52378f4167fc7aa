//! Who is concerned.
//!
//! ## Goods vehicles
//! An order that restricts "poids lourds de plus de N tonnes" restricts vehicles for the carriage of goods whose
//! maximum permitted weight is above N tonnes. The standard defines its words by weight too: `heavyGoodsVehicle` is a
//! vehicle "with a total weight above 3,500 kg". So:
//!
//! * N of 3.5 or more: `heavyGoodsVehicle` **and** `greaterThan` N `maximumPermitted`. Every such vehicle is above
//!   3.5 t anyway, and the word is the one that existing readers look for.
//! * N below 3.5, or no weight at all: the same, **or** the extended value `goodsVehicles` with the same weight.
//!   `heavyGoodsVehicle` alone would silently let the vans up to 3.5 t through; `goodsVehicles` alone would say
//!   nothing to a reader who does not know the extended values.
//!
//! `largeGoodsVehicle` would be a hair more precise than `heavyGoodsVehicle`, but no French reader of the feed expects
//! it. `maximumPermitted` is the French PTAC.

use dialog_domain::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};

use crate::{
    datex::{
        model::{Condition, Dimension, NonEmpty, Quantity, VehicleCharacteristics},
        text::Text,
        words::{VehicleType, VehicleUsage},
    },
    loss::{LossCode, Losses},
};

/// Weight above which the standard speaks of heavy goods vehicles, in tonnes.
const HEAVY_ABOVE_T: f64 = 3.5;

/// The conditions of a vehicle set, to be added to those of time and place. `None` when some vehicles are restricted
/// but none of them can be said: without a condition the measure would bind everybody.
pub(super) fn conditions(set: &VehicleSet, path: &str, losses: &mut Losses) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    if !set.restricted.is_empty() {
        let mut restricted = Vec::new();
        for vehicles in &set.restricted {
            let said = restrict(vehicles, path, losses);
            if said.is_empty() {
                losses.add(path, LossCode::VehiclesLeftOut, restricted_word(vehicles));
            }
            push_new(&mut restricted, said);
        }
        conditions.push(Condition::any(NonEmpty::from_vec(restricted)?));
    }
    let mut exempted = Vec::new();
    for vehicles in &set.exempted {
        push_new(&mut exempted, vec![exempt(vehicles, set, path, losses)]);
    }
    conditions.extend(NonEmpty::from_vec(exempted).map(Condition::none));
    Some(conditions)
}

/// The same condition twice says nothing more.
fn push_new(conditions: &mut Vec<Condition>, more: Vec<Condition>) {
    for condition in more {
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
}

/// One condition per way of being restricted: any of them is enough.
fn restrict(vehicles: &RestrictedVehicles, path: &str, losses: &mut Losses) -> Vec<Condition> {
    let characteristics = match vehicles {
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None } => goods_vehicles(None),
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(weight) } => match Quantity::new(*weight) {
            Some(weight) => goods_vehicles(Some(weight)),
            None => Vec::new(),
        },
        RestrictedVehicles::Dimensions { max_width_m, max_length_m, max_height_m } => {
            let sizes =
                [(Dimension::Height, max_height_m), (Dimension::Length, max_length_m), (Dimension::Width, max_width_m)];
            sizes
                .into_iter()
                .filter_map(|(dimension, size)| {
                    Some(VehicleCharacteristics::Size { dimension, above_m: Quantity::new((*size)?)? })
                })
                .collect()
        }
        RestrictedVehicles::CritAir { classes } => {
            classes.iter().map(|&class| VehicleCharacteristics::Emission(crit_air_word(class))).collect()
        }
        RestrictedVehicles::HazardousMaterials => vec![VehicleCharacteristics::HazardousMaterials],
        RestrictedVehicles::Other { text } => vec![in_words(text, path, losses)],
    };
    characteristics.into_iter().map(Condition::Vehicle).collect()
}

fn goods_vehicles(above_t: Option<Quantity>) -> Vec<VehicleCharacteristics> {
    let kinds: &[VehicleType] = match above_t {
        Some(weight) if weight.value() >= HEAVY_ABOVE_T => &[VehicleType::HeavyGoodsVehicle],
        Some(_) | None => &[VehicleType::HeavyGoodsVehicle, VehicleType::GoodsVehicles],
    };
    kinds.iter().map(|&kind| VehicleCharacteristics::Type { kind, above_t }).collect()
}

fn exempt(vehicles: &ExemptedVehicles, set: &VehicleSet, path: &str, losses: &mut Losses) -> Condition {
    let usage = |usage| Condition::Vehicle(VehicleCharacteristics::Usage(usage));
    match vehicles {
        ExemptedVehicles::Commercial => {
            losses.add(path, LossCode::WiderExemption, "transports en commun → commercial");
            usage(VehicleUsage::Commercial)
        }
        ExemptedVehicles::EmergencyServices => usage(VehicleUsage::EmergencyServices),
        ExemptedVehicles::Bicycle => {
            Condition::Vehicle(VehicleCharacteristics::Type { kind: VehicleType::Bicycle, above_t: None })
        }
        ExemptedVehicles::Pedestrians => Condition::Pedestrians,
        ExemptedVehicles::Taxi => usage(VehicleUsage::Taxi),
        ExemptedVehicles::CarSharing => usage(VehicleUsage::CarSharing),
        ExemptedVehicles::RoadMaintenanceOrConstruction => usage(VehicleUsage::RoadMaintenanceOrConstruction),
        ExemptedVehicles::CityLogistics => usage(VehicleUsage::CityLogistics),
        ExemptedVehicles::Police => {
            if !set.exempted.contains(&ExemptedVehicles::EmergencyServices) {
                losses.add(path, LossCode::WiderExemption, "police → emergencyServices");
            }
            usage(VehicleUsage::EmergencyServices)
        }
        ExemptedVehicles::DesserteLocale => Condition::DestinationTraffic,
        ExemptedVehicles::LocalResident => Condition::LocalResident,
        ExemptedVehicles::Other { text } => Condition::Vehicle(in_words(text, path, losses)),
    }
}

fn in_words(text: &str, path: &str, losses: &mut Losses) -> VehicleCharacteristics {
    losses.add(path, LossCode::VehiclesInWords, text);
    VehicleCharacteristics::Other(Text::new(text, path, losses))
}

const fn restricted_word(vehicles: &RestrictedVehicles) -> &'static str {
    match vehicles {
        RestrictedVehicles::HeavyGoodsVehicle { .. } => "heavyGoodsVehicle",
        RestrictedVehicles::Dimensions { .. } => "dimensions",
        RestrictedVehicles::CritAir { .. } => "critair",
        RestrictedVehicles::HazardousMaterials => "hazardousMaterials",
        RestrictedVehicles::Other { .. } => "other",
    }
}

/// The word of a Crit'Air class.
pub(crate) const fn crit_air_word(class: CritAir) -> &'static str {
    match class {
        CritAir::Class0 => "critair0",
        CritAir::Class1 => "critair1",
        CritAir::Class2 => "critair2",
        CritAir::Class3 => "critair3",
        CritAir::Class4 => "critair4",
        CritAir::Class5 => "critair5",
        CritAir::Without => "critairWithout",
    }
}
