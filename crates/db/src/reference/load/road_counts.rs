//! What an edition of roads replaces.

use super::{EditionWriter, NewEdition, StoreError, failed};

impl EditionWriter<'_> {
    /// Counts of the edition of the same kind, source and territory in use, as (numbered roads, reference points).
    ///
    /// # Errors
    /// When the statement fails.
    pub async fn roads_in_use(&self) -> Result<Option<(i32, i32)>, StoreError> {
        let NewEdition { kind, source, territory, .. } = &self.edition;
        let row = self
            .transaction
            .query_opt(
                "SELECT numbered_roads, reference_points FROM reference.editions \
                 WHERE kind = $1 AND source = $2 AND territory = $3 AND is_active",
                &[&kind.as_str(), source, territory],
            )
            .await
            .map_err(failed("counting the roads in use"))?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }
}
