use actix_web::http::header::{ETag, EntityTag};
use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::PublishedRegulation;

use super::path::Identifier;
use super::problem::refused;
use crate::app::AppState;
use crate::extract::{ApiClient, OptionalIfMatch};
use crate::problem::Problem;
use crate::services::regulations;

/// Publish an order. What is published without change since stays as it is.
#[utoipa::path(
    put,
    path = "/api/regulations/publish/{identifier}",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-Match" = Option<String>, Header, description = "ETag of the order as it was read"),
    ),
    responses(
        (status = 200, description = "Published", body = PublishedRegulation, headers(("ETag" = String))),
        (status = 400, description = "No feed could express it; see violations", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no such order", body = ProblemBody),
        (status = 412, description = "Changed since it was read; see current", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn publish_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    path: Identifier,
    OptionalIfMatch(revision): OptionalIfMatch,
) -> Result<HttpResponse, Problem> {
    let identifier = path.after("publish/").ok_or_else(Problem::not_found)?;
    let order = regulations::publish(&state, &client, identifier, revision)
        .await
        .map_err(|error| refused(error, &client, &state))?;
    let tag = EntityTag::new_weak(order.revision.to_string());
    Ok(HttpResponse::Ok()
        .insert_header(ETag(tag))
        .json(PublishedRegulation { identifier: order.identifier, status: order.status }))
}
