//! What changed in public, and the state that public answers are tagged with.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderId, OrganizationId};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;

use crate::Connection;
use crate::cached::Cached;
use crate::schema::{public_state, publication_events};

/// What happened to a public order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A version was published.
    Published,
    /// The order was repealed: its last version has an end.
    Repealed,
    /// The order was deleted.
    Deleted,
}

impl EventKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Repealed => "repealed",
            Self::Deleted => "deleted",
        }
    }

    /// The kind of a word.
    pub(crate) fn of(word: &str) -> Option<Self> {
        [Self::Published, Self::Repealed, Self::Deleted].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Records an event, and moves the state of what is public: a trigger of the table does it, before the event takes its
/// number.
///
/// Call it last: the row of the state stays locked until the transaction ends, and other publications wait for it. In
/// return events are numbered in the order in which they become public.
///
/// # Errors
/// When the query fails.
pub async fn record(
    mut connection: &Connection,
    kind: EventKind,
    order: OrderId,
    organization: OrganizationId,
    version: Option<i32>,
) -> QueryResult<()> {
    diesel::insert_into(publication_events::table)
        .values((
            publication_events::kind.eq(kind.as_str()),
            publication_events::order_uuid.eq(order.0),
            publication_events::organization_uuid.eq(organization.0),
            publication_events::version_number.eq(version),
        ))
        .execute(&mut connection)
        .await
        .map(drop)
}

/// What public answers are tagged with: it differs as soon as anything public does.
///
/// The number of the last event would not do: time changes what is public without an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct PublicState {
    /// Grows with every change: publication, deletion, and passage of an order from one time state to the next.
    pub revision: i64,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

/// Moves the state of what is public.
///
/// # Errors
/// When the query fails.
pub async fn touch(mut connection: &Connection) -> QueryResult<()> {
    let update = diesel::update(public_state::table).set((
        public_state::revision.eq(public_state::revision + 1),
        // The time of the statement, not of the transaction: a long one must not seem older than its content.
        public_state::changed_at.eq(diesel::dsl::sql::<Timestamptz>("clock_timestamp()")),
    ));
    Cached(update).execute(&mut connection).await.map(drop)
}

/// The state of what is public.
///
/// # Errors
/// When the query fails.
pub async fn public_state(connection: &mut Connection) -> QueryResult<PublicState> {
    public_state::table.select((public_state::revision, public_state::changed_at)).first(connection).await
}
