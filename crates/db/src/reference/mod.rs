//! Reference data: communes, streets, house numbers and the road network, by edition.
//!
//! Readers name the edition they ask, so that PostgreSQL looks into its partitions only. [`edition_of_commune`] and
//! [`find_street`] say which one answers for a place.

pub mod addresses;
pub mod communes;
pub mod editions;
pub mod load;
pub mod segments;
pub mod streets;
pub mod tiles;

mod statement;
mod wkb;

pub use addresses::{HouseNumber, house_number_places, house_numbers};
pub use communes::{Commune, CommuneKind, commune_contours, commune_exists, search_communes, search_communes_loosely};
pub use editions::{Edition, EditionKind, active_editions, all_editions, edition_of_commune};
pub use segments::{NetworkSegment, street_network};
pub use statement::{Bind, Statement};
pub use streets::{
    StreetMatch, StreetRow, StreetSearch, find_street, find_street_by_name, search_streets, search_streets_loosely,
    street_names, street_search_sql,
};
pub use tiles::base_tile;
