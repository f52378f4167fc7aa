use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use dialog_db::jobs::{self, NewJob};
use diesel_async::AsyncConnection;
use futures::{FutureExt, StreamExt};
use tokio::sync::{Notify, watch};

use super::{CHANNEL, Job, Periodic};
use crate::app::AppState;

/// How often the table is looked at when nobody wakes the worker.
const POLL: Duration = Duration::from_millis(900);
/// Pause before Redis or PostgreSQL is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Takes jobs and does them, one at a time, until it is told to stop.
pub struct Worker {
    state: AppState,
    kinds: Vec<Box<dyn Job>>,
    periodic: Vec<(Periodic, Option<Instant>)>,
}

impl Worker {
    /// A worker for these kinds of jobs.
    #[must_use]
    pub fn new(state: AppState, kinds: Vec<Box<dyn Job>>, periodic: Vec<Periodic>) -> Self {
        Self { state, kinds, periodic: periodic.into_iter().map(|periodic| (periodic, None)).collect() }
    }

    /// Works until `stop` becomes true; the job under way is finished first.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let awake = Arc::new(Notify::new());
        let listener = tokio::spawn(listen(self.state.clone(), Arc::clone(&awake)));
        while !*stop.borrow() {
            match self.step().await {
                Ok(true) => {}
                Ok(false) => pause(&mut stop, awake.notified(), POLL).await,
                Err(error) => {
                    tracing::warn!(error.cause = format!("{error:#}"), "jobs cannot be taken");
                    pause(&mut stop, std::future::pending(), RETRY).await;
                }
            }
        }
        listener.abort();
    }

    /// Does the next job, if there is one.
    ///
    /// # Errors
    /// When the queue cannot be read or written; a job that fails is no error here.
    pub async fn step(&mut self) -> anyhow::Result<bool> {
        self.enqueue_periodic().await?;
        let names: Vec<&str> = self.kinds.iter().map(|kind| kind.kind()).collect();
        let mut connection = self.state.database.get().await.context("getting a connection")?;
        let Some(job) = jobs::take(&mut connection, &names).await.context("taking a job")? else { return Ok(false) };
        let Some(kind) = self.kinds.iter().find(|kind| kind.kind() == job.kind) else { return Ok(false) };

        let started = Instant::now();
        let outcome = self.work(kind.as_ref(), &mut connection, &job).await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok(()) => tracing::info!(job.id = %job.uuid, job.kind, duration_ms, "job done"),
            Err(error) => {
                let cause = format!("{error:#}");
                if job.attempts < job.max_attempts {
                    tracing::warn!(job.id = %job.uuid, job.kind, job.attempts, error.cause = %cause, "job failed");
                } else {
                    tracing::error!(job.id = %job.uuid, job.kind, job.attempts, error.cause = %cause, "job given up");
                }
                // The connection may have died with the job.
                drop(connection);
                let mut connection = self.state.database.get().await.context("getting a connection")?;
                jobs::fail(&mut connection, &job, &cause).await.context("noting a failure")?;
            }
        }
        Ok(true)
    }

    async fn work(
        &self,
        kind: &dyn Job,
        connection: &mut dialog_db::Connection,
        job: &jobs::Job,
    ) -> anyhow::Result<()> {
        let state = &self.state;
        let transaction = connection.transaction(async move |connection| {
            if jobs::lock(connection, job.uuid).await? {
                kind.run(state, connection, &job.payload).await?;
                jobs::finish(connection, job.uuid).await?;
            }
            anyhow::Ok(())
        });
        AssertUnwindSafe(transaction).catch_unwind().await.unwrap_or_else(|_| Err(anyhow::anyhow!("the job panicked")))
    }

    async fn enqueue_periodic(&mut self) -> anyhow::Result<()> {
        for (periodic, last) in &mut self.periodic {
            if last.is_some_and(|last| last.elapsed() < periodic.every) {
                continue;
            }
            let job = NewJob::new(periodic.kind, serde_json::json!({})).deduplicated("periodic");
            let mut connection = self.state.database.get().await.context("getting a connection")?;
            jobs::enqueue(&mut connection, &job).await.context("enqueuing a periodic job")?;
            *last = Some(Instant::now());
        }
        Ok(())
    }
}

/// Waits until there is something to do, for `longest`, or until `stop`.
async fn pause(stop: &mut watch::Receiver<bool>, awake: impl Future<Output = ()>, longest: Duration) {
    tokio::select! {
        () = awake => {}
        () = tokio::time::sleep(longest) => {}
        // An error means that nobody can stop this worker any more: treat it as a stop at the next look.
        _ = stop.changed() => {}
    }
}

/// Wakes the worker at each message, and comes back when Redis does.
async fn listen(state: AppState, awake: Arc<Notify>) {
    loop {
        match state.redis.subscribe(CHANNEL).await {
            Ok(subscription) => {
                // What was published while nobody listened.
                awake.notify_one();
                let mut messages = subscription.into_on_message();
                while messages.next().await.is_some() {
                    awake.notify_one();
                }
            }
            Err(error) => tracing::debug!(error.cause = %error, "waiting for Redis; jobs are polled meanwhile"),
        }
        tokio::time::sleep(RETRY).await;
    }
}
