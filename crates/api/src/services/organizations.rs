//! Organizations as their members see them, and their keys for the integrators' API.

use chrono::TimeDelta;
use dialog_api_types::app::{
    ApiClientScope, ApiClientView, CreateApiClient, CreatedApiClient, Organization, OrganizationRef, PublishersQuery,
    RegeneratedApiClient,
};
use dialog_db::api_clients::{self, Listed, NewApiClient, Scope};
use dialog_db::{Connection, organizations, users};
use dialog_domain::OrganizationId;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel_async::pooled_connection::deadpool::PoolError;
use uuid::Uuid;

use crate::app::AppState;
use crate::extract::CurrentUser;
use crate::secrets::random_secret;

/// Why something was refused to a person in an organization.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OrganizationError {
    /// There is no such organization, or it has no such key.
    #[error("the organization or its key does not exist")]
    NotFound,
    /// The person is no member.
    #[error("the person is no member of the organization")]
    NotMember,
    /// The key is that of an owner.
    #[error("only an owner may change the key of an owner")]
    OwnerOnly,
    /// The key is for somebody else, or of somebody else.
    #[error("only an owner may make or take over the key of somebody else")]
    NotTheirs,
    /// The key would be over before it begins.
    #[error("the key would expire in the past")]
    Expired,
    /// The person for whom a key is asked is no member.
    #[error("the key is for somebody who is no member of the organization")]
    NoSuchMember,
    /// The person for whom a key is asked has one.
    #[error("the person has a key in the organization")]
    HasKey,
    /// A query failed.
    #[error("reading or writing an organization")]
    Query(#[from] diesel::result::Error),
    /// PostgreSQL gives no connection.
    #[error("connecting to PostgreSQL")]
    Pool(#[from] PoolError),
}

/// Organizations that an answer names at most.
const MOST_PUBLISHERS: i64 = 10;

/// What these services answer.
pub type Result<T> = std::result::Result<T, OrganizationError>;

/// The organizations of a person, by name.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn list(state: &AppState, user: &CurrentUser) -> Result<Vec<Organization>> {
    let mut connection = state.database.get().await?;
    let found = organizations::of_member(&mut connection, user.uuid()).await?;
    Ok(found.into_iter().map(|(organization, is_owner)| view(organization, is_owner)).collect())
}

/// An organization of the person.
///
/// # Errors
/// See [`OrganizationError`].
pub async fn find(state: &AppState, user: &CurrentUser, id: OrganizationId) -> Result<Organization> {
    let mut connection = state.database.get().await?;
    let organization = organizations::find(&mut connection, id.0).await?.ok_or(OrganizationError::NotFound)?;
    let membership = user.membership(id).ok_or(OrganizationError::NotMember)?;
    Ok(view(organization, membership.is_owner))
}

/// The first organizations by name that published orders and are looked for.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn publishers(state: &AppState, query: &PublishersQuery) -> Result<Vec<OrganizationRef>> {
    let mut connection = state.database.get().await?;
    let search = query.search.as_deref().unwrap_or_default();
    let uuid = query.uuid.map(|uuid| uuid.0);
    let found = organizations::publishers(&mut connection, search, uuid, MOST_PUBLISHERS).await?;
    Ok(found.into_iter().map(|one| OrganizationRef { uuid: OrganizationId(one.uuid), name: one.name }).collect())
}

/// The keys of an organization of the person, newest first.
///
/// # Errors
/// See [`OrganizationError`].
pub async fn list_keys(state: &AppState, user: &CurrentUser, id: OrganizationId) -> Result<Vec<ApiClientView>> {
    let mut connection = state.database.get().await?;
    let is_owner = authorize(&mut connection, user, id).await?;
    let keys = api_clients::list(&mut connection, id.0, None).await?;
    keys.into_iter().map(|key| key_view(key, is_owner)).collect()
}

/// Makes a key for the person or, by an owner, for any member of the organization: it acts in the name of who holds it.
/// Its secret is told here and nowhere else.
///
/// # Errors
/// See [`OrganizationError`].
pub async fn create_key(
    state: &AppState,
    user: &CurrentUser,
    id: OrganizationId,
    holder: Uuid,
    asked: &CreateApiClient,
) -> Result<CreatedApiClient> {
    let mut connection = state.database.get().await?;
    let is_owner = authorize(&mut connection, user, id).await?;
    if !is_owner && holder != user.uuid() {
        return Err(OrganizationError::NotTheirs);
    }
    if users::is_owner(&mut connection, id.0, holder).await?.is_none() {
        return Err(OrganizationError::NoSuchMember);
    }
    if asked.expires_at.is_some_and(|end| end <= state.clock.now()) {
        return Err(OrganizationError::Expired);
    }
    let client_secret = random_secret();
    let key = NewApiClient {
        uuid: Uuid::now_v7(),
        client_id: Uuid::now_v7().to_string(),
        secret_hash: state.keys.api_client_hash(&client_secret).to_vec(),
        organization_uuid: id.0,
        user_uuid: Some(holder),
        scope: match asked.scope {
            ApiClientScope::Read => Scope::Read,
            ApiClientScope::Write => Scope::Write,
        },
        expires_at: asked.expires_at,
    };
    match api_clients::insert(&mut connection, &key).await {
        Ok(true) => Ok(CreatedApiClient { uuid: key.uuid, client_id: key.client_id, client_secret }),
        Ok(false) => Err(OrganizationError::HasKey),
        // The person left in between.
        Err(QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => {
            Err(OrganizationError::NoSuchMember)
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives a key another secret. The old one is refused at once, or after so long: whoever uses it can change it without
/// an interruption.
///
/// # Errors
/// See [`OrganizationError`].
pub async fn regenerate_key(
    state: &AppState,
    user: &CurrentUser,
    id: OrganizationId,
    key: Uuid,
    keep_previous: Option<TimeDelta>,
) -> Result<RegeneratedApiClient> {
    let mut connection = state.database.get().await?;
    let is_owner = authorize(&mut connection, user, id).await?;
    let key = manageable(&mut connection, id, key, is_owner).await?;
    if !is_owner && key.user_uuid.is_some_and(|holder| holder != user.uuid()) {
        return Err(OrganizationError::NotTheirs);
    }
    let client_secret = random_secret();
    let hash = state.keys.api_client_hash(&client_secret);
    let until = keep_previous.map(|time| state.clock.now() + time);
    api_clients::set_secret(&mut connection, key.uuid, &hash, until).await?;
    Ok(RegeneratedApiClient { client_id: key.client_id, client_secret })
}

/// Deletes a key.
///
/// # Errors
/// See [`OrganizationError`].
pub async fn delete_key(state: &AppState, user: &CurrentUser, id: OrganizationId, key: Uuid) -> Result<()> {
    let mut connection = state.database.get().await?;
    let is_owner = authorize(&mut connection, user, id).await?;
    let key = manageable(&mut connection, id, key, is_owner).await?;
    Ok(api_clients::delete(&mut connection, key.uuid).await?)
}

/// Whether the person owns the organization, of which the person must be a member. That an organization exists is no
/// secret.
async fn authorize(connection: &mut Connection, user: &CurrentUser, id: OrganizationId) -> Result<bool> {
    match user.membership(id) {
        Some(membership) => Ok(membership.is_owner),
        None if organizations::find(connection, id.0).await?.is_some() => Err(OrganizationError::NotMember),
        None => Err(OrganizationError::NotFound),
    }
}

/// A key that the person may change: that of an owner is changed by owners only.
async fn manageable(connection: &mut Connection, id: OrganizationId, key: Uuid, is_owner: bool) -> Result<Listed> {
    let key = api_clients::list(connection, id.0, Some(key)).await?.into_iter().next();
    let key = key.ok_or(OrganizationError::NotFound)?;
    if can_manage(&key, is_owner) { Ok(key) } else { Err(OrganizationError::OwnerOnly) }
}

fn can_manage(key: &Listed, is_owner: bool) -> bool {
    is_owner || key.is_owner != Some(true)
}

fn view(organization: organizations::Organization, is_owner: bool) -> Organization {
    Organization {
        uuid: OrganizationId(organization.uuid),
        name: organization.name,
        siret: organization.siret,
        code: organization.code,
        code_type: organization.code_type,
        time_zone: organization.time_zone,
        created_at: organization.created_at,
        is_owner,
    }
}

fn key_view(key: Listed, is_owner: bool) -> Result<ApiClientView> {
    let scope = match key.scope()? {
        Scope::Read => ApiClientScope::Read,
        Scope::Write => ApiClientScope::Write,
    };
    Ok(ApiClientView {
        can_manage: can_manage(&key, is_owner),
        uuid: key.uuid,
        client_id: key.client_id,
        user_uuid: key.user_uuid,
        user_full_name: key.user_full_name,
        user_email: key.user_email,
        is_owner: key.is_owner.unwrap_or(false),
        created_at: key.created_at,
        last_used_at: key.last_used_at,
        is_active: key.is_active,
        scope,
        expires_at: key.expires_at,
        previous_secret_until: key.previous_secret_until,
    })
}
