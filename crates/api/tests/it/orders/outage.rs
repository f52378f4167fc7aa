use dialog_test_support::{Proxy, TestApp, TestDatabase};
use reqwest::Method;

use super::bodies::{RECORDS, create_draft, form, regulation, send};

#[tokio::test]
async fn postgresql_down_is_503_and_nothing_is_half_written() {
    let database = TestDatabase::with_demonstration().await;
    let (mut line, url) = Proxy::to(database.url()).await;
    let app = TestApp::builder().database(database, &url).start().await;
    let (member, client) = (app.member().await, app.api_client());
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);

    line.cut().await;
    for answer in [
        client.post("/api/regulations", &regulation("A2", "published")).await,
        app.anonymous().get("/api/regulations.xml").await,
        app.anonymous().head("/api/regulations.xml").await,
        app.anonymous().get("/api/map/locations.geojson").await,
        app.anonymous().get("/api/map/tiles/0/0/0.mvt").await,
        app.anonymous().get(&path).await,
    ] {
        assert_eq!(answer.status.as_u16(), 503, "{}", answer.text());
        if !answer.body.is_empty() {
            answer.problem(503, "service_unavailable");
        }
    }

    line.restore().await;
    let published = send(&member, Method::POST, &format!("{path}/publish"), draft.revision, None).await.expect(200);
    assert_eq!(published.value()["published"]["number"], 1);
    client.get("/api/regulations/A2").await.problem(404, "not_found");
    client.post("/api/regulations", &regulation("A2", "published")).await.expect(201);
}

#[tokio::test]
async fn publication_that_fails_in_the_middle_leaves_the_draft_as_it_was() {
    use diesel_async::SimpleAsyncConnection;

    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    // The last step of a publication is refused.
    let connection = &mut app.database.connection().await;
    connection
        .batch_execute("ALTER TABLE publication_events ADD CONSTRAINT broken CHECK (kind <> 'published') NOT VALID")
        .await
        .unwrap();
    let publication = format!("{path}/publish");
    let publish = || send(&member, Method::POST, &publication, draft.revision, None);
    publish().await.problem(500, "internal");
    assert_eq!(member.get(&path).await.expect(200).value()["status"], "draft");
    assert_eq!(dialog_db::versions::content(connection, draft.uuid, 1).await.unwrap(), None);
    assert!(super::bodies::features(&app.anonymous()).await.is_empty());

    connection.batch_execute("ALTER TABLE publication_events DROP CONSTRAINT broken").await.unwrap();
    publish().await.expect(200);
}

#[tokio::test]
async fn redis_down_closes_writing_on_screen_and_nothing_public() {
    let mut redis = dialog_test_support::PrivateRedis::start().await;
    let app = TestApp::builder().variable("REDIS_URL", &redis.url()).start().await;
    let (member, client) = (app.member().await, app.api_client());
    client.post("/api/regulations", &regulation("A1", "published")).await.expect(201);

    redis.stop();
    app.anonymous().get("/api/regulations.xml").await.expect(200);
    app.anonymous().get("/api/map/locations.geojson").await.expect(200);
    app.anonymous().get(RECORDS).await.expect(200);
    member.post(RECORDS, &form("A2", vec![])).await.problem(503, "service_unavailable");
}
