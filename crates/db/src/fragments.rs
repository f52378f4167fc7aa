//! Finished DATEX II: one fragment per order and time state, and those that hold now.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderCategory, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::Stream;

use crate::cached::Cached;
use crate::events::PublicState;
use crate::schema::{current_datex_fragments, datex_fragments};
use crate::words::word;
use crate::{Connection, events};

/// The fragment of an order in one time state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFragment {
    /// `planned`, `active` or `over`.
    pub state: &'static str,
    /// First instant of the state.
    pub valid_from: DateTime<Utc>,
    /// First instant after it.
    pub valid_until: DateTime<Utc>,
    /// A whole XML element.
    pub body: String,
}

/// Replaces the fragments of an order, and makes the one that holds at `now` current.
///
/// # Errors
/// When a query fails.
pub async fn replace(
    connection: &mut Connection,
    order: OrderId,
    version: i32,
    category: OrderCategory,
    fragments: &[NewFragment],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    delete(connection, order).await?;
    insert(connection, order, version, category, fragments, now).await
}

/// Writes the fragments of an order that has none yet, and makes the one that holds at `now` current.
///
/// # Errors
/// When the query fails.
pub async fn insert(
    connection: &mut Connection,
    order: OrderId,
    version: i32,
    category: OrderCategory,
    fragments: &[NewFragment],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let rows: Vec<serde_json::Value> = fragments
        .iter()
        .map(|fragment| {
            serde_json::json!({
                "state": fragment.state,
                "valid_from": fragment.valid_from,
                "valid_until": fragment.valid_until,
                "body": fragment.body,
            })
        })
        .collect();
    let query = diesel::sql_query(
        "WITH written AS (INSERT INTO datex_fragments \
            (order_uuid, state, version_number, category, valid_from, valid_until, body) \
            SELECT $2, state, $3, $4, valid_from, valid_until, body \
            FROM jsonb_to_recordset($1) \
                AS row (state text, valid_from timestamptz, valid_until timestamptz, body text) RETURNING *) \
         INSERT INTO current_datex_fragments (order_uuid, state, category, valid_until, body) \
         SELECT order_uuid, state, category, valid_until, body FROM written WHERE valid_from <= $5 AND $5 < valid_until",
    );
    let query = query
        .bind::<Jsonb, _>(serde_json::Value::Array(rows))
        .bind::<SqlUuid, _>(order.0)
        .bind::<Integer, _>(version)
        .bind::<Text, _>(word(category)?)
        .bind::<Timestamptz, _>(now);
    Cached(query).execute(connection).await.map(drop)
}

/// Removes the fragments of an order.
///
/// # Errors
/// When a query fails.
pub async fn delete(connection: &mut Connection, order: OrderId) -> QueryResult<()> {
    diesel::delete(current_datex_fragments::table.find(order.0)).execute(connection).await?;
    diesel::delete(datex_fragments::table.filter(datex_fragments::order_uuid.eq(order.0)))
        .execute(connection)
        .await
        .map(drop)
}

/// Makes current the fragments that hold at `now` in place of those that do not any more, and answers how many moved.
/// To be called in a transaction.
///
/// # Errors
/// When a query fails.
pub async fn move_due(connection: &mut Connection, now: DateTime<Utc>) -> QueryResult<usize> {
    let moved = diesel::sql_query(
        "UPDATE current_datex_fragments c \
         SET state = f.state, category = f.category, valid_until = f.valid_until, body = f.body \
         FROM datex_fragments f \
         WHERE c.valid_until <= $1 AND f.order_uuid = c.order_uuid AND f.valid_from <= $1 AND $1 < f.valid_until",
    )
    .bind::<Timestamptz, _>(now)
    .execute(connection)
    .await?;
    if moved > 0 {
        events::touch(connection).await?;
    }
    Ok(moved)
}

/// Which orders a feed contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFilter {
    /// Categories of order.
    pub categories: Vec<OrderCategory>,
    /// Whether to give orders that are over.
    pub over: bool,
}

/// What a feed is, before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedHead {
    /// Which state of what is public it shows.
    pub state: PublicState,
    /// Number of orders.
    pub orders: u64,
    /// Bytes of all fragments together.
    pub bytes: u64,
}

/// What the feed is now. One statement: state and size belong together.
///
/// # Errors
/// When the query fails.
pub async fn feed_head(connection: &mut Connection, filter: &FeedFilter) -> QueryResult<FeedHead> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        revision: i64,
        #[diesel(sql_type = Timestamptz)]
        changed_at: DateTime<Utc>,
        #[diesel(sql_type = BigInt)]
        orders: i64,
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    // octet_length reads the size without fetching the text.
    let row = diesel::sql_query(
        "SELECT s.revision, s.changed_at, feed.orders, feed.bytes FROM public_state s, LATERAL ( \
            SELECT count(*) AS orders, COALESCE(sum(octet_length(body)), 0)::bigint AS bytes \
            FROM current_datex_fragments WHERE category = ANY($1) AND ($2 OR state <> 'over')) AS feed",
    )
    .bind::<Array<Text>, _>(categories(filter)?)
    .bind::<Bool, _>(filter.over)
    .get_result::<Row>(connection)
    .await?;
    Ok(FeedHead {
        state: PublicState { revision: row.revision, changed_at: row.changed_at },
        orders: u64::try_from(row.orders).unwrap_or_default(),
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
    })
}

/// The fragments of the feed, in the order of the orders' identifiers, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn feed<'connection>(
    connection: &'connection mut Connection,
    filter: &FeedFilter,
) -> QueryResult<impl Stream<Item = QueryResult<String>> + Send + use<'connection>> {
    let mut query = current_datex_fragments::table
        .filter(current_datex_fragments::category.eq_any(categories(filter)?))
        .order(current_datex_fragments::order_uuid)
        .select(current_datex_fragments::body)
        .into_boxed();
    if !filter.over {
        query = query.filter(current_datex_fragments::state.ne("over"));
    }
    query.load_stream::<String>(connection).await
}

fn categories(filter: &FeedFilter) -> QueryResult<Vec<String>> {
    filter.categories.iter().map(|&category| word(category)).collect()
}
