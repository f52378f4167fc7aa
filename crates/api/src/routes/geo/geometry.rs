use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use dialog_api_types::geo::{LocatedBound, LocationGeometry, LocationGeometryProperties, LocationGeometryQuery};
use dialog_api_types::problem::{Problem as ProblemBody, ProblemCode};
use dialog_api_types::roads::RoadGeometryQuery;
use dialog_domain::input::LocationInput;
use dialog_domain::rules::{self, Context, Face};
use dialog_domain::{Direction, Found, LocationDescription, NamedStreet, RoadType, StreetBound, WholeCityException};
use dialog_geocoder::LocateError;
use dialog_geocoder::locate::{BoundMethod, Detailed, FoundBound, locate_in_detail};
use uuid::Uuid;

use super::lookups::crossing;
use super::{kept_a_minute, roads_geometry};
use crate::app::AppState;
use crate::extract::{JsonBody, Query};
use crate::problem::Problem;
use crate::routes::regulation_records::views;
use crate::services::remote_addresses;

/// Geometry of a street or of a numbered road, of its section between two bounds, or of a whole city, as a GeoJSON
/// feature: the very computation that saving does.
///
/// With one bound or none the whole is meant. 204 while the commune or the street, the manager or the road, is not
/// filled in yet.
#[utoipa::path(
    get,
    path = "/api/geo/location-geometry",
    operation_id = "get_location_geometry",
    tag = "Geo",
    params(LocationGeometryQuery, RoadGeometryQuery),
    responses(
        (status = 200, description = "The line, from bound A to bound B", body = LocationGeometry),
        (status = 204, description = "Not enough is filled in to compute anything"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 404, description = "Unknown commune, street, house number, road, reference point or side", body = ProblemBody),
        (status = 422, description = "No crossing, no path between the bounds, or abscissa beyond the road", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn get_location_geometry(
    state: web::Data<AppState>,
    query: Query<LocationGeometryQuery>,
    road: Query<RoadGeometryQuery>,
) -> Result<HttpResponse, Problem> {
    let numbered = match query.road_type.as_deref() {
        Some("departmentalRoad") => Some(RoadType::DepartmentalRoad),
        Some("nationalRoad") => Some(RoadType::NationalRoad),
        _ => None,
    };
    if let Some(road_type) = numbered {
        let direction = direction(query.into_inner().direction)?;
        let found = roads_geometry::found(&state, road_type, road.into_inner(), direction).await?;
        return Ok(match found {
            Some((found, text)) => {
                let text = format!("{text} ({})", dialog_text::length(found.length_m));
                kept_a_minute(view(found, text, Vec::new(), Vec::new()))
            }
            None => HttpResponse::NoContent().finish(),
        });
    }
    let Some(asked) = description(query.into_inner())? else { return Ok(HttpResponse::NoContent().finish()) };
    Ok(kept_a_minute(feature(&state, &asked).await?))
}

/// Geometry of any kind of location, written as in the form of a measure; the very computation that saving does.
#[utoipa::path(
    post,
    path = "/api/geo/location-geometry",
    operation_id = "compute_location_geometry",
    tag = "Geo",
    request_body = LocationInput,
    responses(
        (status = 200, description = "What would be kept", body = LocationGeometry),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 404, description = "Unknown commune, street or house number", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or nothing can be computed", body = ProblemBody),
    ),
    security(()),
)]
pub(super) async fn compute_location_geometry(
    state: web::Data<AppState>,
    JsonBody(body): JsonBody<LocationInput>,
) -> Result<HttpResponse, Problem> {
    let mut new_id = Uuid::now_v7;
    let mut context = Context { face: Face::Form, new_id: &mut new_id, now: state.clock.now() };
    let asked = rules::location(&body, &mut context).map_err(|broken| Problem::validation(views(&broken)))?;
    Ok(HttpResponse::Ok().json(feature(&state, &asked.asked).await?))
}

async fn feature(state: &AppState, asked: &LocationDescription) -> Result<LocationGeometry, Problem> {
    let sources = remote_addresses::sources(state, [asked]).await;
    let mut connection = state.connection().await?;
    let located = locate_in_detail(&mut connection, asked, &sources).await;
    let Detailed { located, bounds, others } = located.map_err(problem)?;
    let text = format!("{} ({})", told(&located.resolved), dialog_text::length(located.found.length_m));
    Ok(view(located.found, text, bounds.into_iter().map(bound_view).collect(), others))
}

fn view(found: Found, text: String, bounds: Vec<LocatedBound>, alternatives: Vec<Found>) -> LocationGeometry {
    LocationGeometry {
        kind: "Feature".to_owned(),
        geometry: found.geometry.clone(),
        properties: LocationGeometryProperties { found, text, bounds, alternatives },
    }
}

fn bound_view(found: FoundBound) -> LocatedBound {
    let (method, between) = match found.method {
        BoundMethod::HouseNumber => ("houseNumber", Vec::new()),
        BoundMethod::ApiAdresse => ("apiAdresse", Vec::new()),
        BoundMethod::Interpolated { between } => ("interpolated", between.to_vec()),
        BoundMethod::Crossing => ("crossing", Vec::new()),
        BoundMethod::CommuneLimit => ("communeLimit", Vec::new()),
        BoundMethod::Point => ("point", Vec::new()),
    };
    LocatedBound {
        bound: found.bound.to_string(),
        method: method.to_owned(),
        between,
        coordinates: found.coordinates,
        candidates: found.candidates.into_iter().map(crossing).collect(),
    }
}

/// What is asked; `None` while the form is not filled in far enough.
fn description(query: LocationGeometryQuery) -> Result<Option<LocationDescription>, Problem> {
    match query.road_type.as_deref() {
        Some("lane") => {}
        Some("wholeCity") => return Ok(whole_city(query.city_code, query.excluded_road_ban_ids)),
        Some("zone" | "rawGeoJSON") => {
            return Err(Problem::invalid_parameter(
                "Une zone ou un tracé s’envoie par POST, avec sa géométrie, à la même adresse.",
            ));
        }
        Some(_) => return Err(Problem::invalid_parameter("Le paramètre « roadType » a une valeur inconnue.")),
        None => return Err(Problem::invalid_parameter("Le paramètre « roadType » est obligatoire.")),
    }
    let direction = direction(query.direction)?;
    let road_ban_id = filled(query.road_ban_id);
    let road_name = filled(query.road_name);
    let city_code = filled(query.city_code);
    if road_ban_id.is_none() && (road_name.is_none() || city_code.is_none()) {
        return Ok(None);
    }
    let from = match place(query.from_coordinates, "fromCoordinates")? {
        Some(coordinates) => Some(StreetBound::Point { coordinates }),
        None => bound(query.from_house_number, query.from_road_ban_id, query.from_road_name, query.from_crossing),
    };
    let to = match place(query.to_coordinates, "toCoordinates")? {
        Some(coordinates) => Some(StreetBound::Point { coordinates }),
        None => bound(query.to_house_number, query.to_road_ban_id, query.to_road_name, query.to_crossing),
    };
    let (from, to) = if from.is_some() && to.is_some() { (from, to) } else { (None, None) };
    Ok(Some(LocationDescription::NamedStreet(NamedStreet {
        city_code: city_code.unwrap_or_default(),
        city_label: String::new(),
        road_ban_id,
        road_name: road_name.unwrap_or_default(),
        from,
        to,
        direction,
        geometry: None,
    })))
}

/// A whole city without some of its streets.
fn whole_city(city_code: Option<String>, free: Option<String>) -> Option<LocationDescription> {
    let city_code = filled(city_code)?;
    let ids = filled(free).unwrap_or_default();
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let exceptions = ids.map(|id| {
        WholeCityException::NamedStreet(NamedStreet {
            city_code: city_code.clone(),
            city_label: String::new(),
            road_ban_id: Some(id.to_owned()),
            road_name: String::new(),
            from: None,
            to: None,
            direction: Direction::Both,
            geometry: None,
        })
    });
    let exceptions = exceptions.collect();
    Some(LocationDescription::WholeCity { city_label: city_code.clone(), city_code, exceptions })
}

fn direction(value: Option<String>) -> Result<Direction, Problem> {
    match filled(value).as_deref() {
        None | Some("BOTH") => Ok(Direction::Both),
        Some("A_TO_B") => Ok(Direction::AToB),
        Some("B_TO_A") => Ok(Direction::BToA),
        Some(_) => Err(Problem::invalid_parameter("Le paramètre « direction » a une valeur inconnue.")),
    }
}

/// A place of the map, `longitude,latitude`.
fn place(text: Option<String>, name: &str) -> Result<Option<[f64; 2]>, Problem> {
    let Some(text) = filled(text) else { return Ok(None) };
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[longitude, latitude]) if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
            Ok(Some([longitude, latitude]))
        }
        _ => Err(Problem::invalid_parameter(format!(
            "Le paramètre « {name} » doit être une longitude et une latitude : 2.3608,48.8564."
        ))),
    }
}

fn bound(
    house_number: Option<String>,
    road_ban_id: Option<String>,
    road_name: Option<String>,
    crossing: Option<u16>,
) -> Option<StreetBound> {
    if let Some(number) = filled(house_number) {
        return Some(StreetBound::HouseNumber { number });
    }
    let (road_ban_id, road_name) = (filled(road_ban_id), filled(road_name));
    (road_ban_id.is_some() || road_name.is_some()).then(|| StreetBound::Intersection {
        road_name: road_name.unwrap_or_default(),
        road_ban_id,
        crossing,
    })
}

fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The street and its bounds in French, without the commune: the form shows it beside.
fn told(asked: &LocationDescription) -> String {
    match asked {
        LocationDescription::NamedStreet(street) if street.is_whole() => street.road_name.clone(),
        LocationDescription::NamedStreet(street) => format!("{} {}", street.road_name, dialog_text::bounds(street)),
        other => dialog_text::location(other),
    }
}

/// A look-up answers 404 for what does not exist and 422 for what cannot be joined, where the writing of an order
/// answers 400.
fn problem(error: LocateError) -> Problem {
    let problem = Problem::from(error);
    match problem.code() {
        ProblemCode::AddressNotFound => problem.status(StatusCode::NOT_FOUND),
        ProblemCode::SectionNotFound | ProblemCode::IntersectionNotFound => {
            problem.status(StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => problem,
    }
}
