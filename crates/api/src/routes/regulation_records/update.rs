use actix_web::{HttpResponse, web};
use dialog_api_types::app::{OrderView, UpdateOrder};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;
use dialog_domain::input::GeneralInfoInput;

use super::{member, saved};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch, JsonBody};
use crate::problem::Problem;
use crate::services::orders::{self, Side};

/// Change the general information of an order. What is public changes when the changes are published.
#[utoipa::path(
    patch,
    path = "/regulation-records/{uuid}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    request_body = UpdateOrder,
    responses(
        (status = 200, description = "Saved", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, or not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 422, description = "Some rules are broken", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn update_order(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    JsonBody(general): JsonBody<GeneralInfoInput>,
) -> Result<HttpResponse, Problem> {
    let side = Side::Screen { revision };
    let order = orders::update_general(&state, &member(&user), uuid.into_inner(), side, &general).await;
    saved(&state, order).await
}
