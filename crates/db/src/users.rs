//! People and their memberships.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::schema::{memberships, organizations, users};

/// A person who may log in.
#[derive(Clone, Queryable, Selectable, Identifiable)]
#[diesel(table_name = users, primary_key(uuid), check_for_backend(diesel::pg::Pg))]
pub struct User {
    /// Identifier.
    pub uuid: Uuid,
    /// Lower-case e-mail address.
    pub email: String,
    /// Full name.
    pub full_name: String,
    /// Argon2 hash in PHC form; `None`: no local password.
    pub password_hash: Option<String>,
    /// Whether the person administers the whole platform.
    pub is_super_admin: bool,
    /// Whether the e-mail address was confirmed.
    pub is_verified: bool,
    /// Grows by one with every change.
    pub revision: i64,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither the hash nor personal data may reach a log.
        f.debug_struct("User").field("uuid", &self.uuid).finish_non_exhaustive()
    }
}

/// A person to create, or to bring to this state.
#[derive(Clone, Insertable, AsChangeset)]
#[diesel(table_name = users, primary_key(uuid), treat_none_as_null = true)]
pub struct NewUser {
    /// Identifier.
    pub uuid: Uuid,
    /// Lower-case e-mail address.
    pub email: String,
    /// Full name.
    pub full_name: String,
    /// Argon2 hash in PHC form.
    pub password_hash: Option<String>,
    /// Whether the person administers the whole platform.
    pub is_super_admin: bool,
    /// Whether the e-mail address was confirmed.
    pub is_verified: bool,
}

/// Membership of an organization, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Membership {
    /// The organization.
    pub organization_uuid: Uuid,
    /// Its name.
    pub organization_name: String,
    /// Whether the person owns it.
    pub is_owner: bool,
    /// IANA name of the zone of its territory.
    pub time_zone: String,
}

/// The person with this e-mail address, trimmed and in lower case.
///
/// # Errors
/// When the query fails.
pub async fn find_by_email(connection: &mut Connection, email: &str) -> QueryResult<Option<User>> {
    users::table.filter(users::email.eq(email)).select(User::as_select()).first(connection).await.optional()
}

/// The person with this identifier.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, uuid: Uuid) -> QueryResult<Option<User>> {
    users::table.find(uuid).select(User::as_select()).first(connection).await.optional()
}

/// The organizations of a person, by name.
///
/// # Errors
/// When the query fails.
pub async fn memberships(connection: &mut Connection, user_uuid: Uuid) -> QueryResult<Vec<Membership>> {
    memberships::table
        .inner_join(organizations::table)
        .filter(memberships::user_uuid.eq(user_uuid))
        .order((organizations::name, organizations::uuid))
        .select((organizations::uuid, organizations::name, memberships::is_owner, organizations::time_zone))
        .load(connection)
        .await
}

/// Whether the person is a member of the organization, and then whether an owner.
///
/// # Errors
/// When the query fails.
pub async fn is_owner(
    connection: &mut Connection,
    organization_uuid: Uuid,
    user_uuid: Uuid,
) -> QueryResult<Option<bool>> {
    memberships::table
        .find((organization_uuid, user_uuid))
        .select(memberships::is_owner)
        .first(connection)
        .await
        .optional()
}

/// Creates the person, or brings the one with the same identifier to this state.
///
/// # Errors
/// When the query fails, for instance because another person has the e-mail address.
pub async fn upsert(connection: &mut Connection, user: &NewUser) -> QueryResult<()> {
    diesel::insert_into(users::table)
        .values(user)
        .on_conflict(users::uuid)
        .do_update()
        .set(user)
        .execute(connection)
        .await
        .map(drop)
}

/// Makes the person a member of the organization, owner or not.
///
/// # Errors
/// When the query fails, for instance because one of the two does not exist.
pub async fn upsert_membership(
    connection: &mut Connection,
    organization_uuid: Uuid,
    user_uuid: Uuid,
    is_owner: bool,
) -> QueryResult<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::organization_uuid.eq(organization_uuid),
            memberships::user_uuid.eq(user_uuid),
            memberships::is_owner.eq(is_owner),
        ))
        .on_conflict((memberships::organization_uuid, memberships::user_uuid))
        .do_update()
        .set(memberships::is_owner.eq(is_owner))
        .execute(connection)
        .await
        .map(drop)
}
