//! From an order to the answers of the contract.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use dialog_api_types::wire::{
    DailyRangeView, DayRange, MaxCharacteristic, MeasureView, OrganizationView, PeriodView, RegulationView, RepealView,
    StorageView, TimeSlotView, VehicleName, VehicleSetView,
};
use dialog_db::orders::Order;
use dialog_domain::document::media_type_label;
use dialog_domain::{
    Day, ExemptedVehicles, Measure, OrderCategory, OrderContent, Period, Recurrence, Repeal, RestrictedVehicles,
    TimeSlot, VehicleSet, input::VehicleSetInput, time,
};

mod location;

use super::date_time::{write_instant, write_local, write_slot_time};
use location::location_view;

/// An order as `GET /api/regulations/{identifier}` answers it: the working copy, local times of `zone`. `base_url` is
/// the public address of the application, for its links.
#[must_use]
pub fn regulation(order: &Order, zone: Tz, base_url: &str) -> RegulationView {
    let content = &order.content;
    let (start_date, end_date) = overall(content, zone);
    RegulationView {
        identifier: order.identifier.clone(),
        status: order.status,
        category: content.category,
        subject: content.subject,
        other_category_text: content.other_category_text.clone(),
        title: content.title.clone(),
        start_date,
        end_date,
        organization: OrganizationView { uuid: Some(order.organization.id.0), name: order.organization.name.clone() },
        measures: content.measures.iter().map(|measure| measure_view(measure, zone)).collect(),
        uuid: order.id.0,
        source: order.source,
        has_unpublished_changes: order.has_unpublished_changes,
        published_version: order.published.map(|version| version.number),
        time_zone: zone.name().to_owned(),
        updated_at: write_instant(order.updated_at),
        repeal: content.repeal.as_ref().map(|repeal| repeal_view(repeal, zone)),
        storage: storage(order, base_url),
    }
}

/// The end that was put to an order.
#[must_use]
pub fn repeal_view(repeal: &Repeal, zone: Tz) -> RepealView {
    RepealView { end_date: write_instant(time::instant(repeal.end, &zone)), reason: repeal.reason.clone() }
}

/// The official document of an order.
#[must_use]
pub fn storage(order: &Order, base_url: &str) -> Option<StorageView> {
    let document = order.document.as_ref()?;
    let file = document.file();
    // Half a kB counts as one.
    let in_kb = |bytes: i64| (bytes + 500) / 1000;
    Some(StorageView {
        url: document.url().map(str::to_owned),
        title: document.title.clone(),
        mime_type: file.map(|file| media_type_label(&file.media_type).to_owned()),
        file_size: file.map(|file| in_kb(file.size)).filter(|size| *size > 0),
        file_url: file.map(|_| format!("{base_url}/api/documents/{}", order.id)),
        file_name: file.map(|file| file.file_name.clone()),
        file_size_bytes: file.map(|file| file.size),
    })
}

/// An order as the search answers it: as [`regulation`], but a permanent one has no end until it is repealed.
#[must_use]
pub fn searched_regulation(order: &Order, base_url: &str) -> RegulationView {
    let zone = order.organization.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let mut view = regulation(order, zone, base_url);
    if order.content.category == OrderCategory::PermanentRegulation && order.content.repeal.is_none() {
        view.end_date = None;
    }
    view
}

/// Earliest start and latest end of all periods, as they were written; no end as soon as one of them has none.
fn overall(content: &OrderContent, zone: Tz) -> (Option<String>, Option<String>) {
    let periods = || content.measures.iter().flat_map(|measure| &measure.periods);
    let instant = |at: NaiveDateTime| time::instant(at, &zone);
    let start = periods().map(|period| instant(period.start)).min();
    let ends: Option<Vec<_>> = periods().map(|period| period.end.map(instant)).collect();
    let end = ends.and_then(|ends| ends.into_iter().max());
    (start.map(write_instant), end.map(write_instant))
}

fn measure_view(measure: &Measure, zone: Tz) -> MeasureView {
    MeasureView {
        uuid: measure.id.0,
        kind: measure.kind,
        max_speed: measure.max_speed_kmh,
        vehicle_set: vehicle_set_view(&measure.vehicle_set),
        periods: measure.periods.iter().map(|period| period_view(period, zone)).collect(),
        locations: measure.locations.iter().map(location_view).collect(),
        created_at: write_instant(measure.created_at),
    }
}

fn period_view(period: &Period, zone: Tz) -> PeriodView {
    let days = match &period.recurrence {
        Recurrence::EveryDay => None,
        Recurrence::CertainDays(days) => Some(days),
    };
    let local = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
    PeriodView {
        recurrence_type: if days.is_some() { "certainDays" } else { "everyDay" }.to_owned(),
        start_date_time: Some(write_local(period.start, zone)),
        end_date_time: period.end.map(|end| write_local(end, zone)),
        daily_range: days.map(|days| DailyRangeView { day_ranges: day_ranges(days), applicable_days: days.clone() }),
        time_slots: period.time_slots.iter().map(|slot| time_slot_view(slot, zone)).collect(),
        uuid: period.id.0,
        local_start: local(period.start),
        local_end: period.end.map(local),
        is_permanent: period.end.is_none(),
    }
}

fn time_slot_view(slot: &TimeSlot, zone: Tz) -> TimeSlotView {
    TimeSlotView {
        start_time: write_slot_time(slot.start, zone),
        end_time: write_slot_time(slot.end, zone),
        local_start: slot.start.format("%H:%M").to_string(),
        local_end: slot.end.format("%H:%M").to_string(),
    }
}

/// Runs of consecutive days of one week: Sunday and Monday do not touch.
fn day_ranges(days: &[Day]) -> Vec<DayRange> {
    let mut ranges: Vec<DayRange> = Vec::new();
    let mut previous_is_in = false;
    for day in Day::ALL {
        let is_in = days.contains(&day);
        match ranges.last_mut() {
            Some(range) if is_in && previous_is_in => range.last_day = day,
            _ if is_in => ranges.push(DayRange { first_day: day, last_day: day }),
            _ => {}
        }
        previous_is_in = is_in;
    }
    ranges
}

fn vehicle_set_view(set: &VehicleSet) -> VehicleSetView {
    let raw = raw_vehicle_set(set);
    let word = |name: &str| VehicleName { name: name.to_owned(), is_other: None };
    let free = |text: &String| VehicleName { name: text.clone(), is_other: Some(true) };

    let mut restricted_types = Vec::new();
    if set.restricted.contains(&RestrictedVehicles::HazardousMaterials) {
        restricted_types.push(word("hazardousMaterials"));
    }
    restricted_types.extend(raw.other_restricted_type_text.as_ref().map(free));
    restricted_types.extend(raw.critair_types.iter().map(|class| word(class)));

    let exempted = raw.exempted_types.iter().filter(|name| *name != "other");
    let mut exempted_types: Vec<VehicleName> = exempted.map(|name| word(name)).collect();
    exempted_types.extend(raw.other_exempted_type_text.as_ref().map(free));

    let limits = [
        ("weight", raw.heavyweight_max_weight),
        ("width", raw.max_width),
        ("length", raw.max_length),
        ("height", raw.max_height),
    ];
    let set_limits = limits.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| *value != 0.0)?)));
    let max_characteristics =
        set_limits.map(|(name, value)| MaxCharacteristic { name: name.to_owned(), value }).collect();
    VehicleSetView { restricted_types, exempted_types, max_characteristics, raw }
}

/// The members of the write model that give this very set.
fn raw_vehicle_set(set: &VehicleSet) -> VehicleSetInput {
    let mut raw = VehicleSetInput { all_vehicles: Some(set.restricted.is_empty()), ..VehicleSetInput::default() };
    for restricted in &set.restricted {
        let name = match restricted {
            RestrictedVehicles::HeavyGoodsVehicle { max_weight_t } => {
                // On the wire "whatever the weight" is a weight of 0.
                raw.heavyweight_max_weight = Some(max_weight_t.unwrap_or(0.0));
                "heavyGoodsVehicle"
            }
            RestrictedVehicles::Dimensions { max_width_m, max_length_m, max_height_m } => {
                (raw.max_width, raw.max_length, raw.max_height) = (*max_width_m, *max_length_m, *max_height_m);
                "dimensions"
            }
            RestrictedVehicles::CritAir { classes } => {
                raw.critair_types = classes.iter().map(word_of).collect();
                "critair"
            }
            RestrictedVehicles::HazardousMaterials => "hazardousMaterials",
            RestrictedVehicles::Other { text } => {
                raw.other_restricted_type_text = Some(text.clone());
                "other"
            }
        };
        raw.restricted_types.push(name.to_owned());
    }
    for exempted in &set.exempted {
        if let ExemptedVehicles::Other { text } = exempted {
            raw.other_exempted_type_text = Some(text.clone());
        }
        raw.exempted_types.push(exempted_word(exempted).to_owned());
    }
    raw
}

const fn exempted_word(exempted: &ExemptedVehicles) -> &'static str {
    match exempted {
        ExemptedVehicles::Commercial => "commercial",
        ExemptedVehicles::EmergencyServices => "emergencyServices",
        ExemptedVehicles::Bicycle => "bicycle",
        ExemptedVehicles::Pedestrians => "pedestrians",
        ExemptedVehicles::Taxi => "taxi",
        ExemptedVehicles::CarSharing => "carSharing",
        ExemptedVehicles::RoadMaintenanceOrConstruction => "roadMaintenanceOrConstruction",
        ExemptedVehicles::CityLogistics => "cityLogistics",
        ExemptedVehicles::Police => "police",
        ExemptedVehicles::DesserteLocale => "desserteLocale",
        ExemptedVehicles::LocalResident => "localResident",
        ExemptedVehicles::Other { .. } => "other",
    }
}

/// The word by which serde writes a value of an enumeration.
fn word_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
