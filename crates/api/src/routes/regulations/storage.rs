use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{RegulationDocument, WriteDocument};
use dialog_db::orders::Order;

use super::get::get_regulation;
use super::path::Identifier;
use super::problem::{problem, refused};
use crate::app::AppState;
use crate::contract::read;
use crate::contract::violations::of_document;
use crate::extract::{ApiClient, OptionalIfMatch, read_document};
use crate::problem::Problem;
use crate::services::orders::{self, OrderError, Side};
use crate::services::regulations::{self, RegulationError};

/// Attach the official document, a file or a link, in place of the one that is there.
#[utoipa::path(
    post,
    path = "/api/regulations/{identifier}/storage",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-Match" = Option<String>, Header, description = "ETag of the order as it was read"),
    ),
    request_body(content((WriteDocument = "multipart/form-data"), (WriteDocument = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "In place of another document", body = RegulationDocument),
        (status = 201, description = "The first document of the order", body = RegulationDocument),
        (status = 400, description = "A form that cannot be read", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no such order", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 413, description = "Form over 6 MB", body = ProblemBody),
        (status = 415, description = "Not a form", body = ProblemBody),
        (status = 422, description = "Both a file and a link, neither, or broken rules", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL or the storage is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn attach_regulation_document(
    client: ApiClient,
    state: web::Data<AppState>,
    identifier: Identifier,
    OptionalIfMatch(revision): OptionalIfMatch,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let identifier = identifier.before_storage().ok_or_else(Problem::not_found)?;
    let side = Side::Integrator { revision };
    let refused = |error| refused(error, &client, &state);
    let found = regulations::find(&state, &client, identifier).await.map_err(refused)?;
    let order = orders::require_change(&state, &client.caller(), found.id, side)
        .await
        .map_err(|error| refused(error.into()))?;
    let upload = read_document(&request, payload).await?;
    let attached =
        orders::attach(&state, &client.caller(), &order, side, upload).await.map_err(|error| match error {
            OrderError::Invalid(violations) => Problem::validation(of_document(&violations)),
            error => refused(error.into()),
        })?;
    let mut response = if attached.is_first { HttpResponse::Created() } else { HttpResponse::Ok() };
    Ok(response.json(described(&state, &attached.order)?))
}

/// Read what the official document of an order is, and where.
#[utoipa::path(
    get,
    path = "/api/regulations/{identifier}/storage",
    tag = "Private",
    params(("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+")),
    responses(
        (status = 200, description = "The document", body = RegulationDocument),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 404, description = "The organization has no such order, or the order no document", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn get_regulation_document(
    client: ApiClient,
    state: web::Data<AppState>,
    identifier: Identifier,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    match document_order(&state, &client, &identifier).await? {
        Some(order) => Ok(HttpResponse::Ok().json(described(&state, &order)?)),
        None => get_regulation(client, state, identifier, request).await,
    }
}

/// Take the official document away from an order.
#[utoipa::path(
    delete,
    path = "/api/regulations/{identifier}/storage",
    tag = "Private",
    params(
        ("identifier" = String, Path, description = "Any text; slashes raw or as %2F", pattern = ".+"),
        ("If-Match" = Option<String>, Header, description = "ETag of the order as it was read"),
    ),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 404, description = "The organization has no such order, or the order no document", body = ProblemBody),
        (status = 412, description = "Changed since it was read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn delete_regulation_document(
    client: ApiClient,
    state: web::Data<AppState>,
    identifier: Identifier,
    OptionalIfMatch(revision): OptionalIfMatch,
) -> Result<HttpResponse, Problem> {
    let Some(order) = document_order(&state, &client, &identifier).await? else {
        return super::delete::delete_regulation(client, state, identifier, OptionalIfMatch(revision)).await;
    };
    if order.document.is_none() {
        return Err(Problem::not_found());
    }
    let side = Side::Integrator { revision };
    let detached = orders::detach(&state, &client.caller(), order.id, side).await;
    detached.map_err(|error| refused(error.into(), &client, &state))?;
    Ok(HttpResponse::NoContent().finish())
}

/// The order whose document the path names. `None`: there is no such order, so that the path names an order whose
/// identifier ends by `/storage`. With its slash encoded, such an identifier is never taken for a document.
async fn document_order(state: &AppState, client: &ApiClient, path: &Identifier) -> Result<Option<Order>, Problem> {
    let Some(identifier) = path.before_storage() else { return Ok(None) };
    match regulations::find(state, client, identifier).await {
        Ok(order) => Ok(Some(order)),
        Err(RegulationError::Order(OrderError::NotFound)) => Ok(None),
        Err(error) => Err(problem(error, client)),
    }
}

fn described(state: &AppState, order: &Order) -> Result<RegulationDocument, Problem> {
    let storage = read::storage(order, &state.config.base_url).ok_or_else(Problem::not_found)?;
    Ok(RegulationDocument { identifier: order.identifier.clone(), storage })
}
