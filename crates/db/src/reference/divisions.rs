//! Intercommunalities, départements and regions.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel_async::RunQueryDsl;

use super::load::DivisionKind;
use super::statement::{Bind, Statement};
use crate::Connection;

/// A département, and the region to which it belongs.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Department {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name of its region, where it has one.
    pub region: Option<String>,
}

/// The département of this code, in the most recent edition in use that has it.
///
/// # Errors
/// When the query fails.
pub async fn department(connection: &mut Connection, code: &str) -> QueryResult<Option<Department>> {
    Statement::<(Text, Text, Nullable<Text>)>::new(
        "SELECT d.code, d.name, \
                (SELECT r.name FROM reference.divisions r \
                 WHERE r.edition_id = d.edition_id AND r.kind = 'region' AND r.communes @> d.communes[1:1] LIMIT 1) \
         FROM reference.editions e JOIN reference.divisions d ON d.edition_id = e.id \
         WHERE e.is_active AND d.kind = 'department' AND d.code = $1 ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(code)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// A group of communes that is asked for, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// Name.
    pub name: String,
    /// INSEE codes of its communes.
    pub communes: Vec<String>,
}

/// The group of this kind and code, in the most recent edition in use that has it.
///
/// # Errors
/// When the query fails.
pub async fn division(connection: &mut Connection, kind: DivisionKind, code: &str) -> QueryResult<Option<Division>> {
    let found: Option<(String, Vec<String>)> = Statement::<(Text, diesel::sql_types::Array<Text>)>::new(
        "SELECT d.name, d.communes \
         FROM reference.editions e JOIN reference.divisions d ON d.edition_id = e.id \
         WHERE e.is_active AND d.kind = $1 AND d.code = $2 ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(kind.as_str()), Bind::Text(code)],
    )
    .get_result(connection)
    .await
    .optional()?;
    Ok(found.map(|(name, communes)| Division { name, communes }))
}
