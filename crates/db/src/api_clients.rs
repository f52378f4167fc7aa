//! Keys of integrators.

use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::schema::{api_clients, memberships, organizations, users};

/// A key and the organization for which it acts.
#[derive(Clone, Queryable)]
pub struct ApiClient {
    /// Identifier of the row.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// HMAC-SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
    /// Whether the key may be used.
    pub is_active: bool,
    /// The person behind the key, if known.
    pub user_uuid: Option<Uuid>,
    /// The organization for which it acts.
    pub organization_uuid: Uuid,
    /// Name of that organization.
    pub organization_name: String,
    /// IANA name of the zone of its territory.
    pub time_zone: String,
    /// When the key was last used, within a minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A key to create, or to bring to this state.
#[derive(Clone, Insertable, AsChangeset)]
#[diesel(table_name = api_clients, primary_key(uuid), treat_none_as_null = true)]
pub struct NewApiClient {
    /// Identifier of the row.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// HMAC-SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
    /// The organization for which it acts.
    pub organization_uuid: Uuid,
    /// The person behind the key, if known.
    pub user_uuid: Option<Uuid>,
    /// Whether the key may be used.
    pub is_active: bool,
}

/// The key with this client id, active or not.
///
/// # Errors
/// When the query fails.
pub async fn find_by_client_id(connection: &mut Connection, client_id: &str) -> QueryResult<Option<ApiClient>> {
    api_clients::table
        .inner_join(organizations::table)
        .filter(api_clients::client_id.eq(client_id))
        .select((
            api_clients::uuid,
            api_clients::client_id,
            api_clients::secret_hash,
            api_clients::is_active,
            api_clients::user_uuid,
            api_clients::organization_uuid,
            organizations::name,
            organizations::time_zone,
            api_clients::last_used_at,
        ))
        .first(connection)
        .await
        .optional()
}

/// Notes that the key was used now, unless that was noted less than a minute ago.
///
/// # Errors
/// When the query fails.
pub async fn touch(connection: &mut Connection, uuid: Uuid) -> QueryResult<()> {
    let a_minute_ago = (now.into_sql::<Timestamptz>() - 1.minute()).nullable();
    diesel::update(api_clients::table.find(uuid))
        .filter(api_clients::last_used_at.is_null().or(api_clients::last_used_at.lt(a_minute_ago)))
        .set(api_clients::last_used_at.eq(now.into_sql::<Timestamptz>().nullable()))
        .execute(connection)
        .await
        .map(drop)
}

/// Creates the key, or brings the one with the same identifier to this state.
///
/// # Errors
/// When the query fails, for instance because another key has the client id.
pub async fn upsert(connection: &mut Connection, client: &NewApiClient) -> QueryResult<()> {
    diesel::insert_into(api_clients::table)
        .values(client)
        .on_conflict(api_clients::uuid)
        .do_update()
        .set(client)
        .execute(connection)
        .await
        .map(drop)
}

/// A key as the members of its organization see it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Listed {
    /// Identifier of the row.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// The person behind the key, if known.
    pub user_uuid: Option<Uuid>,
    /// Name of that person.
    pub user_full_name: Option<String>,
    /// E-mail address of that person.
    pub user_email: Option<String>,
    /// Whether that person owns the organization; `None` when that person is no member.
    pub is_owner: Option<bool>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, within a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether it may be used.
    pub is_active: bool,
}

/// The keys of an organization, newest first; the one with this identifier alone when there is one.
///
/// # Errors
/// When the query fails.
pub async fn list(
    connection: &mut Connection,
    organization_uuid: Uuid,
    uuid: Option<Uuid>,
) -> QueryResult<Vec<Listed>> {
    let mut query = api_clients::table
        .left_join(users::table)
        .left_join(
            memberships::table.on(memberships::organization_uuid
                .eq(api_clients::organization_uuid)
                .and(memberships::user_uuid.nullable().eq(api_clients::user_uuid))),
        )
        .filter(api_clients::organization_uuid.eq(organization_uuid))
        .order((api_clients::created_at.desc(), api_clients::uuid.desc()))
        .select((
            api_clients::uuid,
            api_clients::client_id,
            api_clients::user_uuid,
            users::full_name.nullable(),
            users::email.nullable(),
            memberships::is_owner.nullable(),
            api_clients::created_at,
            api_clients::last_used_at,
            api_clients::is_active,
        ))
        .into_boxed();
    if let Some(uuid) = uuid {
        query = query.filter(api_clients::uuid.eq(uuid));
    }
    query.load(connection).await
}

/// Creates the key. `false`: the person has one in the organization already.
///
/// # Errors
/// When the query fails.
pub async fn insert(connection: &mut Connection, client: &NewApiClient) -> QueryResult<bool> {
    // The index on organization and person has the last word.
    diesel::insert_into(api_clients::table)
        .values(client)
        .on_conflict_do_nothing()
        .execute(connection)
        .await
        .map(|rows| rows == 1)
}

/// Replaces the secret: from now on the old one is refused.
///
/// # Errors
/// When the query fails.
pub async fn set_secret(connection: &mut Connection, uuid: Uuid, secret_hash: &[u8]) -> QueryResult<()> {
    diesel::update(api_clients::table.find(uuid))
        .set(api_clients::secret_hash.eq(secret_hash))
        .execute(connection)
        .await
        .map(drop)
}

/// Deletes the key.
///
/// # Errors
/// When the query fails.
pub async fn delete(connection: &mut Connection, uuid: Uuid) -> QueryResult<()> {
    diesel::delete(api_clients::table.find(uuid)).execute(connection).await.map(drop)
}
