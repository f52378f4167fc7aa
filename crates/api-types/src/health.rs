//! State of the running parts.

use std::collections::BTreeMap;

use dialog_domain::OrderId;
use serde::{Deserialize, Serialize};

/// Answer of `GET /api/health`: 200 when PostgreSQL and Redis answer, 503 otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Overall state.
    pub status: HealthStatus,
    /// Version of the program.
    pub version: String,
    /// Where to write to whoever runs this installation (`ADMIN_EMAIL`).
    #[serde(default)]
    pub contact: Option<String>,
    /// `database` and `redis`.
    pub services: BTreeMap<String, ServiceHealth>,
    /// Services that are optional; an absent one is `notConfigured` and disables only what needs it.
    pub optional: BTreeMap<String, ServiceHealth>,
    /// Editions of the reference data in use.
    pub reference_editions: Vec<EditionHealth>,
    /// Jobs that failed for good and wait for an operator.
    pub failed_jobs: u64,
    /// `datex` and `cifs`.
    #[serde(default)]
    pub feeds: BTreeMap<String, FeedHealth>,
}

/// State of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeedHealth {
    /// Orders that could not be written and wait for an operator; the feed goes on without them.
    pub set_aside: u64,
    /// The first of them.
    pub orders: Vec<OrderId>,
}

/// Overall state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum HealthStatus {
    /// Everything required answers.
    Ok,
    /// Something required does not answer.
    Down,
}

/// State of one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ServiceHealth {
    /// Answers.
    Ok,
    /// Does not answer.
    Down,
    /// The operator did not configure it.
    NotConfigured,
}

/// An edition of the reference data in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EditionHealth {
    /// For instance `town:00001:2026-01-01`.
    pub edition: String,
    /// `communes` or `network`.
    pub kind: String,
    /// Number of streets, or of communes.
    pub items: u64,
}
