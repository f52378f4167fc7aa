//! The base map, made from the loaded road network: what the map shows when an operator configured no other background.

mod description;
mod tile;

use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;

/// Deepest zoom of a tile.
const MAX_ZOOM: u8 = 22;

/// Path of a tile, as TileJSON writes it.
const TILES: &str = "/api/map/base/{z}/{x}/{y}.mvt";

/// Everything below `/api/map/base`.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/map/base.json").get(description::__path_get_base_map, description::get_base_map))
        .service(Endpoint::new(TILES).get(tile::__path_get_base_map_tile, tile::get_base_map_tile));
}
