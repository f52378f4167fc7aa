//! Writing editions: everything is copied into partitions of its own, checked, then put into use in one transaction.

mod road_counts;
mod rows;
mod switch;
mod writer;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveDate;
use tokio_postgres::{Client, NoTls};

use super::{EditionKind, wkb};
pub use rows::{
    CopyRow, DivisionKind, NewAddress, NewCommune, NewContour, NewDivision, NewNumberRange, NewNumberedRoad,
    NewReferencePoint, NewRoadAdministrator, NewRoadSection, NewSegment, NewStreet, Row,
};
pub use switch::Switched;
pub use writer::{Counts, Covered, EditionWriter};

/// Key of the advisory lock that one load at a time holds; any constant of ours would do.
pub(super) const LOCK: i64 = 0x7265_6665_7265_6e63;
/// Tables that an edition may have a partition of.
const TABLES: [&str; 11] = [
    "communes",
    "commune_contours",
    "divisions",
    "streets",
    "addresses",
    "segments",
    "number_ranges",
    "road_administrators",
    "numbered_roads",
    "road_sections",
    "reference_points",
];

/// Why an edition was not written. Nothing of it is left then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// PostgreSQL does not let us in.
    #[error("connecting to the database to load reference data")]
    Connect(#[source] tokio_postgres::Error),
    /// A statement failed.
    #[error("{attempt}")]
    Statement {
        /// What was attempted.
        attempt: String,
        /// Why it failed.
        #[source]
        source: tokio_postgres::Error,
    },
}

/// An edition to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEdition {
    /// What it holds.
    pub kind: EditionKind,
    /// Where the data comes from: lower-case letters, digits and hyphens.
    pub source: String,
    /// What it covers: lower-case letters, digits and hyphens.
    pub territory: String,
    /// Date of the data.
    pub dated: NaiveDate,
}

/// A connection of its own for loading: diesel does not know `COPY`.
#[derive(Debug)]
pub struct Loader {
    client: Client,
}

impl Loader {
    /// Opens a connection.
    ///
    /// # Errors
    /// When PostgreSQL does not let us in.
    pub async fn connect(database_url: &str) -> Result<Self, StoreError> {
        let (client, connection) = tokio_postgres::connect(database_url, NoTls).await.map_err(StoreError::Connect)?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "the connection that loads reference data was lost");
            }
        });
        Ok(Self { client })
    }

    /// Begins an edition; another load that is under way is waited for.
    ///
    /// # Errors
    /// When a statement fails.
    pub async fn begin(&mut self, edition: &NewEdition) -> Result<EditionWriter<'_>, StoreError> {
        let transaction = self.client.transaction().await.map_err(failed("beginning to load an edition"))?;
        let lock = "SELECT pg_advisory_xact_lock($1)";
        transaction.execute(lock, &[&LOCK]).await.map_err(failed("waiting for another load to end"))?;
        let base = format!("{}:{}:{}", edition.source, edition.territory, edition.dated);
        // The same data loaded again is another edition: the first one may be in use, and named by orders.
        let row = transaction
            .query_one(
                "INSERT INTO reference.editions (name, kind, source, territory, dated) \
                 SELECT CASE WHEN max(rank) IS NULL THEN $1 ELSE $1 || '.' || max(rank) + 1 END, $2, $3, $4, $5::date \
                 FROM (SELECT CASE WHEN name = $1 THEN 1 ELSE substring(name FROM '[.]([0-9]+)$')::integer END AS rank \
                       FROM reference.editions WHERE name = $1 OR name LIKE $1 || '.%') AS same \
                 RETURNING id, name",
                &[&base, &edition.kind.as_str(), &edition.source, &edition.territory, &edition.dated],
            )
            .await
            .map_err(failed("naming the new edition"))?;
        Ok(EditionWriter {
            id: row.get(0),
            name: row.get(1),
            edition: edition.clone(),
            transaction,
            tables: Vec::new(),
            covered: BTreeMap::new(),
            checks: Vec::new(),
        })
    }

    /// The outlines of communes in use that touch a box (west, south, east, north).
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn contours_in_use(&self, bounds: [f64; 4]) -> Result<Vec<NewContour>, StoreError> {
        let [west, south, east, north] = bounds;
        let query = "SELECT DISTINCT ON (g.insee) g.insee, ST_AsBinary(g.geometry, 'NDR') \
                     FROM reference.commune_contours g JOIN reference.editions e ON e.id = g.edition_id \
                     WHERE e.is_active AND g.geometry && ST_MakeEnvelope($1, $2, $3, $4, 4326) \
                     ORDER BY g.insee, e.dated DESC, e.loaded_at DESC";
        let rows = self.client.query(query, &[&west, &south, &east, &north]).await;
        let rows = rows.map_err(failed("reading the outlines in use"))?;
        let contour = |row: tokio_postgres::Row| {
            let geometry = wkb::read_multi_polygon(row.get(1))?;
            Some(NewContour { insee: row.get(0), geometry })
        };
        Ok(rows.into_iter().filter_map(contour).collect())
    }

    /// Removes the editions that are neither in use, nor the last that was, nor the last that was put aside, of every
    /// source and territory. Readers are not held up; the removal waits at most `patience` for those that still read
    /// what goes.
    ///
    /// # Errors
    /// When a statement fails, or somebody still reads; calling it again goes on from there.
    pub async fn prune(&mut self, patience: Duration) -> Result<Vec<String>, StoreError> {
        let attempt = || failed("removing outdated editions");
        let limit = format!("SET lock_timeout = {}", patience.as_millis());
        self.client.batch_execute(&limit).await.map_err(attempt())?;
        // Nobody may put one of them into use meanwhile.
        self.client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await.map_err(attempt())?;
        let removed = self.remove_outdated().await;
        self.client.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await.map_err(attempt())?;
        removed.map_err(attempt())
    }

    async fn remove_outdated(&self) -> Result<Vec<String>, tokio_postgres::Error> {
        let outdated = "SELECT id, name FROM (SELECT id, name, is_active, \
                        row_number() OVER (PARTITION BY kind, source, territory, is_active, activated_at IS NULL \
                                           ORDER BY activated_at DESC, id DESC) AS rank \
                    FROM reference.editions) AS ranked \
             WHERE NOT is_active AND rank > 1 ORDER BY id";
        let mut removed = Vec::new();
        for row in self.client.query(outdated, &[]).await? {
            let (id, name): (i32, String) = (row.get(0), row.get(1));
            for table in TABLES {
                self.drop_partition(table, id).await?;
            }
            self.client.execute("DELETE FROM reference.editions WHERE id = $1", &[&id]).await?;
            removed.push(name);
        }
        Ok(removed)
    }

    async fn drop_partition(&self, table: &str, id: i32) -> Result<(), tokio_postgres::Error> {
        let (parent, partition) = (format!("reference.{table}"), format!("reference.{table}_{id}"));
        let attached = "SELECT inhdetachpending FROM pg_inherits \
                        WHERE inhrelid = to_regclass($1) AND inhparent = to_regclass($2)";
        if let Some(row) = self.client.query_opt(attached, &[&partition, &parent]).await? {
            // Interrupted while it waited for readers, a removal is finished by the next one.
            let how = if row.get(0) { "FINALIZE" } else { "CONCURRENTLY" };
            let detach = format!("ALTER TABLE {parent} DETACH PARTITION {partition} {how}");
            self.client.batch_execute(&detach).await?;
        }
        self.client.batch_execute(&format!("DROP TABLE IF EXISTS {partition}")).await
    }
}

fn failed(attempt: impl Into<String>) -> impl FnOnce(tokio_postgres::Error) -> StoreError {
    let attempt = attempt.into();
    move |source| StoreError::Statement { attempt, source }
}
