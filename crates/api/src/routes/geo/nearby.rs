use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, http::StatusCode};
use dialog_api_types::places::{NearbyStreet, NearbyStreetsBody};
use dialog_api_types::problem::{Problem as ProblemBody, ProblemCode};
use dialog_domain::Geometry;
use dialog_geocoder::LocateError;
use dialog_geocoder::places::nearby_streets;
use serde_json::Value;

use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;

/// Default and greatest values of the contract.
const RADIUS: (i32, i32) = (100, 500);
const LIMIT: (i32, i32) = (10, 50);

/// Names of the streets nearest to a geometry, nearest first.
#[utoipa::path(
    post,
    path = "/api/nearby-streets",
    tag = "Private",
    request_body = NearbyStreetsBody,
    responses(
        (status = 200, description = "The streets, nearest first", body = Vec<NearbyStreet>),
        (status = 400, description = "Not JSON, no geometry, or a value that cannot be used", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 404, description = "No street within the radius: an empty list", body = Vec<NearbyStreet>),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub(super) async fn list_nearby_streets(
    _client: ApiClient,
    state: web::Data<AppState>,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let body: Value = serde_json::from_slice(&body)
        .map_err(|error| refused(ProblemCode::InvalidJson, "Invalid JSON body").caused_by(error))?;
    let geometry = geometry(&body)?;
    let radius = bounded(&body, "radius", RADIUS)?;
    let limit = bounded(&body, "limit", LIMIT)?;
    let mut connection = state.connection().await?;
    let found = nearby_streets(&mut connection, &geometry, radius, limit).await.map_err(|error| match error {
        LocateError::Database(error) => error.into(),
        _ => invalid_geometry(),
    })?;
    let streets: Vec<NearbyStreet> = found
        .into_iter()
        .map(|(road_name, metres)| NearbyStreet { road_name, distance: (metres * 10.0).round() / 10.0 })
        .collect();
    let status = if streets.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(streets))
}

fn geometry(body: &Value) -> Result<Geometry, Problem> {
    match body.get("geometry") {
        None | Some(Value::Null) => Err(refused(ProblemCode::InvalidParameter, "GeoJSON geometry required")),
        Some(geometry @ Value::Object(_)) => Geometry::from_text(&geometry.to_string()).map_err(|_| invalid_geometry()),
        Some(_) => Err(invalid_geometry()),
    }
}

fn invalid_geometry() -> Problem {
    refused(ProblemCode::InvalidParameter, "Invalid GeoJSON geometry")
}

/// A whole number from 1 on; above the greatest one it is that one.
fn bounded(body: &Value, name: &str, (default, max): (i32, i32)) -> Result<i32, Problem> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(default),
        Some(value) => match value.as_i64() {
            Some(value) if value >= 1 => Ok(i32::try_from(value).unwrap_or(max).min(max)),
            _ => Err(refused(ProblemCode::InvalidParameter, &format!("Invalid \"{name}\" parameter"))),
        },
    }
}

fn refused(code: ProblemCode, detail: &str) -> Problem {
    Problem::new(code).detail(detail.to_owned()).with_error_member()
}
