//! Road authorities and their perimeters.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::schema::{memberships, organizations};
use crate::words::contains_pattern;

/// A road authority.
#[derive(Clone, Debug, Queryable, Selectable, Identifiable)]
#[diesel(table_name = organizations, primary_key(uuid), check_for_backend(diesel::pg::Pg))]
pub struct Organization {
    /// Identifier.
    pub uuid: Uuid,
    /// Name.
    pub name: String,
    /// SIRET number, fourteen digits.
    pub siret: Option<String>,
    /// Code of its territory in the official geography.
    pub code: Option<String>,
    /// What `code` is: `insee`, `epci`, `departement` or `region`.
    pub code_type: Option<String>,
    /// IANA name of the zone of its territory.
    pub time_zone: String,
    /// Grows by one with every change.
    pub revision: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// An organization to create, or to bring to this state.
#[derive(Clone, Debug, Insertable, AsChangeset)]
#[diesel(table_name = organizations, primary_key(uuid), treat_none_as_null = true)]
pub struct NewOrganization {
    /// Identifier.
    pub uuid: Uuid,
    /// Name.
    pub name: String,
    /// SIRET number, fourteen digits.
    pub siret: Option<String>,
    /// Code of its territory in the official geography.
    pub code: Option<String>,
    /// What `code` is: `insee`, `epci`, `departement` or `region`.
    pub code_type: Option<String>,
    /// IANA name of the zone of its territory.
    pub time_zone: String,
}

/// The organization with this identifier.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, uuid: Uuid) -> QueryResult<Option<Organization>> {
    organizations::table.find(uuid).select(Organization::as_select()).first(connection).await.optional()
}

/// The organizations of a person, by name, and whether the person owns each.
///
/// # Errors
/// When the query fails.
pub async fn of_member(connection: &mut Connection, user_uuid: Uuid) -> QueryResult<Vec<(Organization, bool)>> {
    organizations::table
        .inner_join(memberships::table)
        .filter(memberships::user_uuid.eq(user_uuid))
        .order((organizations::name, organizations::uuid))
        .select((Organization::as_select(), memberships::is_owner))
        .load(connection)
        .await
}

/// An organization that published orders.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Publisher {
    /// Identifier.
    #[diesel(sql_type = SqlUuid)]
    pub uuid: Uuid,
    /// Name.
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// The organizations that have a published order, by name: those whose name holds a text, whatever case and accents; or
/// a single one.
///
/// # Errors
/// When the query fails.
pub async fn publishers(
    connection: &mut Connection,
    search: &str,
    uuid: Option<Uuid>,
    limit: i64,
) -> QueryResult<Vec<Publisher>> {
    diesel::sql_query(
        "SELECT g.uuid, g.name FROM organizations g \
         WHERE lower(unaccent(g.name)) LIKE lower(unaccent($1)) AND ($2 IS NULL OR g.uuid = $2) \
            AND EXISTS (SELECT FROM public_orders p WHERE p.organization_uuid = g.uuid) \
         ORDER BY g.name, g.uuid LIMIT $3",
    )
    .bind::<Text, _>(contains_pattern(search))
    .bind::<Nullable<SqlUuid>, _>(uuid)
    .bind::<BigInt, _>(limit)
    .load(connection)
    .await
}

/// Creates the organization, or brings the one with the same identifier to this state.
///
/// # Errors
/// When the query fails, for instance because another organization has the SIRET number.
pub async fn upsert(connection: &mut Connection, organization: &NewOrganization) -> QueryResult<()> {
    diesel::insert_into(organizations::table)
        .values(organization)
        .on_conflict(organizations::uuid)
        .do_update()
        .set(organization)
        .execute(connection)
        .await
        .map(drop)
}

/// Sets one area of the perimeter, known by its label. `geojson` is a polygon or several, in longitude and latitude.
///
/// # Errors
/// When the query fails, for instance because `geojson` has no surface.
pub async fn upsert_area(
    connection: &mut Connection,
    organization_uuid: Uuid,
    label: &str,
    geojson: &str,
) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO organization_areas (uuid, organization_uuid, label, geometry) \
         VALUES ($1, $2, $3, ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON($4), 4326)), 3))) \
         ON CONFLICT (organization_uuid, label) DO UPDATE SET geometry = excluded.geometry",
    )
    .bind::<diesel::sql_types::Uuid, _>(Uuid::now_v7())
    .bind::<diesel::sql_types::Uuid, _>(organization_uuid)
    .bind::<Text, _>(label)
    .bind::<Text, _>(geojson)
    .execute(connection)
    .await
    .map(drop)
}
