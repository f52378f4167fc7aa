//! The tables, on a real PostgreSQL with PostGIS: one module per aggregate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod edge_cases;
mod feed;
mod listing_plans;
mod listings;
mod map;
mod migrations;
mod orders;
mod perimeter;
mod pool;
mod sample;
mod schema;
