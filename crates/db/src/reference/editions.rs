//! What is loaded, and what is in use.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

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

/// What an edition is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditionState {
    /// Look-ups use it.
    InUse,
    /// Loaded and checked, but look-ups have never used it.
    Aside,
    /// The last one that look-ups used before: the one to go back to.
    Previous,
    /// Replaced twice; the next load removes it.
    Outdated,
}

/// Something that was counted before an edition could be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What: `streets`, `segments without street`…
    pub what: String,
    /// How many there are.
    pub found: i64,
    /// How many the edition in use had at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
}

/// A loaded set of reference data: one source, one territory, one date.
#[derive(Clone, Debug, PartialEq)]
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
    /// Whether look-ups use it, or may again.
    pub state: EditionState,
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
    /// Number of intercommunalities, départements and regions.
    pub divisions: i32,
    /// Number of numbered roads.
    pub numbered_roads: i32,
    /// Number of reference points, technical ones included.
    pub reference_points: i32,
    /// What was checked before it could be used.
    pub checks: Vec<Check>,
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
    Bool,
    Nullable<Timestamptz>,
    Integer,
    Integer,
    Integer,
    Integer,
    Integer,
    Integer,
    Integer,
    Integer,
    Jsonb,
);

type EditionRow = (
    i32,
    String,
    String,
    String,
    String,
    NaiveDate,
    DateTime<Utc>,
    bool,
    bool,
    Option<DateTime<Utc>>,
    i32,
    i32,
    i32,
    i32,
    i32,
    i32,
    i32,
    i32,
    serde_json::Value,
);

/// Every edition, those in use first.
///
/// # Errors
/// When the query fails.
pub async fn all_editions(connection: &mut Connection) -> QueryResult<Vec<Edition>> {
    let rows: Vec<EditionRow> = Statement::<EditionSql>::new(
        "SELECT id, name, kind, source, territory, dated, loaded_at, is_active, \
                row_number() OVER (PARTITION BY kind, source, territory, is_active, activated_at IS NULL \
                                   ORDER BY activated_at DESC, id DESC) = 1 AS is_latest, \
                activated_at, communes, contours, streets, addresses, segments, divisions, \
                numbered_roads, reference_points, checks \
         FROM reference.editions ORDER BY is_active DESC, kind, source, territory, dated DESC, loaded_at DESC",
        [],
    )
    .load(connection)
    .await?;
    rows.into_iter().map(edition).collect()
}

fn edition(row: EditionRow) -> QueryResult<Edition> {
    let (id, name, kind, source, territory, dated, loaded_at, is_active, is_latest, activated_at, ..) = row;
    let (.., communes, contours, streets, addresses, segments, divisions, numbered_roads, reference_points, checks) =
        row;
    let state = match (is_active, activated_at, is_latest) {
        (true, ..) => EditionState::InUse,
        (false, None, true) => EditionState::Aside,
        (false, Some(_), true) => EditionState::Previous,
        (false, _, false) => EditionState::Outdated,
    };
    let checks = serde_json::from_value(checks).map_err(|error| Error::DeserializationError(Box::new(error)))?;
    Ok(Edition {
        id,
        name,
        kind,
        source,
        territory,
        dated,
        loaded_at,
        is_active,
        state,
        activated_at,
        communes,
        contours,
        streets,
        addresses,
        segments,
        divisions,
        numbered_roads,
        reference_points,
        checks,
    })
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
