//! One module per resource; each has a `configure` that registers its handlers.
//!
//! Modules of the browser application give paths relative to `/api/app` and stand behind the session; all the others
//! give whole paths. Fixed paths are registered before those that end with a free part.

pub mod endpoint;
pub mod errors;

use actix_web::middleware::from_fn;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::session;

/// Registers every route.
pub fn configure(cfg: &mut ServiceConfig<'_>, state: &AppState) {
    cfg.configure(public);
    cfg.service(
        scope("/api/app")
            .configure(personal)
            .wrap(from_fn(session::identify_caller))
            .wrap(session::middleware(state)),
    );
}

/// Routes without session: whole paths.
fn public(_: &mut ServiceConfig<'_>) {}

/// Routes of the browser application: paths below `/api/app`.
fn personal(_: &mut ServiceConfig<'_>) {}
