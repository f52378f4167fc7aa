use actix_web::http::header::{ETag, EntityTag};
use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{ReplacedRegulation, WriteRegulation};

use super::body::Body;
use super::problem::refused;
use crate::app::AppState;
use crate::extract::{ApiClient, OptionalIfMatch};
use crate::problem::Problem;
use crate::services::regulations;

/// Replace the order that has the identifier of the body. What is published stays so, and shows the change at once.
#[utoipa::path(
    put,
    path = "/api/regulations",
    tag = "Private",
    params(("If-Match" = Option<String>, Header, description = "ETag of the order as it was read")),
    request_body = WriteRegulation,
    responses(
        (status = 200, description = "Replaced", body = ReplacedRegulation, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, back to draft, not publishable, unknown address, or outside the perimeter", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no order with this identifier", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was read; see current", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "Some rules are broken", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn replace_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    OptionalIfMatch(revision): OptionalIfMatch,
    Body(body): Body<WriteRegulation>,
) -> Result<HttpResponse, Problem> {
    let order = regulations::replace(&state, &client, &body, revision)
        .await
        .map_err(|error| refused(error, &client, &state))?;
    let tag = EntityTag::new_weak(order.revision.to_string());
    Ok(HttpResponse::Ok().insert_header(ETag(tag)).json(ReplacedRegulation {
        uuid: order.id.0,
        identifier: order.identifier,
        status: order.status,
    }))
}
