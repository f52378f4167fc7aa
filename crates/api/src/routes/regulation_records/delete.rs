use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{member, problem::problem};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch};
use crate::problem::Problem;
use crate::services::orders::{self, Side};

/// Delete an order: a draft is gone; a published order disappears from every public answer.
#[utoipa::path(
    delete,
    path = "/regulation-records/{uuid}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    responses(
        (status = 204, description = "Deleted, now or before"),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn delete_order(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    orders::delete(&state, &member(&user), uuid.into_inner(), Side::Screen { revision }).await.map_err(problem)?;
    Ok(HttpResponse::NoContent().finish())
}
