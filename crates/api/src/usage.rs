//! Daily counts of the integrators' API, kept in PostgreSQL without making any request wait.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use dialog_db::usage::{self, Count};
use dialog_db::{Pool, QueryResult};
use tokio::sync::Notify;

/// Longest wait for a writer at the end of a process.
const PATIENCE: Duration = Duration::from_secs(2);

/// What comes within this time after a write goes with the next one.
const PAUSE: Duration = Duration::from_secs(1);

/// Counts on their way to PostgreSQL. Clones share them.
///
/// The first is written at once, those that follow together: a busy service writes once per second.
#[derive(Clone, Default)]
pub struct UsageCounter(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    idle: Notify,
    ending: Notify,
}

#[derive(Default)]
struct Waiting {
    counts: HashMap<(NaiveDate, &'static str), i64>,
    is_writing: bool,
    is_ending: bool,
}

impl UsageCounter {
    /// Counts one answer of each of these kinds.
    pub fn add(&self, pool: &Pool, day: NaiveDate, kinds: &[&'static str]) {
        let mut waiting = self.waiting();
        for kind in kinds {
            *waiting.counts.entry((day, kind)).or_default() += 1;
        }
        if !std::mem::replace(&mut waiting.is_writing, true) {
            drop(waiting);
            let (this, pool) = (self.clone(), pool.clone());
            tokio::spawn(async move { this.write(&pool).await });
        }
    }

    /// Writes what is left; at the end of a process.
    pub async fn flush(&self, pool: &Pool) {
        let mut idle = pin!(self.0.idle.notified());
        idle.as_mut().enable();
        self.waiting().is_ending = true;
        self.0.ending.notify_waiters();
        if self.waiting().is_writing {
            // The writer may be gone with its thread.
            let _ = tokio::time::timeout(PATIENCE, idle).await;
        }
        self.write(pool).await;
    }

    async fn write(&self, pool: &Pool) {
        while let Some(batch) = self.take() {
            match store(pool, &batch.counts).await {
                Ok(()) => batch.done(),
                Err(error) => {
                    // A statistic is not worth the memory that waiting for PostgreSQL would take.
                    tracing::warn!(error.cause = %error, "some requests are missing in the daily counts");
                    batch.done();
                }
            }
            self.pause().await;
        }
    }

    /// Waits for more to write, unless the process ends.
    async fn pause(&self) {
        let mut ending = pin!(self.0.ending.notified());
        ending.as_mut().enable();
        if !self.waiting().is_ending {
            let _ = tokio::time::timeout(PAUSE, ending).await;
        }
    }

    /// What there is to write; with nothing the writing ends.
    fn take(&self) -> Option<Batch> {
        let mut waiting = self.waiting();
        waiting.is_writing = !waiting.counts.is_empty();
        if !waiting.is_writing {
            self.0.idle.notify_waiters();
            return None;
        }
        let counts = waiting.counts.drain().map(|((day, kind), count)| Count { day, kind, count }).collect();
        Some(Batch { counter: self.clone(), counts })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts that are being written. Dropped before they are, they wait again.
struct Batch {
    counter: UsageCounter,
    counts: Vec<Count>,
}

impl Batch {
    fn done(mut self) {
        self.counts.clear();
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        if self.counts.is_empty() {
            return;
        }
        let mut waiting = self.counter.waiting();
        for count in self.counts.drain(..) {
            *waiting.counts.entry((count.day, count.kind)).or_default() += count.count;
        }
        waiting.is_writing = false;
        self.counter.0.idle.notify_waiters();
    }
}

async fn store(pool: &Pool, counts: &[Count]) -> QueryResult<()> {
    let mut connection =
        pool.get().await.map_err(|error| diesel::result::Error::QueryBuilderError(error.to_string().into()))?;
    usage::add(&mut connection, counts).await
}
