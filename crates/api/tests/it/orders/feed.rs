use std::process::Command;

use dialog_api::clock::Clock;
use dialog_db::jobs::{NewJob, enqueue};
use dialog_test_support::{TestApp, TestResponse, shared_dir};
use reqwest::Method;
use serde_json::json;

use super::bodies::{create_by_client, feed, fragment, publish_by_session, regulation};

#[tokio::test]
async fn feed_is_valid_against_the_schemas_with_orders_and_without() {
    const TEST: &str = "feed_is_valid_against_the_schemas_with_orders_and_without";
    let Some(shared) = shared_dir(TEST) else { return };
    let schema = shared.join("schemas/datex2/DATEXII_3_D2Payload.xsd");
    if !schema.is_file() || Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: {TEST}: no schema or no xmllint");
        return;
    }
    let app = TestApp::start().await;
    let empty = feed(&app.anonymous()).await;
    publish_by_session(&app.member().await, "A1").await;
    create_by_client(&app.api_client(), "B <&> \"1\"", "published").await;
    let full = feed(&app.anonymous()).await;
    assert_eq!(full.matches("<trafficRegulationOrder ").count(), 2);
    for (name, document) in [("empty", empty), ("full", full)] {
        let file = std::env::temp_dir().join(format!("dialog-feed-{}-{name}.xml", std::process::id()));
        std::fs::write(&file, document).unwrap();
        let output = Command::new("xmllint").args(["--noout", "--schema"]).arg(&schema).arg(&file).output().unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn describe(response: &TestResponse) -> (String, String, String) {
    let header = |name: &str| response.header(name).to_owned();
    (header("etag"), header("content-length"), header("cache-control"))
}

#[tokio::test]
async fn head_and_conditional_requests_answer_without_the_document() {
    let app = TestApp::start().await;
    // Compressed, a document has no length of its own.
    let anyone = app.anonymous().with_header("accept-encoding", "identity");
    publish_by_session(&app.member().await, "A1").await;
    let path = "/api/regulations.xml";
    let whole = anyone.get(path).await.expect(200);
    assert_eq!(whole.header("content-type"), "text/xml; charset=UTF-8");
    assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    assert_eq!(whole.header("cache-control"), "public, no-cache");
    assert!(whole.header("etag").starts_with('"'), "a strong tag: {}", whole.header("etag"));
    let head = anyone.head(path).await.expect(200);
    assert_eq!(describe(&head), describe(&whole));
    assert!(head.body.is_empty());

    let conditional =
        async |tag: &str| anyone.send(anyone.request(Method::GET, path).header("If-None-Match", tag)).await;
    let fresh = conditional(whole.header("etag")).await;
    assert_eq!((fresh.status.as_u16(), fresh.body.len()), (304, 0));
    assert_eq!(fresh.header("etag"), whole.header("etag"));
    conditional("\"other\"").await.expect(200);

    create_by_client(&app.api_client(), "A2", "published").await;
    let changed = conditional(whole.header("etag")).await.expect(200);
    assert_ne!(changed.header("etag"), whole.header("etag"));
    app.api_client().delete("/api/regulations/A2").await.expect(204);
    let back = conditional(changed.header("etag")).await.expect(200);
    assert_ne!(back.header("etag"), changed.header("etag"));
    assert_eq!(back.body.len(), whole.body.len());
}

#[tokio::test]
async fn parameters_choose_orders_and_have_tags_of_their_own() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let anyone = app.anonymous().with_header("accept-encoding", "identity");
    let temporary = create_by_client(&client, "T", "published").await;
    let mut body = regulation("P", "published");
    body["category"] = json!("permanentRegulation");
    body["measures"][0]["periods"] = json!([
        { "startDate": "2020-01-01T00:00:00Z", "recurrenceType": "everyDay", "isPermanent": true },
    ]);
    let permanent = client.post("/api/regulations", &body).await.expect(201).value()["uuid"].clone();
    let permanent = permanent.as_str().unwrap();
    let temporary = temporary.to_string();
    let mut tags = std::collections::HashSet::new();
    for (query, expected) in [
        ("", (true, true)),
        ("?includePermanent=false", (false, true)),
        ("?includeTemporary=off", (true, false)),
        ("?includePermanent=0&includeTemporary=no", (false, false)),
        ("?includeExpired=yes", (true, true)),
    ] {
        let answer = anyone.get(&format!("/api/regulations.xml{query}")).await.expect(200);
        let text = answer.text();
        assert_eq!((text.contains(permanent), text.contains(&temporary)), expected, "{query}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string());
        assert!(tags.insert(answer.header("etag").to_owned()), "{query}");
    }
    for path in ["/api/regulations", "/api/regulations.json"] {
        let answer = anyone.get(path).await.expect(200);
        assert_eq!(answer.header("content-type"), "text/xml; charset=UTF-8");
        assert!(answer.text().contains(permanent));
    }
    let problem = anyone.get("/api/regulations.xml?includeExpired=maybe").await.problem(400, "invalid_parameter");
    assert_eq!(problem.error.as_deref(), Some("Invalid \"includeExpired\" parameter"));
}

#[tokio::test]
async fn order_goes_through_its_time_states_by_itself() {
    let clock = Clock::fixed("2030-11-01T12:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let anyone = app.anonymous();
    let order = create_by_client(&app.api_client(), "A1", "published").await;
    let move_fragments = async || {
        let connection = &mut app.database.connection().await;
        enqueue(connection, &NewJob::new("move_feed_fragments", json!({}))).await.unwrap();
        app.run_jobs().await;
    };
    let planned = fragment(&anyone, order).await.unwrap();
    move_fragments().await;
    assert_eq!(fragment(&anyone, order).await.unwrap(), planned);
    let tag = anyone.head("/api/regulations.xml").await.header("etag").to_owned();

    // The first of December begins at 23:00 UTC.
    clock.set("2030-11-30T23:00:00Z".parse().unwrap());
    move_fragments().await;
    let active = fragment(&anyone, order).await.unwrap();
    assert!(active != planned && active.contains("version=\"1\""));
    assert_ne!(anyone.head("/api/regulations.xml").await.header("etag"), tag);

    clock.set("2030-12-30T23:00:00Z".parse().unwrap());
    move_fragments().await;
    assert_eq!(fragment(&anyone, order).await, None);
    let expired = anyone.get("/api/regulations.xml?includeExpired=true").await.expect(200).text();
    assert!(expired.contains(&order.to_string()));
}

#[tokio::test]
async fn second_process_gives_the_same_feed() {
    let mut app = TestApp::start().await;
    create_by_client(&app.api_client(), "A1", "published").await;
    let second = app.second_instance();
    let (one, other) = (app.anonymous(), app.anonymous().on(&second));
    let (one, other) = (one.get("/api/regulations.xml").await, other.get("/api/regulations.xml").await);
    assert_eq!((one.body.clone(), describe(&one)), (other.body.clone(), describe(&other)));
}

#[tokio::test]
async fn generated_orders_are_published_like_any_other() {
    use dialog_api::services::generation::{Generation, generate};

    let app = TestApp::start().await;
    let generation =
        Generation { count: 250, city_code: "00001".to_owned(), client_id: dialog_api::demo::CLIENT_ID.to_owned() };
    let mut steps = Vec::new();
    generate(&app.state, &generation, |done| steps.push(done)).await.unwrap();
    assert_eq!(steps, [200, 250]);
    let all = app.anonymous().get("/api/regulations.xml?includeExpired=true").await.expect(200).text();
    assert_eq!(all.matches("<trafficRegulationOrder ").count(), 250);
    assert!(feed(&app.anonymous()).await.matches("<trafficRegulationOrder ").count() < 250);
}
