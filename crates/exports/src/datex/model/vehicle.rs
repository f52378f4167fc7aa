use super::Quantity;
use crate::datex::{
    text::Text,
    words::{VehicleType, VehicleUsage},
    xml::Xml,
};

/// `com:VehicleCharacteristics` with one criterion, so that criteria never add up by accident: the standard reads
/// several characteristics of one condition as "all of them".
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum VehicleCharacteristics {
    /// A kind of vehicle, if wanted with a maximum permitted weight above so many tonnes.
    Type { kind: VehicleType, above_t: Option<Quantity> },
    /// A use of the vehicle.
    Usage(VehicleUsage),
    /// A size above so many metres.
    Size { dimension: Dimension, above_m: Quantity },
    /// A Crit'Air class.
    Emission(&'static str),
    /// Dangerous goods.
    HazardousMaterials,
    /// In words, in the extension that readers of DiaLog know.
    Other(Text),
}

/// A size of a vehicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Height,
    Length,
    Width,
}

impl VehicleCharacteristics {
    /// Writes `vehicleCharacteristics`.
    pub(crate) fn write(&self, xml: &mut Xml) {
        xml.element("vehicleCharacteristics", &[], |xml| match self {
            Self::Type { kind, above_t } => {
                match kind {
                    VehicleType::GoodsVehicles => {
                        xml.leaf_with("com:vehicleType", &[("_extendedValue", kind.as_str())], "_extended");
                    }
                    VehicleType::Bicycle | VehicleType::HeavyGoodsVehicle => xml.leaf("com:vehicleType", kind.as_str()),
                }
                if let Some(tonnes) = above_t {
                    xml.element("com:grossWeightCharacteristic", &[], |xml| {
                        xml.leaf("com:comparisonOperator", "greaterThan");
                        xml.leaf("com:grossVehicleWeight", &tonnes.to_string());
                        xml.leaf("com:typeOfWeight", "maximumPermitted");
                    });
                }
            }
            Self::Usage(usage) => xml.leaf("com:vehicleUsage", usage.as_str()),
            Self::Size { dimension, above_m } => {
                let (characteristic, value) = match dimension {
                    Dimension::Height => ("com:heightCharacteristic", "com:vehicleHeight"),
                    Dimension::Length => ("com:lengthCharacteristic", "com:vehicleLength"),
                    Dimension::Width => ("com:widthCharacteristic", "com:vehicleWidth"),
                };
                xml.element(characteristic, &[], |xml| {
                    xml.leaf("com:comparisonOperator", "greaterThan");
                    xml.leaf(value, &above_m.to_string());
                });
            }
            Self::Emission(class) => {
                xml.element("com:emissions", &[], |xml| xml.leaf("com:emissionClassificationOther", class));
            }
            Self::HazardousMaterials => xml.leaf("com:loadType", "hazardousMaterials"),
            Self::Other(text) => {
                xml.element("com:_vehicleCharacteristicsExtension", &[], |xml| {
                    xml.element("com:vehicleCharacteristicsExtended", &[], |xml| {
                        xml.leaf("dx:otherVehicleType", text.as_str());
                    });
                });
            }
        });
    }
}
