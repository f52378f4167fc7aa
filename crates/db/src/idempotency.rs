//! Requests that may be sent again without being done again: `Idempotency-Key`.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::cached::Cached;
use crate::schema::idempotency_keys;

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

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
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Bool>)]
        is_fresh: Option<bool>,
    }
    sweep(connection, claim, now).await?;
    let taken = diesel::sql_query("SELECT take_idempotency_key($1, $2, $3, $4) AS is_fresh")
        .bind::<SqlUuid, _>(claim.api_client)
        .bind::<Text, _>(&claim.key)
        .bind::<Binary, _>(claim.request_hash.as_slice())
        .bind::<Timestamptz, _>(now);
    let Some(is_fresh) = Cached(taken).get_result::<Row>(connection).await?.is_fresh else {
        return Ok(Claimed::Busy);
    };
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
