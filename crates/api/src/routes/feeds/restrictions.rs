//! Restrictions as tables, for geographic information systems and spreadsheets.

use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::feeds::FeedParameters;
use dialog_api_types::problem::Problem as ProblemBody;

use super::answer::answer;
use super::selection::filter;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::feeds::Present;
use crate::services::restrictions::{Format, Table};

/// Every measure at each of its locations, as a GeoJSON feature collection in longitude and latitude (CRS84), streamed.
/// The fields are described in docs/restrictions.md. Opens in QGIS as it is.
///
/// Ask with `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/restrictions.geojson",
    tag = "Public",
    params(
        FeedParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "A feature collection", body = serde_json::Value,
            content_type = "application/geo+json", headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_geojson(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    let table = Table { format: Format::GeoJson, filter: filter(&Parameters::of(&request))? };
    answer(&request, &state, &present, table).await
}

/// Every measure at each of its locations, as CSV (RFC 4180, UTF-8, geometries as WKT in longitude and latitude),
/// streamed. The columns are described in docs/restrictions.md.
///
/// Ask with `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/restrictions.csv",
    tag = "Public",
    params(
        FeedParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "A header and a line per row", body = String,
            content_type = "text/csv; charset=UTF-8; header=present",
            headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_csv(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    let table = Table { format: Format::Csv, filter: filter(&Parameters::of(&request))? };
    answer(&request, &state, &present, table).await
}
