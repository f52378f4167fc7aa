//! What changed in public, and the state that public answers are tagged with.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderId, OrganizationId};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use futures::{FutureExt, TryFutureExt};

use crate::cached::Cached;
use crate::schema::{public_state, publication_events};
use crate::{Connection, pipeline};

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
}

/// Records an event, and moves the state of what is public.
///
/// Call it last: the row of the state stays locked until the transaction ends, and other publications wait for it.
///
/// # Errors
/// When a query fails.
pub async fn record(
    mut connection: &Connection,
    kind: EventKind,
    order: OrderId,
    organization: OrganizationId,
    version: Option<i32>,
) -> QueryResult<()> {
    let event = diesel::insert_into(publication_events::table).values((
        publication_events::kind.eq(kind.as_str()),
        publication_events::order_uuid.eq(order.0),
        publication_events::organization_uuid.eq(organization.0),
        publication_events::version_number.eq(version),
    ));
    let recorded = event.execute(&mut connection).map_ok(drop);
    pipeline([recorded.boxed(), touch(connection).boxed()]).await
}

/// What public answers are tagged with: it differs as soon as anything public does.
///
/// The number of the last event would not do, because an earlier one may be committed after it.
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

/// The last event that no transaction still open can precede: a reader that goes on from it misses nothing.
///
/// # Errors
/// When the query fails.
pub async fn last_settled(connection: &mut Connection) -> QueryResult<Option<i64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<BigInt>)]
        last: Option<i64>,
    }
    diesel::sql_query(
        "SELECT id AS last FROM publication_events \
         WHERE transaction_id < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY id DESC LIMIT 1",
    )
    .get_result::<Row>(connection)
    .await
    .optional()
    .map(|row| row.and_then(|row| row.last))
}
