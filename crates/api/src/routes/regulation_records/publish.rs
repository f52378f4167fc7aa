use actix_web::{HttpResponse, web};
use dialog_api_types::app::OrderView;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{member, published};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch};
use crate::problem::Problem;
use crate::services::orders::{self, Side};

/// Publish an order, or the changes made since it was. Without a change nothing happens. The answer says what changed
/// in public.
#[utoipa::path(
    post,
    path = "/regulation-records/{uuid}/publish",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    responses(
        (status = 200, description = "Public from now on", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "No feed could express it; see violations", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn publish_order(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    let side = Side::Screen { revision };
    let publication = orders::publish(&state, &member(&user), uuid.into_inner(), side).await;
    published(&state, publication).await
}
