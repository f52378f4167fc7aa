use chrono::{DateTime, Utc};
use dialog_domain::OrderId;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use super::conditions::Conditions;
use super::patterns::Patterns;
use super::places::Place;
use super::{Audience, Selection, Sort, SortKey};
use crate::orders::{COLUMNS, JOINS, Order, OrderRow, VISIBLE};
use crate::{Caller, Connection};

/// One page of orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The orders of the page.
    pub orders: Vec<Order>,
    /// Orders of all pages.
    pub total: u64,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Only what comes after this place.
    pub after: Option<Position>,
    /// Orders to leave out before the page.
    pub offset: i64,
    /// Orders of the page.
    pub limit: i64,
}

/// A place in a list that is sorted by [`SortKey::Creation`] or [`SortKey::Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// That of an order.
    Creation(OrderId),
    /// That of an order changed at this instant.
    Change(DateTime<Utc>, OrderId),
}

impl Position {
    /// Whether it is a place in a list sorted by this key.
    #[must_use]
    pub const fn is_by(self, key: SortKey) -> bool {
        matches!((self, key), (Self::Creation(_), SortKey::Creation) | (Self::Change(..), SortKey::Change))
    }
}

/// A page of a list, and how long the list is.
///
/// # Errors
/// When a query fails.
pub async fn page(
    connection: &mut Connection,
    caller: &Caller,
    audience: Audience,
    selection: &Selection,
    sort: Sort,
    window: Window,
) -> QueryResult<Page> {
    let patterns = Patterns::of(connection, selection).await?;
    let total = total(connection, caller, audience, selection, &patterns).await?;
    let conditions = Conditions::new(caller, audience, selection, &patterns)?;
    let orders = part(connection, conditions, audience, sort, window).await?;
    Ok(Page { orders, total })
}

/// How many orders a list has.
///
/// # Errors
/// When the query fails.
pub async fn count(
    connection: &mut Connection,
    caller: &Caller,
    audience: Audience,
    selection: &Selection,
) -> QueryResult<u64> {
    let patterns = Patterns::of(connection, selection).await?;
    total(connection, caller, audience, selection, &patterns).await
}

async fn total(
    connection: &mut Connection,
    caller: &Caller,
    audience: Audience,
    selection: &Selection,
    patterns: &Patterns,
) -> QueryResult<u64> {
    let total = match Place::alone(audience, selection) {
        Some(place) => place.count(connection).await?,
        None => of_rows(connection, Conditions::new(caller, audience, selection, patterns)?, audience).await?,
    };
    Ok(u64::try_from(total).unwrap_or_default())
}

async fn of_rows(connection: &mut Connection, conditions: Conditions, audience: Audience) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Total {
        #[diesel(sql_type = BigInt)]
        total: i64,
    }
    let of_owners = conditions.owners().map(|owners| format!(" AND p.organization_uuid = ANY({owners})"));
    let query = format!(
        "SELECT count(*) AS total FROM {} p WHERE {}{}",
        audience.table(),
        conditions.sql(),
        of_owners.unwrap_or_default()
    );
    Ok(conditions.bind(diesel::sql_query(query)).get_result::<Total>(connection).await?.total)
}

/// Part of a list. For the public every order is its published version, also for members of its organization.
///
/// # Errors
/// When the query fails.
pub async fn find(
    connection: &mut Connection,
    caller: &Caller,
    audience: Audience,
    selection: &Selection,
    sort: Sort,
    window: Window,
) -> QueryResult<Vec<Order>> {
    let patterns = Patterns::of(connection, selection).await?;
    let conditions = Conditions::new(caller, audience, selection, &patterns)?;
    part(connection, conditions, audience, sort, window).await
}

async fn part(
    connection: &mut Connection,
    mut conditions: Conditions,
    audience: Audience,
    sort: Sort,
    window: Window,
) -> QueryResult<Vec<Order>> {
    if let Some(position) = window.after.filter(|position| position.is_by(sort.key)) {
        conditions.after(position, sort.is_descending);
    }
    let (table, sort) = (audience.table(), sort.sql());
    let (offset, limit) = (window.offset.max(0), window.limit.max(0));
    let columns = "p.order_uuid, p.identifier, p.status, p.source, p.starts_at, p.changed_at";
    let page = match conditions.owners() {
        None => format!("SELECT {columns} FROM {table} p WHERE {}", conditions.sql()),
        // The first rows of each organization in the order of an index, then the first of all: a list of organizations
        // in one condition would have all of their rows read and sorted.
        Some(owners) => format!(
            "SELECT p.* FROM unnest({owners}::uuid[]) AS owner, LATERAL (SELECT {columns} FROM {table} p \
                WHERE p.organization_uuid = owner AND {conditions} ORDER BY {sort} LIMIT {most}) AS p",
            conditions = conditions.sql(),
            most = offset.saturating_add(limit),
        ),
    };
    // The page is chosen from the narrow rows; only its orders are read.
    let query = format!(
        "SELECT {COLUMNS} FROM ({page} ORDER BY {sort} OFFSET {offset} LIMIT {limit}) AS p \
         JOIN orders o ON o.uuid = p.order_uuid {JOINS} WHERE {VISIBLE} ORDER BY {sort}"
    );
    let rows = conditions.bind(diesel::sql_query(query)).load::<OrderRow>(connection).await?;
    rows.into_iter().map(OrderRow::into_order).collect()
}
