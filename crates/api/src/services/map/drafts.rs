use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use dialog_api_types::map::{MapDraft, MapDrafts};
use dialog_db::orders::Order;
use dialog_db::{Caller, restrictions};
use dialog_domain::{Measure, OrderCategory, RestrictedVehicles, time};

use super::card::card;
use super::{MapSelection, ZONE, midnight_after, midnight_of};
use crate::app::AppState;
use crate::services::streaming::ReadError;

/// Most drafts of an answer: a person writes a few at a time.
const MOST: usize = 500;

/// The drafts of the caller's organizations that pass the filters, at each location that was found.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn drafts(state: &AppState, caller: &Caller, selection: &MapSelection) -> Result<MapDrafts, ReadError> {
    let mut connection = state.database.get().await?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let orders = restrictions::drafts(&mut connection, caller, most.saturating_add(1)).await?;
    let is_cut = orders.len() > MOST;
    let mut items = Vec::new();
    for order in orders.iter().take(MOST).filter(|order| shows_order(selection, order)) {
        let zone = order.organization.time_zone.parse().unwrap_or(ZONE);
        for measure in order.content.measures.iter().filter(|measure| shows(selection, measure, zone)) {
            items.extend(located(order, measure)?);
        }
    }
    Ok(MapDrafts { items, is_cut })
}

fn located(order: &Order, measure: &Measure) -> Result<Vec<MapDraft>, ReadError> {
    let category = serde_json::to_value(order.content.category)
        .map_err(|error| ReadError::Query(diesel::result::Error::SerializationError(error.into())))?;
    let found = measure.locations.iter().filter_map(|location| Some((location, location.found.as_ref()?)));
    Ok(found
        .map(|(location, found)| MapDraft {
            regulation_category: category.as_str().unwrap_or_default().to_owned(),
            direction: location.asked.direction(),
            geometry: found.geometry.clone(),
            location: card(order, measure, location),
        })
        .collect())
}

fn shows_order(selection: &MapSelection, order: &Order) -> bool {
    let is_wanted = match order.content.category {
        OrderCategory::PermanentRegulation => selection.permanent,
        OrderCategory::TemporaryRegulation => selection.temporary,
    };
    is_wanted && selection.organization.is_none_or(|organization| organization == order.organization.id)
}

/// The filters of the map as the domain reads them; SQL reads them in the same way for what is public.
fn shows(selection: &MapSelection, measure: &Measure, zone: Tz) -> bool {
    let restricts_heavy_goods = || {
        measure.vehicle_set.restricted.iter().any(|kind| matches!(kind, RestrictedVehicles::HeavyGoodsVehicle { .. }))
    };
    let from = selection.start.map(midnight_of);
    let until = selection.end.map(midnight_after);
    // What has no date yet may be at any.
    let meets = measure.periods.is_empty()
        || measure.periods.iter().map(|period| time::bounds(period, &zone)).any(|bounds| meets(bounds, from, until));
    selection.measure_types.contains(&measure.kind)
        && (selection.heavy_goods || !restricts_heavy_goods())
        && meets
        && selection.at.is_none_or(|at| measure.periods.iter().any(|period| time::is_active(period, &zone, at)))
        && selection.vehicle.as_ref().is_none_or(|vehicle| measure.vehicle_set.applies_to(vehicle))
}

fn meets(
    (start, end): (DateTime<Utc>, Option<DateTime<Utc>>),
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
) -> bool {
    from.zip(until).is_none_or(|(from, until)| from < until)
        && from.is_none_or(|from| end.is_none_or(|end| from < end))
        && until.is_none_or(|until| start < until)
}
