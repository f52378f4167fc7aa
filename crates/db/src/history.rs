//! Who did what to an order, when, and what the order said then.

use chrono::{DateTime, Utc};
pub use dialog_domain::OrderAction as Action;
use dialog_domain::{OrderContent, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::orders::read_content;
use crate::schema::order_history;
use crate::words::{to_json, value, word};
use crate::{Caller, Connection};

/// What the order said once it was changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State<'a> {
    /// This working copy, under this identifier.
    WorkingCopy(&'a str, &'a OrderContent),
    /// The version with this number.
    Version(i32),
    /// Nothing any more.
    Gone,
}

/// Records what the caller did to the order, which has now this revision and says this.
///
/// What was found on the network is left out: it follows from what was asked, and weighs most.
///
/// # Errors
/// When the query fails.
pub async fn record(
    mut connection: &Connection,
    caller: &Caller,
    order: OrderId,
    action: Action,
    revision: i64,
    state: State<'_>,
) -> QueryResult<()> {
    let (identifier, content, version) = match state {
        State::WorkingCopy(identifier, content) => (Some(identifier), Some(to_json(&without_found(content))?), None),
        State::Version(number) => (None, None, Some(number)),
        State::Gone => (None, None, None),
    };
    diesel::insert_into(order_history::table)
        .values((
            order_history::uuid.eq(Uuid::now_v7()),
            order_history::order_uuid.eq(order.0),
            order_history::user_uuid.eq(caller.user_uuid()),
            order_history::api_client_uuid.eq(caller.api_client_uuid()),
            order_history::action.eq(word(action)?),
            order_history::revision.eq(revision),
            order_history::identifier.eq(identifier),
            order_history::schema_version.eq(content.is_some().then_some(OrderContent::SCHEMA_VERSION)),
            order_history::content.eq(content),
            order_history::version_number.eq(version),
        ))
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Forgets what an order said, when a draft goes for good. Who did what when stays.
///
/// # Errors
/// When the query fails.
pub async fn forget_content(connection: &mut Connection, order: OrderId) -> QueryResult<()> {
    diesel::update(order_history::table.filter(order_history::order_uuid.eq(order.0)))
        .set((
            order_history::identifier.eq(None::<String>),
            order_history::content.eq(None::<serde_json::Value>),
            order_history::schema_version.eq(None::<i32>),
        ))
        .execute(connection)
        .await
        .map(drop)
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// A person, by name; none when the account is gone.
    User(Option<String>),
    /// A key of an integrator, by its client id; none when the key is gone.
    ApiClient(Option<String>),
    /// The program itself.
    Program,
}

/// A change of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Identifier.
    pub uuid: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: Author,
    /// What was done.
    pub action: Action,
    /// Of the order, once it was done.
    pub revision: i64,
    /// The version that was frozen, if any.
    pub version: Option<i32>,
    /// What the order said once it was done; unknown for what happened before contents were kept.
    pub after: Option<Said>,
    /// What it said before: the previous version for what froze one, else the previous state.
    pub before: Option<Said>,
}

/// What an order said at some moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Its identifier.
    pub identifier: String,
    /// Its content, without what was found on the network.
    pub content: OrderContent,
}

/// A page of the history of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The changes of the page, latest first.
    pub entries: Vec<Entry>,
    /// Changes of all pages.
    pub total: u64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    uuid: Uuid,
    #[diesel(sql_type = Timestamptz)]
    occurred_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    user_uuid: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    full_name: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    api_client_uuid: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    client_id: Option<String>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = Nullable<Integer>)]
    version_number: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    identifier: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    content: Option<serde_json::Value>,
    #[diesel(sql_type = Nullable<Integer>)]
    schema_version: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    previous_identifier: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    previous_content: Option<serde_json::Value>,
    #[diesel(sql_type = Nullable<Integer>)]
    previous_schema_version: Option<i32>,
}

/// A page of what was done to the order, latest first. Whether the caller may know is the caller's business.
///
/// # Errors
/// When a query fails.
pub async fn page(connection: &mut Connection, order: OrderId, offset: i64, limit: i64) -> QueryResult<Page> {
    let total: i64 =
        order_history::table.filter(order_history::order_uuid.eq(order.0)).count().get_result(connection).await?;
    // One row more than the page: what the last one changed is known from the state before it.
    let rows = diesel::sql_query(
        "SELECT h.uuid, h.occurred_at, h.user_uuid, u.full_name, h.api_client_uuid, c.client_id, h.action, h.revision, \
            h.version_number, COALESCE(h.identifier, v.identifier) AS identifier, \
            COALESCE(h.content, v.content) AS content, COALESCE(h.schema_version, v.schema_version) AS schema_version, \
            p.identifier AS previous_identifier, p.content AS previous_content, \
            p.schema_version AS previous_schema_version \
         FROM order_history h LEFT JOIN users u ON u.uuid = h.user_uuid \
            LEFT JOIN api_clients c ON c.uuid = h.api_client_uuid \
            LEFT JOIN order_versions v ON v.order_uuid = h.order_uuid AND v.number = h.version_number \
            LEFT JOIN order_versions p ON p.order_uuid = h.order_uuid AND p.number = h.version_number - 1 \
         WHERE h.order_uuid = $1 ORDER BY h.revision DESC, h.uuid DESC OFFSET $2 LIMIT $3",
    )
    .bind::<SqlUuid, _>(order.0)
    .bind::<BigInt, _>(offset)
    .bind::<BigInt, _>(limit.saturating_add(1))
    .load::<Row>(connection)
    .await?;
    let mut entries = rows.into_iter().map(Row::into_entry).collect::<QueryResult<Vec<_>>>()?;
    let states: Vec<Option<Said>> = entries.iter().skip(1).map(|entry| entry.after.clone()).collect();
    for (entry, before) in entries.iter_mut().zip(states) {
        if entry.version.is_none() {
            entry.before = before;
        }
    }
    entries.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(Page { entries, total: u64::try_from(total).unwrap_or_default() })
}

impl Row {
    fn into_entry(self) -> QueryResult<Entry> {
        Ok(Entry {
            uuid: self.uuid,
            at: self.occurred_at,
            author: match (self.user_uuid, self.api_client_uuid) {
                (Some(_), _) => Author::User(self.full_name),
                (None, Some(_)) => Author::ApiClient(self.client_id),
                (None, None) => Author::Program,
            },
            action: value(self.action)?,
            revision: self.revision,
            version: self.version_number,
            after: said(self.identifier, self.content, self.schema_version)?,
            before: said(self.previous_identifier, self.previous_content, self.previous_schema_version)?,
        })
    }
}

fn said(
    identifier: Option<String>,
    content: Option<serde_json::Value>,
    schema_version: Option<i32>,
) -> QueryResult<Option<Said>> {
    let (Some(identifier), Some(content), Some(schema_version)) = (identifier, content, schema_version) else {
        return Ok(None);
    };
    let content = without_found(&read_content(content, schema_version)?);
    Ok(Some(Said { identifier, content }))
}

fn without_found(content: &OrderContent) -> OrderContent {
    let mut content = content.clone();
    for location in content.measures.iter_mut().flat_map(|measure| &mut measure.locations) {
        location.found = None;
    }
    content
}
