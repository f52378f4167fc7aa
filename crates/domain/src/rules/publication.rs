//! What keeps a content from being published: no feed could express it.

use super::{repeal::goes_beyond, report::Report};
use crate::{
    ExemptedVehicles, Geometry, Location, Measure, MeasureType, OrderCategory, OrderContent, Period, Recurrence,
    RestrictedVehicles, Subject, VehicleSet, ViolationCode,
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

fn is_located(location: &Location) -> bool {
    location.found.as_ref().is_some_and(|found| !is_empty(&found.geometry))
}

fn is_empty(Geometry(geometry): &Geometry) -> bool {
    use geojson::GeometryValue as Value;
    match &geometry.value {
        Value::Point { coordinates } => coordinates.is_empty(),
        Value::MultiPoint { coordinates } | Value::LineString { coordinates } => coordinates.is_empty(),
        Value::MultiLineString { coordinates } | Value::Polygon { coordinates } => {
            coordinates.iter().all(Vec::is_empty)
        }
        Value::MultiPolygon { coordinates } => coordinates.iter().flatten().all(Vec::is_empty),
        Value::GeometryCollection { geometries } => {
            geometries.iter().all(|geometry| is_empty(&Geometry(geometry.clone())))
        }
    }
}
