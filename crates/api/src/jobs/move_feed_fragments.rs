use std::time::Duration;

use anyhow::Context;
use chrono::{TimeDelta, Utc};
use dialog_db::jobs::{NewJob, enqueue};
use dialog_db::{Connection, fragments};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use super::{Job, Periodic};
use crate::app::AppState;

/// Moves orders that begin or end from one time state of the feeds to the next.
pub struct MoveFeedFragments;

const KIND: &str = "move_feed_fragments";
const EVERY: Duration = Duration::from_secs(10);

/// Looks for what is due soon; what is gets a job of its own at its instant.
pub(super) const PERIODIC: Periodic = Periodic { kind: KIND, every: EVERY };

impl Job for MoveFeedFragments {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(
        &'a self,
        state: &'a AppState,
        connection: &'a mut Connection,
        _: &'a Value,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        async move {
            let now = state.clock.now();
            let moved = fragments::move_due(connection, now).await.context("moving fragments")?;
            if moved > 0 {
                tracing::info!(moved, "orders began or ended in the feeds");
            }
            let soon = TimeDelta::from_std(EVERY).unwrap_or_default();
            if let Some(next) = fragments::next_due(connection).await?.filter(|next| *next - now <= soon) {
                let job = NewJob::new(KIND, serde_json::json!({})).deduplicated("next").at(Utc::now() + (next - now));
                enqueue(connection, &job).await.context("enqueuing the next move")?;
            }
            Ok(())
        }
        .boxed()
    }
}
