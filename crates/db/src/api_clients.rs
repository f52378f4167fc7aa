//! Keys of integrators.

use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Connection;
use crate::schema::{api_clients, memberships, organizations, users};
use crate::words::{value, word};

/// What a key may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read.
    Read,
    /// Read and write.
    #[default]
    Write,
}

/// A key and the organization for which it acts.
#[derive(Clone)]
pub struct ApiClient {
    /// Identifier of the row.
    pub uuid: Uuid,
    /// What is kept of its secrets.
    pub secrets: Secrets,
    /// Whether the key may be used.
    pub is_active: bool,
    /// What it may do.
    pub scope: Scope,
    /// From when on it may not be used any more.
    pub expires_at: Option<DateTime<Utc>>,
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

/// What is kept of the secrets of a key.
#[derive(Clone)]
pub enum Secrets {
    /// HMAC-SHA-256 of the secret, and of the one before, which is good until then.
    Current {
        /// Of the secret.
        hash: Vec<u8>,
        /// Of the one before.
        previous: Option<(Vec<u8>, DateTime<Utc>)>,
    },
    /// bcrypt of the secret, from another installation.
    Legacy(String),
}

/// A key to create, or to bring to this state.
#[derive(Clone)]
pub struct NewApiClient {
    /// Identifier of the row.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// HMAC-SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
    /// The organization for which it acts.
    pub organization_uuid: Uuid,
    /// The person behind the key, if known: a member of the organization.
    pub user_uuid: Option<Uuid>,
    /// What it may do.
    pub scope: Scope,
    /// From when on it may not be used any more.
    pub expires_at: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
struct Row {
    uuid: Uuid,
    secret_hash: Option<Vec<u8>>,
    previous_secret_hash: Option<Vec<u8>>,
    previous_secret_until: Option<DateTime<Utc>>,
    legacy_hash: Option<String>,
    is_active: bool,
    scope: String,
    expires_at: Option<DateTime<Utc>>,
    user_uuid: Option<Uuid>,
    organization_uuid: Uuid,
    organization_name: String,
    time_zone: String,
    last_used_at: Option<DateTime<Utc>>,
}

impl Row {
    fn into_client(self) -> QueryResult<ApiClient> {
        let secrets = match (self.secret_hash, self.legacy_hash) {
            (Some(hash), _) => {
                Secrets::Current { hash, previous: self.previous_secret_hash.zip(self.previous_secret_until) }
            }
            // The table has one of both.
            (None, legacy) => Secrets::Legacy(legacy.unwrap_or_default()),
        };
        Ok(ApiClient {
            uuid: self.uuid,
            secrets,
            is_active: self.is_active,
            scope: value(self.scope)?,
            expires_at: self.expires_at,
            user_uuid: self.user_uuid,
            organization_uuid: self.organization_uuid,
            organization_name: self.organization_name,
            time_zone: self.time_zone,
            last_used_at: self.last_used_at,
        })
    }
}

/// The key with this client id, active or not, expired or not.
///
/// # Errors
/// When the query fails.
pub async fn find_by_client_id(connection: &mut Connection, client_id: &str) -> QueryResult<Option<ApiClient>> {
    api_clients::table
        .inner_join(organizations::table)
        .filter(api_clients::client_id.eq(client_id))
        .select((
            api_clients::uuid,
            api_clients::secret_hash,
            api_clients::previous_secret_hash,
            api_clients::previous_secret_until,
            api_clients::legacy_hash,
            api_clients::is_active,
            api_clients::scope,
            api_clients::expires_at,
            api_clients::user_uuid,
            api_clients::organization_uuid,
            organizations::name,
            organizations::time_zone,
            api_clients::last_used_at,
        ))
        .first::<Row>(connection)
        .await
        .optional()?
        .map(Row::into_client)
        .transpose()
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
    diesel::sql_query(
        "INSERT INTO api_clients (uuid, client_id, secret_hash, organization_uuid, user_uuid, scope, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (uuid) DO UPDATE SET client_id = $2, secret_hash = $3, \
            organization_uuid = $4, user_uuid = $5, scope = $6, expires_at = $7, is_active = true, legacy_hash = NULL, \
            previous_secret_hash = NULL, previous_secret_until = NULL",
    )
    .bind::<SqlUuid, _>(client.uuid)
    .bind::<Text, _>(&client.client_id)
    .bind::<Bytea, _>(&client.secret_hash)
    .bind::<SqlUuid, _>(client.organization_uuid)
    .bind::<Nullable<SqlUuid>, _>(client.user_uuid)
    .bind::<Text, _>(word(client.scope)?)
    .bind::<Nullable<Timestamptz>, _>(client.expires_at)
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
    /// What it may do, as a word.
    scope: String,
    /// From when on it may not be used any more.
    pub expires_at: Option<DateTime<Utc>>,
    /// Until when the secret before the present one may be used too.
    pub previous_secret_until: Option<DateTime<Utc>>,
}

impl Listed {
    /// What it may do.
    ///
    /// # Errors
    /// When the table has a word that this program does not know.
    pub fn scope(&self) -> QueryResult<Scope> {
        value(self.scope.clone())
    }
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
            api_clients::scope,
            api_clients::expires_at,
            api_clients::previous_secret_until,
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
/// When the query fails, for instance because the person is no member of the organization any more.
pub async fn insert(connection: &mut Connection, client: &NewApiClient) -> QueryResult<bool> {
    // The index on organization and person has the last word.
    diesel::insert_into(api_clients::table)
        .values((
            api_clients::uuid.eq(client.uuid),
            api_clients::client_id.eq(&client.client_id),
            api_clients::secret_hash.eq(&client.secret_hash),
            api_clients::organization_uuid.eq(client.organization_uuid),
            api_clients::user_uuid.eq(client.user_uuid),
            api_clients::scope.eq(word(client.scope)?),
            api_clients::expires_at.eq(client.expires_at),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await
        .map(|rows| rows == 1)
}

/// Replaces the secret. The one that it had stays good until `keep_previous_until`, or is refused from now on.
///
/// # Errors
/// When the query fails.
pub async fn set_secret(
    connection: &mut Connection,
    uuid: Uuid,
    secret_hash: &[u8],
    keep_previous_until: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE api_clients SET secret_hash = $2, legacy_hash = NULL, \
            previous_secret_hash = CASE WHEN $3 IS NOT NULL THEN secret_hash END, \
            previous_secret_until = CASE WHEN secret_hash IS NOT NULL THEN $3 END WHERE uuid = $1",
    )
    .bind::<SqlUuid, _>(uuid)
    .bind::<Bytea, _>(secret_hash)
    .bind::<Nullable<Timestamptz>, _>(keep_previous_until)
    .execute(connection)
    .await
    .map(drop)
}

/// Keeps the secret of a key of another installation as we keep ours.
///
/// # Errors
/// When the query fails.
pub async fn upgrade(connection: &mut Connection, uuid: Uuid, secret_hash: &[u8]) -> QueryResult<()> {
    diesel::update(api_clients::table.find(uuid).filter(api_clients::legacy_hash.is_not_null()))
        .set((api_clients::secret_hash.eq(secret_hash), api_clients::legacy_hash.eq(None::<String>)))
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
