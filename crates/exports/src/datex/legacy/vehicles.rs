//! Who is concerned, in one set.

use dialog_domain::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};

use crate::{
    datex::{map::crit_air_word, model::Quantity},
    loss::{LossCode, Losses},
    text::Text,
    xml::Xml,
};

/// Restricted vehicles, then exempted ones, in one `or` set; empty: everybody.
#[derive(Clone)]
pub(super) struct Vehicles(Vec<Entry>);

/// A member of the set.
#[derive(Clone)]
struct Entry {
    is_exempted: bool,
    criterion: Criterion,
}

/// What the old feed said of vehicles, as far as the schema knows it.
#[derive(Clone)]
enum Criterion {
    GoodsVehicles { max_t: Option<Quantity> },
    Sizes { height: Option<Quantity>, length: Option<Quantity>, width: Option<Quantity> },
    Emission(&'static str),
    HazardousMaterials,
    Usage(&'static str),
    Bicycle,
    Pedestrians,
    DestinationTraffic,
    LocalResident,
    Other(Text),
}

impl Vehicles {
    /// `None` when somebody restricted or exempted cannot be said: without them the measure would be another one.
    pub(super) fn of(set: &VehicleSet, path: &str, losses: &mut Losses) -> Option<Self> {
        let mut entries = Vec::new();
        for vehicles in &set.restricted {
            let said = restricted(vehicles, path, losses)?;
            entries.extend(said.into_iter().map(|criterion| Entry { is_exempted: false, criterion }));
        }
        for vehicles in &set.exempted {
            entries.push(Entry { is_exempted: true, criterion: exempted(vehicles, path, losses)? });
        }
        Some(Self(entries))
    }

    /// Whether there is no condition on vehicles.
    pub(super) const fn is_everybody(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the members of the set.
    pub(super) fn write(&self, xml: &mut Xml) {
        self.0.iter().for_each(|entry| entry.write(xml));
    }
}

/// One criterion or more per kind of restriction; `None`, and a loss, when it has no valid word.
fn restricted(vehicles: &RestrictedVehicles, path: &str, losses: &mut Losses) -> Option<Vec<Criterion>> {
    let said = match vehicles {
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None } => {
            Some(vec![Criterion::GoodsVehicles { max_t: None }])
        }
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(max) } => {
            Quantity::new(*max).map(|max| vec![Criterion::GoodsVehicles { max_t: Some(max) }])
        }
        RestrictedVehicles::Dimensions { max_width_m, max_length_m, max_height_m } => {
            let [height, length, width] = [max_height_m, max_length_m, max_width_m].map(|size| Quantity::new((*size)?));
            let is_said = height.is_some() || length.is_some() || width.is_some();
            is_said.then(|| vec![Criterion::Sizes { height, length, width }])
        }
        RestrictedVehicles::CritAir { classes } => {
            let has_word = !classes.is_empty() && !classes.contains(&CritAir::Without);
            has_word.then(|| classes.iter().map(|&class| Criterion::Emission(crit_air_word(class))).collect())
        }
        RestrictedVehicles::HazardousMaterials => Some(vec![Criterion::HazardousMaterials]),
        RestrictedVehicles::Other { text } => Some(vec![Criterion::Other(Text::unlimited(text, path, losses))]),
    };
    if said.is_none() {
        losses.add(path, LossCode::VehiclesLeftOut, restricted_words(vehicles));
    }
    said
}

fn exempted(vehicles: &ExemptedVehicles, path: &str, losses: &mut Losses) -> Option<Criterion> {
    let word = match vehicles {
        ExemptedVehicles::EmergencyServices | ExemptedVehicles::Police => {
            return Some(Criterion::Usage("emergencyServices"));
        }
        ExemptedVehicles::RoadMaintenanceOrConstruction => {
            return Some(Criterion::Usage("roadMaintenanceOrConstruction"));
        }
        ExemptedVehicles::Bicycle => return Some(Criterion::Bicycle),
        ExemptedVehicles::Pedestrians => return Some(Criterion::Pedestrians),
        ExemptedVehicles::DesserteLocale => return Some(Criterion::DestinationTraffic),
        ExemptedVehicles::LocalResident => return Some(Criterion::LocalResident),
        ExemptedVehicles::Other { text } => return Some(Criterion::Other(Text::unlimited(text, path, losses))),
        ExemptedVehicles::Commercial => "commercial",
        ExemptedVehicles::Taxi => "taxi",
        ExemptedVehicles::CarSharing => "carSharing",
        ExemptedVehicles::CityLogistics => "cityLogistics",
    };
    losses.add(path, LossCode::VehiclesLeftOut, word);
    None
}

const fn restricted_words(vehicles: &RestrictedVehicles) -> &'static str {
    match vehicles {
        RestrictedVehicles::HeavyGoodsVehicle { .. } => "heavyGoodsVehicle",
        RestrictedVehicles::Dimensions { .. } => "dimensions",
        RestrictedVehicles::CritAir { .. } => "critairWithout",
        RestrictedVehicles::HazardousMaterials => "hazardousMaterials",
        RestrictedVehicles::Other { .. } => "other",
    }
}

impl Entry {
    fn write(&self, xml: &mut Xml) {
        let kind = match self.criterion {
            Criterion::Pedestrians => "NonVehicularRoadUserCondition",
            Criterion::DestinationTraffic => "AccessCondition",
            Criterion::LocalResident => "DriverCondition",
            _ => "VehicleCondition",
        };
        xml.element("conditions", &[("xsi:type", kind)], |xml| {
            xml.leaf("negate", if self.is_exempted { "true" } else { "false" });
            match &self.criterion {
                Criterion::Pedestrians => xml.leaf("nonVehicularRoadUser", "pedestrians"),
                Criterion::DestinationTraffic => xml.leaf("accessConditionType", "destinationTraffic"),
                Criterion::LocalResident => xml.leaf("driverCharacteristicsType", "localResident"),
                criterion => xml.element("vehicleCharacteristics", &[], |xml| criterion.write(xml)),
            }
        });
    }
}

impl Criterion {
    /// Writes a characteristic of a vehicle.
    fn write(&self, xml: &mut Xml) {
        match self {
            Self::GoodsVehicles { max_t } => {
                xml.leaf("com:vehicleType", "heavyGoodsVehicle");
                if let Some(max) = max_t {
                    xml.element("com:grossWeightCharacteristic", &[], |xml| {
                        xml.leaf("com:comparisonOperator", "lessThanOrEqualTo");
                        xml.leaf("com:grossVehicleWeight", &max.to_string());
                        xml.leaf("com:typeOfWeight", "maximumPermitted");
                    });
                }
            }
            Self::Sizes { height, length, width } => {
                write_size(xml, "com:heightCharacteristic", "com:vehicleHeight", *height);
                write_size(xml, "com:lengthCharacteristic", "com:vehicleLength", *length);
                write_size(xml, "com:widthCharacteristic", "com:vehicleWidth", *width);
            }
            Self::Emission(class) => {
                xml.element("com:emissions", &[], |xml| xml.leaf("com:emissionClassificationOther", class));
            }
            Self::HazardousMaterials => xml.leaf("com:loadType", "hazardousMaterials"),
            Self::Usage(usage) => xml.leaf("com:vehicleUsage", usage),
            Self::Bicycle => xml.leaf("com:vehicleType", "bicycle"),
            Self::Other(text) => xml.element("com:_vehicleCharacteristicsExtension", &[], |xml| {
                xml.element("com:vehicleCharacteristicsExtended", &[], |xml| {
                    xml.leaf("dx:otherVehicleType", text.as_str());
                });
            }),
            // Not characteristics of a vehicle: conditions of their own.
            Self::Pedestrians | Self::DestinationTraffic | Self::LocalResident => {}
        }
    }
}

fn write_size(xml: &mut Xml, characteristic: &str, size: &str, metres: Option<Quantity>) {
    if let Some(metres) = metres {
        xml.element(characteristic, &[], |xml| {
            xml.leaf("com:comparisonOperator", "lessThanOrEqualTo");
            xml.leaf(size, &metres.to_string());
        });
    }
}
