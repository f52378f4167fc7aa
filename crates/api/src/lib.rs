//! The HTTP API, the worker and the commands of the `dialog` binary.
//!
//! A request goes through [`middleware`] (request id, log, errors, limits, credentials), reaches a handler in
//! [`routes`], which takes what it needs through [`extract`], calls one function of [`services`] and shapes the answer.
//! Transactions and authorisation live in [`services`]; every error is a [`problem::Problem`].

pub mod app;
pub mod clock;
pub mod commands;
pub mod config;
pub mod contract;
pub mod demo;
pub mod extract;
pub mod jobs;
pub mod json;
pub mod middleware;
pub mod openapi;
pub mod password;
pub mod problem;
pub mod redis;
pub mod routes;
pub mod secrets;
pub mod server;
pub mod services;
pub mod session;
pub mod storage;
pub mod telemetry;
pub mod throttle;
pub mod usage;

pub use app::AppState;
pub use problem::Problem;
