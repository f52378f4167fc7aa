use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::{HistoryEntry, PageQuery};
use dialog_api_types::page::Page;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{member, problem::problem};
use crate::app::AppState;
use crate::extract::{CurrentUser, Pagination, Query};
use crate::problem::Problem;
use crate::services::orders;

/// Who did what to an order, latest first, with what each change made of it. For members of its organization.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/history",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order"), PageQuery),
    responses(
        (status = 200, description = "A page of changes", body = Page<HistoryEntry>),
        (status = 400, description = "Not a UUID, or a parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "The order of another organization", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn get_history(
    user: CurrentUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let page = Pagination::new(query.page, query.page_size)?;
    let (items, total) = orders::history(&state, &member(&user), uuid.into_inner(), page).await.map_err(problem)?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .json(Page { items, metadata: page.metadata(total) }))
}
