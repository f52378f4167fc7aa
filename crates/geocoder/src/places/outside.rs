//! What API Adresse knows beside what is loaded.

use std::cmp::Ordering;

use dialog_db::Connection;
use dialog_db::reference::places::addresses_around;
use dialog_geo::Coord;
use diesel::QueryResult;

use super::around::{self, RADIUS_M};
use super::parse::parse;
use super::{AroundQuery, Place, PlaceKind, distance_m};
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

/// Whether another source may know what is around a point better than `found`: nothing of the kind that is asked was
/// found; when no kind is, there is no house number around, near or not, as where no address base is loaded.
///
/// # Errors
/// When the database does not answer.
pub async fn has_gap_around(connection: &mut Connection, asked: AroundQuery, found: &[Place]) -> QueryResult<bool> {
    let has_number = found.iter().any(|place| place.kind == PlaceKind::HouseNumber);
    if found.is_empty() || has_number || asked.kind.is_some() {
        return Ok(found.is_empty());
    }
    let [x, y] = asked.coordinates;
    Ok(addresses_around(connection, Coord { x, y }, RADIUS_M, 1).await?.is_empty())
}

/// Puts places of API Adresse around a point among those that were found: houses that are near first, then the nearest.
pub fn merge_around(found: &mut Vec<Place>, outside: Vec<api_adresse::Place>, asked: AroundQuery) {
    for mut place in outside.into_iter().filter_map(place) {
        let metres = distance_m(asked.coordinates, place.coordinates);
        let is_wanted = asked.kind.is_none_or(|kind| kind == place.kind);
        // A street or a commune is where its middle is, which may be far.
        let is_near = matches!(place.kind, PlaceKind::Street | PlaceKind::Municipality) || metres <= RADIUS_M;
        if is_wanted && is_near && !found.iter().any(|known| is_same(known, &place)) {
            place.score = match place.kind {
                PlaceKind::Municipality if asked.kind.is_none() => around::score(RADIUS_M),
                PlaceKind::Municipality => 1.0,
                _ => around::score(metres),
            };
            place.distance_m = Some(metres);
            found.push(place);
        }
    }
    found.sort_by(|a, b| around::is_at_home(b).cmp(&around::is_at_home(a)).then(b.score.total_cmp(&a.score)));
    found.truncate(asked.limit);
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
        is_outside: true,
    })
}
