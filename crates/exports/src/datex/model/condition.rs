use dialog_domain::{LocationId, PeriodId};

use super::{Location, NonEmpty, Validity, VehicleCharacteristics};
use crate::datex::{words::Operator, xml::Xml};

/// `Condition` and its sub-classes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    /// `ConditionSet`.
    Set { negate: bool, operator: Operator, conditions: NonEmpty<Condition> },
    /// `ValidityCondition`.
    Validity { period: PeriodId, validity: Validity },
    /// `LocationCondition`; the parts of a whole city that stay free have no identifier.
    Location { id: Option<LocationId>, location: Location },
    /// `VehicleCondition`.
    Vehicle(VehicleCharacteristics),
    /// `NonVehicularRoadUserCondition`.
    Pedestrians,
    /// `AccessCondition`.
    DestinationTraffic,
    /// `DriverCondition`.
    LocalResident,
}

impl Condition {
    /// All of `conditions`.
    pub(crate) const fn all(conditions: NonEmpty<Self>) -> Self {
        Self::Set { negate: false, operator: Operator::And, conditions }
    }

    /// Any of `conditions`.
    pub(crate) const fn any(conditions: NonEmpty<Self>) -> Self {
        Self::Set { negate: false, operator: Operator::Or, conditions }
    }

    /// None of `conditions`.
    pub(crate) const fn none(conditions: NonEmpty<Self>) -> Self {
        Self::Set { negate: true, operator: Operator::Or, conditions }
    }

    /// Writes the condition as the element `name`.
    pub(crate) fn write(&self, name: &str, xml: &mut Xml) {
        let kind = match self {
            Self::Set { .. } => "ConditionSet",
            Self::Validity { .. } => "ValidityCondition",
            Self::Location { .. } => "LocationCondition",
            Self::Vehicle(_) => "VehicleCondition",
            Self::Pedestrians => "NonVehicularRoadUserCondition",
            Self::DestinationTraffic => "AccessCondition",
            Self::LocalResident => "DriverCondition",
        };
        xml.element(name, &[("xsi:type", kind)], |xml| match self {
            Self::Set { negate, operator, conditions } => {
                if *negate {
                    xml.leaf("negate", "true");
                }
                xml.leaf("operator", operator.as_str());
                for condition in conditions.iter() {
                    condition.write("conditions", xml);
                }
            }
            Self::Validity { period, validity } => {
                validity.write("validityByOrder", xml);
                xml.element("_validityConditionExtension", &[], |xml| xml.leaf("dlg:periodId", &period.to_string()));
            }
            Self::Location { id, location } => {
                location.write("locationByOrder", xml);
                if let Some(id) = id {
                    xml.element("_locationConditionExtension", &[], |xml| xml.leaf("dlg:locationId", &id.to_string()));
                }
            }
            Self::Vehicle(characteristics) => characteristics.write(xml),
            Self::Pedestrians => xml.leaf("nonVehicularRoadUser", "pedestrians"),
            Self::DestinationTraffic => xml.leaf("accessConditionType", "destinationTraffic"),
            Self::LocalResident => xml.leaf("driverCharacteristicsType", "localResident"),
        });
    }
}
