//! Look-ups of places: in the loaded data first, at API Adresse for what they lack.

use dialog_geocoder::api_adresse::{Around, Place, PlaceKind, Search};
use dialog_geocoder::name::canonical;
use dialog_geocoder::places::{self, AroundQuery, PlacesQuery, search_places};
use dialog_geocoder::{City, Street};

use super::remote_addresses;
use crate::app::AppState;
use crate::problem::Problem;

/// Longest identifier of a street in an order, in characters.
const LONGEST_ID: usize = 20;

/// Where something that is proposed comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed<T> {
    /// What is proposed.
    pub what: T,
    /// Whether only API Adresse knows it.
    pub is_outside: bool,
}

fn loaded<T>(what: T) -> Proposed<T> {
    Proposed { what, is_outside: false }
}

fn outside<T>(what: T) -> Proposed<T> {
    Proposed { what, is_outside: true }
}

/// Communes for what is typed, best first.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn cities(state: &AppState, search: &str, limit: usize) -> Result<Vec<Proposed<City>>, Problem> {
    let mut connection = state.connection().await?;
    let found = dialog_geocoder::search_cities(&mut connection, search, limit).await?;
    // A slow service outside holds no connection.
    drop(connection);
    if !found.is_empty() {
        return Ok(found.into_iter().map(loaded).collect());
    }
    Ok(remote_addresses::cities(state, search, limit).await.into_iter().filter_map(city).map(outside).collect())
}

/// Streets of a commune for what is typed, best first. What API Adresse alone understands leads to the street of ours
/// that has its identifier or its name.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn streets(
    state: &AppState,
    city_code: &str,
    search: &str,
    limit: usize,
) -> Result<Vec<Proposed<Street>>, Problem> {
    let index = match state.completion.known(city_code) {
        Some(index) => index,
        None => state.completion.read(&mut *state.connection().await?, city_code).await?,
    };
    let found = index.search(search, limit);
    if !found.is_empty() {
        return Ok(found.into_iter().map(loaded).collect());
    }
    let places = remote_addresses::streets(state, city_code, search, limit).await;
    let of_ours = |place: &Place| {
        let name = canonical(&place.name);
        index
            .search(&place.name, limit)
            .into_iter()
            .find(|street| street.road_ban_id.eq_ignore_ascii_case(&place.id) || canonical(&street.road_name) == name)
    };
    let proposed = |place: Place| match of_ours(&place) {
        Some(street) => loaded(Street { score: place.score, ..street }),
        None => {
            outside(Street { road_ban_id: place.id, road_name: place.name, score: place.score, has_geometry: false })
        }
    };
    Ok(places.into_iter().map(proposed).filter(|proposed| proposed.what.road_ban_id.len() <= LONGEST_ID).collect())
}

/// Addresses, streets and communes for a text, wherever they are, best first.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn places(state: &AppState, asked: PlacesQuery<'_>) -> Result<Vec<places::Place>, Problem> {
    let mut found = search_places(&mut *state.connection().await?, &state.completion, asked).await?;
    if !places::has_gap(asked.text, asked.kind, &found) {
        return Ok(found);
    }
    let kind = asked.kind.map(their_kind);
    let PlacesQuery { text, city_code, postcode, near, is_typing, limit, .. } = asked;
    let search = Search { text, kind, city_code, postcode, near, limit, autocomplete: is_typing };
    let mut outside = remote_addresses::search(state, &search).await;
    // Not every service reads every filter.
    outside.retain(|place| {
        kind.is_none_or(|kind| place.kind == kind)
            && (city_code.is_none() || place.city_code.as_deref() == city_code)
            && (postcode.is_none() || place.postcode.as_deref() == postcode)
    });
    places::merge(&mut found, outside, limit);
    Ok(found)
}

/// Addresses, streets and communes around a point, nearest first.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn around(state: &AppState, asked: AroundQuery) -> Result<Vec<places::Place>, Problem> {
    let mut connection = state.connection().await?;
    let mut found = places::places_around(&mut connection, asked).await?;
    if state.api_adresse.is_none() || !places::has_gap_around(&mut connection, asked, &found).await? {
        return Ok(found);
    }
    // A slow service outside holds no connection.
    drop(connection);
    let [lon, lat] = asked.coordinates.map(|degrees| (degrees * 1e6).round() / 1e6);
    let around = Around { lon, lat, kind: asked.kind.map(their_kind), limit: asked.limit };
    places::merge_around(&mut found, remote_addresses::around(state, &around).await, asked);
    Ok(found)
}

/// House numbers of a street in natural order, all of them or those that begin as what is typed; `None` when the street is
/// unknown. A number that is typed and that the loaded data lack is there when API Adresse has it.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn house_numbers(
    state: &AppState,
    street_id: &str,
    typed: Option<&str>,
) -> Result<Option<Vec<String>>, Problem> {
    let mut connection = state.connection().await?;
    let Some(typed) = typed else { return Ok(dialog_geocoder::house_numbers(&mut connection, street_id).await?) };
    let found = dialog_geocoder::search_house_numbers(&mut connection, street_id, typed).await?;
    drop(connection);
    let Some(mut found) = found else { return Ok(None) };
    if let Some(missing) = &found.missing {
        let outside = remote_addresses::number(state, missing).await;
        if !outside.is_empty() && missing.is_beside_its_street(&mut *state.connection().await?, &outside).await? {
            found.add_missing();
        }
    }
    Ok(Some(found.labels()))
}

const fn their_kind(kind: places::PlaceKind) -> PlaceKind {
    match kind {
        places::PlaceKind::HouseNumber => PlaceKind::HouseNumber,
        places::PlaceKind::Street => PlaceKind::Street,
        places::PlaceKind::Locality => PlaceKind::Locality,
        places::PlaceKind::Municipality => PlaceKind::Municipality,
    }
}

fn city(place: Place) -> Option<City> {
    let code = place.city_code.filter(|_| place.kind == PlaceKind::Municipality)?;
    let label = match &place.postcode {
        Some(postcode) => format!("{} ({postcode})", place.name),
        None => place.name.clone(),
    };
    let postcodes = place.postcode.into_iter().collect();
    Some(City { code, label, name: place.name, postcodes, score: place.score, former: None, has_streets: false })
}
