use actix_web::web;
use dialog_api_types::app::{ListOrdersQuery, OrderPhase, OrderSummary};
use dialog_api_types::page::Page;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_db::listings::{Phase, Sort, SortKey};
use dialog_domain::OrderCategory;

use super::{anyone, problem::problem};
use crate::app::AppState;
use crate::extract::{OptionalUser, Pagination, Query};
use crate::problem::Problem;
use crate::services::orders::{self, Listing};

/// List orders: those of one's organizations, drafts included; without login every published order.
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
        sort: sort(&query),
        search: query.search,
        identifier: query.identifier,
        organization: query.organization_uuid,
        everybody: query.everybody == Some(true),
        measure_type: query.measure_type,
        status: query.status,
        category: query.category.or(query.regulation_order_type.map(OrderCategory::from)),
        subject: query.subject,
        source: query.source,
        in_force: (query.in_force_from, query.in_force_until),
        phase: query.phase.map(phase),
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

const fn phase(phase: OrderPhase) -> Phase {
    match phase {
        OrderPhase::Draft => Phase::Draft,
        OrderPhase::Upcoming => Phase::Upcoming,
        OrderPhase::Current => Phase::Current,
        OrderPhase::Past => Phase::Over,
    }
}

/// A sort that nobody knows is none.
fn sort(query: &ListOrdersQuery) -> Option<Sort> {
    let key = match query.sort.as_deref()? {
        "period" => SortKey::Start,
        "identifier" => SortKey::Identifier,
        "source" => SortKey::Source,
        "status" => SortKey::Status,
        _ => return None,
    };
    Some(Sort { key, is_descending: query.dir.as_deref() == Some("desc") })
}
