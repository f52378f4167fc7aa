//! Requests that may be sent again without being done again: `Idempotency-Key`.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Integer, Timestamptz};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

use crate::Connection;
use crate::schema::idempotency_keys;

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

/// How long a request waits for the one with the same key that is being done.
const PATIENCE: &str = "10s";

/// Outdated answers that a request removes on its way.
const SWEPT: i32 = 100;

/// A key, and the request that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose key it is.
    pub api_client: Uuid,
    /// The key.
    pub key: String,
    /// SHA-256 of the request.
    pub request_hash: [u8; 32],
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Claimed {
    /// Nothing: the request is to be done. Until the transaction ends, others with the same key wait.
    Fresh,
    /// The request was done and answered so.
    Answered(serde_json::Value),
    /// The key stands for another request.
    Taken,
    /// A request with the same key is still being done.
    Busy,
}

/// Looks a key up, and takes it when it is free, in the transaction that will do the request.
///
/// # Errors
/// When a query fails.
pub async fn claim(connection: &mut Connection, claim: &Claim, now: DateTime<Utc>) -> QueryResult<Claimed> {
    sweep(connection, claim, now).await?;
    connection.batch_execute(&format!("SET LOCAL lock_timeout = '{PATIENCE}'")).await?;
    // A row of a transaction under way is waited for.
    let taken = diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::api_client_uuid.eq(claim.api_client),
            idempotency_keys::key.eq(&claim.key),
            idempotency_keys::request_hash.eq(claim.request_hash.as_slice()),
            idempotency_keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await;
    let is_fresh = match taken {
        Ok(rows) => rows == 1,
        Err(error) if is_lock_timeout(&error) => return Ok(Claimed::Busy),
        Err(error) => return Err(error),
    };
    connection.batch_execute("SET LOCAL lock_timeout = 0").await?;
    if is_fresh {
        return Ok(Claimed::Fresh);
    }
    let known: Option<(Vec<u8>, Option<serde_json::Value>)> = idempotency_keys::table
        .find((claim.api_client, &claim.key))
        .select((idempotency_keys::request_hash, idempotency_keys::answer))
        .first(connection)
        .await
        .optional()?;
    Ok(match known {
        Some((hash, _)) if hash != claim.request_hash => Claimed::Taken,
        Some((_, Some(answer))) => Claimed::Answered(answer),
        // Swept in between: the next attempt finds it free.
        Some((_, None)) | None => Claimed::Busy,
    })
}

/// Keeps the answer to the request that took the key.
///
/// # Errors
/// When the query fails.
pub async fn answer(connection: &mut Connection, claim: &Claim, answer: &serde_json::Value) -> QueryResult<()> {
    diesel::update(idempotency_keys::table.find((claim.api_client, &claim.key)))
        .set(idempotency_keys::answer.eq(answer))
        .execute(connection)
        .await
        .map(drop)
}

/// Removes the key when it is outdated, and some others that are.
async fn sweep(connection: &mut Connection, claim: &Claim, now: DateTime<Utc>) -> QueryResult<()> {
    let limit = now - KEPT;
    diesel::delete(
        idempotency_keys::table.find((claim.api_client, &claim.key)).filter(idempotency_keys::created_at.lt(limit)),
    )
    .execute(connection)
    .await?;
    diesel::sql_query(
        "DELETE FROM idempotency_keys WHERE ctid = ANY(ARRAY(SELECT ctid FROM idempotency_keys \
            WHERE created_at < $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED))",
    )
    .bind::<Timestamptz, _>(limit)
    .bind::<Integer, _>(SWEPT)
    .execute(connection)
    .await
    .map(drop)
}

fn is_lock_timeout(error: &QueryError) -> bool {
    matches!(error, QueryError::DatabaseError(_, information) if information.message().contains("lock timeout"))
}
