//! What changed in an order, one sentence per change.

use std::fmt::Display;

use dialog_domain::{
    Change, ChangedMeasure, Difference, Found, Location, LocationDescription, Measure, MeasureChange, Repeal,
};

use crate::{
    labels, length, location::with_exceptions, measure::title, measure_sentence, period, period::date_time, vehicles,
};

/// Every change in the order of the difference: `L'intitulé « Marché » devient « Foire ».`, `Mesure « Circulation
/// interdite » : la localisation « Rue des Rosiers à Paris » est supprimée.` Nothing when nothing changed.
#[must_use]
pub fn difference(difference: &Difference) -> Vec<String> {
    difference.changes.iter().flat_map(change).collect()
}

fn change(change: &Change) -> Vec<String> {
    vec![match change {
        Change::Title { old, new } => format!("L'intitulé {}.", becomes(old, new)),
        Change::Category { old, new } => {
            format!("La nature {}.", becomes(labels::category(*old), labels::category(*new)))
        }
        Change::Subject { old, new } => {
            let [old, new] = [old.map(labels::subject), new.map(labels::subject)];
            format!("L'objet {}.", optional(old, new, ["ajouté", "supprimé"]))
        }
        Change::OtherCategoryText { old, new } => {
            let words = optional(old.as_deref(), new.as_deref(), ["ajoutée", "supprimée"]);
            format!("La précision de l'objet {words}.")
        }
        Change::Repeal { old, new } => repealed(old.as_ref(), new.as_ref()),
        Change::MeasureAdded { measure } => format!("Mesure ajoutée : {}.", whole(measure)),
        Change::MeasureRemoved { measure } => format!("Mesure supprimée : {}.", whole(measure)),
        Change::MeasureChanged { measure } => return changed_measure(measure),
    }]
}

/// A measure in full, in the middle of a sentence.
fn whole(measure: &Measure) -> String {
    let sentence = measure_sentence(measure);
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn repealed(old: Option<&Repeal>, new: Option<&Repeal>) -> String {
    match (old, new) {
        (_, Some(new)) => format!("L'arrêté est abrogé le {} : {}.", date_time(new.end), unstopped(&new.reason)),
        (_, None) => "L'abrogation de l'arrêté est annulée.".to_owned(),
    }
}

/// A text without the full stop that the sentence around it brings.
fn unstopped(text: &str) -> &str {
    text.strip_suffix('.').unwrap_or(text)
}

fn changed_measure(measure: &ChangedMeasure) -> Vec<String> {
    let title = title(measure.kind, measure.max_speed_kmh);
    let name = match measure.place {
        None => format!("Mesure « {title} »"),
        Some(place) => format!("Mesure {place} « {title} »"),
    };
    measure.changes.iter().map(|change| format!("{name} : {}.", measure_change(change))).collect()
}

fn measure_change(change: &MeasureChange) -> String {
    match change {
        MeasureChange::Kind { old, new } => {
            format!("le type de restriction {}", becomes(labels::measure_type(*old), labels::measure_type(*new)))
        }
        MeasureChange::MaxSpeed { old, new } => speed(*old, *new),
        MeasureChange::Vehicles { old, new } => match (vehicles(old), vehicles(new)) {
            (old, new) if old == new => format!("la liste des véhicules concernés, « {new} », est écrite autrement"),
            (old, new) => format!("les véhicules concernés, « {old} », deviennent « {new} »"),
        },
        MeasureChange::PeriodAdded { period: added } => format!("la période « {} » est ajoutée", period(added)),
        MeasureChange::PeriodRemoved { period: gone } => format!("la période « {} » est supprimée", period(gone)),
        MeasureChange::PeriodChanged { old, new } => match (period(old), period(new)) {
            (old, new) if old == new => format!("la période « {new} » est écrite autrement"),
            (old, new) => format!("la période {}", becomes(old, new)),
        },
        MeasureChange::LocationAdded { location } => {
            format!("la localisation « {} » est ajoutée", with_exceptions(&location.asked))
        }
        MeasureChange::LocationRemoved { location } => {
            format!("la localisation « {} » est supprimée", with_exceptions(&location.asked))
        }
        MeasureChange::LocationChanged { old, new } => changed_location(old, new),
    }
}

fn speed(old: Option<u16>, new: Option<u16>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("la vitesse maximale passe de {old} à {new} km/h"),
        (None, Some(new)) => format!("la vitesse maximale est fixée à {new} km/h"),
        (Some(old), None) => format!("la vitesse maximale de {old} km/h est supprimée"),
        (None, None) => "la vitesse maximale reste sans valeur".to_owned(),
    }
}

fn changed_location(old: &Location, new: &Location) -> String {
    let (before, after) = (with_exceptions(&old.asked), with_exceptions(&new.asked));
    if before != after {
        return format!("la localisation « {before} » devient « {after} »");
    }
    let (old_direction, new_direction) = (old.asked.direction(), new.asked.direction());
    if old_direction != new_direction {
        let (old, new) = (labels::direction(old_direction), labels::direction(new_direction));
        return format!("le sens concerné de la localisation « {after} » passe de « {old} » à « {new} »");
    }
    if has_another_storage_area(&old.asked, &new.asked) {
        return format!("l'aire de stockage de la localisation « {after} » change");
    }
    if old.asked != new.asked {
        return format!("la localisation « {after} » est précisée sous le même nom{}", drawn(old, new));
    }
    format!("la localisation « {after} » est recalculée{}", drawn(old, new))
}

fn has_another_storage_area(old: &LocationDescription, new: &LocationDescription) -> bool {
    match (old, new) {
        (LocationDescription::NationalRoad(old), LocationDescription::NationalRoad(new)) => {
            old.storage_area_id != new.storage_area_id
        }
        _ => false,
    }
}

/// What became of the line on the map.
fn drawn(old: &Location, new: &Location) -> String {
    let lengths = |old: &Found, new: &Found| (length(old.length_m), length(new.length_m));
    match (&old.found, &new.found) {
        (None, None) => String::new(),
        (None, Some(new)) => format!(" : son tracé mesure {}", length(new.length_m)),
        (Some(_), None) => ", et n'a plus de tracé".to_owned(),
        (Some(old), Some(new)) if old.geometry == new.geometry => ", sans que son tracé change".to_owned(),
        (Some(old), Some(new)) => match lengths(old, new) {
            (old, new) if old == new => format!(" : son tracé change, il mesure toujours {new}"),
            (old, new) => format!(" : son tracé passe de {old} à {new}"),
        },
    }
}

/// `« Marché » devient « Foire »`.
fn becomes(old: impl Display, new: impl Display) -> String {
    format!("« {old} » devient « {new} »")
}

/// `« Travaux » est ajouté`, `« Travaux » devient « Évènement »`, `« Travaux » est supprimé`.
fn optional(old: Option<&str>, new: Option<&str>, [added, removed]: [&str; 2]) -> String {
    match (old, new) {
        (Some(old), Some(new)) => becomes(old, new),
        (None, Some(new)) => format!("« {new} » est {added}"),
        (Some(old), None) => format!("« {old} » est {removed}"),
        (None, None) => "reste sans valeur".to_owned(),
    }
}

#[cfg(test)]
mod tests;
