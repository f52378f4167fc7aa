//! From the domain to the document.

mod geometry;
mod location;
mod measure;
mod order;
mod validity;
mod vehicles;

pub(crate) use order::{Bounds, bounds, order};
