//! What is loaded, and what is in use.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// Kind of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditionKind {
    /// Communes, or their contours.
    Communes,
    /// Streets, house numbers and segments.
    Network,
    /// Numbered roads and their reference points.
    Roads,
}

impl EditionKind {
    /// As stored and shown: `communes`, `network` or `roads`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Communes => "communes",
            Self::Network => "network",
            Self::Roads => "roads",
        }
    }
}

impl std::fmt::Display for EditionKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A loaded set of reference data: one source, one territory, one date.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct Edition {
    /// Number, which also names its partitions.
    pub id: i32,
    /// `<source>:<territory>:<date>`.
    pub name: String,
    /// `communes`, `network` or `roads`.
    pub kind: String,
    /// Where the data comes from: `osm`, `ban`, `town`…
    pub source: String,
    /// What it covers: `paris-centre`, `france`, `00001`…
    pub territory: String,
    /// Date of the data.
    pub dated: NaiveDate,
    /// When it was loaded.
    pub loaded_at: DateTime<Utc>,
    /// Whether look-ups use it.
    pub is_active: bool,
    /// When look-ups last began to use it.
    pub activated_at: Option<DateTime<Utc>>,
    /// Number of communes.
    pub communes: i32,
    /// Number of commune contours.
    pub contours: i32,
    /// Number of streets.
    pub streets: i32,
    /// Number of house numbers.
    pub addresses: i32,
    /// Number of segments.
    pub segments: i32,
}

type EditionSql = (
    Integer,
    Text,
    Text,
    Text,
    Text,
    Date,
    Timestamptz,
    Bool,
    Nullable<Timestamptz>,
    Integer,
    Integer,
    Integer,
    Integer,
    Integer,
);

/// Every edition, those in use first.
///
/// # Errors
/// When the query fails.
pub async fn all_editions(connection: &mut Connection) -> QueryResult<Vec<Edition>> {
    Statement::<EditionSql>::new(
        "SELECT id, name, kind, source, territory, dated, loaded_at, is_active, activated_at, \
                communes, contours, streets, addresses, segments \
         FROM reference.editions ORDER BY is_active DESC, kind, source, territory, dated DESC, loaded_at DESC",
        [],
    )
    .load(connection)
    .await
}

/// The editions look-ups use.
///
/// # Errors
/// When the query fails.
pub async fn active_editions(connection: &mut Connection) -> QueryResult<Vec<Edition>> {
    Ok(all_editions(connection).await?.into_iter().filter(|edition| edition.is_active).collect())
}

/// The network edition that answers for a commune: the most recent one in use that covers it.
///
/// # Errors
/// When the query fails.
pub async fn edition_of_commune(connection: &mut Connection, insee: &str) -> QueryResult<Option<i32>> {
    Statement::<Integer>::new(
        "SELECT n.edition_id FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id \
         WHERE n.insee = $1 AND e.is_active ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(insee)],
    )
    .get_result(connection)
    .await
    .optional()
}
