//! Orders in the browser application: paths below `/api/app`.

mod create;
mod delete;
mod diffusion;
mod duplicate;
mod get;
mod history;
mod list;
mod measures;
mod next_identifier;
mod problem;
mod publish;
mod repeal;
mod storage;
mod update;
mod versions;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETag, EntityTag};
use dialog_api_types::app::OrderView;
use dialog_db::Caller;
use dialog_db::orders::Order;
use utoipa_actix_web::service_config::ServiceConfig;

pub use problem::views;

use super::endpoint::Endpoint;
use crate::app::AppState;
use crate::extract::{CurrentUser, OptionalUser};
use crate::problem::Problem;
use crate::services::orders::{self, Publication, Viewed};

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
    .service(Endpoint::new("/regulation-records/{uuid}/repeal").post(repeal::__path_repeal_order, repeal::repeal_order))
    .service(
        Endpoint::new("/regulation-records/{uuid}/duplicate")
            .post(duplicate::__path_duplicate_order, duplicate::duplicate_order),
    )
    .service(Endpoint::new("/regulation-records/{uuid}/history").get(history::__path_get_history, history::get_history))
    .service(
        Endpoint::new("/regulation-records/{uuid}/diffusion")
            .get(diffusion::__path_get_diffusion, diffusion::get_diffusion),
    )
    .configure(configure_versions)
    .service(
        Endpoint::new("/regulation-records/{uuid}/measures")
            .post(measures::__path_create_measure, measures::create_measure),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/measures/{measure}")
            .get(measures::__path_get_measure, measures::get_measure)
            .put(measures::__path_replace_measure, measures::replace_measure)
            .delete(measures::__path_delete_measure, measures::delete_measure),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/measures/{measure}/duplicate")
            .post(duplicate::__path_duplicate_measure, duplicate::duplicate_measure),
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

fn configure_versions(cfg: &mut ServiceConfig<'_>) {
    cfg.service(
        Endpoint::new("/regulation-records/{uuid}/versions")
            .get(versions::__path_list_versions, versions::list_versions),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/versions/{number}")
            .get(versions::__path_get_version, versions::get_version),
    )
    .service(
        Endpoint::new("/regulation-records/{uuid}/versions/{number}/difference")
            .get(versions::__path_get_difference, versions::get_difference),
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
    response: actix_web::HttpResponseBuilder,
    viewed: Viewed,
) -> Result<HttpResponse, Problem> {
    let view: OrderView = orders::view(state, viewed).await.map_err(problem::problem)?;
    Ok(shown(response, &view))
}

fn shown(mut response: actix_web::HttpResponseBuilder, view: &OrderView) -> HttpResponse {
    response
        .insert_header(ETag(EntityTag::new_strong(view.revision.to_string())))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .json(view)
}

/// Same, for a publication or a repeal that succeeded: with what it changed in public.
async fn published(state: &AppState, published: orders::Result<Publication>) -> Result<HttpResponse, Problem> {
    let Publication { order, report, losses } = published.map_err(problem::problem)?;
    let mut view: OrderView = orders::view(state, Viewed { order, losses }).await.map_err(problem::problem)?;
    view.publication = Some(report);
    Ok(shown(HttpResponse::Ok(), &view))
}

/// Same, for a change that succeeded.
async fn saved(state: &AppState, saved: orders::Result<Order>) -> Result<HttpResponse, Problem> {
    let order = saved.map_err(problem::problem)?;
    answer(state, HttpResponse::Ok(), Viewed { order, losses: Vec::new() }).await
}
