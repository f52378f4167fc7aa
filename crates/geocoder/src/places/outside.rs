//! What API Adresse knows beside what is loaded.

use std::cmp::Ordering;

use super::parse::parse;
use super::{Place, PlaceKind};
use crate::api_adresse;
use crate::name::normalise;

/// Below this score nothing that was found is what was meant.
const GOOD: f64 = 0.5;
/// Below this score a service has found nothing, and answers something.
const WORTH: f64 = 0.3;

/// Whether another source may have a better answer than `found`: it is empty, or nothing of it fits well, or a house
/// number is asked for and none was found.
#[must_use]
pub fn has_gap(text: &str, kind: Option<PlaceKind>, found: &[Place]) -> bool {
    let wants_number = match kind {
        Some(kind) => kind == PlaceKind::HouseNumber,
        None => parse(text).number.is_some(),
    };
    let has_number = found.iter().any(|place| place.kind == PlaceKind::HouseNumber);
    found.iter().all(|place| place.score < GOOD) || (wants_number && !has_number)
}

/// Puts places of API Adresse among those that were found, best first, ours before theirs; what is found already is
/// found once.
pub fn merge(found: &mut Vec<Place>, outside: Vec<api_adresse::Place>, limit: usize) {
    for place in outside.into_iter().filter(|place| place.score >= WORTH).filter_map(place) {
        if !found.iter().any(|known| is_same(known, &place)) {
            found.push(place);
        }
    }
    found.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
    found.truncate(limit);
}

fn is_same(a: &Place, b: &Place) -> bool {
    a.kind == b.kind && a.city_code == b.city_code && normalise(&a.name()) == normalise(&b.name())
}

/// `None` for what is no address, or in no commune.
fn place(place: api_adresse::Place) -> Option<Place> {
    use api_adresse::PlaceKind as Theirs;
    let street = place.street_name().map(str::to_owned);
    let (kind, street) = match place.kind {
        Theirs::HouseNumber => (PlaceKind::HouseNumber, street),
        Theirs::Street => (PlaceKind::Street, street),
        Theirs::Locality => (PlaceKind::Locality, Some(place.name)),
        Theirs::Municipality => (PlaceKind::Municipality, None),
        Theirs::Other => return None,
    };
    let city_code = place.city_code?;
    let department = if city_code.starts_with("97") || city_code.starts_with("98") { 3 } else { 2 };
    Some(Place {
        kind,
        id: place.id,
        house_number: place.house_number,
        street,
        city: place.city?,
        district: place.district,
        former_city: place.former_city,
        postcode: place.postcode,
        department: city_code.get(..department)?.to_owned(),
        context: String::new(),
        population: None,
        importance: place.importance,
        city_code,
        coordinates: place.coordinates,
        score: place.score,
        distance_m: None,
    })
}
