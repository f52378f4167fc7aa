//! What changed between two contents of an order: two versions, or the working copy and the public version.
//!
//! Measures, periods and locations are recognised by their identifiers, which stay the same over versions. The order of
//! elements means nothing, nor does when a measure was first written: two contents without difference say the same.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Location, Measure, MeasureId, MeasureType, OrderCategory, OrderContent, Period, Repeal, Subject, VehicleSet,
};

mod meaning;

use meaning::{same_location, same_period, same_vehicles};

/// Everything that changed from one content to another; empty when both say the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// General information first, then measures: those of the new content in its order, then those that are gone.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Whether both contents say the same.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// One change of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type")]
#[expect(missing_docs, reason = "`old` is what was said before, `new` what is said now")]
pub enum Change {
    /// The title.
    Title { old: String, new: String },
    /// Permanent or temporary.
    Category { old: OrderCategory, new: OrderCategory },
    /// Why the order is made.
    Subject { old: Option<Subject>, new: Option<Subject> },
    /// Why, in words.
    OtherCategoryText { old: Option<String>, new: Option<String> },
    /// The repeal.
    Repeal { old: Option<Repeal>, new: Option<Repeal> },
    /// A new measure.
    MeasureAdded { measure: Box<Measure> },
    /// A measure that is gone.
    MeasureRemoved { measure: Box<Measure> },
    /// A measure that says something else.
    MeasureChanged { measure: Box<ChangedMeasure> },
}

/// A measure that says something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangedMeasure {
    /// Which.
    pub id: MeasureId,
    /// What it restricts now.
    pub kind: MeasureType,
    /// Its speed limit now.
    #[serde(default)]
    pub max_speed_kmh: Option<u16>,
    /// Its place among the measures of the new content, 1 first, when its kind and speed do not tell it from another.
    #[serde(default)]
    pub place: Option<usize>,
    /// What changed; at least one change.
    pub changes: Vec<MeasureChange>,
}

/// One change of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type")]
#[expect(missing_docs, reason = "`old` is what was said before, `new` what is said now")]
pub enum MeasureChange {
    /// What is restricted.
    Kind { old: MeasureType, new: MeasureType },
    /// The speed limit in km/h.
    MaxSpeed { old: Option<u16>, new: Option<u16> },
    /// Who is concerned.
    Vehicles { old: VehicleSet, new: VehicleSet },
    /// A new period.
    PeriodAdded { period: Period },
    /// A period that is gone.
    PeriodRemoved { period: Period },
    /// A period that says something else.
    PeriodChanged { old: Period, new: Period },
    /// A new location.
    LocationAdded { location: Box<Location> },
    /// A location that is gone.
    LocationRemoved { location: Box<Location> },
    /// A location that asks for something else, or that was found elsewhere.
    LocationChanged { old: Box<Location>, new: Box<Location> },
}

/// What changed from `old` to `new`.
#[must_use]
pub fn difference(old: &OrderContent, new: &OrderContent) -> Difference {
    let mut changes = general(old, new);
    for pair in pairs(&old.measures, &new.measures, |measure| measure.id.0) {
        match pair {
            Pair::Added(measure) => changes.push(Change::MeasureAdded { measure: Box::new(measure.clone()) }),
            Pair::Removed(measure) => changes.push(Change::MeasureRemoved { measure: Box::new(measure.clone()) }),
            Pair::Kept(before, after) => {
                let measure_changes = measure(before, after);
                if !measure_changes.is_empty() {
                    changes.push(Change::MeasureChanged {
                        measure: Box::new(ChangedMeasure {
                            id: after.id,
                            kind: after.kind,
                            max_speed_kmh: after.max_speed_kmh,
                            place: place(after, new),
                            changes: measure_changes,
                        }),
                    });
                }
            }
        }
    }
    Difference { changes }
}

fn general(old: &OrderContent, new: &OrderContent) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some((old, new)) = changed(&old.title, &new.title) {
        changes.push(Change::Title { old, new });
    }
    if let Some((old, new)) = changed(&old.category, &new.category) {
        changes.push(Change::Category { old, new });
    }
    if let Some((old, new)) = changed(&old.subject, &new.subject) {
        changes.push(Change::Subject { old, new });
    }
    if let Some((old, new)) = changed(&old.other_category_text, &new.other_category_text) {
        changes.push(Change::OtherCategoryText { old, new });
    }
    if let Some((old, new)) = changed(&old.repeal, &new.repeal) {
        changes.push(Change::Repeal { old, new });
    }
    changes
}

fn measure(old: &Measure, new: &Measure) -> Vec<MeasureChange> {
    let mut changes = Vec::new();
    if let Some((old, new)) = changed(&old.kind, &new.kind) {
        changes.push(MeasureChange::Kind { old, new });
    }
    if let Some((old, new)) = changed(&old.max_speed_kmh, &new.max_speed_kmh) {
        changes.push(MeasureChange::MaxSpeed { old, new });
    }
    if !same_vehicles(&old.vehicle_set, &new.vehicle_set) {
        changes.push(MeasureChange::Vehicles { old: old.vehicle_set.clone(), new: new.vehicle_set.clone() });
    }
    changes.extend(pairs(&old.periods, &new.periods, |period| period.id.0).into_iter().filter_map(|pair| {
        Some(match pair {
            Pair::Added(period) => MeasureChange::PeriodAdded { period: period.clone() },
            Pair::Removed(period) => MeasureChange::PeriodRemoved { period: period.clone() },
            Pair::Kept(old, new) if same_period(old, new) => return None,
            Pair::Kept(old, new) => MeasureChange::PeriodChanged { old: old.clone(), new: new.clone() },
        })
    }));
    changes.extend(pairs(&old.locations, &new.locations, |location| location.id.0).into_iter().filter_map(|pair| {
        Some(match pair {
            Pair::Added(location) => MeasureChange::LocationAdded { location: Box::new(location.clone()) },
            Pair::Removed(location) => MeasureChange::LocationRemoved { location: Box::new(location.clone()) },
            Pair::Kept(old, new) if same_location(old, new) => return None,
            Pair::Kept(old, new) => {
                MeasureChange::LocationChanged { old: Box::new(old.clone()), new: Box::new(new.clone()) }
            }
        })
    }));
    changes
}

fn changed<T: Clone + PartialEq>(old: &T, new: &T) -> Option<(T, T)> {
    (old != new).then(|| (old.clone(), new.clone()))
}

/// The place of a measure, when another one of the content has the same kind and speed.
fn place(measure: &Measure, content: &OrderContent) -> Option<usize> {
    let title = |measure: &Measure| (measure.kind, measure.max_speed_kmh);
    let twins = content.measures.iter().filter(|other| title(other) == title(measure)).count();
    let place = content.measures.iter().position(|other| other.id == measure.id)?;
    (twins > 1).then_some(place + 1)
}

/// An element of one of two lists, or of both.
enum Pair<'a, T> {
    Added(&'a T),
    Removed(&'a T),
    Kept(&'a T, &'a T),
}

/// The elements of `new` in their order, then those of `old` that `new` has no more.
fn pairs<'a, T>(old: &'a [T], new: &'a [T], id: impl Fn(&T) -> Uuid) -> Vec<Pair<'a, T>> {
    let before: HashMap<Uuid, &T> = old.iter().map(|element| (id(element), element)).collect();
    let after: HashMap<Uuid, &T> = new.iter().map(|element| (id(element), element)).collect();
    let current = new.iter().map(|element| match before.get(&id(element)) {
        Some(old) => Pair::Kept(*old, element),
        None => Pair::Added(element),
    });
    let gone = old.iter().filter(|element| !after.contains_key(&id(element))).map(Pair::Removed);
    current.chain(gone).collect()
}

#[cfg(test)]
pub(crate) mod tests;
