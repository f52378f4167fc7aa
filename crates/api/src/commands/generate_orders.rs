//! `dialog generate-orders`: published orders for benchmarks and demonstrations.

use anyhow::Context;
use indicatif::ProgressBar;

use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::services::generation::{Generation, generate};

/// Publishes generated orders, and says how far it is.
///
/// # Errors
/// In production, when the organization or its streets are not there, or when PostgreSQL fails.
pub async fn run(config: Config, generation: &Generation) -> anyhow::Result<()> {
    let state = AppState::new(config, Clock::system()).context("building the state")?;
    let progress = ProgressBar::new(u64::try_from(generation.count).unwrap_or(u64::MAX));
    let outcome =
        generate(&state, generation, |done| progress.set_position(u64::try_from(done).unwrap_or(u64::MAX))).await;
    progress.finish();
    outcome
}
