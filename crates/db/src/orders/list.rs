use dialog_domain::{OrderCategory, OrderStatus, OrganizationId};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;

use super::{COLUMNS, Order, OrderRow, SOURCE};
use crate::words::word;
use crate::{Caller, Connection};

/// Which orders to list, and which page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of the identifier or of the title, whatever the case.
    pub search: Option<String>,
    /// Those of these organizations; `None`: of all.
    pub organizations: Option<Vec<OrganizationId>>,
    /// Drafts or published orders; `None`: both.
    pub status: Option<OrderStatus>,
    /// Permanent or temporary orders; `None`: both.
    pub category: Option<OrderCategory>,
    /// Orders to leave out before the page.
    pub offset: i64,
    /// Orders of the page.
    pub limit: i64,
}

/// One page of orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The orders of the page.
    pub orders: Vec<Order>,
    /// Orders of all pages.
    pub total: u64,
}

/// The title that the caller sees, for a query over the tables of [`SOURCE`].
const TITLE: &str = "CASE WHEN o.organization_uuid = ANY($1) THEN o.content ELSE v.content END ->> 'title'";
/// The category that the caller sees.
const CATEGORY: &str = "CASE WHEN o.organization_uuid = ANY($1) THEN o.content ELSE v.content END ->> 'category'";

/// A page of the orders that the caller may see: without date first, then the latest start first.
///
/// # Errors
/// When a query fails.
pub async fn list(connection: &mut Connection, caller: &Caller, filter: &Filter) -> QueryResult<Page> {
    #[derive(QueryableByName)]
    struct Total {
        #[diesel(sql_type = BigInt)]
        total: i64,
    }
    let caller_organizations = caller.organization_uuids();
    let organizations: Option<Vec<uuid::Uuid>> =
        filter.organizations.as_ref().map(|list| list.iter().map(|organization| organization.0).collect());
    let status = filter.status.map(word).transpose()?;
    let category = filter.category.map(word).transpose()?;
    let search = filter.search.as_deref().map(contains_pattern);
    let selection = format!(
        "{SOURCE} AND ($2 IS NULL OR o.organization_uuid = ANY($2)) AND ($3 IS NULL OR o.status = $3) \
         AND ($4 IS NULL OR o.identifier ILIKE $4 OR {TITLE} ILIKE $4) AND ($5 IS NULL OR {CATEGORY} = $5)"
    );
    let total = diesel::sql_query(format!("SELECT count(*) AS total {selection}"))
        .bind::<Array<SqlUuid>, _>(&caller_organizations)
        .bind::<Nullable<Array<SqlUuid>>, _>(&organizations)
        .bind::<Nullable<Text>, _>(&status)
        .bind::<Nullable<Text>, _>(&search)
        .bind::<Nullable<Text>, _>(&category)
        .get_result::<Total>(connection)
        .await?
        .total;
    let rows = diesel::sql_query(format!(
        "SELECT {COLUMNS} {selection} \
         ORDER BY o.starts_at DESC NULLS FIRST, o.identifier, o.uuid OFFSET $6 LIMIT $7"
    ))
    .bind::<Array<SqlUuid>, _>(&caller_organizations)
    .bind::<Nullable<Array<SqlUuid>>, _>(&organizations)
    .bind::<Nullable<Text>, _>(&status)
    .bind::<Nullable<Text>, _>(&search)
    .bind::<Nullable<Text>, _>(&category)
    .bind::<BigInt, _>(filter.offset)
    .bind::<BigInt, _>(filter.limit)
    .load::<OrderRow>(connection)
    .await?;
    let orders = rows.into_iter().map(OrderRow::into_order).collect::<QueryResult<Vec<_>>>()?;
    Ok(Page { orders, total: u64::try_from(total).unwrap_or_default() })
}

/// The `LIKE` pattern of texts that contain `text` as it is.
fn contains_pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in text.trim().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::contains_pattern;

    #[test]
    fn wildcards_of_the_search_are_ordinary_characters() {
        assert_eq!(contains_pattern(r" 100% a_b\c "), r"%100\% a\_b\\c%");
    }
}
