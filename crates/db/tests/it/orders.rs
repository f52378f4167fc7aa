use dialog_db::orders::{Change, is_identifier_taken, next_identifier, update};
use dialog_db::{Caller, orders};
use dialog_domain::MeasureType;
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;

use crate::sample::{LINE, at, content, draft, find, measure, member, organization, publish};

#[tokio::test]
async fn draft_of_another_organization_does_not_exist() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, theirs) = (organization(connection, "Nous").await, organization(connection, "Eux").await);
    let id = draft(connection, ours, "A1", &content("Essai", vec![])).await;

    assert!(find(connection, &member(ours), id).await.is_some());
    for caller in [Caller::anonymous(), member(theirs)] {
        assert_eq!(find(connection, &caller, id).await, None);
        assert_eq!(orders::lock(connection, &caller, id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn others_see_the_published_version_and_nothing_of_the_changes() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let caller = member(ours);
    let mut said = content("Avant", vec![measure(MeasureType::NoEntry, "2026-12-01T00:00:00", None, LINE)]);
    let id = draft(connection, ours, "A1", &said).await;
    publish(connection, &caller, id, 1).await;
    let revision = find(connection, &caller, id).await.unwrap().revision;
    said.title = "Après".to_owned();
    let now = at("2026-11-24T08:00:00Z");
    let change = Change { identifier: "A1", content: &said, has_unpublished_changes: true, now };
    assert_eq!(update(connection, id, revision, &change).await.unwrap(), Some(revision + 1));

    let working = find(connection, &caller, id).await.unwrap();
    assert_eq!((working.content.title.as_str(), working.has_unpublished_changes), ("Après", true));
    let public = find(connection, &Caller::anonymous(), id).await.unwrap();
    assert_eq!((public.content.title.as_str(), public.has_unpublished_changes), ("Avant", false));
    assert!(public.updated_at < now && !public.is_member);
}

#[tokio::test]
async fn stale_revision_changes_nothing() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let said = content("Essai", vec![]);
    let id = draft(connection, ours, "A1", &said).await;
    let now = at("2026-11-24T08:00:00Z");
    let change = Change { identifier: "A1", content: &said, has_unpublished_changes: false, now };
    assert_eq!(update(connection, id, 1, &change).await.unwrap(), Some(2));
    assert_eq!(update(connection, id, 1, &change).await.unwrap(), None);
    assert_eq!(find(connection, &member(ours), id).await.unwrap().revision, 2);
}

#[tokio::test]
async fn identifier_is_unique_among_living_orders_of_an_organization() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, theirs) = (organization(connection, "Nous").await, organization(connection, "Eux").await);
    let said = content("Essai", vec![]);
    let id = draft(connection, ours, "F2025/publié", &said).await;
    draft(connection, theirs, "F2025/publié", &said).await;

    let new = orders::NewOrder {
        id: dialog_domain::OrderId(uuid::Uuid::now_v7()),
        organization: ours,
        identifier: "F2025/publié",
        source: dialog_domain::OrderSource::Api,
        content: &said,
        created_by: None,
        now: at("2026-11-24T08:00:00Z"),
    };
    let refused = orders::insert(connection, &new).await.unwrap_err();
    assert!(is_identifier_taken(&refused), "{refused}");

    publish(connection, &member(ours), id, 1).await;
    orders::bury(connection, id, at("2026-11-25T08:00:00Z")).await.unwrap();
    orders::insert(connection, &new).await.expect("free again after deletion");
    assert!(orders::is_tombstone(connection, &member(ours), id).await.unwrap());
    assert!(!orders::is_tombstone(connection, &member(theirs), id).await.unwrap());
    assert_eq!(find(connection, &member(ours), id).await, None);
}

#[tokio::test]
async fn next_identifier_passes_those_that_are_used() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let month_start = at("2026-10-31T23:00:00Z");
    assert_eq!(next_identifier(connection, ours, "2026-11", month_start).await.unwrap(), "2026-11-0001");
    draft(connection, ours, "2026-11-0002", &content("Essai", vec![])).await;
    assert_eq!(next_identifier(connection, ours, "2026-11", month_start).await.unwrap(), "2026-11-0003");
    let next_month = at("2026-11-30T23:00:00Z");
    assert_eq!(next_identifier(connection, ours, "2026-12", next_month).await.unwrap(), "2026-12-0001");
}

#[tokio::test]
async fn versions_and_events_are_written_once() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let said = content("Essai", vec![measure(MeasureType::NoEntry, "2026-12-01T00:00:00", None, LINE)]);
    let id = draft(connection, ours, "A1", &said).await;
    publish(connection, &member(ours), id, 1).await;
    dialog_db::events::record(connection, dialog_db::events::EventKind::Published, id, ours, Some(1)).await.unwrap();

    for statement in [
        "UPDATE order_versions SET content = '{}'",
        "UPDATE order_versions SET number = 2",
        "DELETE FROM order_versions",
        "TRUNCATE order_versions",
        "UPDATE publication_events SET kind = 'deleted'",
        "DELETE FROM publication_events",
    ] {
        let refused = connection.batch_execute(statement).await.unwrap_err().to_string();
        assert!(refused.contains("is refused: its rows are written once"), "{statement}: {refused}");
    }
    assert_eq!(dialog_db::versions::content(connection, id, 1).await.unwrap(), Some(said));
}
