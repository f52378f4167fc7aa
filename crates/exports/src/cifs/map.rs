//! From the domain to the incidents.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use dialog_domain::{
    Direction, Location, LocationDescription, Measure, MeasureType, OrderSource, PeriodId, Subject, time,
};
use geojson::GeometryValue;

use super::{
    model::{Cause, Incident, Kind, OneLine, Street},
    schedule::{Schedule, When},
    trails::{Place, Polyline, Travel, trails},
};
use crate::{
    PublishedOrder,
    loss::{LossCode, Losses},
    published::FeedContext,
    text::Text,
};

/// Below this Waze finds no segment to shut, metres.
const SHORTEST_M: f64 = 35.0;
/// Above this Waze refuses a closure, metres.
const LONGEST_M: f64 = 10_000.0;
/// More incidents than this for one order are no closures of streets any more.
const MAX_INCIDENTS: usize = 5_000;

/// An incident with its bounds as instants.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    pub(super) incident: Incident,
}

/// A period that can be said.
struct Stretch {
    id: PeriodId,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    schedule: Option<Schedule>,
}

/// A line that can be said, with what tells it from the others of its location.
struct Part {
    key: String,
    polyline: Polyline,
}

/// Every incident of an order, in the order of its measures, locations, periods and parts.
pub(super) fn incidents(order: &PublishedOrder, context: &FeedContext, losses: &mut Losses) -> Vec<Timed> {
    let mut incidents = Vec::new();
    for (i, measure) in order.content.measures.iter().enumerate() {
        let path = format!("measures[{i}]");
        let before = incidents.len();
        if let Some(kind) = kind(measure, order, &path, losses) {
            let stretches = stretches(measure, order, &path, losses);
            for (k, location) in measure.locations.iter().enumerate() {
                let path = format!("{path}.locations[{k}]");
                let parts = if stretches.is_empty() { Vec::new() } else { parts(location, order, &path, losses) };
                if incidents.len() + parts.len() * stretches.len() > MAX_INCIDENTS {
                    losses.add(path, LossCode::TooManyParts, parts.len().to_string());
                    continue;
                }
                let writer = Writer { order, context, measure, kind, location };
                incidents.extend(writer.incidents(&stretches, &parts, &path, losses));
            }
        }
        if incidents.len() == before {
            losses.add(path, LossCode::MeasureLeftOut, dialog_text::measure_title(measure));
        } else if measure.kind == MeasureType::AlternateRoad {
            losses.add(path, LossCode::WarningOnly, "");
        }
    }
    if !incidents.is_empty() {
        report_reasons(order, losses);
    }
    incidents
}

/// What drivers are told; `None` when Waze cannot tell it to those whom it binds alone.
fn kind(measure: &Measure, order: &PublishedOrder, path: &str, losses: &mut Losses) -> Option<Kind> {
    let kind = match measure.kind {
        MeasureType::NoEntry => Kind::RoadClosed(cause(order.content.subject)),
        MeasureType::AlternateRoad => Kind::AlternateTraffic,
        MeasureType::SpeedLimitation | MeasureType::ParkingProhibited | MeasureType::NoOvertaking => {
            losses.add(path, LossCode::MeasureTypeUnsaid, dialog_text::labels::measure_type(measure.kind));
            return None;
        }
    };
    let set = &measure.vehicle_set;
    for (is_empty, code) in
        [(set.restricted.is_empty(), LossCode::OnlySomeVehicles), (set.exempted.is_empty(), LossCode::ExemptionsUnsaid)]
    {
        if !is_empty {
            losses.add(format!("{path}.vehicleSet"), code, dialog_text::vehicles(set));
        }
    }
    (set.restricted.is_empty() && set.exempted.is_empty()).then_some(kind)
}

const fn cause(subject: Option<Subject>) -> Option<Cause> {
    match subject {
        Some(Subject::RoadMaintenance) => Some(Cause::Construction),
        Some(Subject::Event) => Some(Cause::Event),
        Some(Subject::Incident) => Some(Cause::Hazard),
        Some(Subject::WinterMaintenance | Subject::Other) | None => None,
    }
}

/// What is known of why, and has no place here.
fn report_reasons(order: &PublishedOrder, losses: &mut Losses) {
    match (order.content.subject, &order.content.other_category_text) {
        (Some(Subject::Other), Some(text)) => losses.add("otherCategoryText", LossCode::ReasonInWords, text),
        (Some(subject @ Subject::WinterMaintenance), _) => {
            losses.add("subject", LossCode::ReasonInWords, dialog_text::labels::subject(subject));
        }
        _ => {}
    }
    if let Some(repeal) = &order.content.repeal {
        losses.add("repeal.reason", LossCode::RepealInWords, &repeal.reason);
    }
}

fn stretches(measure: &Measure, order: &PublishedOrder, path: &str, losses: &mut Losses) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (j, period) in measure.periods.iter().enumerate() {
        let path = format!("{path}.periods[{j}]");
        let (start, end) = time::bounds(period, &order.time_zone);
        let Some(end) = end else {
            losses.add(path, LossCode::EndlessPeriod, dialog_text::period(period));
            continue;
        };
        let schedule = match When::of(period) {
            When::Always => None,
            When::Weekly(schedule) => Some(schedule),
            When::Never => {
                losses.add(path, LossCode::NoTimeLeft, dialog_text::period(period));
                continue;
            }
        };
        if end <= start {
            losses.add(path, LossCode::NoTimeLeft, dialog_text::period(period));
            continue;
        }
        if schedule.as_ref().is_some_and(|schedule| schedule.lost_a_minute) {
            losses.add(path, LossCode::LastMinuteLost, dialog_text::period(period));
        }
        stretches.push(Stretch { id: period.id, start, end, schedule });
    }
    stretches
}

/// The parts of a location that Waze can place.
fn parts(location: &Location, order: &PublishedOrder, path: &str, losses: &mut Losses) -> Vec<Part> {
    let Some(found) = &location.found else {
        losses.add(path, LossCode::NotLocated, dialog_text::location(&location.asked));
        return Vec::new();
    };
    match &location.asked {
        LocationDescription::RawGeoJson { label, .. } if order.source != OrderSource::Litteralis => {
            losses.add(path, LossCode::DrawingLeftOut, label);
            return Vec::new();
        }
        LocationDescription::NamedStreet(street)
            if street.is_whole() && street.geometry.is_none() && street.direction != Direction::Both =>
        {
            losses.add(path, LossCode::OneWayLeftOut, &street.road_name);
            return Vec::new();
        }
        LocationDescription::WholeCity { city_label: name, .. } | LocationDescription::Zone { label: name, .. } => {
            losses.add(path, LossCode::StreetsUnnamed, name);
        }
        _ => {}
    }
    let mut lines = Vec::new();
    collect(&found.geometry.0, &mut lines, &mut |code, kind| losses.add(path, code, kind));
    let direction = location.asked.direction();
    if direction == Direction::BToA {
        lines = lines.iter().rev().map(Polyline::reversed).collect();
    }
    let travel = if direction == Direction::Both { Travel::Both } else { Travel::Along };
    let polylines = trails(lines, travel).into_iter().flat_map(|trail| trail.pieces(LONGEST_M)).collect();
    let mut parts = with_keys(polylines);
    parts.retain(|part| {
        let length_m = part.polyline.length_m();
        if length_m < SHORTEST_M {
            losses.add(path, LossCode::TooShort, format!("{length_m:.0} m"));
        }
        length_m >= SHORTEST_M
    });
    parts
}

/// A part that is alone needs no key, so that it keeps its identifier when its ends move; others are told by their ends.
fn with_keys(polylines: Vec<Polyline>) -> Vec<Part> {
    let is_alone = polylines.len() == 1;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let with_key = |polyline: Polyline| {
        if is_alone {
            return Part { key: String::new(), polyline };
        }
        let (first, last) = polyline.ends();
        let ends = format!("{};{}", first.min(last).roughly(), first.max(last).roughly());
        let rank = seen.entry(ends.clone()).or_default();
        *rank += 1;
        Part { key: format!("{ends};{rank}"), polyline }
    };
    polylines.into_iter().map(with_key).collect()
}

fn collect(geometry: &geojson::Geometry, lines: &mut Vec<Polyline>, lost: &mut dyn FnMut(LossCode, &str)) {
    let mut line = |positions: &[geojson::Position]| {
        let places: Option<Vec<Place>> = positions.iter().map(Place::new).collect();
        match places.and_then(Polyline::new) {
            Some(polyline) => lines.push(polyline),
            None => lost(LossCode::DegenerateGeometry, "LineString"),
        }
    };
    match &geometry.value {
        GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().for_each(|positions| line(positions)),
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(geometry, lines, lost);
            }
        }
        other => lost(LossCode::NotALine, other.type_name()),
    }
}

/// What the incidents of a location have in common.
struct Writer<'a> {
    order: &'a PublishedOrder,
    context: &'a FeedContext,
    measure: &'a Measure,
    kind: Kind,
    location: &'a Location,
}

impl Writer<'_> {
    fn incidents(&self, stretches: &[Stretch], parts: &[Part], path: &str, losses: &mut Losses) -> Vec<Timed> {
        if parts.is_empty() {
            return Vec::new();
        }
        let street = self.street(path, losses);
        let organization_name =
            OneLine::new(Text::unlimited(&self.order.organization_name, "organization", losses).as_str());
        let url = OneLine::new(Text::unlimited(&self.context.order_url(self.order.id), "", losses).as_str());
        let zone = self.order.time_zone;
        let mut incidents = Vec::with_capacity(stretches.len() * parts.len());
        for stretch in stretches {
            for part in parts {
                incidents.push(Timed {
                    start: stretch.start,
                    end: stretch.end,
                    incident: Incident {
                        id: format!("{}.{:016x}", self.location.id, hash(&format!("{};{}", stretch.id, part.key))),
                        order: self.order.id,
                        created_at: self.measure.created_at.with_timezone(&zone),
                        updated_at: self.order.published_at.with_timezone(&zone),
                        kind: self.kind,
                        street: street.clone(),
                        is_one_way: self.location.asked.direction() != Direction::Both,
                        polyline: part.polyline.clone(),
                        start: stretch.start.with_timezone(&zone),
                        end: stretch.end.with_timezone(&zone),
                        schedule: stretch.schedule.clone(),
                        organization: self.order.organization_id,
                        organization_name: organization_name.clone(),
                        url: url.as_str().to_owned(),
                    },
                });
            }
        }
        incidents
    }

    fn street(&self, path: &str, losses: &mut Losses) -> Street {
        let name = match &self.location.asked {
            LocationDescription::NamedStreet(street) => &street.road_name,
            LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => &road.road_number,
            LocationDescription::WholeCity { city_label, .. } => city_label,
            LocationDescription::Zone { label, .. } | LocationDescription::RawGeoJson { label, .. } => label,
        };
        let clean = OneLine::new(Text::unlimited(name, path, losses).as_str());
        Street::new(clean).unwrap_or_else(|| {
            losses.add(path, LossCode::NameTooShort, name);
            Street::unnamed()
        })
    }
}

/// FNV-1a: small, and the same for ever, which the identifiers rest on.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
