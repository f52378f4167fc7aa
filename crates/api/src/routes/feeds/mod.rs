//! Feeds for GPS companies and other readers of open data.

mod answer;
mod changes;
mod cifs;
mod datex;
mod restrictions;
pub mod selection;

use utoipa_actix_web::service_config::ServiceConfig;

use changes::{__path_get_changes, get_changes};
use cifs::{__path_get_cifs, get_cifs};
pub use datex::{__path_get_datex, get_datex};
use datex::{__path_get_datex_order, get_datex_order};
use restrictions::{__path_get_csv, __path_get_geojson, get_csv, get_geojson};

use super::endpoint::Endpoint;
use super::regulations::{__path_delete_regulation, delete_regulation};

/// Registers the routes; `/api/regulations` itself is registered with what else it answers.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/regulations.{extension:[A-Za-z0-9]+}").get(__path_get_datex, get_datex));
    cfg.service(
        // An order may be named so: it is read by the lists, and deleted like any other.
        Endpoint::new("/api/regulations/cifs{extension:(?:\\.[A-Za-z0-9]+)?}")
            .get(__path_get_cifs, get_cifs)
            .delete(__path_delete_regulation, delete_regulation),
    );
    cfg.service(Endpoint::new("/api/datex/{uuid}.xml").get(__path_get_datex_order, get_datex_order));
    cfg.service(Endpoint::new("/api/restrictions.geojson").get(__path_get_geojson, get_geojson));
    cfg.service(Endpoint::new("/api/restrictions.csv").get(__path_get_csv, get_csv));
    cfg.service(Endpoint::new("/api/changes").get(__path_get_changes, get_changes));
}
