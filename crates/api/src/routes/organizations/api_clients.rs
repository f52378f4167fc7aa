use actix_web::{HttpResponse, web};
use chrono::TimeDelta;
use dialog_api_types::app::{ApiClientView, CreateApiClient, CreatedApiClient, RegenerateQuery, RegeneratedApiClient};
use dialog_api_types::page::Items;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::{OrganizationId, Violation, ViolationCode};
use uuid::Uuid;

use super::problem;
use crate::app::AppState;
use crate::contract::violations::on_the_wire;
use crate::extract::{CurrentUser, JsonBody, Query};
use crate::problem::Problem;
use crate::services::organizations;

/// Two secrets of a key are good at the same time for a week at most.
const LONGEST_ROTATION_H: u32 = 168;

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

/// Make a key for oneself or, by an owner of the organization, for any member. Its secret is shown this once; it lives
/// as long as its holder belongs to the organization.
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
        (status = 403, description = "Not a member of the organization, or for somebody else by who owns it not; or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such organization", body = ProblemBody),
        (status = 409, description = "That person has a key in this organization", body = ProblemBody),
        (status = 422, description = "Nobody, somebody who is no member, or an end in the past", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn create_api_client(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrganizationId>,
    JsonBody(body): JsonBody<CreateApiClient>,
) -> Result<HttpResponse, Problem> {
    let Some(holder) = body.user_uuid else {
        return Err(Problem::validation(on_the_wire(&[Violation::new("userUuid", ViolationCode::Required)])));
    };
    let made = organizations::create_key(&state, &user, uuid.into_inner(), holder, &body).await.map_err(problem)?;
    Ok(HttpResponse::Created().json(made))
}

/// Give a key another secret, shown this once; the old one is refused at once, or after the hours that are asked.
#[utoipa::path(
    post,
    path = "/organizations/{uuid}/api-clients/{apiClientUuid}/regenerate",
    tag = "Organizations",
    params(
        ("uuid" = OrganizationId, Path, description = "One of the caller's organizations"),
        ("apiClientUuid" = Uuid, Path, description = "The key"),
        RegenerateQuery,
    ),
    responses(
        (status = 200, description = "The new secret", body = RegeneratedApiClient),
        (status = 400, description = "Not a UUID, or more than 168 hours", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization, or the key of somebody else; or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such organization, or no such key of it", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn regenerate_api_client(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(OrganizationId, Uuid)>,
    query: Query<RegenerateQuery>,
) -> Result<web::Json<RegeneratedApiClient>, Problem> {
    let (organization, key) = path.into_inner();
    let keep_previous = match query.into_inner().keep_previous_hours {
        None | Some(0) => None,
        Some(hours @ 1..=LONGEST_ROTATION_H) => Some(TimeDelta::hours(i64::from(hours))),
        Some(_) => {
            return Err(Problem::invalid_parameter(format!(
                "Le paramètre « keepPreviousHours » est un nombre d'heures, {LONGEST_ROTATION_H} au plus."
            )));
        }
    };
    organizations::regenerate_key(&state, &user, organization, key, keep_previous).await.map(web::Json).map_err(problem)
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
