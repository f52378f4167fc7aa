//! When two elements say the same, whatever the order of what they list.

use std::fmt::Debug;

use crate::{
    Found, Location, LocationDescription, Period, Recurrence, RestrictedVehicles, VehicleSet, WholeCityException,
};

pub(super) fn same_vehicles(old: &VehicleSet, new: &VehicleSet) -> bool {
    let restricted = |set: &VehicleSet| -> Vec<RestrictedVehicles> {
        let kinds = set.restricted.iter().map(|kind| match kind {
            RestrictedVehicles::CritAir { classes } => RestrictedVehicles::CritAir { classes: set_of(classes) },
            other => other.clone(),
        });
        set_of(&kinds.collect::<Vec<_>>())
    };
    old == new || (restricted(old) == restricted(new) && set_of(&old.exempted) == set_of(&new.exempted))
}

pub(super) fn same_period(old: &Period, new: &Period) -> bool {
    let recurrence = |period: &Period| match &period.recurrence {
        Recurrence::EveryDay => Recurrence::EveryDay,
        Recurrence::CertainDays(days) => Recurrence::CertainDays(set_of(days)),
    };
    old.start == new.start
        && old.end == new.end
        && recurrence(old) == recurrence(new)
        && set_of(&old.time_slots) == set_of(&new.time_slots)
}

pub(super) fn same_location(old: &Location, new: &Location) -> bool {
    same_description(&old.asked, &new.asked) && same_place(old.found.as_ref(), new.found.as_ref())
}

fn same_description(old: &LocationDescription, new: &LocationDescription) -> bool {
    match (old, new) {
        (
            LocationDescription::WholeCity { city_code, city_label, exceptions },
            LocationDescription::WholeCity { city_code: new_code, city_label: new_label, exceptions: new_exceptions },
        ) => city_code == new_code && city_label == new_label && same_exceptions(exceptions, new_exceptions),
        _ => old == new,
    }
}

fn same_exceptions(old: &[WholeCityException], new: &[WholeCityException]) -> bool {
    old == new || set_of(old) == set_of(new)
}

/// Segments and points are in the order of travel: this order does mean something.
fn same_place(old: Option<&Found>, new: Option<&Found>) -> bool {
    old == new
}

/// The elements in an order of their own, each once. They have no order of their own, some because they hold
/// floating-point numbers; the text of each does.
fn set_of<T: Clone + Debug + PartialEq>(elements: &[T]) -> Vec<T> {
    let mut sorted = elements.to_vec();
    sorted.sort_by_cached_key(|element| format!("{element:?}"));
    sorted.dedup();
    sorted
}
