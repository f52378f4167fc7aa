//! Look-ups of places: in the loaded data first, at API Adresse for what they lack.

use dialog_geocoder::api_adresse::{Place, PlaceKind};
use dialog_geocoder::{City, Street};

use super::remote_addresses;
use crate::app::AppState;
use crate::problem::Problem;

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

/// Streets of a commune for what is typed, best first.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn streets(state: &AppState, city_code: &str, search: &str, limit: usize) -> Result<Vec<Street>, Problem> {
    let index = match state.completion.known(city_code) {
        Some(index) => index,
        None => state.completion.read(&mut *state.connection().await?, city_code).await?,
    };
    Ok(index.search(search, limit))
}

fn city(place: Place) -> Option<City> {
    let code = place.city_code.filter(|_| place.kind == PlaceKind::Municipality)?;
    let label = match &place.postcode {
        Some(postcode) => format!("{} ({postcode})", place.name),
        None => place.name.clone(),
    };
    let postcodes = place.postcode.into_iter().collect();
    Some(City { code, label, name: place.name, postcodes, score: place.score, has_streets: false })
}
