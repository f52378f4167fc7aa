//! What keeps a content from being published: no feed could express it.

use super::{repeal::goes_beyond, report::Report};
use crate::{
    ExemptedVehicles, Geometry, Location, LocationDescription, Measure, MeasureType, OrderCategory, OrderContent,
    Period, Recurrence, RestrictedVehicles, Subject, VehicleSet, ViolationCode,
};

pub(super) fn check(content: &OrderContent, report: &mut Report) {
    if content.title.trim().is_empty() {
        report.add("title", ViolationCode::Required);
    }
    if content.subject == Some(Subject::Other) && content.other_category_text.is_none() {
        report.add("otherCategoryText", ViolationCode::Required);
    }
    if content.measures.is_empty() {
        report.add("measures", ViolationCode::NoMeasure);
    }
    for (index, measure) in content.measures.iter().enumerate() {
        report.under(&format!("measures[{index}]"), |report| check_measure(measure, content, report));
    }
}

fn check_measure(measure: &Measure, content: &OrderContent, report: &mut Report) {
    if measure.kind == MeasureType::SpeedLimitation && measure.max_speed_kmh.is_none_or(|speed| speed == 0) {
        report.add("maxSpeed", ViolationCode::Required);
    }
    report.under("vehicleSet", |report| vehicles(&measure.vehicle_set, report));
    if measure.periods.is_empty() {
        report.add("periods", ViolationCode::NoPeriod);
    }
    for (index, period) in measure.periods.iter().enumerate() {
        report.under(&format!("periods[{index}]"), |report| check_period(period, content, report));
    }
    if measure.locations.is_empty() {
        report.add("locations", ViolationCode::NoLocation);
    }
    for (index, location) in measure.locations.iter().enumerate() {
        if !is_located(location) {
            report.add(&format!("locations[{index}]"), ViolationCode::NotLocated);
        } else if !has_its_storage_area(location) {
            report.add(&format!("locations[{index}].nationalRoad.storageAreaUuid"), ViolationCode::NotAChoice);
        }
    }
}

fn vehicles(set: &VehicleSet, report: &mut Report) {
    for restricted in &set.restricted {
        match restricted {
            RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: None } => {
                report.add("restrictedTypes", ViolationCode::NoDimension);
            }
            RestrictedVehicles::CritAir { classes } if classes.is_empty() => {
                report.add("critairTypes", ViolationCode::Required);
            }
            RestrictedVehicles::Other { text } if text.trim().is_empty() => {
                report.add("otherRestrictedTypeText", ViolationCode::Required);
            }
            _ => {}
        }
    }
    if set.exempted.iter().any(|kind| matches!(kind, ExemptedVehicles::Other { text } if text.trim().is_empty())) {
        report.add("otherExemptedTypeText", ViolationCode::Required);
    }
}

fn check_period(period: &Period, content: &OrderContent, report: &mut Report) {
    if content.repeal.as_ref().is_some_and(|repeal| goes_beyond(period, repeal.end)) {
        report.add("endDate", ViolationCode::BeyondRepeal);
    } else if content.category == OrderCategory::TemporaryRegulation && period.end.is_none() {
        report.add("endDate", ViolationCode::NoEnd);
    }
    if matches!(&period.recurrence, Recurrence::CertainDays(days) if days.is_empty()) {
        report.add("applicableDays", ViolationCode::Required);
    }
}

/// Whether something of the location can be drawn, and so exported.
fn is_located(location: &Location) -> bool {
    location.found.as_ref().is_some_and(|found| has_a_shape(&found.geometry))
}

/// Whether the waiting area that is asked for, if any, is the one that was found.
fn has_its_storage_area(location: &Location) -> bool {
    let LocationDescription::NationalRoad(road) = &location.asked else { return true };
    let found = location.found.as_ref().and_then(|found| found.storage_area.as_ref());
    road.storage_area_id == found.map(|area| area.id)
}

fn has_a_shape(Geometry(geometry): &Geometry) -> bool {
    use geojson::GeometryValue as Value;
    let point = |position: &geojson::Position| position.len() >= 2;
    let line = |positions: &[geojson::Position]| positions.len() >= 2 && positions.iter().all(point);
    let polygon = |rings: &[Vec<geojson::Position>]| {
        let is_ring = |ring: &Vec<_>| ring.len() >= 4 && ring.first() == ring.last() && line(ring);
        !rings.is_empty() && rings.iter().all(is_ring)
    };
    match &geometry.value {
        Value::Point { coordinates } => point(coordinates),
        Value::MultiPoint { coordinates } => coordinates.iter().any(point),
        Value::LineString { coordinates } => line(coordinates),
        Value::MultiLineString { coordinates } => coordinates.iter().any(|part| line(part)),
        Value::Polygon { coordinates } => polygon(coordinates),
        Value::MultiPolygon { coordinates } => coordinates.iter().any(|part| polygon(part)),
        Value::GeometryCollection { geometries } => {
            geometries.iter().any(|geometry| has_a_shape(&Geometry(geometry.clone())))
        }
    }
}
