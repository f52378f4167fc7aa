use actix_web::{HttpResponse, web};
use dialog_api_types::app::{ApiClientView, CreateApiClient, CreatedApiClient, RegeneratedApiClient};
use dialog_api_types::page::Items;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::{OrganizationId, Violation, ViolationCode};
use uuid::Uuid;

use super::problem;
use crate::app::AppState;
use crate::contract::violations::on_the_wire;
use crate::extract::CurrentUser;
use crate::problem::Problem;
use crate::services::organizations;

/// The keys of an organization of the caller, newest first.
#[utoipa::path(
    get,
    path = "/organizations/{uuid}/api-clients",
    tag = "Organizations",
    params(("uuid" = OrganizationId, Path, description = "One of the caller's organizations")),
    responses(
        (status = 200, description = "The keys, without their secrets", body = Items<ApiClientView>),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization", body = ProblemBody),
        (status = 404, description = "No such organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn list_api_clients(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrganizationId>,
) -> Result<web::Json<Items<ApiClientView>>, Problem> {
    let items = organizations::list_keys(&state, &user, uuid.into_inner()).await.map_err(problem)?;
    Ok(web::Json(Items { items }))
}

/// Make a key for a member of an organization of the caller. Its secret is shown this once.
#[utoipa::path(
    post,
    path = "/organizations/{uuid}/api-clients",
    tag = "Organizations",
    params(("uuid" = OrganizationId, Path, description = "One of the caller's organizations")),
    request_body = CreateApiClient,
    responses(
        (status = 201, description = "Made", body = CreatedApiClient),
        (status = 400, description = "Not JSON, or not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such organization", body = ProblemBody),
        (status = 409, description = "That person has a key in this organization", body = ProblemBody),
        (status = 422, description = "Nobody, or somebody who is no member", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn create_api_client(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrganizationId>,
    body: web::Json<CreateApiClient>,
) -> Result<HttpResponse, Problem> {
    let Some(holder) = body.user_uuid else {
        return Err(Problem::validation(on_the_wire(&[Violation::new("userUuid", ViolationCode::Required)])));
    };
    let made = organizations::create_key(&state, &user, uuid.into_inner(), holder).await.map_err(problem)?;
    Ok(HttpResponse::Created().json(made))
}

/// Give a key another secret, shown this once; the old one is refused at once.
#[utoipa::path(
    post,
    path = "/organizations/{uuid}/api-clients/{apiClientUuid}/regenerate",
    tag = "Organizations",
    params(
        ("uuid" = OrganizationId, Path, description = "One of the caller's organizations"),
        ("apiClientUuid" = Uuid, Path, description = "The key"),
    ),
    responses(
        (status = 200, description = "The new secret", body = RegeneratedApiClient),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization, or the key of an owner; or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such organization, or no such key of it", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn regenerate_api_client(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(OrganizationId, Uuid)>,
) -> Result<web::Json<RegeneratedApiClient>, Problem> {
    let (organization, key) = path.into_inner();
    organizations::regenerate_key(&state, &user, organization, key).await.map(web::Json).map_err(problem)
}

/// Delete a key: it is refused at once.
#[utoipa::path(
    delete,
    path = "/organizations/{uuid}/api-clients/{apiClientUuid}",
    tag = "Organizations",
    params(
        ("uuid" = OrganizationId, Path, description = "One of the caller's organizations"),
        ("apiClientUuid" = Uuid, Path, description = "The key"),
    ),
    responses(
        (status = 204, description = "Deleted"),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization, or the key of an owner; or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such organization, or no such key of it", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn delete_api_client(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(OrganizationId, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let (organization, key) = path.into_inner();
    organizations::delete_key(&state, &user, organization, key).await.map_err(problem)?;
    Ok(HttpResponse::NoContent().finish())
}
