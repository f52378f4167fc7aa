//! What happened in public, event by event.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrganizationId};
use diesel::prelude::*;
use diesel::result::Error as QueryError;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncConnection, RunQueryDsl};
use futures::{Stream, StreamExt, TryStreamExt};
use uuid::Uuid;

use crate::Connection;
use crate::events::EventKind;
use crate::orders::{OrganizationKeys, read_content};
use crate::versions::Version;

/// Events after a place, as many as were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The number of the last event before.
    pub after: i64,
    /// The number of the last one of these; `after` when there is none.
    pub last: i64,
    /// How many there are.
    pub count: i64,
}

/// Where a page of at most `limit` events after a place ends.
///
/// # Errors
/// When the query fails.
pub async fn span(connection: &mut Connection, after: i64, limit: i64) -> QueryResult<Span> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        last: i64,
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let row: Row = diesel::sql_query(
        "SELECT COALESCE(max(id), $1) AS last, count(*) AS count \
         FROM (SELECT id FROM publication_events WHERE id > $1 ORDER BY id LIMIT $2) AS page",
    )
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(limit)
    .get_result(connection)
    .await?;
    Ok(Span { after, last: row.last, count: row.count })
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number: it grows in the order in which events become public.
    pub id: i64,
    /// What happened.
    pub kind: EventKind,
    /// To which order.
    pub order: OrderId,
    /// Of which organization.
    pub organization: OrganizationId,
    /// Which version was published; of a deletion, the last one that was.
    pub version: Option<i32>,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// A version as it is stored: its content is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredVersion {
    /// The organization's own number.
    pub identifier: String,
    /// Who made the order.
    pub organization_name: String,
    /// Zone of its periods.
    pub time_zone: String,
    /// The word of where the order came from.
    pub source: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// In which form the content is written.
    pub schema_version: i32,
    /// JSON text of what it says.
    pub content: String,
}

impl StoredVersion {
    /// JSON text of what it says, in the present form: an older release may have written another one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn into_content(self) -> QueryResult<String> {
        if self.schema_version == OrderContent::SCHEMA_VERSION {
            return Ok(self.content);
        }
        let json = |error: serde_json::Error| QueryError::DeserializationError(error.into());
        let content = read_content(serde_json::from_str(&self.content).map_err(json)?, self.schema_version)?;
        serde_json::to_string(&content).map_err(json)
    }
}

#[derive(QueryableByName)]
struct EventRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SqlUuid)]
    order_uuid: Uuid,
    #[diesel(sql_type = SqlUuid)]
    organization_uuid: Uuid,
    #[diesel(sql_type = Nullable<Integer>)]
    version_number: Option<i32>,
    #[diesel(sql_type = Timestamptz)]
    occurred_at: DateTime<Utc>,
}

impl EventRow {
    fn into_event(self) -> QueryResult<Event> {
        let kind = EventKind::of(&self.kind).ok_or_else(|| unknown(&self.kind))?;
        Ok(Event {
            id: self.id,
            kind,
            order: OrderId(self.order_uuid),
            organization: OrganizationId(self.organization_uuid),
            version: self.version_number,
            occurred_at: self.occurred_at,
        })
    }
}

fn unknown(kind: &str) -> QueryError {
    QueryError::DeserializationError(format!("no kind of event is called {kind}").into())
}

#[derive(QueryableByName)]
struct VersionColumns {
    #[diesel(sql_type = Nullable<Text>)]
    identifier: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    organization_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    time_zone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    source: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    published_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Integer>)]
    schema_version: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    content: Option<String>,
}

impl VersionColumns {
    fn into_stored(self) -> Option<StoredVersion> {
        Some(StoredVersion {
            identifier: self.identifier?,
            organization_name: self.organization_name?,
            time_zone: self.time_zone?,
            source: self.source?,
            published_at: self.published_at?,
            schema_version: self.schema_version?,
            content: self.content?,
        })
    }
}

/// Columns of an event `e` and of a version `v`.
const COLUMNS: &str = "e.id, e.kind, e.order_uuid, e.organization_uuid, e.version_number, e.occurred_at, v.identifier, \
    v.organization_name, v.time_zone, v.source, v.published_at, v.schema_version, v.content::text AS content";

/// The events of a page with what they published, as PostgreSQL sends them; a deletion publishes nothing.
///
/// # Errors
/// When the query fails.
pub async fn with_versions(
    connection: &mut Connection,
    span: Span,
) -> QueryResult<impl Stream<Item = QueryResult<(Event, Option<StoredVersion>)>> + Send + use<'_>> {
    let query = format!(
        "SELECT {COLUMNS} FROM publication_events e LEFT JOIN order_versions v \
            ON e.kind <> 'deleted' AND v.order_uuid = e.order_uuid AND v.number = e.version_number \
         WHERE e.id > $1 AND e.id <= $2 ORDER BY e.id"
    );
    let rows = diesel::sql_query(query)
        .bind::<BigInt, _>(span.after)
        .bind::<BigInt, _>(span.last)
        .load_stream::<(EventRow, VersionColumns)>(connection)
        .await?;
    Ok(rows.and_then(|(event, version)| {
        std::future::ready(event.into_event().map(|event| (event, version.into_stored())))
    }))
}

/// How an event reads in DATEX II.
#[derive(Clone, Debug, PartialEq)]
pub enum Datex {
    /// The element is in the feed.
    Current(String),
    /// It is not, or not any more: it is to be written from the version.
    Version(Box<Version>),
    /// There is nothing to be written.
    Nothing,
}

/// The events of a page with what they are in DATEX II, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn with_datex(
    connection: &mut Connection,
    span: Span,
) -> QueryResult<impl Stream<Item = QueryResult<(Event, Datex)>> + Send + use<'_>> {
    #[derive(QueryableByName)]
    struct Body {
        #[diesel(sql_type = Nullable<Text>)]
        body: Option<String>,
    }
    // Most events are the last ones of their orders, whose element is there already. A version whose document changed
    // since stands once: the schema refuses the same order in the same version twice.
    let query = format!(
        "SELECT {COLUMNS}, c.body FROM publication_events e \
         LEFT JOIN current_feed_fragments c ON e.kind <> 'deleted' AND c.feed = 'datex' \
            AND c.order_uuid = e.order_uuid AND c.version_number = e.version_number AND c.body <> '' \
         LEFT JOIN order_versions v ON c.body IS NULL \
            AND v.order_uuid = e.order_uuid AND v.number = e.version_number \
         WHERE e.id > $1 AND e.id <= $2 AND NOT EXISTS (SELECT FROM publication_events later \
            WHERE later.order_uuid = e.order_uuid AND later.version_number = e.version_number \
                AND later.kind <> 'deleted' AND e.kind <> 'deleted' AND later.id > e.id AND later.id <= $2) \
         ORDER BY e.id"
    );
    let rows = diesel::sql_query(query)
        .bind::<BigInt, _>(span.after)
        .bind::<BigInt, _>(span.last)
        .load_stream::<(EventRow, VersionColumns, Body)>(connection)
        .await?;
    Ok(rows.and_then(|(event, version, Body { body })| {
        std::future::ready(event.into_event().and_then(|event| {
            let datex = match (body, version.into_stored()) {
                (Some(body), _) => Datex::Current(body),
                (None, Some(stored)) => Datex::Version(Box::new(read(&event, stored)?)),
                (None, None) => Datex::Nothing,
            };
            Ok((event, datex))
        }))
    }))
}

/// The version of an event, read.
fn read(event: &Event, stored: StoredVersion) -> QueryResult<Version> {
    let json = |error: serde_json::Error| QueryError::DeserializationError(error.into());
    Ok(Version {
        number: event.version.unwrap_or_default(),
        organization: OrganizationKeys {
            id: event.organization,
            name: stored.organization_name,
            time_zone: stored.time_zone,
        },
        identifier: stored.identifier,
        source: crate::words::value(stored.source)?,
        content: read_content(serde_json::from_str(&stored.content).map_err(json)?, stored.schema_version)?,
        published_at: stored.published_at,
    })
}

/// Calls `told` each time something became public in the database at `url`, until the connection ends; once at the
/// beginning too, for what became public before.
///
/// # Errors
/// When PostgreSQL cannot be reached, or goes away.
pub async fn listen(url: &str, mut told: impl FnMut()) -> Result<(), ListenError> {
    let mut connection = Connection::establish(url).await?;
    diesel::sql_query("LISTEN publication_events").execute(&mut connection).await?;
    told();
    let mut notifications = std::pin::pin!(connection.notifications_stream());
    while let Some(notification) = notifications.next().await {
        notification?;
        told();
    }
    Ok(())
}

/// Why nobody is told of what becomes public.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListenError {
    /// PostgreSQL cannot be reached.
    #[error("connecting to PostgreSQL")]
    Connection(#[from] ConnectionError),
    /// PostgreSQL went away.
    #[error("listening to PostgreSQL")]
    Query(#[from] QueryError),
}
