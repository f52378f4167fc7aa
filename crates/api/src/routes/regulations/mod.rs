//! Orders of integrators: the contract of `/api/regulations`, by identifier.

mod body;
mod create;
mod delete;
mod get;
mod path;
mod problem;
mod publish;
mod repeal;
mod replace;
mod search;
mod storage;

pub(super) use delete::{__path_delete_regulation, delete_regulation};
pub(super) use problem::order_problem;
use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;
use super::feeds;

/// Registers the routes; the last one takes every path below `/api/regulations/`, because an identifier may contain
/// slashes.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(
        Endpoint::new("/api/regulations")
            .get(feeds::__path_get_datex, feeds::get_datex)
            .post(create::__path_create_regulation, create::create_regulation)
            .put(replace::__path_replace_regulation, replace::replace_regulation),
    )
    .service(
        // An order may be named so: it is read by the lists, and deleted like any other.
        Endpoint::new("/api/regulations/search")
            .get(search::__path_search_regulations, search::search_regulations)
            .delete(__path_delete_regulation, delete_regulation),
    )
    .service(
        // An order may be named so too: its own methods come after those of a document.
        Endpoint::new("/api/regulations/{identifier:.+}/storage")
            .get(storage::__path_get_regulation_document, storage::get_regulation_document)
            .post(storage::__path_attach_regulation_document, storage::attach_regulation_document)
            .put_where(path::is_repeal, repeal::__path_repeal_regulation, repeal::repeal_regulation)
            .put_where(path::is_publication, publish::__path_publish_regulation, publish::publish_regulation)
            .delete(storage::__path_delete_regulation_document, storage::delete_regulation_document),
    )
    .service(
        Endpoint::new("/api/regulations/{identifier:.+}")
            .get(get::__path_get_regulation, get::get_regulation)
            .post_where(
                path::is_document,
                storage::__path_attach_regulation_document,
                storage::attach_regulation_document,
            )
            .put_where(path::is_repeal, repeal::__path_repeal_regulation, repeal::repeal_regulation)
            .put_where(path::is_publication, publish::__path_publish_regulation, publish::publish_regulation)
            .delete(__path_delete_regulation, delete_regulation),
    );
}
