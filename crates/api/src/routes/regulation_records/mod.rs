//! Orders in the browser application: paths below `/api/app`.

mod create;
mod delete;
mod get;
mod list;
mod measures;
mod next_identifier;
mod problem;
mod publish;
mod storage;
mod update;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETag, EntityTag};
use dialog_api_types::app::OrderView;
use dialog_db::Caller;
use dialog_db::orders::Order;
use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;
use crate::app::AppState;
use crate::extract::{CurrentUser, OptionalUser};
use crate::problem::Problem;
use crate::services::orders::{self, Viewed};

/// Registers the routes.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(
        Endpoint::new("/regulation-records")
            .get(list::__path_list_orders, list::list_orders)
            .post(create::__path_create_order, create::create_order),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}")
            .get(get::__path_get_order, get::get_order)
            .patch(update::__path_update_order, update::update_order)
            .delete(delete::__path_delete_order, delete::delete_order),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/publish").post(publish::__path_publish_order, publish::publish_order),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/measures")
            .post(measures::__path_create_measure, measures::create_measure),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/measures/{measure}")
            .put(measures::__path_replace_measure, measures::replace_measure)
            .delete(measures::__path_delete_measure, measures::delete_measure),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/storage")
            .put(storage::__path_attach_document, storage::attach_document)
            .delete(storage::__path_detach_document, storage::detach_document),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/storage/file")
            .get(storage::__path_get_document_file, storage::get_document_file),
    )
    .service(
        Endpoint::new("/organizations/{uuid}/next-identifier")
            .get(next_identifier::__path_get_next_identifier, next_identifier::get_next_identifier),
    );
}

fn member(user: &CurrentUser) -> Caller {
    Caller::user(user.uuid(), user.organization_ids())
}

fn anyone(user: &OptionalUser) -> Caller {
    user.0.as_ref().map_or_else(Caller::anonymous, member)
}

/// The order in full, with its revision as `ETag`.
async fn answer(
    state: &AppState,
    mut response: actix_web::HttpResponseBuilder,
    viewed: Viewed,
) -> Result<HttpResponse, Problem> {
    let view: OrderView = orders::view(state, viewed).await.map_err(problem::problem)?;
    Ok(response
        .insert_header(ETag(EntityTag::new_strong(view.revision.to_string())))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .json(view))
}

/// Same, for a change that succeeded.
async fn saved(state: &AppState, saved: orders::Result<Order>) -> Result<HttpResponse, Problem> {
    let order = saved.map_err(problem::problem)?;
    answer(state, HttpResponse::Ok(), Viewed { order, losses: Vec::new() }).await
}
