use actix_web::web;
use dialog_api_types::app::{SuggestedIdentifier, WantedIdentifier};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrganizationId;

use super::{member, problem::problem};
use crate::app::AppState;
use crate::extract::{CurrentUser, Query};
use crate::problem::Problem;
use crate::services::orders;

/// A free identifier for the next order: year, month and number; and whether another one is free. Nothing is reserved.
#[utoipa::path(
    get,
    path = "/organizations/{uuid}/next-identifier",
    tag = "Orders",
    params(("uuid" = OrganizationId, Path, description = "One of the caller's organizations"), WantedIdentifier),
    responses(
        (status = 200, description = "Free at this moment", body = SuggestedIdentifier),
        (status = 400, description = "Not a UUID, or a parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 404, description = "Not an organization of the caller", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn get_next_identifier(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrganizationId>,
    query: Query<WantedIdentifier>,
) -> Result<web::Json<SuggestedIdentifier>, Problem> {
    let organization = uuid.into_inner();
    let identifier = orders::next_identifier(&state, &member(&user), organization).await.map_err(problem)?;
    let is_wanted_free = match query.into_inner().wanted {
        Some(wanted) => {
            let taken = orders::identifier_taken(&state, organization, Some(&wanted)).await.map_err(problem)?;
            Some(taken.is_none())
        }
        None => None,
    };
    Ok(web::Json(SuggestedIdentifier { identifier, is_wanted_free }))
}
