//! What is restricted.

use chrono_tz::Tz;
use dialog_domain::{Measure, MeasureType};

use super::{location, validity, vehicles};
use crate::{
    datex::model::{Condition, NonEmpty, Regulation, RegulationType},
    loss::{LossCode, Losses},
};

/// The regulation of a measure: `and{ any period, any location, any restricted vehicle, no exempted one }`. `None`
/// when nothing true can be said of it.
pub(super) fn regulation(measure: &Measure, zone: Tz, path: &str, losses: &mut Losses) -> Option<Regulation> {
    let said = try_regulation(measure, zone, path, losses);
    if said.is_none() {
        losses.add(path, LossCode::MeasureLeftOut, measure.kind.as_str());
    }
    said
}

fn try_regulation(measure: &Measure, zone: Tz, path: &str, losses: &mut Losses) -> Option<Regulation> {
    let kind = match measure.kind {
        MeasureType::NoEntry => RegulationType::NoEntry,
        MeasureType::SpeedLimitation => RegulationType::SpeedLimit { max_kmh: measure.max_speed_kmh? },
        MeasureType::ParkingProhibited => RegulationType::ParkingProhibited,
        MeasureType::AlternateRoad => RegulationType::GiveWayToOncomingVehicles,
        MeasureType::NoOvertaking => RegulationType::OvertakingBan,
    };
    let mut conditions = Vec::new();
    let periods = measure.periods.iter().filter_map(|period| validity::condition(period, zone)).collect();
    match NonEmpty::from_vec(periods) {
        Some(periods) => conditions.push(Condition::any(periods)),
        // Periods that leave no instant at all must not turn into "always".
        None if !measure.periods.is_empty() => return None,
        None => {}
    }
    let locations = measure
        .locations
        .iter()
        .enumerate()
        .filter_map(|(i, place)| location::condition(place, &format!("{path}.locations[{i}]"), losses))
        .collect();
    conditions.push(Condition::any(NonEmpty::from_vec(locations)?));
    conditions.extend(vehicles::conditions(&measure.vehicle_set, &format!("{path}.vehicleSet"), losses)?);
    Some(Regulation {
        kind,
        condition: Condition::all(NonEmpty::from_vec(conditions)?),
        measure: measure.id,
        measure_type: measure.kind.as_str(),
    })
}
