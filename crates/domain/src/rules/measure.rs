//! Rules of a measure as a whole.

use super::{
    Context, Face, location, period,
    report::{Report, trimmed, word},
    vehicle,
};
use crate::{Measure, MeasureId, MeasureType, Violation, ViolationCode, input::MeasureInput};

/// Highest speed limit, km/h.
pub const SPEED_MAX_KMH: u16 = 130;

pub(super) fn check(input: &MeasureInput, context: &mut Context<'_>, report: &mut Report) -> Option<Measure> {
    let measure = check_without_locations(input, context, report);
    if input.locations.is_empty() && context.face == Face::Form {
        report.add("locations", ViolationCode::NoLocation);
    }
    let locations =
        report.each("locations", &input.locations, |report, location| location::check(location, context, report));
    measure.zip(locations).map(|(measure, locations)| Measure { locations, ..measure })
}

/// Everything but the locations, which are left out.
pub(super) fn check_without_locations(
    input: &MeasureInput,
    context: &mut Context<'_>,
    report: &mut Report,
) -> Option<Measure> {
    let kind = kind(input, report);
    let max_speed_kmh = max_speed(input, kind, context.face, report);
    let vehicle_set = match &input.vehicle_set {
        None => Some(Default::default()),
        Some(set) => report.under("vehicleSet", |report| vehicle::check(set, context.face, report)),
    };
    if input.periods.is_empty() {
        report.add("periods", ViolationCode::NoPeriod);
    }
    let periods = report.each("periods", &input.periods, |report, period| period::check(period, context, report));

    Some(Measure {
        id: input.uuid.unwrap_or_else(|| MeasureId((context.new_id)())),
        kind: kind?,
        max_speed_kmh,
        vehicle_set: vehicle_set?,
        periods: periods?,
        locations: Vec::new(),
        created_at: input.created_at.unwrap_or(context.now),
    })
}

fn kind(input: &MeasureInput, report: &mut Report) -> Option<MeasureType> {
    match trimmed(input.kind.as_deref()) {
        None => {
            report.add("type", ViolationCode::Required);
            None
        }
        Some(text) => report.choice("type", text, word),
    }
}

/// The speed limit. Other kinds drop it, but the integrators' contract checks it all the same.
fn max_speed(input: &MeasureInput, kind: Option<MeasureType>, face: Face, report: &mut Report) -> Option<u16> {
    let is_speed = kind == Some(MeasureType::SpeedLimitation);
    let Some(speed) = input.max_speed.filter(|_| is_speed || face == Face::Integrator) else {
        if is_speed {
            report.add("maxSpeed", ViolationCode::Required);
        }
        return None;
    };
    if speed <= 0 {
        report.add("maxSpeed", ViolationCode::NotPositive);
    } else if speed > i64::from(SPEED_MAX_KMH) {
        report.push(Violation::new("maxSpeed", ViolationCode::TooLarge).with("max", SPEED_MAX_KMH));
    }
    u16::try_from(speed).ok().filter(|_| is_speed)
}
