//! The queue of work for the worker process.
//!
//! A job is enqueued in the transaction that causes it. A worker first [`take`]s a job, which counts the attempt and
//! puts the next one off, then [`lock`]s it in the transaction that does the work and [`finish`]es it there: the work
//! and the removal of the job happen together or not at all, and a worker that dies leaves a job that comes back.

use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::schema::jobs;

/// A job as it is stored.
#[derive(Clone, Debug, PartialEq, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = jobs, check_for_backend(diesel::pg::Pg))]
pub struct Job {
    /// Identifier.
    pub uuid: Uuid,
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: serde_json::Value,
    /// Two waiting jobs of a kind with the same key are one; empty once taken.
    pub deduplication_key: Option<String>,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// Attempts begun so far.
    pub attempts: i32,
    /// After so many the job has failed for good.
    pub max_attempts: i32,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When the last attempt failed for good.
    pub failed_at: Option<DateTime<Utc>>,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
}

/// A job to enqueue.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: serde_json::Value,
    /// Two waiting jobs of a kind with the same key are one.
    pub deduplication_key: Option<String>,
    /// Not before; `None`: now.
    pub run_at: Option<DateTime<Utc>>,
    /// After so many it has failed for good.
    pub max_attempts: i32,
}

impl NewJob {
    /// A job to do now.
    #[must_use]
    pub fn new(kind: &str, payload: serde_json::Value) -> Self {
        Self { kind: kind.to_owned(), payload, deduplication_key: None, run_at: None, max_attempts: 8 }
    }

    /// The same job, one with any waiting job of its kind with the same key.
    #[must_use]
    pub fn deduplicated(mut self, key: impl Into<String>) -> Self {
        self.deduplication_key = Some(key.into());
        self
    }

    /// The same job, tried so many times: 8 by default, which take ten minutes; 32 take a day.
    #[must_use]
    pub fn attempts(mut self, max_attempts: i32) -> Self {
        self.max_attempts = max_attempts;
        self
    }

    /// The same job, not before `instant`.
    #[must_use]
    pub fn at(mut self, instant: DateTime<Utc>) -> Self {
        self.run_at = Some(instant);
        self
    }
}

/// Pause after the attempt number `attempts` before the next one: 5 s, doubled each time, at most an hour.
#[must_use]
pub fn delay_after(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(16);
    Duration::from_secs(5 * 2_u64.pow(doublings)).min(Duration::from_secs(3600))
}

/// Enqueues a job; it exists when the caller's transaction commits.
///
/// With a deduplication key the waiting job stays locked until then, so that it cannot run before what the caller
/// wrote is visible: enqueue last, just before committing. The earlier of the two dates is kept.
///
/// # Errors
/// When the query fails.
pub async fn enqueue(connection: &mut Connection, job: &NewJob) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO jobs (uuid, kind, payload, deduplication_key, run_at, max_attempts) \
         VALUES ($1, $2, $3, $4, COALESCE($5, now()), $6) \
         ON CONFLICT (kind, deduplication_key) WHERE failed_at IS NULL \
         DO UPDATE SET run_at = LEAST(jobs.run_at, excluded.run_at), payload = excluded.payload",
    )
    .bind::<diesel::sql_types::Uuid, _>(Uuid::now_v7())
    .bind::<Text, _>(&job.kind)
    .bind::<Jsonb, _>(&job.payload)
    .bind::<Nullable<Text>, _>(&job.deduplication_key)
    .bind::<Nullable<Timestamptz>, _>(job.run_at)
    .bind::<Integer, _>(job.max_attempts)
    .execute(connection)
    .await
    .map(drop)
}

/// Gives up a waiting job of a kind by its deduplication key. `false`: a worker has taken it, or it never was.
///
/// # Errors
/// When the query fails.
pub async fn cancel(connection: &mut Connection, kind: &str, key: &str) -> QueryResult<bool> {
    let waiting = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::deduplication_key.eq(key));
    diesel::delete(waiting.filter(jobs::failed_at.is_null())).execute(connection).await.map(|deleted| deleted > 0)
}

/// Takes the job that has waited longest among those that are due and of one of these kinds, counts the attempt and
/// puts the next one off by [`delay_after`]. Outside a transaction: what it writes must last.
///
/// # Errors
/// When the query fails.
pub async fn take(connection: &mut Connection, kinds: &[&str]) -> QueryResult<Option<Job>> {
    diesel::sql_query(
        "UPDATE jobs SET attempts = attempts + 1, deduplication_key = NULL, \
             run_at = now() + LEAST(5 * 2 ^ LEAST(attempts, 16), 3600) * interval '1 second' \
         WHERE uuid = (SELECT uuid FROM jobs WHERE failed_at IS NULL AND run_at <= now() AND kind = ANY($1) \
             ORDER BY run_at, uuid LIMIT 1 FOR UPDATE SKIP LOCKED) \
         RETURNING *",
    )
    .bind::<diesel::sql_types::Array<Text>, _>(kinds)
    .get_result(connection)
    .await
    .optional()
}

/// Locks a job that was taken, in the transaction that does its work. `false`: it is gone or another worker works on it.
///
/// # Errors
/// When the query fails.
pub async fn lock(connection: &mut Connection, uuid: Uuid) -> QueryResult<bool> {
    jobs::table
        .find(uuid)
        .filter(jobs::failed_at.is_null())
        .select(jobs::uuid)
        .for_update()
        .skip_locked()
        .first::<Uuid>(connection)
        .await
        .optional()
        .map(|found| found.is_some())
}

/// Removes a job that is done, in the transaction that did its work.
///
/// # Errors
/// When the query fails.
pub async fn finish(connection: &mut Connection, uuid: Uuid) -> QueryResult<()> {
    diesel::delete(jobs::table.find(uuid)).execute(connection).await.map(drop)
}

/// Notes why an attempt failed. After the last attempt the job stays, marked as failed.
///
/// # Errors
/// When the query fails.
pub async fn fail(connection: &mut Connection, job: &Job, error: &str) -> QueryResult<()> {
    let row = jobs::table.find(job.uuid);
    if job.attempts < job.max_attempts {
        diesel::update(row).set(jobs::last_error.eq(error)).execute(connection).await.map(drop)
    } else {
        diesel::update(row)
            .set((jobs::last_error.eq(error), jobs::failed_at.eq(now.into_sql::<Timestamptz>().nullable())))
            .execute(connection)
            .await
            .map(drop)
    }
}

/// Number of jobs that failed for good.
///
/// # Errors
/// When the query fails.
pub async fn failed_count(connection: &mut Connection) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        failed: i64,
    }
    diesel::sql_query("SELECT count(*) AS failed FROM jobs WHERE failed_at IS NOT NULL")
        .get_result::<Row>(connection)
        .await
        .map(|row| u64::try_from(row.failed).unwrap_or_default())
}

/// Every job of a kind, in order of creation; for operators and tests.
///
/// # Errors
/// When the query fails.
pub async fn list(connection: &mut Connection, kind: &str) -> QueryResult<Vec<Job>> {
    jobs::table
        .filter(jobs::kind.eq(kind))
        .order((jobs::created_at, jobs::uuid))
        .select(Job::as_select())
        .load(connection)
        .await
}
