//! Look-ups of communes, streets, house numbers, crossings and geometries, on the loaded reference data.

mod geometry;
mod lookups;
mod nearby;
mod places;
mod roads;
mod roads_geometry;
mod roads_problem;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use dialog_api_types::problem::ProblemCode;
use dialog_geocoder::{Bound, LocateError};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::problem::Problem;
use crate::routes::endpoint::Endpoint;

/// Everything below `/api/geo`, and the streets around a geometry.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/geo/cities").get(lookups::__path_search_cities, lookups::search_cities))
        .service(Endpoint::new("/api/geo/streets").get(lookups::__path_search_streets, lookups::search_streets))
        .service(
            Endpoint::new("/api/geo/streets/{roadBanId}/house-numbers")
                .get(lookups::__path_list_house_numbers, lookups::list_house_numbers),
        )
        .service(
            Endpoint::new("/api/geo/streets/{roadBanId}/intersections")
                .get(lookups::__path_list_crossing_streets, lookups::list_crossing_streets),
        )
        .configure(roads::configure)
        .service(
            Endpoint::new("/api/geo/location-geometry")
                .get(geometry::__path_get_location_geometry, geometry::get_location_geometry)
                .post(geometry::__path_compute_location_geometry, geometry::compute_location_geometry),
        )
        .service(Endpoint::new("/api/geo/search").get(places::__path_search, places::search))
        .service(Endpoint::new("/api/geo/reverse").get(places::__path_reverse, places::reverse))
        .service(
            Endpoint::new("/api/nearby-streets").post(nearby::__path_list_nearby_streets, nearby::list_nearby_streets),
        );
}

/// An answer that a browser may keep for a minute while somebody types.
fn kept_a_minute<T: Serialize>(body: T) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=60")).json(body)
}

/// A parameter that must be there and not be empty.
fn required(value: Option<String>, name: &str) -> Result<String, Problem> {
    value
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Problem::invalid_parameter(format!("Le paramètre « {name} » est obligatoire.")))
}

impl From<LocateError> for Problem {
    fn from(error: LocateError) -> Self {
        match error {
            LocateError::UnknownCity => Self::new(ProblemCode::AddressNotFound),
            LocateError::UnknownStreet { suggestions } => with_candidates(
                ProblemCode::AddressNotFound,
                &format!("{ADDRESS_NOT_FOUND} Voies proches"),
                &suggestions,
            ),
            LocateError::UndrawnStreet => Self::new(ProblemCode::AddressNotFound).detail(format!(
                "{ADDRESS_NOT_FOUND} Cette voie est connue sans son tracé : dessinez-le, ou envoyez sa géométrie."
            )),
            LocateError::UnknownHouseNumber { number, suggestions, .. } => {
                let problem = Self::new(ProblemCode::AddressNotFound);
                if suggestions.is_empty() {
                    problem
                } else {
                    problem.detail(format!(
                        "{ADDRESS_NOT_FOUND} Le n° {number} n’existe pas dans cette voie ; numéros proches : {}.",
                        suggestions.join(", ")
                    ))
                }
            }
            LocateError::NoIntersection { bound, suggestions } => with_candidates(
                ProblemCode::IntersectionNotFound,
                &format!("Le point {} n’est pas à un croisement de cette voie. Elle croise", letter(bound)),
                &suggestions,
            ),
            LocateError::NoPath { bound: Some(bound), suggestions } => with_candidates(
                ProblemCode::SectionNotFound,
                &format!("{NO_PATH} Le point {} est à part ; croisements reliés à l’autre", letter(bound)),
                &suggestions,
            ),
            LocateError::NoPath { .. } => Self::new(ProblemCode::SectionNotFound),
            LocateError::SamePlace => Self::new(ProblemCode::SectionNotFound)
                .detail(format!("{NO_PATH} Les points A et B sont au même endroit.")),
            LocateError::FarFromStreet { bound, distance_m } => Self::new(ProblemCode::SectionNotFound)
                .detail(format!("Le point {} est à {distance_m:.0} m de la voie : placez-le sur elle.", letter(bound))),
            LocateError::InvalidGeometry => Self::new(ProblemCode::ValidationFailed)
                .detail("Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc)."),
            LocateError::SelfCrossing => {
                Self::new(ProblemCode::ValidationFailed).detail("Le contour se croise lui-même.")
            }
            LocateError::NoRoad => Self::new(ProblemCode::SectionNotFound).detail("Aucune voie connue ne passe ici."),
            LocateError::TooManyRoads => Self::new(ProblemCode::ValidationFailed).detail(
                "Ce périmètre contient trop de voies : réduisez-le, ou partagez-le en plusieurs localisations.",
            ),
            LocateError::Exception { source, .. } => Self::from(*source),
            LocateError::UnknownRoad
            | LocateError::UnknownReferencePoint { .. }
            | LocateError::UnknownSide { .. }
            | LocateError::AmbiguousReferencePoint { .. }
            | LocateError::AbscissaOutOfRange { .. }
            | LocateError::NoRoadPath
            | LocateError::UnknownStorageArea => roads_problem::problem(&error),
            LocateError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

/// A problem whose sentence ends with what would do instead, when something would.
fn with_candidates(code: ProblemCode, sentence: &str, candidates: &[String]) -> Problem {
    let problem = Problem::new(code);
    if candidates.is_empty() { problem } else { problem.detail(format!("{sentence} : {}.", candidates.join(", "))) }
}

const fn letter(bound: Bound) -> char {
    match bound {
        Bound::From => 'A',
        Bound::To => 'B',
    }
}

/// First sentence of the answer about a section without path.
const NO_PATH: &str = "La géolocalisation de la voie entre ces points a échoué.";

/// First sentence of the contract's answer, kept so that clients that match on it go on doing so.
const ADDRESS_NOT_FOUND: &str =
    "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin.";
