//! Perimeters of organizations: areas made of the outlines of communes, and areas that were drawn.

use diesel::prelude::*;
use diesel::sql_types::{Array, Double, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;

/// A division of the official geography.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DivisionKind {
    /// A commune, or a municipal arrondissement.
    Commune,
    /// An intercommunality.
    Epci,
    /// A département.
    Department,
    /// A region.
    Region,
}

impl DivisionKind {
    /// Every kind, smallest first.
    pub const ALL: [Self; 4] = [Self::Commune, Self::Epci, Self::Department, Self::Region];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Epci => "epci",
            Self::Department => "department",
            Self::Region => "region",
        }
    }
}

/// An area to write: the union of the outlines of some communes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArea {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: DivisionKind,
    /// Its code.
    pub code: String,
    /// INSEE codes of its communes.
    pub communes: Vec<String>,
}

/// An area of a perimeter.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Area {
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub label: String,
    /// What it is, unless it was drawn: as [`DivisionKind::as_str`].
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<String>,
    /// Its code.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    /// Editions of the outlines of which it was made.
    #[diesel(sql_type = Nullable<Text>)]
    pub edition: Option<String>,
    /// Its surface, square kilometres.
    #[diesel(sql_type = Double)]
    pub surface_km2: f64,
}

/// The areas of an organization, drawn ones last, by kind and label.
///
/// # Errors
/// When the query fails.
pub async fn areas(connection: &mut Connection, organization: Uuid) -> QueryResult<Vec<Area>> {
    diesel::sql_query(
        "SELECT label, division_kind AS kind, division_code AS code, edition, \
                ST_Area(geometry::geography) / 1e6 AS surface_km2 \
         FROM organization_areas WHERE organization_uuid = $1 \
         ORDER BY array_position(ARRAY['region', 'department', 'epci', 'commune'], division_kind), label",
    )
    .bind::<SqlUuid, _>(organization)
    .load(connection)
    .await
}

/// Which of these communes have no outline in the editions in use, nor arrondissements that have one.
///
/// # Errors
/// When the query fails.
pub async fn without_outline(connection: &mut Connection, communes: &[String]) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        code: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT code FROM unnest($1) AS asked (code) \
         WHERE NOT EXISTS (SELECT FROM reference.commune_contours g \
                           JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
                           WHERE g.insee = asked.code \
                              OR g.insee IN (SELECT c.insee FROM reference.communes c \
                                             WHERE c.parent = asked.code AND c.kind = 'arrondissement')) \
         ORDER BY code",
    )
    .bind::<Array<Text>, _>(communes)
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// Takes away the areas of an organization that are divisions; drawn ones stay.
///
/// # Errors
/// When the query fails.
pub async fn clear(connection: &mut Connection, organization: Uuid) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM organization_areas WHERE organization_uuid = $1 AND division_kind IS NOT NULL")
        .bind::<SqlUuid, _>(organization)
        .execute(connection)
        .await
        .map(drop)
}

/// Adds an area, or draws it again: the union of the outlines in use of its communes. False when none of them has one.
///
/// # Errors
/// When the query fails, for instance because a drawn area has the label.
pub async fn upsert(connection: &mut Connection, organization: Uuid, area: &NewArea) -> QueryResult<bool> {
    let written = diesel::sql_query(
        "WITH outlines AS MATERIALIZED ( \
             SELECT DISTINCT ON (g.insee) g.geometry, e.name FROM reference.commune_contours g \
             JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
             WHERE g.insee = ANY ($6) \
                OR g.insee IN (SELECT c.insee FROM reference.communes c \
                               WHERE c.parent = ANY ($6) AND c.kind = 'arrondissement') \
             ORDER BY g.insee, e.dated DESC, e.loaded_at DESC) \
         INSERT INTO organization_areas \
             (uuid, organization_uuid, label, division_kind, division_code, edition, geometry) \
         SELECT $1, $2, $3, $4, $5, string_agg(DISTINCT name, ', ' ORDER BY name), \
                ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Union(geometry)), 3)) \
         FROM outlines HAVING count(*) > 0 \
         ON CONFLICT (organization_uuid, division_kind, division_code) \
             DO UPDATE SET label = excluded.label, edition = excluded.edition, geometry = excluded.geometry",
    )
    .bind::<SqlUuid, _>(Uuid::now_v7())
    .bind::<SqlUuid, _>(organization)
    .bind::<Text, _>(&area.label)
    .bind::<Text, _>(area.kind.as_str())
    .bind::<Text, _>(&area.code)
    .bind::<Array<Text>, _>(&area.communes)
    .execute(connection)
    .await?;
    Ok(written > 0)
}
