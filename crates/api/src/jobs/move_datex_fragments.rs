use std::time::Duration;

use anyhow::Context;
use dialog_db::{Connection, fragments};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use super::{Job, Periodic};
use crate::app::AppState;

/// Moves orders that begin or end from one time state of the DATEX II feed to the next.
pub struct MoveDatexFragments;

const KIND: &str = "move_datex_fragments";

/// How late the feed may be.
pub(super) const PERIODIC: Periodic = Periodic { kind: KIND, every: Duration::from_secs(10) };

impl Job for MoveDatexFragments {
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
            let moved = fragments::move_due(connection, state.clock.now()).await.context("moving fragments")?;
            if moved > 0 {
                tracing::info!(moved, "orders began or ended in the DATEX II feed");
            }
            Ok(())
        }
        .boxed()
    }
}
