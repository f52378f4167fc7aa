//! Streets by name and by identifier.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// A street as it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct StreetName {
    /// Identifier.
    pub street_id: String,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
    /// False for a street known by its house numbers only: nothing of it can be drawn.
    pub has_geometry: bool,
}

/// A street, with the edition that describes it.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct StreetRow {
    /// Number of the edition.
    pub edition_id: i32,
    /// Name of the edition.
    pub edition: String,
    /// Identifier.
    pub street_id: String,
    /// Commune.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
}

type StreetSql = (Integer, Text, Text, Text, Text, Text);

const NAMES: &str = "SELECT street_id, name, norm_name, length_m > 0 FROM reference.streets \
     WHERE edition_id = $1 AND insee = $2";

/// The statement behind [`street_names_of_commune`], for tests of its plan.
#[must_use]
pub const fn street_names_sql() -> &'static str {
    NAMES
}

/// The streets of a commune in one edition, in no order.
///
/// # Errors
/// When the query fails.
pub async fn street_names_of_commune(
    connection: &mut Connection,
    edition_id: i32,
    insee: &str,
) -> QueryResult<Vec<StreetName>> {
    Statement::<(Text, Text, Text, Bool)>::new(NAMES, [Bind::Integer(edition_id), Bind::Text(insee)])
        .load(connection)
        .await
}

/// The street with this identifier, in the most recent edition in use that has it.
///
/// # Errors
/// When the query fails.
pub async fn find_street(connection: &mut Connection, street_id: &str) -> QueryResult<Option<StreetRow>> {
    Statement::<StreetSql>::new(
        "SELECT e.id, e.name, s.street_id, s.insee, s.name, s.norm_name FROM reference.editions e \
         CROSS JOIN LATERAL (SELECT * FROM reference.streets s \
                             WHERE s.edition_id = e.id AND s.street_id = lower($1) LIMIT 1) s \
         WHERE e.is_active AND e.kind = 'network' ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(street_id)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// The street of a commune with this normalised name.
///
/// # Errors
/// When the query fails.
pub async fn find_street_by_name(
    connection: &mut Connection,
    insee: &str,
    norm_name: &str,
) -> QueryResult<Option<StreetRow>> {
    Statement::<StreetSql>::new(
        "SELECT e.id, e.name, s.street_id, s.insee, s.name, s.norm_name \
         FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id AND e.is_active \
         CROSS JOIN LATERAL (SELECT * FROM reference.streets s \
                             WHERE s.edition_id = e.id AND s.insee = n.insee AND s.norm_name = $2 \
                             ORDER BY s.length_m DESC, s.street_id LIMIT 1) s \
         WHERE n.insee = $1 ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(insee), Bind::Text(norm_name)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// Identifier, name and normalised name of streets of one edition.
///
/// # Errors
/// When the query fails.
pub async fn street_names(
    connection: &mut Connection,
    edition_id: i32,
    street_ids: &[String],
) -> QueryResult<Vec<(String, String, String)>> {
    Statement::<(Text, Text, Text)>::new(
        "SELECT street_id, name, norm_name FROM reference.streets WHERE edition_id = $1 AND street_id = ANY ($2)",
        [Bind::Integer(edition_id), Bind::Texts(street_ids)],
    )
    .load(connection)
    .await
}
