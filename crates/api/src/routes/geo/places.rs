use actix_web::{HttpResponse, web};
use dialog_api_types::places::{
    PlaceFeature, PlacePoint, PlaceProperties, Places, PlacesReverseQuery, PlacesSearchQuery,
};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::rules;
use dialog_geocoder::places::{AroundQuery, Place, PlaceKind, PlacesQuery, places_around, search_places};

use super::{kept_a_minute, required};
use crate::app::AppState;
use crate::extract::Query;
use crate::problem::Problem;

/// Lengths of a text that is searched, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=200;
/// Most places of an answer.
const MAX_LIMIT: u8 = 10;

/// Addresses, streets and communes by text, as API Adresse answers them.
#[utoipa::path(
    get,
    path = "/api/geo/search",
    operation_id = "search_places",
    tag = "Geo",
    params(PlacesSearchQuery),
    responses(
        (status = 200, description = "The places, best first", body = Places),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn search(
    state: web::Data<AppState>,
    query: Query<PlacesSearchQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let text = required(query.q, "q")?;
    if !LENGTH.contains(&text.chars().count()) || !text.starts_with(char::is_alphanumeric) {
        return Err(Problem::invalid_parameter(
            "Le paramètre « q » doit avoir de 3 à 200 caractères et commencer par une lettre ou un chiffre.",
        ));
    }
    let limit = limit(query.limit.as_deref(), 5)?;
    let asked = PlacesQuery {
        text: &text,
        city_code: query.citycode.as_deref().filter(|code| !code.is_empty()),
        postcode: query.postcode.as_deref().filter(|code| !code.is_empty()),
        kind: kind(query.kind.as_deref())?,
        limit: usize::from(limit),
    };
    let mut connection = state.connection().await?;
    let found = search_places(&mut connection, &state.completion, asked).await?;
    answer(&mut connection, found, limit, Some(text)).await
}

/// The address, the street and the commune at a point, as API Adresse answers them.
#[utoipa::path(
    get,
    path = "/api/geo/reverse",
    operation_id = "reverse_places",
    tag = "Geo",
    params(PlacesReverseQuery),
    responses(
        (status = 200, description = "The places, nearest first", body = Places),
        (status = 400, description = "A parameter cannot be read, or longitude and latitude are swapped", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn reverse(
    state: web::Data<AppState>,
    query: Query<PlacesReverseQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let coordinates = [degrees(query.lon, "lon", 180.0)?, degrees(query.lat, "lat", 90.0)?];
    if rules::is_swapped(coordinates) {
        return Err(Problem::invalid_parameter("Les paramètres « lon » et « lat » semblent inversés."));
    }
    let limit = limit(query.limit.as_deref(), 1)?;
    let asked = AroundQuery { coordinates, kind: kind(query.kind.as_deref())?, limit: usize::from(limit) };
    let mut connection = state.connection().await?;
    let found = places_around(&mut connection, asked).await?;
    answer(&mut connection, found, limit, None).await
}

async fn answer(
    connection: &mut dialog_db::Connection,
    found: Vec<Place>,
    limit: u8,
    query: Option<String>,
) -> Result<HttpResponse, Problem> {
    let editions = dialog_geocoder::editions(connection).await?;
    let names: Vec<String> = editions.into_iter().map(|edition| edition.name).collect();
    Ok(kept_a_minute(Places {
        kind: "FeatureCollection".to_owned(),
        version: "draft".to_owned(),
        features: found.into_iter().map(feature).collect(),
        attribution: names.join(", "),
        query,
        limit,
    }))
}

fn feature(place: Place) -> PlaceFeature {
    let is_municipality = place.kind == PlaceKind::Municipality;
    let round = |value: f64, digits: f64| (value * digits).round() / digits;
    PlaceFeature {
        kind: "Feature".to_owned(),
        geometry: PlacePoint { kind: "Point".to_owned(), coordinates: place.coordinates.map(|v| round(v, 1e6)) },
        properties: PlaceProperties {
            label: place.label(),
            name: place.name(),
            score: round(place.score.clamp(0.0, 1.0), 1e6),
            kind: place.kind.as_str().to_owned(),
            street: place.street.filter(|_| place.house_number.is_some()),
            housenumber: place.house_number,
            id: place.id,
            postcode: place.postcode,
            citycode: place.city_code,
            city: place.city,
            context: place.department,
            // The largest city of the country has two million inhabitants.
            importance: round((f64::from(place.population.max(0)).ln_1p() / 2.2e6_f64.ln()).min(1.0), 1e5),
            population: is_municipality.then_some(place.population),
            distance: place.distance_m.map(|metres| round(metres, 1.0)),
        },
    }
}

fn kind(text: Option<&str>) -> Result<Option<PlaceKind>, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => PlaceKind::read(text).map(Some).ok_or_else(|| {
            Problem::invalid_parameter("Le paramètre « type » doit valoir housenumber, street ou municipality.")
        }),
    }
}

fn limit(text: Option<&str>, default: u8) -> Result<u8, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(default),
        Some(text) => match text.parse::<u32>() {
            Ok(limit) if limit > 0 => Ok(u8::try_from(limit).unwrap_or(MAX_LIMIT).min(MAX_LIMIT)),
            _ => Err(Problem::invalid_parameter("Le paramètre « limit » doit être un nombre entier positif.")),
        },
    }
}

fn degrees(text: Option<String>, name: &str, max: f64) -> Result<f64, Problem> {
    let value: Option<f64> = required(text, name)?.parse().ok();
    value.filter(|value| value.abs() <= max).ok_or_else(|| {
        Problem::invalid_parameter(format!("Le paramètre « {name} » doit être un nombre de -{max} à {max}."))
    })
}
