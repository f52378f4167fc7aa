//! Upkeep of the feeds. Each does its work in transactions of its own: what is done stays done, and readers are not kept
//! waiting for the end.

use std::time::Duration;

use dialog_db::Connection;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use super::{Job, Periodic};
use crate::app::AppState;
use crate::services::feeds::upkeep;

/// Compresses the parts of the feeds that changed.
pub struct CompressFeedParts;
/// Compresses by brotli the feeds that have not changed for a while.
pub struct CompressWholeFeeds;
/// Writes again what an older release wrote.
pub struct RenderFeeds;

const PARTS: &str = "compress_feed_parts";
const WHOLE: &str = "compress_whole_feeds";
const RENDER: &str = "render_feeds";

/// How often to look. Until then whoever reads a part that changed compresses it himself.
pub(super) const PERIODIC: [Periodic; 3] = [
    Periodic { kind: RENDER, every: Duration::from_secs(600) },
    Periodic { kind: PARTS, every: Duration::from_secs(5) },
    Periodic { kind: WHOLE, every: Duration::from_secs(30) },
];

macro_rules! upkeep {
    ($job:ty, $kind:expr, $work:path, $told:literal) => {
        impl Job for $job {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn run<'a>(
                &'a self,
                state: &'a AppState,
                _: &'a mut Connection,
                _: &'a Value,
            ) -> BoxFuture<'a, anyhow::Result<()>> {
                async move {
                    let count = $work(state).await?;
                    if count > 0 {
                        tracing::info!(count, $told);
                    }
                    Ok(())
                }
                .boxed()
            }
        }
    };
}

upkeep!(CompressFeedParts, PARTS, upkeep::compress_parts, "parts of the feeds are compressed");
upkeep!(CompressWholeFeeds, WHOLE, upkeep::compress_whole, "feeds are compressed whole");
upkeep!(RenderFeeds, RENDER, upkeep::render_outdated, "orders were written again for the feeds");
