//! The public map: everything published, on a map and in a list.

mod card;
mod drafts;
mod filter_panel;
mod filters;
mod list;
mod page;
mod presets;
mod search;
mod share;
mod vehicle_panel;

pub use page::MapPage;
