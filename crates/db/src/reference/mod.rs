//! Reference data: communes, streets, house numbers and the road network, by edition.
//!
//! Readers name the edition they ask, so that PostgreSQL looks into its partitions only. [`edition_of_commune`] and
//! [`find_street`] say which one answers for a place.

pub mod addresses;
pub mod areas;
pub mod communes;
pub mod divisions;
pub mod editions;
pub mod load;
pub mod number_ranges;
pub mod places;
pub mod roads;
pub mod segments;
pub mod shadow;
pub mod storage_areas;
pub mod streets;
pub mod tiles;

mod statement;
mod wkb;

pub use addresses::{HouseNumber, house_number_places, house_numbers, placed_house_numbers};
pub use areas::{
    AreaSegment, Roads, is_valid, nearby_streets, parts_of_city, segments_near, segments_of_area, segments_of_communes,
};
pub use communes::{
    Commune, CommuneKind, commune_contours, commune_exists, commune_names, search_communes, search_communes_loosely,
};
pub use editions::{Check, Edition, EditionKind, EditionState, active_editions, all_editions, edition_of_commune};
pub use number_ranges::{NumberRange, number_ranges};
pub use roads::{
    RoadKind, RoadMaterial, RoadRow, find_road, find_road_administrator, road_administrators, road_material,
    road_material_sql, road_search_sql, road_segments, road_segments_sql, search_roads, whole_road,
};
pub use segments::{NetworkSegment, street_network};
pub use statement::{Bind, Statement};
pub use streets::{
    StreetName, StreetRow, find_street, find_street_by_name, street_names, street_names_of_commune, street_names_sql,
};
pub use tiles::base_tile;
