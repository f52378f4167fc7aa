//! Edge cases of the reference (domain sheet §12) that are queries, by number. `docs/edge-cases.md` lists them all.

use dialog_db::orders::{NewOrder, insert, next_identifier};
use dialog_domain::{OrderId, OrderSource, OrganizationId};
use dialog_test_support::TestDatabase;
use uuid::Uuid;

use crate::sample::{at, content, organization};

/// Orders under these identifiers, created on this day.
async fn created(
    connection: &mut dialog_db::Connection,
    organization: OrganizationId,
    day: &str,
    identifiers: impl IntoIterator<Item = String>,
) {
    let content = content("Essai", vec![]);
    for identifier in identifiers {
        let new = NewOrder {
            id: OrderId(Uuid::now_v7()),
            organization,
            identifier: &identifier,
            source: OrderSource::Dialog,
            content: &content,
            created_by: None,
            now: at(&format!("{day}T12:00:00Z")),
        };
        insert(connection, &new).await.unwrap();
    }
}

#[tokio::test]
async fn cases_1_and_2_the_suggestion_counts_the_month_and_passes_used_numbers() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let january = (1..=10).map(|rank| format!("A{rank}")).chain(["2022-01-0011".to_owned()]);
    created(connection, ours, "2022-01-15", january).await;
    let month = at("2021-12-31T23:00:00Z");
    assert_eq!(next_identifier(connection, ours, "2022-01", month).await.unwrap(), "2022-01-0012");

    let february = ["B1", "B2", "B3", "2022-02-0005", "2022-02-0006"].map(str::to_owned);
    created(connection, ours, "2022-02-15", february).await;
    let month = at("2022-01-31T23:00:00Z");
    assert_eq!(next_identifier(connection, ours, "2022-02", month).await.unwrap(), "2022-02-0007");
}

#[tokio::test]
async fn case_4_the_first_order_of_a_month() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    created(connection, ours, "2023-05-31", ["M1".to_owned()]).await;
    let month = at("2023-05-31T22:00:00Z");
    assert_eq!(next_identifier(connection, ours, "2023-06", month).await.unwrap(), "2023-06-0001");
}
