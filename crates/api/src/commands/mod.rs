//! The sub-commands of the `dialog` binary.

pub mod api;
pub mod migrate;
pub mod openapi;
pub mod worker;
