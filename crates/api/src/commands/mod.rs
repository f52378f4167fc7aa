//! The sub-commands of the `dialog` binary.

pub mod api;
pub mod feeds;
pub mod generate_orders;
pub mod migrate;
pub mod openapi;
pub mod organization;
mod progress;
pub mod reference;
pub mod seed_demo;
pub mod worker;
