//! Published versions of orders: written once, never changed.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrderSource, OrganizationId, Repeal};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::orders::{Order, OrganizationKeys, read_content};
use crate::schema::order_versions;
use crate::words::{json, to_json, value, word};

/// Freezes the working copy of an order as version `number`.
///
/// # Errors
/// When the query fails, for instance because the version exists.
pub async fn insert(
    mut connection: &Connection,
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
        .execute(&mut connection)
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

/// A published version, as everybody may read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// 1 first.
    pub number: i32,
    /// Who made the order, by the name of that time.
    pub organization: OrganizationKeys,
    /// The organization's own number.
    pub identifier: String,
    /// Where the order came from.
    pub source: OrderSource,
    /// What it says.
    pub content: OrderContent,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// A published version as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// 1 first.
    pub number: i32,
    /// The organization's own number.
    pub identifier: String,
    /// The title.
    pub title: String,
    /// That the order was repealed by this version.
    pub repeal: Option<Repeal>,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

/// A row of `order_versions`.
#[derive(Queryable, QueryableByName, Selectable)]
#[diesel(table_name = order_versions, check_for_backend(diesel::pg::Pg))]
pub(crate) struct VersionRow {
    order_uuid: Uuid,
    number: i32,
    organization_uuid: Uuid,
    organization_name: String,
    time_zone: String,
    identifier: String,
    source: String,
    content: serde_json::Value,
    schema_version: i32,
    published_at: DateTime<Utc>,
}

impl VersionRow {
    /// What the row says, with the order that it is of.
    pub(crate) fn into_version(self) -> QueryResult<(OrderId, Version)> {
        let version = Version {
            number: self.number,
            organization: OrganizationKeys {
                id: OrganizationId(self.organization_uuid),
                name: self.organization_name,
                time_zone: self.time_zone,
            },
            identifier: self.identifier,
            source: value(self.source)?,
            content: read_content(self.content, self.schema_version)?,
            published_at: self.published_at,
        };
        Ok((OrderId(self.order_uuid), version))
    }
}

/// A version of an order. Whether the caller may know of the order is the caller's business.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, order: OrderId, number: i32) -> QueryResult<Option<Version>> {
    let row = order_versions::table.find((order.0, number)).select(VersionRow::as_select()).first(connection).await;
    let Some(row) = row.optional()? else { return Ok(None) };
    row.into_version().map(|(_, version)| Some(version))
}

/// A page of the versions of an order, latest first, and how many there are. Whether the caller may know of the order
/// is the caller's business.
///
/// # Errors
/// When a query fails.
pub async fn page(
    connection: &mut Connection,
    order: OrderId,
    offset: i64,
    limit: i64,
) -> QueryResult<(Vec<Summary>, u64)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = Text)]
        identifier: String,
        #[diesel(sql_type = Text)]
        title: String,
        #[diesel(sql_type = Nullable<Jsonb>)]
        repeal: Option<serde_json::Value>,
        #[diesel(sql_type = Timestamptz)]
        published_at: DateTime<Utc>,
    }
    let total: i64 =
        order_versions::table.filter(order_versions::order_uuid.eq(order.0)).count().get_result(connection).await?;
    // Contents are large; their titles are not.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT number, identifier, content ->> 'title' AS title, NULLIF(content -> 'repeal', 'null') AS repeal, \
            published_at \
         FROM order_versions WHERE order_uuid = $1 ORDER BY number DESC OFFSET $2 LIMIT $3",
    )
    .bind::<SqlUuid, _>(order.0)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await?;
    let summaries = rows
        .into_iter()
        .map(|row| {
            Ok(Summary {
                number: row.number,
                identifier: row.identifier,
                title: row.title,
                repeal: row.repeal.map(json).transpose()?,
                published_at: row.published_at,
            })
        })
        .collect::<QueryResult<_>>()?;
    Ok((summaries, u64::try_from(total).unwrap_or_default()))
}
