use actix_web::http::header::{CACHE_CONTROL, ETag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::MapLocation;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::LocationId;

use super::tag;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::services::map;

/// What the map tells about a published location.
#[utoipa::path(
    get,
    path = "/api/map/locations/{uuid}",
    tag = "Map",
    params(
        ("uuid" = LocationId, Path, description = "The location"),
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The location", body = MapLocation, headers(("ETag" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 404, description = "No such location is public", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_location(
    request: HttpRequest,
    state: web::Data<AppState>,
    uuid: web::Path<LocationId>,
) -> Result<HttpResponse, Problem> {
    let location = uuid.into_inner();
    let reading = map::read(&state).await?;
    let tag = tag(&reading, location);
    let card = reading.card(location).await?.ok_or_else(Problem::not_found)?;
    let is_fresh = is_fresh(&request, &tag);
    let mut response = if is_fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, "public, no-cache"));
    Ok(if is_fresh { response.finish() } else { response.json(card) })
}
