use dialog_db::orders::{Change, Filter, is_identifier_taken, list, next_identifier, update};
use dialog_db::{Caller, orders};
use dialog_domain::{MeasureType, OrderStatus};
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
        assert_eq!(list(connection, &caller, &Filter { limit: 10, ..Filter::default() }).await.unwrap().total, 0);
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
    let change = Change { identifier: "A1", content: &said, starts_at: None, has_unpublished_changes: true, now };
    assert_eq!(update(connection, id, revision, &change).await.unwrap(), Some(revision + 1));

    let working = find(connection, &caller, id).await.unwrap();
    assert_eq!((working.content.title.as_str(), working.has_unpublished_changes), ("Après", true));
    let public = find(connection, &Caller::anonymous(), id).await.unwrap();
    assert_eq!((public.content.title.as_str(), public.has_unpublished_changes), ("Avant", false));
    assert!(public.updated_at < now && !public.is_member);

    let found = |search: &str| Filter { search: Some(search.to_owned()), limit: 10, ..Filter::default() };
    assert_eq!(list(connection, &caller, &found("après")).await.unwrap().total, 1);
    assert_eq!(list(connection, &Caller::anonymous(), &found("après")).await.unwrap().total, 0);
    assert_eq!(list(connection, &Caller::anonymous(), &found("AVANT")).await.unwrap().total, 1);
}

#[tokio::test]
async fn stale_revision_changes_nothing() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let said = content("Essai", vec![]);
    let id = draft(connection, ours, "A1", &said).await;
    let now = at("2026-11-24T08:00:00Z");
    let change = Change { identifier: "A1", content: &said, starts_at: None, has_unpublished_changes: false, now };
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
        starts_at: None,
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
async fn list_is_paged_filtered_and_sorted_by_start() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let starting = |day: u32| {
        let start = format!("2026-12-{day:02}T00:00:00");
        content("Travaux 100 %", vec![measure(MeasureType::NoEntry, &start, None, LINE)])
    };
    draft(connection, ours, "B", &starting(2)).await;
    draft(connection, ours, "A", &starting(2)).await;
    let last = draft(connection, ours, "C", &starting(9)).await;
    draft(connection, ours, "D", &content("Sans date", vec![])).await;
    publish(connection, &member(ours), last, 1).await;

    let caller = member(ours);
    let identifiers = async |connection: &mut dialog_db::Connection, filter: Filter| {
        let page = list(connection, &caller, &filter).await.unwrap();
        (page.orders.into_iter().map(|order| order.identifier).collect::<Vec<_>>().join(""), page.total)
    };
    let all = Filter { limit: 10, ..Filter::default() };
    assert_eq!(identifiers(connection, all.clone()).await, ("DCAB".to_owned(), 4));
    assert_eq!(identifiers(connection, Filter { offset: 1, limit: 2, ..all.clone() }).await, ("CA".to_owned(), 4));
    let published = Filter { status: Some(OrderStatus::Published), ..all.clone() };
    assert_eq!(identifiers(connection, published).await, ("C".to_owned(), 1));
    let percent = Filter { search: Some("100 %".to_owned()), ..all.clone() };
    assert_eq!(identifiers(connection, percent).await, ("CAB".to_owned(), 3));
    let wildcard = Filter { search: Some("_".to_owned()), ..all };
    assert_eq!(identifiers(connection, wildcard).await, (String::new(), 0));
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
