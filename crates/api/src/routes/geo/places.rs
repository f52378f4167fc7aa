use actix_web::{HttpResponse, web};
use dialog_api_types::geo::PlaceSource;
use dialog_api_types::places::{
    PlaceFeature, PlacePoint, PlaceProperties, Places, PlacesReverseQuery, PlacesSearchQuery,
};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::rules;
use dialog_geocoder::places::{AroundQuery, Place, PlaceKind, PlacesQuery};

use super::{kept_a_minute, required};
use crate::app::AppState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::services::addresses;

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
        city_code: five(query.citycode.as_deref(), "citycode")?,
        postcode: five(query.postcode.as_deref(), "postcode")?,
        kind: kind(query.kind.as_deref())?,
        near: near(query.lon, query.lat)?,
        is_typing: is_typing(query.autocomplete.as_deref())?,
        limit: usize::from(limit),
    };
    let found = addresses::places(&state, asked).await?;
    answer(&state, found, limit, Some(text)).await
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
    refuse_swapped(coordinates)?;
    let limit = limit(query.limit.as_deref(), 1)?;
    let asked = AroundQuery { coordinates, kind: kind(query.kind.as_deref())?, limit: usize::from(limit) };
    let found = addresses::around(&state, asked).await?;
    answer(&state, found, limit, None).await
}

async fn answer(
    state: &AppState,
    mut found: Vec<Place>,
    limit: u8,
    query: Option<String>,
) -> Result<HttpResponse, Problem> {
    let mut connection = state.connection().await?;
    state.contexts.tell(&mut connection, &mut found).await?;
    let editions = dialog_geocoder::editions(&mut connection).await?;
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
    let (x, y) = place.metric().map(|[x, y]| (round(x, 100.0), round(y, 100.0))).unzip();
    let (oldcitycode, oldcity) = place.former_city.clone().unzip();
    PlaceFeature {
        kind: "Feature".to_owned(),
        geometry: PlacePoint { kind: "Point".to_owned(), coordinates: place.coordinates.map(|v| round(v, 1e6)) },
        properties: PlaceProperties {
            label: place.label(),
            name: place.name(),
            score: round(place.score.clamp(0.0, 1.0), 1e6),
            kind: place.kind.as_str().to_owned(),
            street: place.street.filter(|_| place.kind != PlaceKind::Locality),
            housenumber: place.house_number,
            id: place.id,
            postcode: place.postcode,
            citycode: place.city_code,
            city: place.city,
            district: place.district,
            oldcitycode,
            oldcity,
            context: place.context,
            x,
            y,
            importance: round(place.importance, 1e5),
            population: place.population.filter(|_| is_municipality),
            distance: place.distance_m.map(|metres| round(metres, 1.0)),
            source: if place.is_outside { PlaceSource::ApiAdresse } else { PlaceSource::Loaded },
        },
    }
}

/// A code of five characters, as those of communes and postcodes are.
fn five<'a>(text: Option<&'a str>, name: &str) -> Result<Option<&'a str>, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            Err(Problem::invalid_parameter(format!("Le paramètre « {name} » a cinq caractères : 75104, 2A004.")))
        }
        text => Ok(text),
    }
}

fn kind(text: Option<&str>) -> Result<Option<PlaceKind>, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => PlaceKind::read(text).map(Some).ok_or_else(|| {
            Problem::invalid_parameter(
                "Le paramètre « type » doit valoir housenumber, street, locality ou municipality.",
            )
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

/// From where somebody searches: both parameters, or none.
fn near(lon: Option<String>, lat: Option<String>) -> Result<Option<[f64; 2]>, Problem> {
    let is_given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if !is_given(&lon) && !is_given(&lat) {
        return Ok(None);
    }
    let coordinates = [degrees(lon, "lon", 180.0)?, degrees(lat, "lat", 90.0)?];
    refuse_swapped(coordinates)?;
    Ok(Some(coordinates))
}

fn refuse_swapped(coordinates: [f64; 2]) -> Result<(), Problem> {
    if rules::is_swapped(coordinates) {
        return Err(Problem::invalid_parameter("Les paramètres « lon » et « lat » semblent inversés."));
    }
    Ok(())
}

fn is_typing(text: Option<&str>) -> Result<bool, Problem> {
    match text.map(str::trim) {
        None | Some("" | "1" | "true") => Ok(true),
        Some("0" | "false") => Ok(false),
        Some(_) => Err(Problem::invalid_parameter("Le paramètre « autocomplete » doit valoir 0 ou 1.")),
    }
}

fn degrees(text: Option<String>, name: &str, max: f64) -> Result<f64, Problem> {
    let value: Option<f64> = required(text, name)?.parse().ok();
    value.filter(|value| value.abs() <= max).ok_or_else(|| {
        Problem::invalid_parameter(format!("Le paramètre « {name} » doit être un nombre de -{max} à {max}."))
    })
}
