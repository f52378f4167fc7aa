use dialog_db::feeds::{self, FeedFilter};
use dialog_db::fragments::{FeedName, NewFragment, delete, move_due, replace};
use dialog_db::{Connection, events};
use dialog_domain::{OrderCategory, OrderId};
use dialog_test_support::TestDatabase;
use futures::TryStreamExt;

use crate::sample::{at, content, draft, organization};

const EVER: &str = "0001-01-01T00:00:00Z";
const FOREVER: &str = "9999-12-31T00:00:00Z";

fn everything() -> FeedFilter {
    FeedFilter { over: true, ..FeedFilter::default() }
}

fn fragment(state: &'static str, from: &str, until: &str, body: &str) -> NewFragment {
    NewFragment {
        feed: FeedName::Datex,
        edition: 1,
        state,
        valid_from: at(from),
        valid_until: at(until),
        set_aside: None,
        body: body.to_owned(),
    }
}

/// Planned, active on 1 and 2 December, then over.
async fn write(connection: &mut Connection, order: OrderId, name: &str, now: &str) {
    let (start, end) = ("2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z");
    let fragments = [
        fragment("planned", EVER, start, &format!("{name} é planned")),
        fragment("active", start, end, &format!("{name} é active")),
        fragment("over", end, FOREVER, &format!("{name} é over")),
    ];
    let category = OrderCategory::TemporaryRegulation;
    replace(connection, order, 1, category, &fragments, at(now)).await.expect("fragments");
}

async fn bodies(connection: &mut Connection, filter: &FeedFilter) -> Vec<String> {
    feeds::bodies(connection, FeedName::Datex, filter).await.unwrap().try_collect().await.unwrap()
}

#[tokio::test]
async fn feed_is_what_holds_now_in_the_order_of_identifiers() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let (a, b) = (
        draft(connection, ours, "A", &content("A", vec![])).await,
        draft(connection, ours, "B", &content("B", vec![])).await,
    );
    write(connection, b, "b", "2026-12-01T12:00:00Z").await;
    write(connection, a, "a", "2026-11-01T12:00:00Z").await;
    assert_eq!(bodies(connection, &everything()).await, ["a é planned", "b é active"]);
    let head = feeds::size(connection, FeedName::Datex, &everything()).await.unwrap();
    assert_eq!((head.orders, head.bytes), (2, u64::try_from("a é planned".len() + "b é active".len()).unwrap()));

    let permanent = FeedFilter { temporary: false, ..everything() };
    assert!(bodies(connection, &permanent).await.is_empty());
    delete(connection, a).await.unwrap();
    assert_eq!(bodies(connection, &everything()).await, ["b é active"]);
}

#[tokio::test]
async fn time_moves_fragments_and_the_state_of_what_is_public() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let order = draft(connection, ours, "A", &content("A", vec![])).await;
    write(connection, order, "a", "2026-11-30T00:00:00Z").await;
    let before = events::public_state(connection).await.unwrap();

    assert_eq!(move_due(connection, at("2026-11-30T23:59:59Z")).await.unwrap(), 0);
    assert_eq!(events::public_state(connection).await.unwrap(), before);
    assert_eq!(move_due(connection, at("2026-12-01T00:00:00Z")).await.unwrap(), 1);
    assert_eq!(bodies(connection, &everything()).await, ["a é active"]);
    assert_eq!(events::public_state(connection).await.unwrap().revision, before.revision + 1);
    assert_eq!(move_due(connection, at("2026-12-01T00:00:01Z")).await.unwrap(), 0);

    // A worker that was stopped for long finds the state of today at once.
    write(connection, order, "a", "2026-11-30T00:00:00Z").await;
    assert_eq!(move_due(connection, at("2027-01-01T00:00:00Z")).await.unwrap(), 1);
    assert_eq!(bodies(connection, &everything()).await, ["a é over"]);
    let not_over = FeedFilter { over: false, ..everything() };
    assert!(bodies(connection, &not_over).await.is_empty());
}

#[tokio::test]
async fn cursor_stops_before_an_event_that_is_not_committed_yet() {
    use dialog_db::changes::span;
    use dialog_db::events::{EventKind, record};
    use diesel_async::SimpleAsyncConnection;

    let database = TestDatabase::empty().await;
    let (early, reader) = (&mut database.connection().await, &mut database.connection().await);
    let late = database.connection().await;
    let ours = organization(early, "Nous").await;
    let order = draft(early, ours, "A", &content("A", vec![])).await;

    // A transaction takes a number and stays open; another one that began later would commit first.
    early.batch_execute("BEGIN").await.unwrap();
    record(early, EventKind::Published, order, ours, Some(1)).await.unwrap();
    let mut second = std::pin::pin!(record(&late, EventKind::Deleted, order, ours, Some(1)));
    let waits = tokio::time::timeout(std::time::Duration::from_millis(300), &mut second).await;
    assert!(waits.is_err(), "the second event takes no number before the first one is public");
    assert_eq!(span(reader, 0, 10).await.unwrap().count, 0);

    early.batch_execute("COMMIT").await.unwrap();
    let first = span(reader, 0, 1).await.unwrap();
    second.await.unwrap();
    let rest = span(reader, first.last, 10).await.unwrap();
    assert_eq!((first.count, rest.count), (1, 1));
    assert!(0 < first.last && first.last < rest.last);

    // A number that was taken and given back leaves a gap, and nothing behind.
    early.batch_execute("BEGIN").await.unwrap();
    record(early, EventKind::Published, order, ours, Some(2)).await.unwrap();
    early.batch_execute("ROLLBACK").await.unwrap();
    record(early, EventKind::Published, order, ours, Some(3)).await.unwrap();
    assert_eq!(span(reader, rest.last, 10).await.unwrap().count, 1);
}

#[tokio::test]
async fn versions_of_an_order_that_are_in_one_after_the_other_are_in_since_the_first() {
    use dialog_db::diffusions::{Exporter, NewDiffusion, find, write};

    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (march, april, may, july) =
        ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z", "2026-07-01T00:00:00Z");
    // When each version was published and would leave; since when the last one is in, and when the order left before.
    type Case<'a> = (&'a [(&'a str, Option<&'a str>)], Option<&'a str>, Option<&'a str>);
    let cases: [Case<'_>; 8] = [
        (&[(march, Some(july))], Some(march), None),
        (&[(march, Some(may)), (april, Some(july))], Some(march), None),
        (&[(march, Some(april)), (april, Some(july))], Some(march), Some(april)),
        (&[(march, Some(april)), (may, Some(july))], Some(may), Some(april)),
        (&[(march, None), (may, Some(july))], Some(may), None),
        (&[(march, Some(july)), (may, None)], None, Some(may)),
        (&[(march, Some(april)), (april, None), (may, None)], None, Some(april)),
        (&[(may, Some(march))], None, None),
    ];
    for (versions, entered_at, left_at) in cases {
        let order = OrderId(uuid::Uuid::now_v7());
        for (rank, (published_at, leaves_at)) in versions.iter().enumerate() {
            let leaves_at = leaves_at.map(at);
            let losses = serde_json::json!([{ "path": "", "code": "text_cut" }]);
            let noted = [NewDiffusion { exporter: Exporter::Cifs, leaves_at, losses }];
            let number = i32::try_from(rank).unwrap() + 1;
            // Written again, it keeps its place.
            for _ in 0..2 {
                write(connection, order, number, at(published_at), &noted).await.unwrap();
            }
        }
        let found = find(connection, order).await.unwrap();
        let [one] = &found[..] else { panic!("{found:?}") };
        assert_eq!((one.exporter, one.entered_at), (Exporter::Cifs, entered_at.map(at)), "{versions:?}");
        // While an order is in, when it left before is not told.
        if entered_at.is_none() {
            assert_eq!(one.left_at, left_at.map(at), "{versions:?}");
        }
    }
}
