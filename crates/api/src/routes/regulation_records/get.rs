use actix_web::{HttpResponse, web};
use dialog_api_types::app::OrderView;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{anyone, saved};
use crate::app::AppState;
use crate::extract::OptionalUser;
use crate::problem::Problem;
use crate::services::orders;

/// Read an order: its working copy for a member of its organization, the published version for anybody else.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order")),
    responses(
        (status = 200, description = "The order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_order(
    user: OptionalUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    let order = orders::find(&state, &anyone(&user), uuid.into_inner()).await;
    saved(&state, order).await
}
