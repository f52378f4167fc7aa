//! What the application does: one function per action, each in one transaction, authorisation included.

pub mod addresses;
pub mod changes;
pub mod feeds;
pub mod generation;
pub mod map;
pub mod once;
pub mod orders;
pub mod organizations;
pub mod perimeters;
pub mod regulations;
pub mod remote_addresses;
pub mod restrictions;
pub mod search;
pub mod streaming;
