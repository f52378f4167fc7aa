//! What is restricted.

use dialog_domain::{Measure, MeasureType, time};

use super::{location, order::bounds, validity, vehicles};
use crate::{
    PublishedOrder,
    datex::model::{Condition, NonEmpty, Regulation, RegulationType},
    loss::{LossCode, Losses},
};

/// The regulation of a measure: `and{ any period, any location, any restricted vehicle, no exempted one }`, and one
/// more per lorry waiting area, for the same vehicles at the same times. Nothing when nothing true can be said of it.
pub(super) fn regulations(
    measure: &Measure,
    order: &PublishedOrder,
    path: &str,
    losses: &mut Losses,
) -> Vec<Regulation> {
    let said = try_regulations(measure, order, path, losses);
    if said.is_none() {
        losses.add(path, LossCode::MeasureLeftOut, dialog_text::measure_title(measure));
    }
    said.unwrap_or_default()
}

fn try_regulations(
    measure: &Measure,
    order: &PublishedOrder,
    path: &str,
    losses: &mut Losses,
) -> Option<Vec<Regulation>> {
    let kind = match measure.kind {
        MeasureType::NoEntry => RegulationType::NoEntry,
        MeasureType::SpeedLimitation => RegulationType::SpeedLimit { max_kmh: measure.max_speed_kmh? },
        MeasureType::ParkingProhibited => RegulationType::ParkingProhibited,
        MeasureType::AlternateRoad => RegulationType::GiveWayToOncomingVehicles,
        MeasureType::NoOvertaking => RegulationType::OvertakingBan,
    };
    let mut when = Vec::new();
    let periods = measure.periods.iter().filter_map(|period| validity::condition(period, order.time_zone)).collect();
    match NonEmpty::from_vec(periods) {
        Some(periods) => when.push(Condition::any(periods)),
        // Periods that leave no instant at all must not turn into "always".
        None if !measure.periods.is_empty() => return None,
        None => {}
    }
    let (mut locations, mut areas) = (Vec::new(), Vec::new());
    for (i, place) in measure.locations.iter().enumerate() {
        let path = format!("{path}.locations[{i}]");
        locations.extend(location::condition(place, &path, losses));
        areas.extend(location::storage_area(place, &path, losses));
    }
    let place = Condition::any(NonEmpty::from_vec(locations)?);
    let who = vehicles::conditions(&measure.vehicle_set, &format!("{path}.vehicleSet"), losses)?;

    let lasts_as_order = lasts_as_order(measure, order);
    let regulation = |kind, measure_type, place: Condition| {
        let conditions = [when.as_slice(), &[place], &who].concat();
        let condition = Condition::all(NonEmpty::from_vec(conditions)?);
        Some(Regulation { kind, condition, lasts_as_order, measure: measure.id, measure_type })
    };
    let areas = areas.into_iter().map(|area| (RegulationType::StorageArea, "storageArea", area));
    std::iter::once((kind, measure.kind.as_str(), place))
        .chain(areas)
        .map(|(kind, measure_type, place)| regulation(kind, measure_type, place))
        .collect()
}

/// Whether the measure begins and ends with its order; without period it always does.
fn lasts_as_order(measure: &Measure, order: &PublishedOrder) -> bool {
    let (start, end) = bounds(order);
    let periods = measure.periods.iter().map(|period| time::bounds(period, &order.time_zone));
    let Some((first, last)) = periods.reduce(|(start, end), (other_start, other_end)| {
        (start.min(other_start), end.zip(other_end).map(|(end, other)| end.max(other)))
    }) else {
        return true;
    };
    first <= start && last.is_none_or(|last| end.is_some_and(|end| last >= end))
}
