//! Published versions of orders: written once, never changed.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::orders::{Order, read_content};
use crate::schema::order_versions;
use crate::words::{to_json, word};

/// Freezes the working copy of an order as version `number`.
///
/// # Errors
/// When the query fails, for instance because the version exists.
pub async fn insert(
    connection: &mut Connection,
    order: &Order,
    number: i32,
    published_by: Option<Uuid>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(order_versions::table)
        .values((
            order_versions::order_uuid.eq(order.id.0),
            order_versions::number.eq(number),
            order_versions::organization_uuid.eq(order.organization.id.0),
            order_versions::organization_name.eq(&order.organization.name),
            order_versions::time_zone.eq(&order.organization.time_zone),
            order_versions::identifier.eq(&order.identifier),
            order_versions::source.eq(word(order.source)?),
            order_versions::content.eq(to_json(&order.content)?),
            order_versions::schema_version.eq(OrderContent::SCHEMA_VERSION),
            order_versions::published_at.eq(now),
            order_versions::published_by.eq(published_by),
        ))
        .execute(connection)
        .await
        .map(drop)
}

/// What a version says.
///
/// # Errors
/// When the query fails.
pub async fn content(connection: &mut Connection, order: OrderId, number: i32) -> QueryResult<Option<OrderContent>> {
    order_versions::table
        .find((order.0, number))
        .select((order_versions::content, order_versions::schema_version))
        .first::<(serde_json::Value, i32)>(connection)
        .await
        .optional()?
        .map(|(content, schema_version)| read_content(content, schema_version))
        .transpose()
}
