use actix_web::web;
use dialog_api_types::app::{ListOrdersQuery, OrderSummary};
use dialog_api_types::page::Page;
use dialog_api_types::problem::Problem as ProblemBody;

use super::{anyone, problem::problem};
use crate::app::AppState;
use crate::extract::{OptionalUser, Pagination, Query};
use crate::problem::Problem;
use crate::services::orders::{self, Listing};

/// List orders: those of one's organizations, drafts included; without login every published order. Orders without
/// date come first, then the latest start.
#[utoipa::path(
    get,
    path = "/regulation-records",
    tag = "Orders",
    params(ListOrdersQuery),
    responses(
        (status = 200, description = "A page of orders", body = Page<OrderSummary>),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn list_orders(
    user: OptionalUser,
    state: web::Data<AppState>,
    query: Query<ListOrdersQuery>,
) -> Result<web::Json<Page<OrderSummary>>, Problem> {
    let query = query.into_inner();
    let pagination = Pagination::new(query.page, query.page_size)?;
    let listing = Listing {
        search: query.search,
        organization: query.organization_uuid,
        status: query.status,
        category: query.category,
        offset: pagination.offset(),
        limit: pagination.limit(),
    };
    let page = orders::list(&state, &anyone(&user), &listing).await.map_err(problem)?;
    let now = state.clock.now();
    Ok(web::Json(Page {
        items: page.orders.iter().map(|order| orders::summary(order, now)).collect(),
        metadata: pagination.metadata(page.total),
    }))
}
