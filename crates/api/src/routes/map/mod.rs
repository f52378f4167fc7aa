//! The public map: features, tiles, popups.

mod drafts;
mod initial_bbox;
mod location;
mod locations;
mod restrictions;
mod selection;
pub(crate) mod tile;

use actix_web::http::header::EntityTag;
use utoipa_actix_web::service_config::ServiceConfig;

use super::endpoint::Endpoint;
use crate::services::map::Reading;

/// Registers the routes.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/map/tiles/{z}/{x}/{y}.mvt").get(tile::__path_get_tile, tile::get_tile))
        .service(
            Endpoint::new("/api/map/locations.geojson")
                .get(locations::__path_list_locations, locations::list_locations),
        )
        .service(Endpoint::new("/api/map/locations/{uuid}").get(location::__path_get_location, location::get_location))
        .service(
            Endpoint::new("/api/map/initial-bbox")
                .get(initial_bbox::__path_get_initial_bbox, initial_bbox::get_initial_bbox),
        )
        .service(
            Endpoint::new("/api/map/restrictions")
                .get(restrictions::__path_list_restrictions, restrictions::list_restrictions),
        );
}

/// Registers what is for members alone.
pub fn configure_personal(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/map/drafts").get(drafts::__path_list_drafts, drafts::list_drafts));
}

/// The tag of an answer: the state of what is public, and everything else it depends on.
fn tag(reading: &Reading, rest: impl std::hash::Hash) -> EntityTag {
    tag_of(reading.state.revision, rest)
}

/// The tag of an answer of this revision of what is public.
fn tag_of(revision: i64, rest: impl std::hash::Hash) -> EntityTag {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    rest.hash(&mut hasher);
    EntityTag::new_weak(format!("{revision:x}-{:x}", hasher.finish()))
}
