use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;

use super::path::Identifier;
use super::problem::refused;
use crate::app::AppState;
use crate::extract::{ApiClient, OptionalIfMatch};
use crate::problem::Problem;
use crate::services::regulations;

/// Delete an order. A published one disappears from every public answer.
#[utoipa::path(
    delete,
    path = "/api/regulations/{identifier}",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-Match" = Option<String>, Header, description = "ETag of the order as it was read"),
    ),
    responses(
        (status = 204, description = "Deleted"),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no such order", body = ProblemBody),
        (status = 412, description = "Changed since it was read; see current", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn delete_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    Identifier(identifier): Identifier,
    OptionalIfMatch(revision): OptionalIfMatch,
) -> Result<HttpResponse, Problem> {
    regulations::delete(&state, &client, &identifier, revision)
        .await
        .map_err(|error| refused(error, &client, &state))?;
    Ok(HttpResponse::NoContent().finish())
}
