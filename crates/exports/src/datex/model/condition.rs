use dialog_domain::{LocationId, PeriodId};

use super::{Location, NonEmpty, Validity, VehicleCharacteristics};
use crate::datex::{
    text::Text,
    words::{Operator, ValidityStatus},
    xml::Xml,
};

/// What our own extension tells of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocationNote {
    pub(crate) id: LocationId,
    /// Edition of the reference data on which it was found: whose credit its line carries.
    pub(crate) edition: Option<Text>,
    /// `exact` or `approximate`.
    pub(crate) confidence: &'static str,
    /// Both ends of a section of a street, as the order names them.
    pub(crate) bounds: Option<[BoundNote; 2]>,
}

/// An end of a section of a street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BoundNote {
    /// `houseNumber`, `intersection` or `point`.
    pub(crate) kind: &'static str,
    /// The number, the other street, or latitude and longitude.
    pub(crate) text: Text,
}

/// `Condition` and its sub-classes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    /// `ConditionSet`.
    Set { negate: bool, operator: Operator, conditions: NonEmpty<Condition> },
    /// `ValidityCondition`.
    Validity { period: PeriodId, validity: Validity },
    /// `LocationCondition`; the parts of a whole city that stay free have no note.
    Location { note: Option<LocationNote>, location: Location },
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
                validity.write("validityByOrder", ValidityStatus::DefinedByValidityTimeSpec, xml);
                xml.element("_validityConditionExtension", &[], |xml| xml.leaf("dlg:periodId", &period.to_string()));
            }
            Self::Location { note, location } => {
                location.write("locationByOrder", xml);
                if let Some(note) = note {
                    xml.element("_locationConditionExtension", &[], |xml| note.write(xml));
                }
            }
            Self::Vehicle(characteristics) => characteristics.write(xml),
            Self::Pedestrians => xml.leaf("nonVehicularRoadUser", "pedestrians"),
            Self::DestinationTraffic => xml.leaf("accessConditionType", "destinationTraffic"),
            Self::LocalResident => xml.leaf("driverCharacteristicsType", "localResident"),
        });
    }
}

impl LocationNote {
    fn write(&self, xml: &mut Xml) {
        xml.leaf("dlg:locationId", &self.id.to_string());
        if let Some(edition) = &self.edition {
            xml.leaf("dlg:edition", edition.as_str());
        }
        xml.leaf("dlg:confidence", self.confidence);
        for (name, bound) in ["dlg:from", "dlg:to"].into_iter().zip(self.bounds.iter().flatten()) {
            xml.leaf_with(name, &[("kind", bound.kind)], bound.text.as_str());
        }
    }
}
