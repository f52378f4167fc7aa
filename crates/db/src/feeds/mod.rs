//! What a feed is now: the fragments that hold, of the orders that are asked for.

pub mod brotli;
pub(crate) mod clauses;
mod filter;
mod groups;

use chrono::{DateTime, Utc};
use dialog_domain::OrderId;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures::{Stream, TryStreamExt};
use uuid::Uuid;

pub use filter::{Admitted, FeedFilter, Matching, OrganizationKey};
pub use groups::{Bounds, Group, NewGroup, Segment, absorb_next, drop_marks, groups, mark, rewrite, segments, stale};

use crate::Connection;
use crate::fragments::FeedName;
use crate::schema::{current_feed_fragments, order_versions, orders, public_orders};
use crate::versions::{Version, VersionRow};

/// How much a feed holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedSize {
    /// Number of orders.
    pub orders: u64,
    /// Bytes of all fragments together.
    pub bytes: u64,
}

/// How much of a feed passes a filter.
///
/// # Errors
/// When the query fails.
pub async fn size(connection: &mut Connection, feed: FeedName, filter: &FeedFilter) -> QueryResult<FeedSize> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        orders: i64,
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let matching = Matching::orders(feed, filter);
    // octet_length reads the size without fetching the text.
    let query = diesel::sql_query(format!(
        "SELECT count(*) AS orders, COALESCE(sum(octet_length(c.body)), 0)::bigint AS bytes \
         FROM current_feed_fragments c WHERE c.body <> '' AND {}",
        matching.sql()
    ));
    let row: Row = matching.bind(query).get_result(connection).await?;
    let positive = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(FeedSize { orders: positive(row.orders), bytes: positive(row.bytes) })
}

/// Lets the statements of a transaction take as long as their reader does. One that answers everything is read in the
/// order of its index, from its first row on, instead of being sorted first.
///
/// # Errors
/// When the query fails.
pub async fn prepare_to_stream(connection: &mut Connection, is_everything: bool) -> QueryResult<()> {
    let order = if is_everything { "SET LOCAL enable_sort = off" } else { "" };
    connection.batch_execute(&format!("SET LOCAL statement_timeout = 0; SET LOCAL jit = off; {order}")).await
}

/// The fragments of the feed that pass a filter, in the order of the orders' identifiers, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn bodies<'connection>(
    connection: &'connection mut Connection,
    feed: FeedName,
    filter: &FeedFilter,
) -> QueryResult<impl Stream<Item = QueryResult<String>> + Send + use<'connection>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        body: String,
    }
    let matching = Matching::orders(feed, filter);
    let query = diesel::sql_query(format!(
        "SELECT c.body FROM current_feed_fragments c WHERE c.body <> '' AND {} ORDER BY c.order_uuid",
        matching.sql()
    ));
    let rows = matching.bind(query).load_stream::<Row>(connection).await?;
    Ok(rows.map_ok(|row| row.body))
}

/// Same as [`bodies`] without filter, of the orders within bounds, at most `limit` of them.
///
/// # Errors
/// When the query fails.
pub async fn bodies_within(
    connection: &mut Connection,
    feed: FeedName,
    bounds: Bounds,
    limit: Option<i64>,
) -> QueryResult<impl Stream<Item = QueryResult<(Uuid, String)>> + Send + use<'_>> {
    let query = current_feed_fragments::table
        .filter(current_feed_fragments::feed.eq(feed.as_str()))
        .filter(current_feed_fragments::order_uuid.ge(bounds.first))
        .filter(current_feed_fragments::order_uuid.lt(bounds.next))
        .filter(current_feed_fragments::state.ne("over"))
        .filter(current_feed_fragments::body.ne(""))
        .order(current_feed_fragments::order_uuid)
        .select((current_feed_fragments::order_uuid, current_feed_fragments::body))
        .into_boxed();
    let query = match limit {
        Some(limit) => query.limit(limit),
        None => query,
    };
    query.load_stream::<(Uuid, String)>(connection).await
}

/// The fragment of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Which version of the order it tells.
    pub version: i32,
    /// Since when it is so.
    pub since: DateTime<Utc>,
    /// Whole elements; may be empty.
    pub body: String,
}

/// What an order is now in a feed; `None`: it is not public.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, feed: FeedName, order: OrderId) -> QueryResult<Option<Current>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        version: i32,
        #[diesel(sql_type = Timestamptz)]
        since: DateTime<Utc>,
        #[diesel(sql_type = Text)]
        body: String,
    }
    // It changed when its version was published, when its document did, or when time moved it.
    let row: Option<Row> = diesel::sql_query(
        "SELECT c.version_number AS version, greatest(c.valid_from, p.changed_at) AS since, c.body \
         FROM current_feed_fragments c JOIN public_orders p ON p.order_uuid = c.order_uuid \
         WHERE c.feed = $1 AND c.order_uuid = $2",
    )
    .bind::<Text, _>(feed.as_str())
    .bind::<SqlUuid, _>(order.0)
    .get_result(connection)
    .await
    .optional()?;
    Ok(row.map(|row| Current { version: row.version, since: row.since, body: row.body }))
}

/// The versions that a feed shows of the orders that pass a filter, in the order of the orders' identifiers.
///
/// # Errors
/// When the query fails.
pub async fn versions<'connection>(
    connection: &'connection mut Connection,
    feed: FeedName,
    filter: &FeedFilter,
) -> QueryResult<impl Stream<Item = QueryResult<(OrderId, Version)>> + Send + use<'connection>> {
    let matching = Matching::orders(feed, filter);
    let query = diesel::sql_query(format!(
        "SELECT v.* FROM current_feed_fragments c \
         JOIN order_versions v ON v.order_uuid = c.order_uuid AND v.number = c.version_number \
         WHERE {} ORDER BY c.order_uuid",
        matching.sql()
    ));
    let rows = matching.bind(query).load_stream::<VersionRow>(connection).await?;
    Ok(rows.and_then(|row| std::future::ready(row.into_version())))
}

/// Orders whose fragments an older edition of an exporter wrote, or none did: at most `limit`.
///
/// # Errors
/// When the query fails.
pub async fn outdated(
    connection: &mut Connection,
    editions: &[(FeedName, i32)],
    limit: i64,
) -> QueryResult<Vec<OrderId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        uuid: Uuid,
    }
    let (feeds, numbers): (Vec<&str>, Vec<i32>) =
        editions.iter().map(|(feed, edition)| (feed.as_str(), *edition)).unzip();
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT o.uuid FROM orders o WHERE o.published_version IS NOT NULL AND o.deleted_at IS NULL AND EXISTS ( \
            SELECT FROM unnest($1, $2) AS wanted (feed, edition) LEFT JOIN current_feed_fragments c \
                ON c.feed = wanted.feed AND c.order_uuid = o.uuid \
            WHERE c.edition IS DISTINCT FROM wanted.edition) \
         ORDER BY o.uuid LIMIT $3",
    )
    .bind::<diesel::sql_types::Array<Text>, _>(feeds)
    .bind::<diesel::sql_types::Array<Integer>, _>(numbers)
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| OrderId(row.uuid)).collect())
}

/// Says that what is public of an order changed, without a new version.
///
/// # Errors
/// When the query fails.
pub async fn mark_changed(connection: &mut Connection, order: OrderId, at: DateTime<Utc>) -> QueryResult<()> {
    let changed = diesel::update(public_orders::table.find(order.0)).set(public_orders::changed_at.eq(at));
    changed.execute(connection).await.map(drop)
}

/// Locks an order that is public, so that nobody publishes it meanwhile, and answers the version that is with when it
/// changed last; `None` when it is gone.
///
/// # Errors
/// When a query fails.
pub async fn lock_published(
    connection: &mut Connection,
    order: OrderId,
) -> QueryResult<Option<(Version, DateTime<Utc>)>> {
    let number: Option<Option<i32>> = orders::table
        .find(order.0)
        .filter(orders::deleted_at.is_null())
        .select(orders::published_version)
        .for_update()
        .first(connection)
        .await
        .optional()?;
    let Some(number) = number.flatten() else { return Ok(None) };
    let changed_at: Option<DateTime<Utc>> =
        public_orders::table.find(order.0).select(public_orders::changed_at).first(connection).await.optional()?;
    let version: Option<Version> = order_versions::table
        .find((order.0, number))
        .select(VersionRow::as_select())
        .first(connection)
        .await
        .optional()?
        .map(|row| row.into_version().map(|(_, version)| version))
        .transpose()?;
    Ok(version.map(|version| {
        let changed_at = changed_at.unwrap_or(version.published_at);
        (version, changed_at)
    }))
}
