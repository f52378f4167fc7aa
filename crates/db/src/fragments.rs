//! Finished fragments of the feeds: what each order is in each of them now, and what it will be later.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderCategory, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::{FutureExt, TryFutureExt};
use uuid::Uuid;

use crate::cached::Cached;
use crate::schema::{coming_feed_fragments, current_feed_fragments};
use crate::words::word;
use crate::{Connection, events, pipeline};

/// A feed made of one fragment per order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeedName {
    /// DATEX II.
    Datex,
    /// CIFS, for Waze.
    Cifs,
}

impl FeedName {
    /// Every feed.
    pub const ALL: [Self; 2] = [Self::Datex, Self::Cifs];

    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Datex => "datex",
            Self::Cifs => "cifs",
        }
    }

    /// The feed of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feed| feed.as_str() == word)
    }
}

/// The fragment of an order in a feed, for a stretch of time. Those of a feed follow each other without gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFragment {
    /// Which feed.
    pub feed: FeedName,
    /// Which edition of the exporter wrote it.
    pub edition: i32,
    /// `planned`, `active` or `over`.
    pub state: &'static str,
    /// First instant of the stretch.
    pub valid_from: DateTime<Utc>,
    /// First instant after it.
    pub valid_until: DateTime<Utc>,
    /// Why the exporter could not write the order; the body is empty then.
    pub set_aside: Option<String>,
    /// Whole XML elements; none: nothing of the order is in the feed meanwhile.
    pub body: String,
}

/// Replaces the fragments of an order, and makes those that hold at `now` current.
///
/// # Errors
/// When a query fails.
pub async fn replace(
    connection: &Connection,
    order: OrderId,
    version: i32,
    category: OrderCategory,
    fragments: &[NewFragment],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let written = insert(connection, order, version, category, fragments, now);
    pipeline([delete(connection, order).boxed(), written.boxed()]).await
}

/// Writes the fragments of an order that has none yet, and makes those that hold at `now` current.
///
/// # Errors
/// When the query fails.
pub async fn insert(
    mut connection: &Connection,
    order: OrderId,
    version: i32,
    category: OrderCategory,
    fragments: &[NewFragment],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let rows: Vec<serde_json::Value> = fragments
        .iter()
        // What is past is never asked for.
        .filter(|fragment| fragment.valid_until > now)
        .map(|fragment| {
            serde_json::json!({
                "feed": fragment.feed.as_str(),
                "edition": fragment.edition,
                "state": fragment.state,
                "valid_from": fragment.valid_from,
                "valid_until": fragment.valid_until,
                "set_aside": fragment.set_aside,
                "body": fragment.body,
            })
        })
        .collect();
    let query = diesel::sql_query(
        "WITH row AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1) AS row (feed text, edition integer, \
            state text, valid_from timestamptz, valid_until timestamptz, set_aside text, body text)), \
         coming AS (INSERT INTO coming_feed_fragments (feed, order_uuid, state, valid_from, valid_until, body) \
            SELECT feed, $2, state, valid_from, valid_until, body FROM row WHERE valid_from > $5) \
         INSERT INTO current_feed_fragments (feed, order_uuid, version_number, state, category, edition, valid_from, \
            valid_until, set_aside, body) \
         SELECT feed, $2, $3, state, $4, edition, valid_from, valid_until, set_aside, body FROM row \
         WHERE valid_from <= $5 AND $5 < valid_until",
    );
    let query = query
        .bind::<Jsonb, _>(serde_json::Value::Array(rows))
        .bind::<SqlUuid, _>(order.0)
        .bind::<Integer, _>(version)
        .bind::<Text, _>(word(category)?)
        .bind::<Timestamptz, _>(now);
    Cached(query).execute(&mut connection).await.map(drop)
}

/// Removes the fragments of an order.
///
/// # Errors
/// When a query fails.
pub async fn delete(connection: &Connection, order: OrderId) -> QueryResult<()> {
    // In the order in which `move_due` takes them.
    let current = diesel::delete(current_feed_fragments::table.filter(current_feed_fragments::order_uuid.eq(order.0)));
    let coming = diesel::delete(
        coming_feed_fragments::table
            .filter(coming_feed_fragments::feed.eq_any(FeedName::ALL.map(FeedName::as_str)))
            .filter(coming_feed_fragments::order_uuid.eq(order.0)),
    );
    let (mut first, mut second) = (connection, connection);
    let current = current.execute(&mut first).map_ok(drop);
    pipeline([current.boxed(), coming.execute(&mut second).map_ok(drop).boxed()]).await
}

/// Makes current the fragments that hold at `now` in place of those that do not any more, and answers how many moved.
/// To be called in a transaction.
///
/// # Errors
/// When a query fails.
pub async fn move_due(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    let moved = diesel::sql_query(
        "WITH due AS MATERIALIZED (SELECT f.* FROM current_feed_fragments c \
            JOIN coming_feed_fragments f USING (feed, order_uuid) WHERE c.valid_until <= $1 AND f.valid_from <= $1), \
         spent AS (DELETE FROM coming_feed_fragments f USING due \
            WHERE f.feed = due.feed AND f.order_uuid = due.order_uuid AND f.valid_from = due.valid_from) \
         UPDATE current_feed_fragments c \
         SET state = due.state, valid_from = due.valid_from, valid_until = due.valid_until, body = due.body \
         FROM due WHERE c.feed = due.feed AND c.order_uuid = due.order_uuid AND $1 < due.valid_until",
    )
    .bind::<Timestamptz, _>(now)
    .execute(connection)
    .await?;
    if moved > 0 {
        events::touch(connection).await?;
    }
    Ok(moved)
}

/// When the next fragment stops holding; `None`: never.
///
/// # Errors
/// When the query fails.
pub async fn next_due(connection: &mut Connection) -> QueryResult<Option<DateTime<Utc>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        next: Option<DateTime<Utc>>,
    }
    let row: Row =
        diesel::sql_query("SELECT min(valid_until) AS next FROM current_feed_fragments").get_result(connection).await?;
    Ok(row.next)
}

/// An order that the exporter of a feed could not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Which feed.
    pub feed: FeedName,
    /// Which order.
    pub order: OrderId,
    /// Which version of it.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// The orders that are set aside, at most `limit` of them.
///
/// # Errors
/// When the query fails.
pub async fn set_aside(connection: &mut Connection, limit: i64) -> QueryResult<Vec<SetAside>> {
    let rows: Vec<(String, Uuid, i32, Option<String>)> = current_feed_fragments::table
        .filter(current_feed_fragments::set_aside.is_not_null())
        .order((current_feed_fragments::feed, current_feed_fragments::order_uuid))
        .limit(limit)
        .select((
            current_feed_fragments::feed,
            current_feed_fragments::order_uuid,
            current_feed_fragments::version_number,
            current_feed_fragments::set_aside,
        ))
        .load(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(feed, order, version, reason)| {
            let feed = FeedName::of(&feed)?;
            Some(SetAside { feed, order: OrderId(order), version, reason: reason? })
        })
        .collect())
}

/// The feeds in which an order is set aside.
///
/// # Errors
/// When the query fails.
pub async fn set_aside_of(connection: &mut Connection, order: OrderId) -> QueryResult<Vec<FeedName>> {
    let feeds: Vec<String> = current_feed_fragments::table
        .filter(current_feed_fragments::order_uuid.eq(order.0))
        .filter(current_feed_fragments::set_aside.is_not_null())
        .select(current_feed_fragments::feed)
        .load(connection)
        .await?;
    Ok(feeds.iter().filter_map(|feed| FeedName::of(feed)).collect())
}

/// How many orders are set aside, per feed.
///
/// # Errors
/// When the query fails.
pub async fn set_aside_counts(connection: &mut Connection) -> QueryResult<Vec<(FeedName, u64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        feed: String,
        #[diesel(sql_type = BigInt)]
        orders: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT feed, count(*) AS orders FROM current_feed_fragments WHERE set_aside IS NOT NULL GROUP BY feed",
    )
    .load(connection)
    .await?;
    let counted = |row: Row| Some((FeedName::of(&row.feed)?, u64::try_from(row.orders).unwrap_or_default()));
    Ok(rows.into_iter().filter_map(counted).collect())
}
