//! Changes of the rows of orders.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrderSource, OrderStatus, OrganizationId};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{Order, OrganizationKeys, Published};
use crate::Connection;
use crate::cached::Cached;
use crate::schema::orders;
use crate::words::{to_json, word};

/// An order to insert, as a draft.
#[derive(Clone, Copy, Debug)]
pub struct NewOrder<'a> {
    /// Identifier, everywhere.
    pub id: OrderId,
    /// Who makes it.
    pub organization: OrganizationId,
    /// The organization's own number.
    pub identifier: &'a str,
    /// Where it comes from.
    pub source: OrderSource,
    /// What it says.
    pub content: &'a OrderContent,
    /// Who writes it, when it is a person.
    pub created_by: Option<Uuid>,
    /// The present.
    pub now: DateTime<Utc>,
}

impl NewOrder<'_> {
    /// The order as it is once it is inserted, for its own organization.
    #[must_use]
    pub fn inserted(&self, organization: OrganizationKeys) -> Order {
        Order {
            id: self.id,
            organization,
            identifier: self.identifier.to_owned(),
            status: OrderStatus::Draft,
            source: self.source,
            content: self.content.clone(),
            revision: 1,
            published: None,
            has_unpublished_changes: false,
            created_at: self.now,
            updated_at: self.now,
            is_member: true,
            document: None,
        }
    }
}

impl Order {
    /// The order once version `number` holds its working copy.
    #[must_use]
    pub fn published_as(&self, number: i32, now: DateTime<Utc>) -> Self {
        Self {
            status: OrderStatus::Published,
            revision: self.revision + 1,
            published: Some(Published { number, at: now }),
            has_unpublished_changes: false,
            updated_at: now,
            ..self.clone()
        }
    }
}

/// Inserts a draft; its revision is 1.
///
/// # Errors
/// When the query fails; see [`is_identifier_taken`].
pub async fn insert(connection: &Connection, order: &NewOrder<'_>) -> QueryResult<()> {
    insert_as(connection, order, OrderStatus::Draft, 1).await
}

/// Same as [`insert`] then [`mark_published`] as version 1.
///
/// # Errors
/// When the query fails; see [`is_identifier_taken`].
pub async fn insert_published(connection: &Connection, order: &NewOrder<'_>) -> QueryResult<()> {
    insert_as(connection, order, OrderStatus::Published, 2).await
}

async fn insert_as(
    mut connection: &Connection,
    order: &NewOrder<'_>,
    status: OrderStatus,
    revision: i64,
) -> QueryResult<()> {
    diesel::insert_into(orders::table)
        .values((
            orders::uuid.eq(order.id.0),
            orders::organization_uuid.eq(order.organization.0),
            orders::identifier.eq(order.identifier),
            orders::status.eq(word(status)?),
            orders::published_version.eq((status == OrderStatus::Published).then_some(1)),
            orders::revision.eq(revision),
            orders::source.eq(word(order.source)?),
            orders::content.eq(to_json(order.content)?),
            orders::schema_version.eq(OrderContent::SCHEMA_VERSION),
            orders::created_by.eq(order.created_by),
            orders::created_at.eq(order.now),
            orders::updated_at.eq(order.now),
        ))
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Whether a write failed because a living order of the organization has the identifier.
#[must_use]
pub fn is_identifier_taken(error: &QueryError) -> bool {
    matches!(
        error,
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, information)
            if information.constraint_name() == Some("orders_organization_uuid_identifier_idx")
    )
}

/// A new state of a working copy.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The organization's own number.
    pub identifier: &'a str,
    /// What the order says.
    pub content: &'a OrderContent,
    /// Whether it differs from the published version.
    pub has_unpublished_changes: bool,
    /// The present.
    pub now: DateTime<Utc>,
}

/// Replaces the working copy of revision `revision` and answers the new revision; `None` when somebody else was faster.
///
/// # Errors
/// When the query fails; see [`is_identifier_taken`].
pub async fn update(
    connection: &mut Connection,
    id: OrderId,
    revision: i64,
    change: &Change<'_>,
) -> QueryResult<Option<i64>> {
    diesel::update(orders::table.find(id.0).filter(orders::revision.eq(revision)).filter(orders::deleted_at.is_null()))
        .set((
            orders::identifier.eq(change.identifier),
            orders::content.eq(to_json(change.content)?),
            orders::schema_version.eq(OrderContent::SCHEMA_VERSION),
            orders::has_unpublished_changes.eq(change.has_unpublished_changes),
            orders::revision.eq(orders::revision + 1),
            orders::updated_at.eq(change.now),
        ))
        .returning(orders::revision)
        .get_result(connection)
        .await
        .optional()
}

/// Notes that something of the order beside its content has changed, and answers the new revision.
///
/// # Errors
/// When the query fails.
pub async fn touch(connection: &mut Connection, id: OrderId, now: DateTime<Utc>) -> QueryResult<i64> {
    diesel::update(orders::table.find(id.0))
        .set((orders::revision.eq(orders::revision + 1), orders::updated_at.eq(now)))
        .returning(orders::revision)
        .get_result(connection)
        .await
}

/// Notes that version `number` holds the working copy; see [`Order::published_as`].
///
/// # Errors
/// When the query fails.
pub async fn mark_published(
    mut connection: &Connection,
    id: OrderId,
    number: i32,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    // diesel takes every update for one that must not be kept.
    let update = diesel::update(orders::table.find(id.0)).set((
        orders::status.eq("published"),
        orders::published_version.eq(number),
        orders::has_unpublished_changes.eq(false),
        orders::revision.eq(orders::revision + 1),
        orders::updated_at.eq(now),
    ));
    Cached(update).execute(&mut connection).await.map(drop)
}

/// Removes a draft, with its locations.
///
/// # Errors
/// When the query fails.
pub async fn delete_draft(connection: &mut Connection, id: OrderId) -> QueryResult<()> {
    diesel::delete(orders::table.find(id.0).filter(orders::status.eq("draft"))).execute(connection).await.map(drop)
}

/// Makes a published order a tombstone: its identifier is free again, its versions stay.
///
/// # Errors
/// When the query fails.
pub async fn bury(connection: &mut Connection, id: OrderId, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(orders::table.find(id.0).filter(orders::status.eq("published")))
        .set((orders::deleted_at.eq(now), orders::revision.eq(orders::revision + 1), orders::updated_at.eq(now)))
        .execute(connection)
        .await
        .map(drop)
}
