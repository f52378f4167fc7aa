use actix_web::http::header::{CACHE_CONTROL, ETag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::{MapQuery, MapRestrictions};
use dialog_api_types::problem::Problem as ProblemBody;

use super::selection::selection;
use super::tag;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::Parameters;
use crate::services::map;

/// Most restrictions of an answer.
const MAX_LIMIT: u32 = 500;

/// What a map of the rectangle `bbox` shows, in words: how many restrictions, and the latest ones. Same filters and
/// defaults as the tiles; `zoom` is not used.
#[utoipa::path(
    get,
    path = "/api/map/restrictions",
    tag = "Map",
    params(
        MapQuery,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The restrictions", body = MapRestrictions, headers(("ETag" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn list_restrictions(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let selection = selection(&parameters, state.clock.now())?;
    let limit = parameters.clamped("limit", 30, 1..=MAX_LIMIT)?;
    let reading = map::read(&state).await?;
    let tag = tag(&reading, format!("{selection:?}{limit}"));
    let is_fresh = is_fresh(&request, &tag);
    let mut response = if is_fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, "public, no-cache"));
    Ok(if is_fresh { response.finish() } else { response.json(reading.listed(&selection, limit).await?) })
}
