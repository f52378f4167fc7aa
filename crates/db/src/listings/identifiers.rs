use dialog_domain::OrganizationId;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Connection;
use crate::schema::working_orders;
use crate::words::starts_pattern;

/// The identifiers of the living orders of an organization that begin with `prefix`, sorted by code point.
///
/// # Errors
/// When the query fails.
pub async fn identifiers(
    connection: &mut Connection,
    organization: OrganizationId,
    prefix: &str,
    limit: Option<u32>,
) -> QueryResult<Vec<String>> {
    let mut query = working_orders::table
        .filter(working_orders::organization_uuid.eq(organization.0))
        .order(working_orders::identifier)
        .select(working_orders::identifier)
        .into_boxed();
    if !prefix.is_empty() {
        query = query.filter(working_orders::identifier.like(starts_pattern(prefix)));
    }
    if let Some(limit) = limit {
        query = query.limit(i64::from(limit));
    }
    query.load(connection).await
}
