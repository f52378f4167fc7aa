//! What a feed is now: the fragments that hold, of the orders that are asked for.

use chrono::{DateTime, Utc};
use dialog_domain::OrderCategory;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use futures::Stream;

use crate::Connection;
use crate::events::PublicState;
use crate::fragments::FeedName;
use crate::schema::current_feed_fragments;
use crate::words::word;

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
pub async fn head(connection: &mut Connection, feed: FeedName, filter: &FeedFilter) -> QueryResult<FeedHead> {
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
            FROM current_feed_fragments \
            WHERE feed = $1 AND category = ANY($2) AND ($3 OR state <> 'over') AND body <> '') AS feed",
    )
    .bind::<Text, _>(feed.as_str())
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
pub async fn bodies<'connection>(
    connection: &'connection mut Connection,
    feed: FeedName,
    filter: &FeedFilter,
) -> QueryResult<impl Stream<Item = QueryResult<String>> + Send + use<'connection>> {
    let mut query = current_feed_fragments::table
        .filter(current_feed_fragments::feed.eq(feed.as_str()))
        .filter(current_feed_fragments::category.eq_any(categories(filter)?))
        .filter(current_feed_fragments::body.ne(""))
        .order(current_feed_fragments::order_uuid)
        .select(current_feed_fragments::body)
        .into_boxed();
    if !filter.over {
        query = query.filter(current_feed_fragments::state.ne("over"));
    }
    query.load_stream::<String>(connection).await
}

fn categories(filter: &FeedFilter) -> QueryResult<Vec<String>> {
    filter.categories.iter().map(|&category| word(category)).collect()
}
