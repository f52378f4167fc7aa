//! The head of an order, and its measures.

use chrono_tz::Tz;
use dialog_domain::{Measure, MeasureType, OrderCategory, OrderContent, OrderId};

use super::{
    location::Place,
    validity::{Validity, instant},
    vehicles::Vehicles,
};
use crate::{
    FeedContext, PublishedOrder,
    datex::{map::source_word, model::NonEmpty},
    loss::{LossCode, Losses},
    text::Text,
    xml::Xml,
};

/// `TrafficRegulationOrder`.
pub(super) struct Order {
    id: OrderId,
    description: Text,
    issuing_authority: Text,
    regulation_id: Text,
    validity: Validity,
    regulations: NonEmpty<Regulation>,
    source: &'static str,
    public_url: Text,
}

/// `TrafficRegulation`.
struct Regulation {
    kind: Kind,
    /// Any of them; none: always.
    periods: Vec<Validity>,
    places: NonEmpty<Place>,
    vehicles: Vehicles,
}

/// The types of regulation of the old feed that the schema knows.
#[derive(Clone, Copy)]
enum Kind {
    NoEntry,
    SpeedLimit { max_kmh: u16 },
    ParkingProhibited,
    StorageArea,
}

impl Order {
    /// The order in the old layout; `None` when no measure can be said in it.
    pub(super) fn of(order: &PublishedOrder, context: &FeedContext, losses: &mut Losses) -> Option<Self> {
        let measures = order.content.measures.iter().enumerate();
        let regulations = measures
            .flat_map(|(i, measure)| regulations(measure, order.time_zone, &format!("measures[{i}]"), losses))
            .collect();
        Some(Self {
            regulations: NonEmpty::from_vec(regulations)?,
            id: order.id,
            description: Text::new(&order.content.title, "title", losses),
            issuing_authority: Text::new(&order.organization_name, "organization", losses),
            regulation_id: Text::new(&format!("{}#{}", order.identifier, order.organization_id), "identifier", losses),
            validity: overall(order),
            source: source_word(order.source),
            public_url: Text::unlimited(&context.order_url(order.id), "", losses),
        })
    }

    /// Writes the whole order.
    pub(super) fn write(&self, xml: &mut Xml) {
        xml.element("trafficRegulationOrder", &[("id", &self.id.to_string()), ("version", "1")], |xml| {
            write_text(xml, "description", &self.description);
            write_text(xml, "issuingAuthority", &self.issuing_authority);
            xml.leaf("regulationId", self.regulation_id.as_str());
            xml.leaf("status", "madeAndImplemented");
            self.validity.write(xml);
            for regulation in self.regulations.iter() {
                regulation.write(xml);
            }
            xml.element("_trafficRegulationOrderExtension", &[], |xml| {
                xml.element("trafficRegulationOrderExtended", &[], |xml| {
                    xml.leaf("dx:source", self.source);
                    xml.leaf("dx:publicUrl", self.public_url.as_str());
                });
            });
        });
    }
}

/// From the first start to the last end; a permanent order has none until it is repealed, and one without period begins
/// with its publication.
fn overall(order: &PublishedOrder) -> Validity {
    let OrderContent { category, repeal, measures, .. } = &order.content;
    let periods = || measures.iter().flat_map(|measure| &measure.periods);
    let first = periods().map(|period| instant(period.start, order.time_zone)).min();
    let ends: Option<Vec<_>> = periods().map(|period| Some(instant(period.end?, order.time_zone))).collect();
    let is_endless = *category == OrderCategory::PermanentRegulation && repeal.is_none();
    let last = ends.and_then(|ends| ends.into_iter().max()).filter(|_| !is_endless);
    Validity::between(first.unwrap_or(order.published_at), last)
}

/// The regulation of a measure, then one per lorry waiting area; nothing when it cannot be said.
fn regulations(measure: &Measure, zone: Tz, path: &str, losses: &mut Losses) -> Vec<Regulation> {
    let said = try_regulations(measure, zone, path, losses);
    if said.is_none() {
        losses.add(path, LossCode::MeasureLeftOut, dialog_text::measure_title(measure));
    }
    said.unwrap_or_default()
}

fn try_regulations(measure: &Measure, zone: Tz, path: &str, losses: &mut Losses) -> Option<Vec<Regulation>> {
    let kind = match measure.kind {
        MeasureType::NoEntry => Kind::NoEntry,
        MeasureType::SpeedLimitation => Kind::SpeedLimit { max_kmh: measure.max_speed_kmh? },
        MeasureType::ParkingProhibited => Kind::ParkingProhibited,
        // The old feed used words of another publication for these two.
        MeasureType::AlternateRoad | MeasureType::NoOvertaking => return None,
    };
    let mut sorted: Vec<_> = measure.periods.iter().collect();
    sorted.sort_by_key(|period| period.start);
    let periods: Vec<Validity> = sorted.into_iter().filter_map(|period| Validity::of(period, zone)).collect();
    if periods.is_empty() && !measure.periods.is_empty() {
        return None;
    }
    let (mut places, mut areas) = (Vec::new(), Vec::new());
    for (i, location) in measure.locations.iter().enumerate() {
        let path = format!("{path}.locations[{i}]");
        places.extend(Place::of(location, &path, losses));
        areas.extend(Place::storage_area(location, &path, losses));
    }
    let places = NonEmpty::from_vec(places)?;
    let vehicles = Vehicles::of(&measure.vehicle_set, &format!("{path}.vehicleSet"), losses)?;
    let waiting = areas.into_iter().map(|area| (Kind::StorageArea, NonEmpty::one(area)));
    let regulation = |(kind, places)| Regulation { kind, periods: periods.clone(), places, vehicles: vehicles.clone() };
    Some(std::iter::once((kind, places)).chain(waiting).map(regulation).collect())
}

impl Regulation {
    fn write(&self, xml: &mut Xml) {
        xml.element("trafficRegulation", &[], |xml| {
            xml.leaf("status", "active");
            self.kind.write(xml);
            xml.element("condition", &[("xsi:type", "ConditionSet")], |xml| {
                xml.leaf("operator", "and");
                if !self.periods.is_empty() {
                    write_any(xml, |xml| self.periods.iter().for_each(|period| period.write_condition(xml)));
                }
                write_any(xml, |xml| self.places.iter().for_each(|place| place.write(xml)));
                if !self.vehicles.is_everybody() {
                    write_any(xml, |xml| self.vehicles.write(xml));
                }
            });
        });
    }
}

impl Kind {
    fn write(self, xml: &mut Xml) {
        let name = match self {
            Self::NoEntry => "AccessRestriction",
            Self::SpeedLimit { .. } => "SpeedLimit",
            Self::ParkingProhibited => "StandingOrParkingRestriction",
            Self::StorageArea => "MandatoryRoadOrCarriagewayOrLaneUsage",
        };
        xml.element("typeOfRegulation", &[("xsi:type", name)], |xml| match self {
            Self::NoEntry => xml.leaf("accessRestrictionType", "noEntry"),
            Self::SpeedLimit { max_kmh } => xml.element("maxValue", &[], |xml| {
                xml.leaf("numericValue", &max_kmh.to_string());
                xml.leaf("unitOfMeasure", "kilometresPerHour");
            }),
            Self::ParkingProhibited => xml.leaf("standingOrParkingRestrictionType", "parkingProhibited"),
            Self::StorageArea => xml.element("otherObligation", &[], |xml| {
                xml.element("com:values", &[], |xml| xml.leaf("com:value", "Aire de stockage"));
            }),
        });
    }
}

/// An `or` set of conditions; `content` writes at least one.
fn write_any(xml: &mut Xml, content: impl FnOnce(&mut Xml)) {
    xml.element("conditions", &[("xsi:type", "ConditionSet")], |xml| {
        xml.leaf("operator", "or");
        content(xml);
    });
}

/// `com:MultilingualString` without language, as that feed wrote it.
pub(super) fn write_text(xml: &mut Xml, name: &str, text: &Text) {
    xml.element(name, &[], |xml| {
        xml.element("com:values", &[], |xml| xml.leaf("com:value", text.as_str()));
    });
}
