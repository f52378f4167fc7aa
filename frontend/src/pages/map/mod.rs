//! The public map: everything published, on a map and in a list.

mod card;
mod filter_panel;
mod filters;
mod list;
mod page;

pub use page::MapPage;
