//! One edition while it is written.

use std::fmt::Write as _;

use bytes::{Bytes, BytesMut};
use futures::{SinkExt, pin_mut};
use tokio_postgres::Transaction;

use super::rows::{CopyRow, Row};
use super::{NewEdition, StoreError, activate, failed};

/// What is sent to PostgreSQL at once, bytes.
const CHUNK: usize = 1 << 16;

/// An edition being written; dropped before [`EditionWriter::finish`], it leaves nothing.
pub struct EditionWriter<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) id: i32,
    pub(super) name: String,
    pub(super) edition: NewEdition,
    pub(super) tables: Vec<(&'static str, u64)>,
}

impl EditionWriter<'_> {
    /// Name of the edition.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Counts of the edition of the same kind, source and territory in use, as (streets, addresses, communes).
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn counts_in_use(&self) -> Result<Option<(i32, i32, i32)>, StoreError> {
        let NewEdition { kind, source, territory, .. } = &self.edition;
        let row = self
            .transaction
            .query_opt(
                "SELECT streets, addresses, communes FROM reference.editions \
                 WHERE kind = $1 AND source = $2 AND territory = $3 AND is_active",
                &[&kind.as_str(), source, territory],
            )
            .await
            .map_err(failed("counting the edition in use"))?;
        Ok(row.map(|row| (row.get(0), row.get(1), row.get(2))))
    }

    /// Copies rows into the edition's own table; `on_rows` hears how many are done.
    ///
    /// # Errors
    /// When PostgreSQL refuses a row.
    pub async fn copy<R: CopyRow>(
        &mut self,
        rows: impl IntoIterator<Item = R>,
        on_rows: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64, StoreError> {
        let table = R::TABLE;
        let attempt = || failed(format!("copying {table} of edition {}", self.name));
        let partition = format!("reference.{table}_{}", self.id);
        // Without indexes, which are made at once when the table is attached.
        let create =
            format!("CREATE TABLE {partition} (LIKE reference.{table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
        self.transaction.batch_execute(&create).await.map_err(attempt())?;
        let copy = format!("COPY {partition} (edition_id, {}) FROM STDIN", R::COLUMNS);
        let sink = self.transaction.copy_in::<_, Bytes>(&copy).await.map_err(attempt())?;
        pin_mut!(sink);
        let (mut buffer, mut count) = (BytesMut::with_capacity(2 * CHUNK), 0_u64);
        for row in rows {
            let _ = write!(buffer, "{}", self.id);
            row.write(&mut Row(&mut buffer));
            buffer.extend_from_slice(b"\n");
            count += 1;
            if buffer.len() >= CHUNK {
                sink.send(buffer.split().freeze()).await.map_err(attempt())?;
                on_rows(count);
            }
        }
        sink.send(buffer.freeze()).await.map_err(attempt())?;
        sink.finish().await.map_err(attempt())?;
        on_rows(count);
        self.tables.push((table, count));
        Ok(count)
    }

    /// How many house numbers, and how many sides of segments, name a street that is not among those copied.
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn orphans(&self) -> Result<(i64, i64), StoreError> {
        let id = self.id;
        let has = |table: &str| self.tables.iter().any(|(copied, _)| *copied == table);
        let count = |table: &str, column: &str| {
            if !has(table) || !has("streets") {
                return "0::bigint".to_owned();
            }
            format!(
                "(SELECT count(*) FROM reference.{table}_{id} t WHERE t.{column} IS NOT NULL AND NOT EXISTS \
                  (SELECT 1 FROM reference.streets_{id} s WHERE s.street_id = t.{column}))"
            )
        };
        let [addresses, left, right] =
            [count("addresses", "street_id"), count("segments", "street_left"), count("segments", "street_right")];
        let query = format!("SELECT {addresses}, {left} + {right}");
        let row = self.transaction.query_one(&query, &[]).await.map_err(failed("looking for orphans"))?;
        Ok((row.get(0), row.get(1)))
    }

    /// Indexes the edition, attaches it, and puts it into use in place of the one of the same source and territory.
    /// Readers see the whole change at once.
    ///
    /// # Errors
    /// When a statement fails: a house number twice in a street, a segment that is not where it should be…
    pub async fn finish(self) -> Result<String, StoreError> {
        let Self { transaction, id, name, tables, .. } = self;
        let attempt = || failed(format!("putting edition {name} into use"));
        for (table, count) in &tables {
            let partition = format!("reference.{table}_{id}");
            let attach = format!(
                "ALTER TABLE reference.{table} ATTACH PARTITION {partition} FOR VALUES IN ({id}); ANALYZE {partition}"
            );
            transaction.batch_execute(&attach).await.map_err(attempt())?;
            let column = if *table == "commune_contours" { "contours" } else { table };
            let counted = format!("UPDATE reference.editions SET {column} = {count} WHERE id = {id}");
            transaction.batch_execute(&counted).await.map_err(attempt())?;
        }
        transaction
            .execute(
                "INSERT INTO reference.network_communes (insee, edition_id, streets, addresses) \
                 SELECT s.insee, $1, count(DISTINCT s.street_id), count(a.street_id) \
                 FROM reference.streets s \
                 LEFT JOIN reference.addresses a ON a.edition_id = s.edition_id AND a.street_id = s.street_id \
                 WHERE s.edition_id = $1 GROUP BY s.insee",
                &[&id],
            )
            .await
            .map_err(attempt())?;
        activate(&transaction, id).await.map_err(attempt())?;
        transaction.commit().await.map_err(attempt())?;
        Ok(name)
    }
}
