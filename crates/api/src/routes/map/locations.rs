use actix_web::http::header::{CACHE_CONTROL, ETag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::{MapFeatures, MapQuery};
use dialog_api_types::problem::Problem as ProblemBody;

use super::selection::selection;
use super::tag;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::map;

/// Published locations as GeoJSON, in drawing order: every measure and every vehicle from today on, unless filtered.
#[utoipa::path(
    get,
    path = "/api/map/locations.geojson",
    tag = "Map",
    params(MapQuery, ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has")),
    responses(
        (status = 200, description = "A feature collection", body = MapFeatures, headers(("ETag" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn list_locations(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let selection = selection(&parameters, state.clock.now())?;
    let zoom: Option<f64> = parameters.parse("zoom")?;
    if zoom.is_some_and(|zoom| !(0.0..=24.0).contains(&zoom)) {
        return Err(invalid("zoom"));
    }
    let reading = map::read(&state).await?;
    let tag = tag(&reading, format!("{selection:?}{zoom:?}"));
    if is_fresh(&request, &tag) {
        return Ok(HttpResponse::NotModified()
            .insert_header(ETag(tag))
            .insert_header((CACHE_CONTROL, "public, no-cache"))
            .finish());
    }
    let features = reading.features(&selection, zoom).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(ETag(tag))
        .insert_header((CACHE_CONTROL, "public, no-cache"))
        .streaming(features))
}
