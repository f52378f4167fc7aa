//! From the domain to the document.

mod geometry;
mod location;
mod measure;
mod order;
mod place;
mod validity;
mod vehicles;

pub(crate) use geometry::geo_json;
pub(crate) use order::{Bounds, bounds, order, source_word};
pub(crate) use validity::word as day_word;
pub(crate) use vehicles::crit_air_word;
