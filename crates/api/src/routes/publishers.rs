//! Who published orders.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::{OrganizationRef, PublishersQuery};
use dialog_api_types::page::Items;
use dialog_api_types::problem::Problem as ProblemBody;
use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;
use crate::app::AppState;
use crate::extract::Query;
use crate::problem::Problem;
use crate::services::organizations;

/// Registers the route.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/publishers").get(__path_list_publishers, list_publishers));
}

/// The organizations that published orders, by name; ten at most.
#[utoipa::path(
    get,
    path = "/api/publishers",
    tag = "Public",
    params(PublishersQuery),
    responses(
        (status = 200, description = "Organizations of which an order is public", body = Items<OrganizationRef>),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn list_publishers(
    state: web::Data<AppState>,
    query: Query<PublishersQuery>,
) -> Result<HttpResponse, Problem> {
    let items = organizations::publishers(&state, &query.into_inner()).await.map_err(super::organizations::problem)?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, no-cache")).json(Items { items }))
}
