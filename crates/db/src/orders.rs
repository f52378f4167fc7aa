//! Orders: keys, status and working copy.
//!
//! A read takes its [`Caller`]: members of the organization get the working copy, anybody else gets the published
//! version, and a draft of another organization is not there.

mod duplicates;
mod next_identifier;
mod writing;

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrderSource, OrderStatus, OrganizationId};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub use duplicates::used_identifiers;
pub use next_identifier::next_identifier;
pub use writing::{
    Change, NewOrder, bury, delete_draft, insert, insert_published, is_identifier_taken, mark_published, touch, update,
};

use crate::cached::Cached;
use crate::documents::Document;
use crate::schema::orders;
use crate::words::{json, value};
use crate::{Caller, Connection};

/// An order as its caller may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Identifier, everywhere.
    pub id: OrderId,
    /// Who makes it.
    pub organization: OrganizationKeys,
    /// The organization's own number.
    pub identifier: String,
    /// Draft or published.
    pub status: OrderStatus,
    /// Where it comes from.
    pub source: OrderSource,
    /// For a member the working copy, for anybody else the published version.
    pub content: OrderContent,
    /// Grows by one with every change.
    pub revision: i64,
    /// The last published version.
    pub published: Option<Published>,
    /// Whether the working copy differs from it; always `false` for those who do not see the working copy.
    pub has_unpublished_changes: bool,
    /// When it was written first.
    pub created_at: DateTime<Utc>,
    /// When what the caller sees was changed last.
    pub updated_at: DateTime<Utc>,
    /// Whether the caller acts for the organization of the order.
    pub is_member: bool,
    /// Its official document: the same for everybody who sees the order.
    pub document: Option<Document>,
}

/// What an order needs to know of its organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationKeys {
    /// Identifier.
    pub id: OrganizationId,
    /// Name.
    pub name: String,
    /// IANA name of the zone in which its orders are written.
    pub time_zone: String,
}

/// The last published version of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// 1 first.
    pub number: i32,
    /// When.
    pub at: DateTime<Utc>,
}

/// The columns of [`Order`], for a query over `o` (orders), `g` (organizations) and `v` (the last version).
/// `$1` is the list of the caller's organizations.
pub(crate) const COLUMNS: &str = "o.uuid, o.organization_uuid, g.name AS organization_name, g.time_zone, o.identifier, o.status, \
    o.source, CASE WHEN o.organization_uuid = ANY($1) THEN o.content ELSE v.content END AS content, \
    CASE WHEN o.organization_uuid = ANY($1) THEN o.schema_version ELSE v.schema_version END AS schema_version, \
    o.revision, v.number, v.published_at, o.has_unpublished_changes, o.created_at, o.updated_at, \
    o.organization_uuid = ANY($1) AS is_member, \
    (SELECT to_jsonb(d) FROM order_documents d WHERE d.order_uuid = o.uuid) AS document";

/// The tables of [`COLUMNS`] beside `o`.
pub(crate) const JOINS: &str = "JOIN organizations g ON g.uuid = o.organization_uuid \
    LEFT JOIN order_versions v ON v.order_uuid = o.uuid AND v.number = o.published_version";

/// What the caller may see.
pub(crate) const VISIBLE: &str = "o.deleted_at IS NULL AND (o.status = 'published' OR o.organization_uuid = ANY($1))";

#[derive(QueryableByName)]
pub(crate) struct OrderRow {
    #[diesel(sql_type = SqlUuid)]
    uuid: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organization_uuid: Uuid,
    #[diesel(sql_type = Text)]
    organization_name: String,
    #[diesel(sql_type = Text)]
    time_zone: String,
    #[diesel(sql_type = Text)]
    identifier: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    source: String,
    #[diesel(sql_type = Jsonb)]
    content: serde_json::Value,
    #[diesel(sql_type = Integer)]
    schema_version: i32,
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = Nullable<Integer>)]
    number: Option<i32>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    has_unpublished_changes: bool,
    #[diesel(sql_type = Timestamptz)]
    created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    updated_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    is_member: bool,
    #[diesel(sql_type = Nullable<Jsonb>)]
    document: Option<serde_json::Value>,
}

impl OrderRow {
    pub(crate) fn into_order(self) -> QueryResult<Order> {
        let published = self.number.zip(self.published_at).map(|(number, at)| Published { number, at });
        Ok(Order {
            id: OrderId(self.uuid),
            organization: OrganizationKeys {
                id: OrganizationId(self.organization_uuid),
                name: self.organization_name,
                time_zone: self.time_zone,
            },
            identifier: self.identifier,
            status: value(self.status)?,
            source: value(self.source)?,
            content: read_content(self.content, self.schema_version)?,
            revision: self.revision,
            has_unpublished_changes: self.is_member && self.has_unpublished_changes,
            created_at: self.created_at,
            updated_at: match (self.is_member, published) {
                (false, Some(published)) => published.at,
                _ => self.updated_at,
            },
            published,
            is_member: self.is_member,
            document: self.document.map(json).transpose()?,
        })
    }
}

/// Reads a stored content, whatever the version of its form.
pub(crate) fn read_content(content: serde_json::Value, schema_version: i32) -> QueryResult<OrderContent> {
    if schema_version == OrderContent::SCHEMA_VERSION {
        return json(content);
    }
    Err(QueryError::DeserializationError(
        format!("this program does not know version {schema_version} of the stored form of an order").into(),
    ))
}

/// The order, if the caller may see it.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, caller: &Caller, id: OrderId) -> QueryResult<Option<Order>> {
    let query = diesel::sql_query(format!("SELECT {COLUMNS} FROM orders o {JOINS} WHERE {VISIBLE} AND o.uuid = $2"));
    Cached(query.bind::<Array<SqlUuid>, _>(caller.organization_uuids()).bind::<SqlUuid, _>(id.0))
        .get_result::<OrderRow>(connection)
        .await
        .optional()?
        .map(OrderRow::into_order)
        .transpose()
}

/// Same as [`find`], and nobody else can change the order until the end of the transaction.
///
/// # Errors
/// When the query fails.
pub async fn lock(connection: &mut Connection, caller: &Caller, id: OrderId) -> QueryResult<Option<Order>> {
    // The lock comes in a statement of its own, so that the next one reads what the last writer committed.
    let locked =
        orders::table.find(id.0).select(orders::uuid).for_update().first::<Uuid>(connection).await.optional()?;
    match locked {
        Some(_) => find(connection, caller, id).await,
        None => Ok(None),
    }
}

/// The living order with this number in the organization.
///
/// # Errors
/// When the query fails.
pub async fn find_id(
    connection: &mut Connection,
    organization: OrganizationId,
    identifier: &str,
) -> QueryResult<Option<OrderId>> {
    orders::table
        .filter(orders::organization_uuid.eq(organization.0))
        .filter(orders::identifier.eq(identifier))
        .filter(orders::deleted_at.is_null())
        .select(orders::uuid)
        .first(connection)
        .await
        .optional()
        .map(|found| found.map(OrderId))
}

/// Whether the order was published once and is deleted: only its tombstone is left.
///
/// # Errors
/// When the query fails.
pub async fn is_tombstone(connection: &mut Connection, caller: &Caller, id: OrderId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        orders::table
            .find(id.0)
            .filter(orders::deleted_at.is_not_null())
            .filter(orders::organization_uuid.eq_any(caller.organization_uuids())),
    ))
    .get_result(connection)
    .await
}
