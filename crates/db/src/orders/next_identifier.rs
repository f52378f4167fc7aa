use std::collections::HashSet;

use chrono::{DateTime, Utc};
use dialog_domain::OrganizationId;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Connection;
use crate::schema::orders;

/// The first free identifier `<month>-NNNN` of an organization, for instance `2026-11-0003`.
///
/// The number starts after the count of living orders that the organization created since `month_start`, and passes
/// those that are used. Nothing is reserved: two people may get the same suggestion, and the second to save is told.
///
/// # Errors
/// When a query fails.
pub async fn next_identifier(
    connection: &mut Connection,
    organization: OrganizationId,
    month: &str,
    month_start: DateTime<Utc>,
) -> QueryResult<String> {
    let living =
        orders::table.filter(orders::organization_uuid.eq(organization.0)).filter(orders::deleted_at.is_null());
    let created: i64 = living.filter(orders::created_at.ge(month_start)).count().get_result(connection).await?;
    let used: HashSet<String> = living
        .filter(orders::identifier.like(format!("{month}-%")))
        .select(orders::identifier)
        .load(connection)
        .await?
        .into_iter()
        .collect();
    Ok(first_free(month, created, &used))
}

fn first_free(month: &str, created: i64, used: &HashSet<String>) -> String {
    let mut number = created + 1;
    loop {
        let identifier = format!("{month}-{number:04}");
        if !used.contains(&identifier) {
            return identifier;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::first_free;

    fn used(identifiers: &[&str]) -> std::collections::HashSet<String> {
        identifiers.iter().map(|&identifier| identifier.to_owned()).collect()
    }

    #[test]
    fn number_follows_the_count_of_the_month() {
        assert_eq!(first_free("2022-01", 11, &used(&["2022-01-0011"])), "2022-01-0012");
        assert_eq!(first_free("2023-06", 0, &used(&[])), "2023-06-0001");
    }

    #[test]
    fn used_numbers_are_passed() {
        assert_eq!(first_free("2022-02", 5, &used(&["2022-02-0005", "2022-02-0006"])), "2022-02-0007");
    }

    #[test]
    fn number_grows_beyond_four_digits() {
        assert_eq!(first_free("2022-02", 9999, &used(&[])), "2022-02-10000");
    }
}
