//! Feeds for GPS companies and other readers of open data.

mod datex;

use utoipa_actix_web::service_config::ServiceConfig;

pub use datex::{__path_get_datex, get_datex};

use super::endpoint::Endpoint;

/// Registers the routes; `/api/regulations` itself is registered with what else it answers.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/regulations.{extension:[A-Za-z0-9]+}").get(__path_get_datex, get_datex));
}
