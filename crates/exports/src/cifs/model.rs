//! The part of CIFS v2 that an order needs, as types that can only be written as the schema wants them.

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use dialog_domain::{OrderId, OrganizationId};

use super::{schedule::Schedule, trails::Polyline};
use crate::xml::Xml;

/// One thing at one place, during one period.
#[derive(Clone, Debug)]
pub(super) struct Incident {
    /// Begins with the identifier of the location.
    pub(super) id: String,
    pub(super) order: OrderId,
    pub(super) created_at: DateTime<Tz>,
    pub(super) updated_at: DateTime<Tz>,
    pub(super) kind: Kind,
    pub(super) street: Street,
    pub(super) is_one_way: bool,
    pub(super) polyline: Polyline,
    pub(super) start: DateTime<Tz>,
    pub(super) end: DateTime<Tz>,
    /// None: all the time.
    pub(super) schedule: Option<Schedule>,
    pub(super) organization: OrganizationId,
    /// Left out when it is empty.
    pub(super) organization_name: OneLine,
    pub(super) url: String,
}

/// What drivers are told: the type and the subtypes that go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody passes.
    RoadClosed(Option<Cause>),
    /// One direction at a time.
    AlternateTraffic,
}

/// Why a road is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Construction,
    Event,
    Hazard,
}

/// A text without line breaks or spaces around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OneLine(String);

impl OneLine {
    /// Every run of white space becomes one space.
    pub(super) fn new(text: &str) -> Self {
        Self(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a street: the schema wants two characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Street(OneLine);

impl Street {
    /// What is written when there is no name.
    const UNNAMED: &'static str = "Voie sans nom";

    /// `None` when the name is too short.
    pub(super) fn new(name: OneLine) -> Option<Self> {
        (name.as_str().chars().count() >= 2).then_some(Self(name))
    }

    pub(super) fn unnamed() -> Self {
        Self(OneLine::new(Self::UNNAMED))
    }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::RoadClosed(_) => "ROAD_CLOSED",
            Self::AlternateTraffic => "HAZARD",
        }
    }

    const fn subtype(self) -> Option<&'static str> {
        match self {
            Self::RoadClosed(None) => None,
            Self::RoadClosed(Some(Cause::Construction)) => Some("ROAD_CLOSED_CONSTRUCTION"),
            Self::RoadClosed(Some(Cause::Event)) => Some("ROAD_CLOSED_EVENT"),
            Self::RoadClosed(Some(Cause::Hazard)) => Some("ROAD_CLOSED_HAZARD"),
            Self::AlternateTraffic => Some("HAZARD_ON_ROAD_LANE_CLOSED"),
        }
    }

    const fn label(self) -> &'static str {
        dialog_text::labels::measure_type(match self {
            Self::RoadClosed(_) => dialog_domain::MeasureType::NoEntry,
            Self::AlternateTraffic => dialog_domain::MeasureType::AlternateRoad,
        })
    }
}

impl Incident {
    /// Writes the element, on one line.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.element("incident", &[("id", &self.id)], |xml| {
            xml.empty("parent_event", &[("id", &self.order.to_string())]);
            xml.leaf("creationtime", &date_time(&self.created_at));
            xml.leaf("updatetime", &date_time(&self.updated_at));
            xml.leaf("type", self.kind.word());
            if let Some(subtype) = self.kind.subtype() {
                xml.leaf("subtype", subtype);
            }
            xml.leaf("description", self.kind.label());
            xml.leaf("street", self.street.0.as_str());
            xml.leaf("direction", if self.is_one_way { "ONE_DIRECTION" } else { "BOTH_DIRECTIONS" });
            xml.leaf("polyline", &self.polyline.to_string());
            xml.leaf("starttime", &date_time(&self.start));
            xml.leaf("endtime", &date_time(&self.end));
            if let Some(schedule) = &self.schedule {
                schedule.write(xml);
            }
            xml.element("source", &[], |xml| {
                xml.leaf("reference", &self.organization.to_string());
                if !self.organization_name.as_str().is_empty() {
                    xml.leaf("name", self.organization_name.as_str());
                }
                xml.leaf("url", &self.url);
            });
        });
    }
}

fn date_time(at: &DateTime<Tz>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
