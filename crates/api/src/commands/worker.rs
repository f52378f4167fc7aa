//! `dialog worker`.

use std::time::Duration;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::app::AppState;
use crate::clock::Clock;
use crate::config::Config;
use crate::jobs::{self, Worker};

/// The job under way gets this long to finish after SIGTERM; the platform kills the process after 30 s. A job that is
/// cut short is rolled back and comes back.
const DRAIN: Duration = Duration::from_secs(25);

/// Does jobs until SIGTERM.
///
/// # Errors
/// When signals cannot be received, or the job under way did not finish in time.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("listening to SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening to SIGINT")?;
    let state = AppState::with_statement_timeout(config, Clock::system(), None)?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(Worker::new(state, jobs::kinds(), jobs::periodic()).run(stopped));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the worker is waiting for jobs");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    stop.send_replace(true);
    tokio::time::timeout(DRAIN, worker).await.context("the job under way did not finish in time")??;
    tracing::info!("the worker has stopped");
    Ok(())
}
