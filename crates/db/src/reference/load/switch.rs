//! Which edition is in use: forward, and back.

use tokio_postgres::Transaction;

use super::{LOCK, Loader, StoreError, failed};
use crate::reference::EditionKind;

/// An edition that took the place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// In use from now on.
    pub to: String,
    /// In use until now, if there was one.
    pub from: Option<String>,
}

impl Loader {
    /// Puts an edition that is loaded into use, in place of the one of the same source and territory. Answers whether
    /// there is one of this name.
    ///
    /// # Errors
    /// When a statement fails.
    pub async fn activate(&mut self, name: &str) -> Result<bool, StoreError> {
        let attempt = || failed(format!("putting edition {name} into use"));
        let transaction = self.client.transaction().await.map_err(attempt())?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(attempt())?;
        let find = "SELECT id FROM reference.editions WHERE name = $1";
        let row = transaction.query_opt(find, &[&name]).await.map_err(attempt())?;
        let Some(row) = row else { return Ok(false) };
        activate(&transaction, row.get(0)).await.map_err(attempt())?;
        transaction.commit().await.map_err(attempt())?;
        Ok(true)
    }

    /// Puts the previous edition of this source and territory into use again, of both kinds or of the one that is
    /// named, in one transaction. Going back twice leads to where one was. Answers what was switched; nothing when no
    /// previous edition is kept.
    ///
    /// # Errors
    /// When a statement fails; nothing is switched then.
    pub async fn roll_back(
        &mut self,
        source: &str,
        territory: &str,
        kind: Option<EditionKind>,
    ) -> Result<Vec<Switched>, StoreError> {
        let attempt = || failed(format!("going back to the previous edition of {source}:{territory}"));
        let transaction = self.client.transaction().await.map_err(attempt())?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(attempt())?;
        let rows = transaction
            .query(
                "SELECT DISTINCT ON (p.kind) p.id, p.name, a.name FROM reference.editions p \
                 LEFT JOIN reference.editions a \
                     ON (a.kind, a.source, a.territory) = (p.kind, p.source, p.territory) AND a.is_active \
                 WHERE p.source = $1 AND p.territory = $2 AND p.kind = coalesce($3, p.kind) \
                   AND NOT p.is_active AND p.activated_at IS NOT NULL \
                 ORDER BY p.kind, p.activated_at DESC, p.id DESC",
                &[&source, &territory, &kind.map(EditionKind::as_str)],
            )
            .await
            .map_err(attempt())?;
        let mut switched = Vec::with_capacity(rows.len());
        for row in rows {
            activate(&transaction, row.get(0)).await.map_err(attempt())?;
            switched.push(Switched { to: row.get(1), from: row.get(2) });
        }
        transaction.commit().await.map_err(attempt())?;
        Ok(switched)
    }
}

pub(super) async fn activate(transaction: &Transaction<'_>, id: i32) -> Result<(), tokio_postgres::Error> {
    transaction
        .execute(
            "UPDATE reference.editions e SET is_active = false FROM reference.editions n \
             WHERE n.id = $1 AND e.id <> n.id AND e.is_active \
               AND (e.kind, e.source, e.territory) = (n.kind, n.source, n.territory)",
            &[&id],
        )
        .await?;
    transaction
        .execute(
            "UPDATE reference.editions SET is_active = true, activated_at = clock_timestamp() WHERE id = $1",
            &[&id],
        )
        .await
        .map(drop)
}
