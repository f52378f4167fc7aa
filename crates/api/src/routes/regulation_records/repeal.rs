use actix_web::{HttpResponse, web};
use dialog_api_types::app::OrderView;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;
use dialog_domain::input::RepealInput;

use super::{member, published};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch, JsonBody};
use crate::problem::Problem;
use crate::services::orders::{self, Side};

/// Repeal a published order: a last version is published, in which nothing applies from the given end on. Changes that
/// were not published are given up, and the order does not change any more.
#[utoipa::path(
    post,
    path = "/regulation-records/{uuid}/repeal",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    request_body = RepealInput,
    responses(
        (status = 200, description = "Repealed: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, not a UUID, or no feed could express it", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "A draft, or repealed before", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 422, description = "Some rules are broken", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn repeal_order(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    JsonBody(body): JsonBody<RepealInput>,
) -> Result<HttpResponse, Problem> {
    let side = Side::Screen { revision };
    let publication = orders::repeal(&state, &member(&user), uuid.into_inner(), side, &body).await;
    published(&state, publication).await
}
