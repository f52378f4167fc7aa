//! What the integration tests share: a database and a Redis prefix per test, the real server on a free port, callers
//! and builders.
//!
//! The services are named by `TEST_DATABASE_URL` (a PostgreSQL superuser) and `TEST_REDIS_URL`; `make test` sets both.
//!
//! * [`TestDatabase`]: always there; the `town` feature adds [`TestDatabase::with_town`];
//! * [`TestApp`] and its callers: with the `app` feature;
//! * [`Addok`]: a real one, when it is installed;
//! * [`S3Server`]: with the `s3` feature.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "part of tests: a broken set-up stops the test with its reason"
)]

mod addok;
#[cfg(feature = "app")]
mod app;
#[cfg(feature = "app")]
mod caller;
mod database;
mod environment;
#[cfg(any(feature = "app", feature = "s3"))]
mod files;
mod postgres;
mod redis;
#[cfg(feature = "app")]
mod response;
#[cfg(feature = "s3")]
mod s3;
mod service;
#[cfg(feature = "town")]
mod town;

pub use addok::Addok;
#[cfg(feature = "app")]
pub use app::{TestApp, TestAppBuilder};
#[cfg(feature = "app")]
pub use caller::TestCaller;
pub use database::TestDatabase;
pub use environment::{redis_url, server_url, shared_dir};
pub use postgres::PrivatePostgres;
pub use redis::RedisPrefix;
#[cfg(feature = "app")]
pub use response::TestResponse;
#[cfg(feature = "s3")]
pub use s3::S3Server;
pub use service::{PrivateRedis, Proxy, free_port};
#[cfg(feature = "app")]
pub use town::demonstrate;
