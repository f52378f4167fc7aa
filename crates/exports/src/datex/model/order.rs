use dialog_domain::{MeasureId, OrderId, OrganizationId};

use super::{Condition, NonEmpty, Validity, write_french};
use crate::datex::{
    text::Text,
    words::{OrderState, Reason, RegulationState, ValidityStatus},
    xml::Xml,
};

/// `TrafficRegulationOrder`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) id: OrderId,
    pub(crate) version: i32,
    pub(crate) description: Text,
    pub(crate) issuing_authority: Text,
    pub(crate) reason: Option<Reason>,
    pub(crate) regulation_id: Text,
    pub(crate) validity: Validity,
    pub(crate) regulations: NonEmpty<Regulation>,
    /// Where the order comes from, in the extension that readers of DiaLog know.
    pub(crate) source: &'static str,
    /// Public page, in the extension that readers of DiaLog know.
    pub(crate) public_url: Text,
    /// The order as it was signed.
    pub(crate) document: Option<DocumentLink>,
    /// The organization's own number.
    pub(crate) identifier: Text,
    /// The rest goes into our own extension.
    pub(crate) organization: OrganizationId,
    pub(crate) category: &'static str,
    pub(crate) subject: Option<&'static str>,
    pub(crate) subject_text: Option<Text>,
    pub(crate) time_zone: &'static str,
    pub(crate) updated_at: String,
}

/// Where the official document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentLink {
    pub(crate) url: Text,
    pub(crate) title: Option<Text>,
}

/// `TrafficRegulation`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Regulation {
    pub(crate) kind: RegulationType,
    pub(crate) condition: Condition,
    /// Whether it begins and ends with the order, so that the state of one is that of the other.
    pub(crate) lasts_as_order: bool,
    /// The rest goes into our own extension.
    pub(crate) measure: MeasureId,
    pub(crate) measure_type: &'static str,
}

/// Whether an order holds on the road: not yet, or now. One that is over does not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Implementation {
    Planned,
    Active,
}

impl Implementation {
    const fn validity_status(self) -> ValidityStatus {
        match self {
            Self::Planned => ValidityStatus::Planned,
            Self::Active => ValidityStatus::Active,
        }
    }

    const fn regulation_state(self) -> RegulationState {
        match self {
            Self::Planned => RegulationState::Scheduled,
            Self::Active => RegulationState::Active,
        }
    }
}

/// The sub-classes of `TypeOfRegulation` that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegulationType {
    /// `AccessRestriction`.
    NoEntry,
    /// `SpeedLimit`.
    SpeedLimit { max_kmh: u16 },
    /// `StandingOrParkingRestriction`.
    ParkingProhibited,
    /// `PriorityRule`: each direction in turn gives way.
    GiveWayToOncomingVehicles,
    /// `OvertakingBan`.
    OvertakingBan,
    /// `MandatoryRoadOrCarriagewayOrLaneUsage`: where lorries wait.
    StorageArea,
}

impl Order {
    /// Writes the whole order; `state` and `implementation` depend on the time, nothing else does.
    pub(crate) fn write(&self, state: OrderState, implementation: Option<Implementation>, xml: &mut Xml) {
        let (id, version) = (self.id.to_string(), self.version.to_string());
        xml.element("trafficRegulationOrder", &[("id", &id), ("version", &version)], |xml| {
            write_french(xml, "description", &self.description);
            write_french(xml, "issuingAuthority", &self.issuing_authority);
            if let Some(reason) = self.reason {
                xml.leaf("reason", reason.as_str());
            }
            xml.leaf("regulationId", self.regulation_id.as_str());
            xml.leaf("status", state.as_str());
            if let Some(implementation) = implementation {
                let implemented = Validity { valid_periods: Vec::new(), ..self.validity.clone() };
                implemented.write("implementedValidity", implementation.validity_status(), xml);
            }
            self.validity.write("validityByOrder", ValidityStatus::DefinedByValidityTimeSpec, xml);
            for regulation in self.regulations.iter() {
                regulation.write(implementation, xml);
            }
            self.write_extension(xml);
        });
    }

    fn write_extension(&self, xml: &mut Xml) {
        xml.element("_trafficRegulationOrderExtension", &[], |xml| {
            xml.element("trafficRegulationOrderExtended", &[], |xml| {
                xml.leaf("dx:source", self.source);
                xml.leaf("dx:publicUrl", self.public_url.as_str());
            });
            xml.leaf("dlg:identifier", self.identifier.as_str());
            xml.leaf("dlg:organizationId", &self.organization.to_string());
            xml.leaf("dlg:category", self.category);
            if let Some(subject) = self.subject {
                xml.leaf("dlg:subject", subject);
            }
            if let Some(text) = &self.subject_text {
                xml.leaf("dlg:subjectText", text.as_str());
            }
            if let Some(document) = &self.document {
                xml.leaf("dlg:documentUrl", document.url.as_str());
                if let Some(title) = &document.title {
                    xml.leaf("dlg:documentTitle", title.as_str());
                }
            }
            xml.leaf("dlg:timeZone", self.time_zone);
            xml.leaf("dlg:updatedAt", &self.updated_at);
        });
    }
}

impl Regulation {
    fn write(&self, implementation: Option<Implementation>, xml: &mut Xml) {
        xml.element("trafficRegulation", &[], |xml| {
            // Before the order begins nothing of it has begun; once it has, only its periods tell for a part of it.
            let told = implementation.filter(|state| *state == Implementation::Planned || self.lasts_as_order);
            if let Some(implementation) = told {
                xml.leaf("status", implementation.regulation_state().as_str());
            }
            self.kind.write(xml);
            self.condition.write("condition", xml);
            xml.element("_trafficRegulationExtension", &[], |xml| {
                xml.leaf("dlg:measureId", &self.measure.to_string());
                xml.leaf("dlg:measureType", self.measure_type);
            });
        });
    }
}

impl RegulationType {
    fn write(self, xml: &mut Xml) {
        let kind = match self {
            Self::NoEntry => "AccessRestriction",
            Self::SpeedLimit { .. } => "SpeedLimit",
            Self::ParkingProhibited => "StandingOrParkingRestriction",
            Self::GiveWayToOncomingVehicles => "PriorityRule",
            Self::StorageArea => "MandatoryRoadOrCarriagewayOrLaneUsage",
            Self::OvertakingBan => return xml.empty("typeOfRegulation", &[("xsi:type", "OvertakingBan")]),
        };
        xml.element("typeOfRegulation", &[("xsi:type", kind)], |xml| match self {
            Self::NoEntry => xml.leaf("accessRestrictionType", "noEntry"),
            Self::SpeedLimit { max_kmh } => xml.element("maxValue", &[], |xml| {
                xml.leaf("numericValue", &max_kmh.to_string());
                xml.leaf("unitOfMeasure", "kilometresPerHour");
            }),
            Self::ParkingProhibited => xml.leaf("standingOrParkingRestrictionType", "parkingProhibited"),
            Self::GiveWayToOncomingVehicles => xml.leaf("priorityRuleType", "giveWayToOncomingVehicles"),
            Self::StorageArea => xml.element("otherObligation", &[], |xml| {
                xml.element("com:values", &[], |xml| {
                    xml.leaf_with("com:value", &[("lang", "fr")], "Aire de stockage");
                });
            }),
            Self::OvertakingBan => {}
        });
    }
}
