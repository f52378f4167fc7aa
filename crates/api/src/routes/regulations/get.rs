use actix_web::http::header::{ETag, EntityTag, LastModified};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::RegulationView;

use super::path::Identifier;
use super::problem::problem;
use crate::app::AppState;
use crate::contract::read;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::services::regulations;

/// Read an order of one's organization: its working copy, drafts included.
#[utoipa::path(
    get,
    path = "/api/regulations/{identifier}",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The order", body = RegulationView, headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 404, description = "The organization has no such order", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn get_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    Identifier(identifier): Identifier,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let order = regulations::find(&state, &client, &identifier).await.map_err(|error| problem(error, &client))?;
    let tag = EntityTag::new_weak(order.revision.to_string());
    if is_fresh(&request, &tag) {
        return Ok(HttpResponse::NotModified().insert_header(ETag(tag)).finish());
    }
    let zone = client.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let updated_at = std::time::SystemTime::from(order.updated_at);
    Ok(HttpResponse::Ok()
        .insert_header(ETag(tag))
        .insert_header(LastModified(updated_at.into()))
        .json(read::regulation(&order, zone, &state.config.base_url)))
}
