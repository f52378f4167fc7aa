use actix_web::web;
use dialog_api_types::app::Organization;
use dialog_api_types::page::Items;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrganizationId;

use super::problem;
use crate::app::AppState;
use crate::extract::CurrentUser;
use crate::problem::Problem;
use crate::services::organizations;

/// The organizations of the caller, by name.
#[utoipa::path(
    get,
    path = "/organizations",
    tag = "Organizations",
    responses(
        (status = 200, description = "Where the caller may write orders", body = Items<Organization>),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn list_organizations(
    user: CurrentUser,
    state: web::Data<AppState>,
) -> Result<web::Json<Items<Organization>>, Problem> {
    Ok(web::Json(Items { items: organizations::list(&state, &user).await.map_err(problem)? }))
}

/// An organization of the caller.
#[utoipa::path(
    get,
    path = "/organizations/{uuid}",
    tag = "Organizations",
    params(("uuid" = OrganizationId, Path, description = "One of the caller's organizations")),
    responses(
        (status = 200, description = "The organization", body = Organization),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization", body = ProblemBody),
        (status = 404, description = "No such organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn get_organization(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrganizationId>,
) -> Result<web::Json<Organization>, Problem> {
    organizations::find(&state, &user, uuid.into_inner()).await.map(web::Json).map_err(problem)
}
