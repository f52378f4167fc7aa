//! A feed compressed by brotli, whole, for one state of it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Integer, Text};
use diesel_async::RunQueryDsl;
use futures::{Stream, TryStreamExt};

use crate::Connection;
use crate::fragments::FeedName;

/// Which state it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// `public_state.revision`.
    pub revision: i64,
    /// What surrounds the orders, as a tag.
    pub envelope: String,
}

/// Its length; `None` when there is none of this state.
///
/// # Errors
/// When the query fails.
pub async fn length(connection: &mut Connection, feed: FeedName, edition: &Edition) -> QueryResult<Option<u64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let row: Row = diesel::sql_query(
        "SELECT COALESCE(sum(octet_length(body)), 0)::bigint AS bytes FROM feed_brotli \
         WHERE feed = $1 AND revision = $2 AND envelope = $3",
    )
    .bind::<Text, _>(feed.as_str())
    .bind::<BigInt, _>(edition.revision)
    .bind::<Text, _>(&edition.envelope)
    .get_result(connection)
    .await?;
    Ok(u64::try_from(row.bytes).ok().filter(|bytes| *bytes > 0))
}

/// Its bytes, in their order, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn parts(
    connection: &mut Connection,
    feed: FeedName,
) -> QueryResult<impl Stream<Item = QueryResult<Vec<u8>>> + Send + use<'_>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Binary)]
        body: Vec<u8>,
    }
    let rows = diesel::sql_query("SELECT body FROM feed_brotli WHERE feed = $1 ORDER BY part")
        .bind::<Text, _>(feed.as_str())
        .load_stream::<Row>(connection)
        .await?;
    Ok(rows.map_ok(|row| row.body))
}

/// Removes what was compressed of a feed.
///
/// # Errors
/// When the query fails.
pub async fn delete(connection: &mut Connection, feed: FeedName) -> QueryResult<()> {
    let query = diesel::sql_query("DELETE FROM feed_brotli WHERE feed = $1").bind::<Text, _>(feed.as_str());
    query.execute(connection).await.map(drop)
}

/// Adds a part.
///
/// # Errors
/// When the query fails.
pub async fn add(
    connection: &mut Connection,
    feed: FeedName,
    edition: &Edition,
    part: i32,
    body: &[u8],
) -> QueryResult<()> {
    diesel::sql_query("INSERT INTO feed_brotli (feed, part, revision, envelope, body) VALUES ($1, $2, $3, $4, $5)")
        .bind::<Text, _>(feed.as_str())
        .bind::<Integer, _>(part)
        .bind::<BigInt, _>(edition.revision)
        .bind::<Text, _>(&edition.envelope)
        .bind::<Binary, _>(body)
        .execute(connection)
        .await
        .map(drop)
}
