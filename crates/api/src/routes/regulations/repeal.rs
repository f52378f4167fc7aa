use actix_web::http::header::{ETag, EntityTag};
use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{RepealedRegulation, WriteRepeal};

use super::body::Body;
use super::path::Identifier;
use super::problem::refused;
use crate::app::AppState;
use crate::contract::read;
use crate::extract::{ApiClient, OptionalIfMatch};
use crate::problem::Problem;
use crate::services::regulations;

/// Repeal a published order: a last version is published, in which nothing applies from the given end on. The order does
/// not change any more.
#[utoipa::path(
    put,
    path = "/api/regulations/repeal/{identifier}",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-Match" = Option<String>, Header, description = "ETag of the order as it was read"),
    ),
    request_body = WriteRepeal,
    responses(
        (status = 200, description = "Repealed", body = RepealedRegulation, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, or no feed could express it", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no order with this identifier", body = ProblemBody),
        (status = 405, description = "No identifier", body = ProblemBody),
        (status = 409, description = "A draft, or repealed before", body = ProblemBody),
        (status = 412, description = "Changed since it was read; see current", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "Some rules are broken", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn repeal_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    path: Identifier,
    OptionalIfMatch(revision): OptionalIfMatch,
    Body(body): Body<WriteRepeal>,
) -> Result<HttpResponse, Problem> {
    let identifier = path.after("repeal/").ok_or_else(Problem::not_found)?;
    let order = regulations::repeal(&state, &client, identifier, revision, &body)
        .await
        .map_err(|error| refused(error, &client, &state))?;
    let zone = order.organization.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let repeal = order.content.repeal.as_ref().map(|repeal| read::repeal_view(repeal, zone));
    let repeal = repeal.ok_or_else(|| Problem::internal("a repealed order has no repeal"))?;
    let tag = EntityTag::new_weak(order.revision.to_string());
    Ok(HttpResponse::Ok().insert_header(ETag(tag)).json(RepealedRegulation {
        identifier: order.identifier,
        status: order.status,
        repeal,
    }))
}
