//! Tables, rows and queries by aggregate; pool and embedded migrations.
//!
//! One module per aggregate, with free functions that take a `&mut` [`Connection`] and answer diesel's `QueryResult`.
//! Those that only write take a `&` [`Connection`]: several of them can share a round trip ([`pipeline()`]).
//! Transactions belong to the callers: a function here never opens one unless its documentation says so.

pub mod api_clients;
mod cached;
pub mod caller;
pub mod changes;
pub mod diffusions;
pub mod documents;
pub mod events;
pub mod feeds;
pub mod fragments;
pub mod history;
pub mod idempotency;
pub mod jobs;
pub mod listings;
pub mod locations;
pub mod migrations;
pub mod orders;
pub mod organizations;
pub mod perimeters;
mod pipeline;
pub mod pool;
pub mod reference;
pub mod restrictions;
pub mod schema;
pub mod usage;
pub mod users;
pub mod versions;
mod words;

pub use caller::{Actor, Caller};
pub use migrations::{MigrationError, is_migrated, migrate};
pub use pipeline::pipeline;
pub use pool::{
    Connection, Pool, PoolSettings, PooledConnection, connect, connect_with, is_unavailable, is_unstorable,
};

/// What functions of this crate answer.
pub use diesel::QueryResult;
