//! One edition while it is written.

use std::collections::BTreeMap;

use bytes::{Bytes, BytesMut};
use futures::{SinkExt, pin_mut};
use tokio_postgres::Transaction;

use super::rows::{CopyRow, END, HEADER, Row};
use super::switch::activate;
use super::{NewEdition, StoreError, failed};
use crate::reference::Check;

/// What is sent to PostgreSQL at once, bytes.
const CHUNK: usize = 1 << 16;

/// How many rows of each kind an edition has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Communes.
    pub communes: i32,
    /// Outlines of communes.
    pub contours: i32,
    /// Streets.
    pub streets: i32,
    /// House numbers.
    pub addresses: i32,
    /// Segments.
    pub segments: i32,
    /// Intercommunalities, départements and regions.
    pub divisions: i32,
}

/// What a network has in a commune.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Streets.
    pub streets: i32,
    /// House numbers.
    pub addresses: i32,
}

/// An edition being written; dropped before [`EditionWriter::finish`], it leaves nothing.
pub struct EditionWriter<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) id: i32,
    pub(super) name: String,
    pub(super) edition: NewEdition,
    pub(super) tables: Vec<(&'static str, u64)>,
    pub(super) covered: BTreeMap<String, Covered>,
    pub(super) checks: Vec<Check>,
}

impl EditionWriter<'_> {
    /// Name of the edition.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Counts of the edition of the same kind, source and territory in use.
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn counts_in_use(&self) -> Result<Option<Counts>, StoreError> {
        let NewEdition { kind, source, territory, .. } = &self.edition;
        let row = self
            .transaction
            .query_opt(
                "SELECT communes, contours, streets, addresses, segments, divisions FROM reference.editions \
                 WHERE kind = $1 AND source = $2 AND territory = $3 AND is_active",
                &[&kind.as_str(), source, territory],
            )
            .await
            .map_err(failed("counting the edition in use"))?;
        Ok(row.map(|row| Counts {
            communes: row.get(0),
            contours: row.get(1),
            streets: row.get(2),
            addresses: row.get(3),
            segments: row.get(4),
            divisions: row.get(5),
        }))
    }

    /// Copies rows into the edition's own table, after those that were copied before; `on_rows` hears how many are done.
    ///
    /// # Errors
    /// When PostgreSQL refuses a row.
    pub async fn copy<R: CopyRow>(
        &mut self,
        rows: impl IntoIterator<Item = R>,
        on_rows: &mut (dyn FnMut(u64) + Send),
    ) -> Result<u64, StoreError> {
        let table = R::TABLE;
        let (id, name) = (self.id, self.name.clone());
        let attempt = || failed(format!("copying {table} of edition {name}"));
        let partition = format!("reference.{table}_{id}");
        if !self.tables.iter().any(|(copied, _)| *copied == table) {
            // Without indexes, which are made at once when the table is attached. The last constraint spares PostgreSQL
            // reading it all again then.
            let create = format!(
                "CREATE TABLE {partition} (LIKE reference.{table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS, \
                     CONSTRAINT {table}_{id}_edition CHECK (edition_id = {id}))"
            );
            self.transaction.batch_execute(&create).await.map_err(attempt())?;
            self.tables.push((table, 0));
        }
        // Frozen: nobody sees the table before it is attached, and no vacuum has to come back to it.
        let copy = format!("COPY {partition} (edition_id, {}) FROM STDIN (FREEZE, FORMAT binary)", R::COLUMNS);
        let sink = self.transaction.copy_in::<_, Bytes>(&copy).await.map_err(attempt())?;
        pin_mut!(sink);
        let (mut buffer, mut count) = (BytesMut::with_capacity(2 * CHUNK), 0_u64);
        buffer.extend_from_slice(HEADER);
        for values in rows {
            let mut row = Row::new(&mut buffer);
            row.integer(id);
            values.write(&mut row);
            row.end();
            count += 1;
            if buffer.len() >= CHUNK {
                sink.send(buffer.split().freeze()).await.map_err(attempt())?;
                on_rows(count);
            }
        }
        buffer.extend_from_slice(END);
        sink.send(buffer.freeze()).await.map_err(attempt())?;
        sink.finish().await.map_err(attempt())?;
        on_rows(count);
        for (_, total) in self.tables.iter_mut().filter(|(copied, _)| *copied == table) {
            *total += count;
        }
        Ok(count)
    }

    /// Notes what a network has in a commune, on top of what was noted before.
    pub fn cover(&mut self, insee: &str, more: Covered) {
        if let Some(covered) = self.covered.get_mut(insee) {
            covered.streets += more.streets;
            covered.addresses += more.addresses;
        } else {
            self.covered.insert(insee.to_owned(), more);
        }
    }

    /// Keeps with the edition what was checked.
    pub fn checked(&mut self, check: Check) {
        self.checks.push(check);
    }

    /// How many communes have streets in the edition in use, and none in this one.
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn communes_lost(&self) -> Result<i64, StoreError> {
        let NewEdition { kind, source, territory, .. } = &self.edition;
        let covered: Vec<&str> = self.covered.keys().map(String::as_str).collect();
        let query = "SELECT count(*) FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id \
                     WHERE e.kind = $1 AND e.source = $2 AND e.territory = $3 AND e.is_active AND n.insee <> ALL ($4)";
        let row = self.transaction.query_one(query, &[&kind.as_str(), source, territory, &covered]).await;
        Ok(row.map_err(failed("comparing the communes with those in use"))?.get(0))
    }

    /// Indexes the edition and attaches it; with `in_use`, puts it into use in place of the one of the same source and
    /// territory. Readers see the whole change at once.
    ///
    /// # Errors
    /// When a statement fails: a house number twice in a street, a segment that is not where it should be…
    pub async fn finish(self, in_use: bool) -> Result<String, StoreError> {
        let Self { transaction, id, name, tables, covered, checks, .. } = self;
        let attempt = || failed(format!("putting edition {name} into use"));
        // Indexes are sorted in memory; a load is alone, by its lock.
        transaction.batch_execute("SET LOCAL maintenance_work_mem = '256MB'").await.map_err(attempt())?;
        for (table, count) in &tables {
            let partition = format!("reference.{table}_{id}");
            let attach = format!(
                "ALTER TABLE reference.{table} ATTACH PARTITION {partition} FOR VALUES IN ({id}); \
                 ALTER TABLE {partition} DROP CONSTRAINT {table}_{id}_edition; ANALYZE {partition}"
            );
            transaction.batch_execute(&attach).await.map_err(attempt())?;
            let column = if *table == "commune_contours" { "contours" } else { table };
            let counted = format!("UPDATE reference.editions SET {column} = {count} WHERE id = {id}");
            transaction.batch_execute(&counted).await.map_err(attempt())?;
        }
        let (mut insee, mut streets, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
        for (code, covered) in &covered {
            insee.push(code.as_str());
            streets.push(covered.streets);
            addresses.push(covered.addresses);
        }
        transaction
            .execute(
                "INSERT INTO reference.network_communes (insee, edition_id, streets, addresses) \
                 SELECT insee, $1, streets, addresses FROM unnest($2::text[], $3::integer[], $4::integer[]) \
                     AS covered (insee, streets, addresses)",
                &[&id, &insee, &streets, &addresses],
            )
            .await
            .map_err(attempt())?;
        let checks = serde_json::to_string(&checks).unwrap_or_else(|_| "[]".to_owned());
        let keep = "UPDATE reference.editions SET checks = ($2::text)::jsonb WHERE id = $1";
        transaction.execute(keep, &[&id, &checks]).await.map_err(attempt())?;
        if in_use {
            activate(&transaction, id).await.map_err(attempt())?;
        }
        transaction.commit().await.map_err(attempt())?;
        Ok(name)
    }
}
