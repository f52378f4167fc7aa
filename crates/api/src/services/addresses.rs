//! Look-ups of places: in the loaded data first, at API Adresse for what they lack.

use dialog_geocoder::api_adresse::{Place, PlaceKind, Search};
use dialog_geocoder::name::canonical;
use dialog_geocoder::places::{self, PlacesQuery, search_places};
use dialog_geocoder::{City, Street};

use super::remote_addresses;
use crate::app::AppState;
use crate::problem::Problem;

/// Longest identifier of a street in an order, in characters.
const LONGEST_ID: usize = 20;

/// Communes for what is typed, best first.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn cities(state: &AppState, search: &str, limit: usize) -> Result<Vec<City>, Problem> {
    let mut connection = state.connection().await?;
    let found = dialog_geocoder::search_cities(&mut connection, search, limit).await?;
    // A slow service outside holds no connection.
    drop(connection);
    if !found.is_empty() {
        return Ok(found);
    }
    Ok(remote_addresses::cities(state, search, limit).await.into_iter().filter_map(city).collect())
}

/// A street, and whether it has a line.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedStreet {
    /// The street.
    pub street: Street,
    /// False for one that only API Adresse knows: it can be named, and has to be drawn.
    pub has_geometry: bool,
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
) -> Result<Vec<ProposedStreet>, Problem> {
    let index = match state.completion.known(city_code) {
        Some(index) => index,
        None => state.completion.read(&mut *state.connection().await?, city_code).await?,
    };
    let known = |street| ProposedStreet { street, has_geometry: true };
    let found = index.search(search, limit);
    if !found.is_empty() {
        return Ok(found.into_iter().map(known).collect());
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
        Some(street) => known(Street { score: place.score, ..street }),
        None => {
            let street = Street { road_ban_id: place.id, road_name: place.name, score: place.score };
            ProposedStreet { street, has_geometry: false }
        }
    };
    Ok(places.into_iter().map(proposed).filter(|proposed| proposed.street.road_ban_id.len() <= LONGEST_ID).collect())
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
    let kind = asked.kind.map(|kind| match kind {
        places::PlaceKind::HouseNumber => PlaceKind::HouseNumber,
        places::PlaceKind::Street => PlaceKind::Street,
        places::PlaceKind::Locality => PlaceKind::Locality,
        places::PlaceKind::Municipality => PlaceKind::Municipality,
    });
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

fn city(place: Place) -> Option<City> {
    let code = place.city_code.filter(|_| place.kind == PlaceKind::Municipality)?;
    let label = match &place.postcode {
        Some(postcode) => format!("{} ({postcode})", place.name),
        None => place.name.clone(),
    };
    let postcodes = place.postcode.into_iter().collect();
    Some(City { code, label, name: place.name, postcodes, score: place.score, former: None, has_streets: false })
}
