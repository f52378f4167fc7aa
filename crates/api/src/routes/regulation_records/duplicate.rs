use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::OrderView;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::{MeasureId, OrderId};

use super::{answer, member, problem::problem, saved};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch};
use crate::problem::Problem;
use crate::services::orders::{self, Side, Viewed};

/// Make a draft that says the same as an order, under a number of its own; the official document is not copied.
#[utoipa::path(
    post,
    path = "/regulation-records/{uuid}/duplicate",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order")),
    responses(
        (status = 201, description = "The new draft", body = OrderView, headers(("ETag" = String), ("Location" = String))),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "The order of another organization, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 422, description = "A location is outside the perimeter of today", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn duplicate_order(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    let order = orders::duplicate(&state, &member(&user), uuid.into_inner()).await.map_err(problem)?;
    let mut response = HttpResponse::Created();
    response.insert_header((LOCATION, format!("/api/app/regulation-records/{}", order.id)));
    answer(&state, response, Viewed { order, losses: Vec::new() }).await
}

/// Add to an order a measure that says the same as one of its measures.
#[utoipa::path(
    post,
    path = "/regulation-records/{uuid}/measures/{measure}/duplicate",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("measure" = MeasureId, Path, description = "The measure"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    responses(
        (status = 200, description = "Added at the end: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order or measure, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 422, description = "A location is outside the perimeter of today", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn duplicate_measure(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, MeasureId)>,
) -> Result<HttpResponse, Problem> {
    let (id, measure) = path.into_inner();
    let order = orders::duplicate_measure(&state, &member(&user), id, measure, Side::Screen { revision }).await;
    saved(&state, order).await
}
