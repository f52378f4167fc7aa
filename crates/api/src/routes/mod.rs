//! One module per resource; each has a `configure` that registers its handlers.
//!
//! Modules of the browser application give paths relative to `/api/app` and stand behind the session; all the others
//! give whole paths. Fixed paths are registered before those that end with a free part.

pub mod base_map;
pub mod conditional;
pub mod doc;
pub mod endpoint;
pub mod errors;
pub mod feeds;
pub mod geo;
pub mod health;
pub mod lists;
pub mod map;
pub mod organization;
pub mod organizations;
pub mod parameters;
pub mod publishers;
pub mod regulation_records;
pub mod regulations;
pub mod session;
pub mod stored_file;

use actix_web::middleware::from_fn;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::session::{Sessions, identify_caller};

/// Registers every route of the API; [`doc`] and the errors of the router stand apart.
pub fn configure(cfg: &mut ServiceConfig<'_>, sessions: &Sessions) {
    cfg.configure(public);
    cfg.service(scope("/api/login").configure(session::configure_login).wrap(sessions.middleware()));
    cfg.service(
        scope("/api/logout")
            .configure(session::configure_logout)
            .wrap(from_fn(identify_caller))
            .wrap(sessions.middleware()),
    );
    cfg.service(scope("/api/app").configure(personal).wrap(from_fn(identify_caller)).wrap(sessions.middleware()));
}

/// Routes without session: whole paths.
fn public(cfg: &mut ServiceConfig<'_>) {
    // The router tries one pattern after the other, and a map asks for dozens of tiles at once.
    cfg.configure(map::configure);
    cfg.configure(health::configure);
    cfg.configure(geo::configure);
    cfg.configure(base_map::configure);
    cfg.configure(feeds::configure);
    cfg.configure(stored_file::configure);
    cfg.configure(organization::configure);
    cfg.configure(publishers::configure);
    cfg.configure(regulations::configure);
}

/// Routes of the browser application: paths below `/api/app`.
fn personal(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(session::configure_me);
    cfg.configure(organizations::configure);
    cfg.configure(regulation_records::configure);
    cfg.configure(map::configure_personal);
}
