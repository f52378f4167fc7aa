use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::Diffusion;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{anyone, problem::problem};
use crate::app::AppState;
use crate::extract::OptionalUser;
use crate::problem::Problem;
use crate::services::orders;

/// Where an order is published: for each feed whether it is in or out, since when, what is lost and why. Of a draft,
/// which only members of its organization see, what a publication would do.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/diffusion",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order")),
    responses(
        (status = 200, description = "Every feed", body = Diffusion),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_diffusion(
    user: OptionalUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    let diffusion: Diffusion = orders::diffusion(&state, &anyone(&user), uuid.into_inner()).await.map_err(problem)?;
    // It changes with the passage of time.
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(diffusion))
}
