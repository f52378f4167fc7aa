//! Work done outside requests.
//!
//! A kind of job implements [`Job`] and stands in [`kinds`]. It is enqueued with [`dialog_db::jobs::enqueue`] in the
//! transaction that causes it; [`wake`] after the commit saves the worker's next look at the table.

mod keep_feeds;
mod move_feed_fragments;
mod remove_stored_file;
mod worker;

use std::time::Duration;

use dialog_db::Connection;
use futures::future::BoxFuture;
use serde_json::Value;

use crate::app::AppState;

pub use keep_feeds::{CompressFeedParts, CompressWholeFeeds, RenderFeeds};
pub use move_feed_fragments::MoveFeedFragments;
pub use remove_stored_file::RemoveStoredFile;
pub use worker::Worker;

/// Channel on which workers are woken.
const CHANNEL: &str = "jobs";

/// A kind of job.
pub trait Job: Send + Sync {
    /// Name under which it is enqueued.
    fn kind(&self) -> &'static str;

    /// Does the work on `connection`, which is in a transaction that also removes the job: all of it or nothing. An
    /// error is noted on the job, which is tried again later.
    fn run<'a>(
        &'a self,
        state: &'a AppState,
        connection: &'a mut Connection,
        payload: &'a Value,
    ) -> BoxFuture<'a, anyhow::Result<()>>;
}

/// A job that workers enqueue by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Periodic {
    /// Which kind, with an empty payload. While one waits, no other is enqueued.
    pub kind: &'static str,
    /// How often.
    pub every: Duration,
}

/// Every kind of job that a worker does.
#[must_use]
pub fn kinds() -> Vec<Box<dyn Job>> {
    vec![
        Box::new(MoveFeedFragments),
        Box::new(CompressFeedParts),
        Box::new(CompressWholeFeeds),
        Box::new(RenderFeeds),
        Box::new(RemoveStoredFile),
    ]
}

/// Every job that workers enqueue by themselves.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    let mut all = vec![move_feed_fragments::PERIODIC];
    all.extend(keep_feeds::PERIODIC);
    all
}

/// Tells the workers that there is something to do. Without Redis they find it within a second by themselves.
pub async fn wake(state: &AppState) {
    if let Err(error) = state.redis.publish(CHANNEL).await {
        tracing::debug!(error.cause = %error, "the workers could not be woken");
    }
}
