use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;

use crate::orders::{COLUMNS, JOINS, Order, OrderRow};
use crate::{Caller, Connection};

/// The drafts of the caller's organizations, those changed last first.
///
/// # Errors
/// When the query fails.
pub async fn drafts(connection: &mut Connection, caller: &Caller, limit: i64) -> QueryResult<Vec<Order>> {
    let query = format!(
        "SELECT {COLUMNS} FROM orders o {JOINS} \
         WHERE o.deleted_at IS NULL AND o.status = 'draft' AND o.organization_uuid = ANY($1) \
         ORDER BY o.updated_at DESC, o.uuid LIMIT $2"
    );
    let rows: Vec<OrderRow> = diesel::sql_query(query)
        .bind::<Array<SqlUuid>, _>(caller.organization_uuids())
        .bind::<BigInt, _>(limit)
        .load(connection)
        .await?;
    rows.into_iter().map(OrderRow::into_order).collect()
}
