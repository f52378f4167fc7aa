use actix_web::http::header::{CACHE_CONTROL, ETag, EntityTag};
use actix_web::{HttpResponse, web};
use dialog_api_types::app::{OrderMeasureView, OrderView};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::input::MeasureInput;
use dialog_domain::{MeasureId, OrderId};

use super::problem::problem;
use super::{anyone, member, saved};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch, JsonBody, OptionalUser};
use crate::problem::Problem;
use crate::services::orders::{self, Side};

/// Add a measure to an order. Paths of violations are relative to the measure.
#[utoipa::path(
    post,
    path = "/regulation-records/{uuid}/measures",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    request_body = MeasureInput,
    responses(
        (status = 200, description = "Saved: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, or not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or this is not supported yet", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn create_measure(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    JsonBody(body): JsonBody<MeasureInput>,
) -> Result<HttpResponse, Problem> {
    let side = Side::Screen { revision };
    let order = orders::add_measure(&state, &member(&user), uuid.into_inner(), side, &body).await;
    saved(&state, order).await
}

/// Read a measure of an order: of the working copy for members, of what is published for everybody else.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/measures/{measure}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("measure" = MeasureId, Path, description = "The measure"),
    ),
    responses(
        (status = 200, description = "The measure; the ETag is that of its order", body = OrderMeasureView, headers(("ETag" = String))),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 404, description = "No such order or measure, or a draft of another organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_measure(
    user: OptionalUser,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, MeasureId)>,
) -> Result<HttpResponse, Problem> {
    let (id, measure) = path.into_inner();
    let order = orders::find(&state, &anyone(&user), id).await.map_err(problem)?;
    let view: OrderMeasureView = orders::measure_view(&order, measure).ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok()
        .insert_header(ETag(EntityTag::new_strong(order.revision.to_string())))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .json(view))
}

/// Replace a measure of an order. It keeps its identity, and so do the periods and locations that stay.
#[utoipa::path(
    put,
    path = "/regulation-records/{uuid}/measures/{measure}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("measure" = MeasureId, Path, description = "The measure"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    request_body = MeasureInput,
    responses(
        (status = 200, description = "Saved: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not JSON, or not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order or measure, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or this is not supported yet", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn replace_measure(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, MeasureId)>,
    JsonBody(body): JsonBody<MeasureInput>,
) -> Result<HttpResponse, Problem> {
    let (id, measure) = path.into_inner();
    let side = Side::Screen { revision };
    let order = orders::replace_measure(&state, &member(&user), id, measure, side, &body).await;
    saved(&state, order).await
}

/// Delete a measure of an order; the only one stays.
#[utoipa::path(
    delete,
    path = "/regulation-records/{uuid}/measures/{measure}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("measure" = MeasureId, Path, description = "The measure"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    responses(
        (status = 200, description = "Deleted: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "The only measure, or not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order or measure, or a draft of another organization", body = ProblemBody),
        (status = 409, description = "The order is repealed", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn delete_measure(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, MeasureId)>,
) -> Result<HttpResponse, Problem> {
    let (id, measure) = path.into_inner();
    let order = orders::delete_measure(&state, &member(&user), id, measure, Side::Screen { revision }).await;
    saved(&state, order).await
}
