use dialog_domain::OrganizationId;
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;

use crate::Connection;

/// The identifiers of the living orders of an organization that begin with `beginning`. Until the end of the
/// transaction nobody else numbers a duplicate in this organization: two of them at once get two numbers.
///
/// # Errors
/// When a query fails.
pub async fn used_identifiers(
    connection: &mut Connection,
    organization: OrganizationId,
    beginning: &str,
) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        identifier: String,
    }
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('duplicates ' || $1::text, 0))")
        .bind::<SqlUuid, _>(organization.0)
        .execute(connection)
        .await?;
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT identifier FROM orders \
         WHERE organization_uuid = $1 AND deleted_at IS NULL AND starts_with(identifier, $2)",
    )
    .bind::<SqlUuid, _>(organization.0)
    .bind::<Text, _>(beginning)
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.identifier).collect())
}
