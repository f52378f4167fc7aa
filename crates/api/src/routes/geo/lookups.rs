use actix_web::{HttpResponse, web};
use dialog_api_types::geo::{
    CitiesQuery, City, Crossing, CrossingStreet, HouseNumbersQuery, PlaceSource, Street, StreetsQuery,
};
use dialog_api_types::page::Items;
use dialog_api_types::problem::{Problem as ProblemBody, ProblemCode};

use super::{kept_a_minute, required};
use crate::app::AppState;
use crate::extract::{PathText, Query};
use crate::problem::Problem;
use crate::services::addresses::{self, Proposed};

/// Most propositions while somebody types.
const SHOWN: usize = 7;
/// Below this many characters nothing is proposed.
const STREET_MIN_LENGTH: usize = 2;
/// No name of a place is longer, by far.
const SEARCH_MAX_LENGTH: usize = 200;

/// Communes by name or postcode, best first.
#[utoipa::path(
    get,
    path = "/api/geo/cities",
    operation_id = "search_cities",
    tag = "Geo",
    params(CitiesQuery),
    responses(
        (status = 200, description = "At most seven communes", body = Items<City>),
        (status = 400, description = "`search` is missing", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn search_cities(
    state: web::Data<AppState>,
    query: Query<CitiesQuery>,
) -> Result<HttpResponse, Problem> {
    let search = present(query.into_inner().search, "search")?;
    let items = addresses::cities(&state, &search, SHOWN)
        .await?
        .into_iter()
        .map(|Proposed { what: city, is_outside }| City {
            code: city.code,
            label: city.label,
            name: city.name,
            postcodes: city.postcodes,
            score: city.score,
            source: source(is_outside),
        })
        .collect();
    Ok(kept_a_minute(Items { items }))
}

/// Streets of a commune by name, best first.
#[utoipa::path(
    get,
    path = "/api/geo/streets",
    operation_id = "search_streets",
    tag = "Geo",
    params(StreetsQuery),
    responses(
        (status = 200, description = "At most seven streets", body = Items<Street>),
        (status = 400, description = "`search` or `cityCode` is missing", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn search_streets(
    state: web::Data<AppState>,
    query: Query<StreetsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let search = present(query.search, "search")?;
    let city_code = present(Some(required(query.city_code, "cityCode")?), "cityCode")?;
    if search.chars().count() < STREET_MIN_LENGTH {
        return Ok(kept_a_minute(Items::<Street> { items: Vec::new() }));
    }
    let items = addresses::streets(&state, &city_code, &search, SHOWN)
        .await?
        .into_iter()
        .map(|Proposed { what: street, is_outside }| Street {
            road_ban_id: street.road_ban_id,
            road_name: street.road_name,
            score: street.score,
            has_geometry: street.has_geometry,
            source: source(is_outside),
        })
        .collect();
    Ok(kept_a_minute(Items { items }))
}

/// House numbers of a street, in natural order; with `search`, those that begin so.
///
/// A number in `search` that the loaded data lack is there when API Adresse, if one is configured, has it on this street.
#[utoipa::path(
    get,
    path = "/api/geo/streets/{roadBanId}/house-numbers",
    operation_id = "list_house_numbers",
    tag = "Geo",
    params(("roadBanId" = String, Path, description = "Identifier of the street"), HouseNumbersQuery),
    responses(
        (status = 200, description = "`1`, `2`, `6bis`, `10`…", body = Items<String>),
        (status = 400, description = "`search` is too long", body = ProblemBody),
        (status = 404, description = "The street is unknown", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn list_house_numbers(
    state: web::Data<AppState>,
    street: PathText,
    query: Query<HouseNumbersQuery>,
) -> Result<HttpResponse, Problem> {
    let typed = query.into_inner().search.map(|search| present(Some(search), "search")).transpose()?;
    let typed = typed.as_deref().filter(|typed| !typed.is_empty());
    let items = addresses::house_numbers(&state, &street, typed).await?.ok_or_else(unknown_street)?;
    Ok(kept_a_minute(Items { items }))
}

/// Streets that cross a street, by name, each with its crossings.
#[utoipa::path(
    get,
    path = "/api/geo/streets/{roadBanId}/intersections",
    operation_id = "list_crossing_streets",
    tag = "Geo",
    params(("roadBanId" = String, Path, description = "Identifier of the street")),
    responses(
        (status = 200, description = "The crossing streets", body = Items<CrossingStreet>),
        (status = 404, description = "The street is unknown", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn list_crossing_streets(
    state: web::Data<AppState>,
    street: PathText,
) -> Result<HttpResponse, Problem> {
    let mut connection = state.connection().await?;
    let items = dialog_geocoder::kept_crossing_streets(&mut connection, &state.streets, &street)
        .await?
        .ok_or_else(unknown_street)?
        .into_iter()
        .map(|crossing| CrossingStreet {
            road_ban_id: crossing.road_ban_id,
            road_name: crossing.road_name,
            crossings: crossing.crossings.into_iter().map(self::crossing).collect(),
        })
        .collect();
    Ok(kept_a_minute(Items { items }))
}

pub(super) fn crossing(found: dialog_geocoder::Crossing) -> Crossing {
    Crossing { number: found.number, coordinates: found.coordinates }
}

const fn source(is_outside: bool) -> PlaceSource {
    if is_outside { PlaceSource::ApiAdresse } else { PlaceSource::Loaded }
}

fn unknown_street() -> Problem {
    Problem::new(ProblemCode::NotFound).detail("Cette voie est inconnue.")
}

/// A parameter that must be there, be it empty: somebody has cleared the field.
fn present(value: Option<String>, name: &str) -> Result<String, Problem> {
    let missing = || Problem::invalid_parameter(format!("Le paramètre « {name} » est obligatoire."));
    let value = value.map(|value| value.trim().to_owned()).ok_or_else(missing)?;
    if value.chars().count() > SEARCH_MAX_LENGTH {
        let detail = format!("Le paramètre « {name} » est trop long : {SEARCH_MAX_LENGTH} caractères au plus.");
        return Err(Problem::invalid_parameter(detail));
    }
    Ok(value)
}
