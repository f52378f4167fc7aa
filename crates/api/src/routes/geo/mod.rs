//! Look-ups of communes, streets, house numbers, crossings and geometries, on the loaded reference data.

mod geometry;
mod lookups;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use dialog_api_types::problem::ProblemCode;
use dialog_geocoder::LocateError;
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::problem::Problem;
use crate::routes::endpoint::Endpoint;

/// Everything below `/api/geo`.
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
        .service(
            Endpoint::new("/api/geo/location-geometry")
                .get(geometry::__path_get_location_geometry, geometry::get_location_geometry),
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
            LocateError::UnknownCity | LocateError::UnknownStreet => Self::new(ProblemCode::AddressNotFound),
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
            LocateError::NoIntersection { .. } => Self::new(ProblemCode::IntersectionNotFound),
            LocateError::NoPath => Self::new(ProblemCode::SectionNotFound),
            LocateError::InvalidGeometry => Self::new(ProblemCode::ValidationFailed)
                .detail("Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc)."),
            LocateError::NotSupportedYet(_) => Self::new(ProblemCode::NotSupportedYet),
            LocateError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}

/// First sentence of the contract's answer, kept so that clients that match on it go on doing so.
const ADDRESS_NOT_FOUND: &str =
    "Cette adresse n’est pas reconnue. Vérifier le nom de la voie, et les numéros de début et fin.";
