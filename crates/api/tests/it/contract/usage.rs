//! Daily counts of what is asked of the contract.

use chrono::{NaiveDate, TimeZone, Utc};
use dialog_api::clock::Clock;
use dialog_test_support::TestApp;

use crate::orders::bodies::regulation;

#[tokio::test]
async fn answers_with_success_are_counted_by_day_in_paris_and_kind() {
    // Half past eleven in the evening in London is the next day in Paris.
    let clock = Clock::fixed(Utc.with_ymd_and_hms(2030, 6, 1, 22, 30, 0).unwrap());
    let mut app = TestApp::builder().clock(clock).start().await;
    let second = app.second_instance();
    let (client, anyone) = (app.api_client(), app.anonymous());
    client.post("/api/regulations", &regulation("A1", "published")).await.expect(201);
    client.get("/api/regulations/A1").await.expect(200);
    anyone.get("/api/regulations.xml").await.expect(200);
    anyone.on(&second).get("/api/regulations.xml").await.expect(200);
    anyone.get("/api/regulations/search").await.expect(200);
    anyone.get("/api/doc.json").await.expect(200);
    // Refusals, and what is none of the contract, do not count.
    client.get("/api/regulations/NONE").await.expect(404);
    anyone.get("/api/organization/identifiers").await.expect(401);
    anyone.get("/api/geo/cities?search=demo").await.expect(200);

    app.state.usage.flush(&app.state.database).await;
    let mut connection = app.database.connection().await;
    let counted = |day: &str| day.parse::<NaiveDate>().unwrap();
    let counts = dialog_db::usage::of_day(&mut connection, counted("2030-06-02")).await.unwrap();
    let expected = [("datex", 4), ("read", 1), ("search", 1), ("web", 2), ("write", 1)];
    assert_eq!(counts, expected.map(|(kind, count)| (kind.to_owned(), count)));
    assert!(dialog_db::usage::of_day(&mut connection, counted("2030-06-01")).await.unwrap().is_empty());
}
