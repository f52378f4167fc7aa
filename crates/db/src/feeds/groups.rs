//! A feed compressed in parts that are kept as long as nothing in them changes.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::Stream;
use uuid::Uuid;

use crate::Connection;
use crate::fragments::FeedName;
use crate::schema::{feed_groups, feed_marks};

/// Identifiers of orders from `first` up to `next`, which is no more among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first.
    pub first: Uuid,
    /// The first one after.
    pub next: Uuid,
}

impl Bounds {
    /// Every identifier.
    pub const ALL: Self = Self { first: Uuid::nil(), next: Uuid::max() };
}

/// A part of a feed, without its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which orders it holds.
    pub bounds: Bounds,
    /// How many of them are in the feed, now.
    pub orders: u64,
    /// Bytes of their fragments, a line feed after each, now.
    pub bytes: u64,
    /// CRC-32 of what is compressed.
    pub crc: u32,
    /// Bytes of what is compressed.
    pub compressed: u64,
    /// Whether something changed since it was compressed.
    pub is_stale: bool,
}

/// The parts of a feed, which hold every identifier together.
///
/// # Errors
/// When the query fails.
pub async fn groups(connection: &mut Connection, feed: FeedName) -> QueryResult<Vec<Group>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        first_order: Uuid,
        #[diesel(sql_type = SqlUuid)]
        next_order: Uuid,
        #[diesel(sql_type = BigInt)]
        orders: i64,
        #[diesel(sql_type = BigInt)]
        bytes: i64,
        #[diesel(sql_type = BigInt)]
        crc: i64,
        #[diesel(sql_type = BigInt)]
        compressed: i64,
        #[diesel(sql_type = Bool)]
        is_stale: bool,
    }
    // What a stale part holds now is counted; the others know it.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT g.first_order, g.next_order, CASE WHEN g.is_stale THEN present.orders ELSE g.orders END AS orders, \
            CASE WHEN g.is_stale THEN present.bytes ELSE g.bytes END AS bytes, g.crc, \
            octet_length(g.deflate)::bigint AS compressed, g.is_stale \
         FROM (SELECT *, EXISTS (SELECT FROM feed_marks m WHERE m.feed = feed_groups.feed \
                AND m.order_uuid >= first_order AND m.order_uuid < next_order) AS is_stale \
            FROM feed_groups WHERE feed = $1) AS g, \
         LATERAL (SELECT count(*) AS orders, COALESCE(sum(octet_length(c.body) + 1), 0)::bigint AS bytes \
            FROM current_feed_fragments c WHERE g.is_stale AND c.feed = g.feed AND c.order_uuid >= g.first_order \
                AND c.order_uuid < g.next_order AND c.state <> 'over' AND c.body <> '') AS present \
         ORDER BY g.first_order",
    )
    .bind::<Text, _>(feed.as_str())
    .load(connection)
    .await?;
    let positive = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| Group {
            bounds: Bounds { first: row.first_order, next: row.next_order },
            orders: positive(row.orders),
            bytes: positive(row.bytes),
            crc: u32::try_from(row.crc).unwrap_or_default(),
            compressed: positive(row.compressed),
            is_stale: row.is_stale,
        })
        .collect())
}

/// The compressed bytes of the parts within bounds, in their order, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn segments(
    connection: &mut Connection,
    feed: FeedName,
    bounds: Bounds,
) -> QueryResult<impl Stream<Item = QueryResult<Vec<u8>>> + Send + use<'_>> {
    feed_groups::table
        .filter(feed_groups::feed.eq(feed.as_str()))
        .filter(feed_groups::first_order.ge(bounds.first))
        .filter(feed_groups::first_order.lt(bounds.next))
        .order(feed_groups::first_order)
        .select(feed_groups::deflate)
        .load_stream::<Vec<u8>>(connection)
        .await
}

/// A part of a feed that tells nothing any more, if there is one. It stays locked until the end of the transaction, and
/// parts that others have locked are passed over.
///
/// # Errors
/// When the query fails.
pub async fn stale(connection: &mut Connection, feed: FeedName) -> QueryResult<Option<Bounds>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        first_order: Uuid,
        #[diesel(sql_type = SqlUuid)]
        next_order: Uuid,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT g.first_order, g.next_order FROM feed_groups g WHERE g.feed = $1 AND EXISTS ( \
            SELECT FROM feed_marks m WHERE m.feed = g.feed AND m.order_uuid >= g.first_order \
                AND m.order_uuid < g.next_order) \
         ORDER BY g.first_order LIMIT 1 FOR UPDATE SKIP LOCKED",
    )
    .bind::<Text, _>(feed.as_str())
    .get_result(connection)
    .await
    .optional()?;
    Ok(row.map(|row| Bounds { first: row.first_order, next: row.next_order }))
}

/// Takes away the marks within bounds, before what they tell of is read: one that comes later stays.
///
/// # Errors
/// When the query fails.
pub async fn drop_marks(connection: &mut Connection, feed: FeedName, bounds: Bounds) -> QueryResult<usize> {
    diesel::delete(
        feed_marks::table
            .filter(feed_marks::feed.eq(feed.as_str()))
            .filter(feed_marks::order_uuid.ge(bounds.first))
            .filter(feed_marks::order_uuid.lt(bounds.next)),
    )
    .execute(connection)
    .await
}

/// Says that the part that holds an order tells nothing any more.
///
/// # Errors
/// When the query fails.
pub async fn mark(connection: &mut Connection, feed: FeedName, order: Uuid) -> QueryResult<()> {
    let values = (feed_marks::feed.eq(feed.as_str()), feed_marks::order_uuid.eq(order));
    diesel::insert_into(feed_marks::table).values(values).execute(connection).await.map(drop)
}

/// Takes away the part after these bounds, if nobody has locked it, and answers the bounds of both.
///
/// # Errors
/// When the query fails.
pub async fn absorb_next(connection: &mut Connection, feed: FeedName, bounds: Bounds) -> QueryResult<Option<Bounds>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        next_order: Uuid,
    }
    let row: Option<Row> = diesel::sql_query(
        "DELETE FROM feed_groups WHERE (feed, first_order) IN (SELECT feed, first_order FROM feed_groups \
            WHERE feed = $1 AND first_order = $2 FOR UPDATE SKIP LOCKED) RETURNING next_order",
    )
    .bind::<Text, _>(feed.as_str())
    .bind::<SqlUuid, _>(bounds.next)
    .get_result(connection)
    .await
    .optional()?;
    Ok(row.map(|row| Bounds { next: row.next_order, ..bounds }))
}

/// A part of a feed, compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Bytes before compression.
    pub bytes: u64,
    /// CRC-32 of them.
    pub crc: u32,
    /// Deflate data that ends on a byte, without last block.
    pub deflate: Vec<u8>,
}

/// A part to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGroup {
    /// Its first order.
    pub first: Uuid,
    /// How many orders are in it.
    pub orders: u64,
    /// What they are.
    pub segment: Segment,
}

/// Puts parts in place of the one with these bounds; the first begins where that one does.
///
/// # Errors
/// When a query fails.
pub async fn rewrite(
    connection: &mut Connection,
    feed: FeedName,
    bounds: Bounds,
    parts: Vec<NewGroup>,
) -> QueryResult<()> {
    diesel::delete(feed_groups::table.find((feed.as_str(), bounds.first))).execute(connection).await?;
    let mut next = bounds.next;
    for (rank, part) in parts.into_iter().enumerate().rev() {
        let first = if rank == 0 { bounds.first } else { part.first };
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        diesel::insert_into(feed_groups::table)
            .values((
                feed_groups::feed.eq(feed.as_str()),
                feed_groups::first_order.eq(first),
                feed_groups::next_order.eq(next),
                feed_groups::orders.eq(signed(part.orders)),
                feed_groups::bytes.eq(signed(part.segment.bytes)),
                feed_groups::crc.eq(i64::from(part.segment.crc)),
                feed_groups::deflate.eq(part.segment.deflate),
            ))
            .execute(connection)
            .await?;
        next = first;
    }
    Ok(())
}
