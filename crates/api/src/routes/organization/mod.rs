//! The organization of an integrator: its own orders.

mod identifiers;
mod regulations;

use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;

/// Registers the routes.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(
        Endpoint::new("/api/organization/identifiers")
            .get(identifiers::__path_list_identifiers, identifiers::list_identifiers),
    )
    .service(
        Endpoint::new("/api/organization/regulations")
            .get(regulations::__path_list_own_regulations, regulations::list_own_regulations),
    );
}
