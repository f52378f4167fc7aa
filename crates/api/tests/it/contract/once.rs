//! `Idempotency-Key`: a request is done once, however often it is sent.

use chrono::{Duration, TimeZone, Utc};
use dialog_api::clock::Clock;
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::orders::bodies::regulation;

async fn post(client: &TestCaller, key: &str, body: &Value) -> TestResponse {
    client.send(client.request(Method::POST, "/api/regulations").header("Idempotency-Key", key).json(body)).await
}

async fn identifiers(client: &TestCaller) -> Value {
    client.get("/api/organization/identifiers").await.expect(200).value()["identifiers"].clone()
}

#[tokio::test]
async fn request_sent_again_is_done_once_and_answered_the_same() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let body = regulation("A/1", "published");
    let first = post(&client, "key-1", &body).await.expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = post(&client, "key-1", &body).await.expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.body, first.body);
    for name in ["location", "etag"] {
        assert_eq!(again.header(name), first.header(name));
    }
    // Without the key, or with another one, it is another request.
    client.post("/api/regulations", &body).await.problem(422, "validation_failed");
    post(&client, "key-2", &body).await.problem(422, "validation_failed");
    assert_eq!(identifiers(&client).await, json!(["A/1"]));
}

#[tokio::test]
async fn key_stands_for_one_request_of_one_client() {
    let app = TestApp::start().await;
    let client = app.api_client();
    post(&client, "key-1", &regulation("A1", "draft")).await.expect(201);
    post(&client, "key-1", &regulation("A2", "draft")).await.problem(422, "idempotency_key_reused");
    post(&app.other_api_client(), "key-1", &regulation("A2", "draft")).await.expect(201);
    assert_eq!(identifiers(&client).await, json!(["A1"]));
    for key in ["", " ", "é", "a b", &"k".repeat(256)] {
        let refused = post(&client, key, &regulation("A3", "draft")).await;
        refused.problem(400, "invalid_parameter");
    }
    post(&client, &"k".repeat(255), &regulation("A3", "draft")).await.expect(201);
}

#[tokio::test]
async fn what_failed_leaves_the_key_free() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut wrong = regulation("A1", "draft");
    wrong["title"] = json!("");
    post(&client, "key-1", &wrong).await.problem(422, "validation_failed");
    let mut nowhere = regulation("A1", "draft");
    nowhere["measures"][0]["locations"][0]["namedStreet"]["roadName"] = json!("Rue Inconnue");
    post(&client, "key-1", &nowhere).await.problem(400, "address_not_found");
    post(&client, "key-1", &regulation("A1", "draft")).await.expect(201);
}

#[tokio::test]
async fn same_request_sent_many_times_at_once_makes_one_order() {
    let mut app = TestApp::start().await;
    let second = app.second_instance();
    let (here, there) = (app.api_client(), app.api_client().on(&second));
    let body = regulation("A1", "published");
    let answers = join_all((0..6).map(|rank| post(if rank % 2 == 0 { &here } else { &there }, "key-1", &body))).await;
    let mut uuids: Vec<String> = answers.into_iter().map(|answer| answer.expect(201).text()).collect();
    uuids.dedup();
    assert_eq!(uuids.len(), 1, "{uuids:?}");
    assert_eq!(identifiers(&here).await, json!(["A1"]));
}

#[tokio::test]
async fn request_that_is_still_being_done_is_busy_whatever_the_language_of_the_server() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut elsewhere = app.database.connection().await;
    // Nobody reads a message: the function knows the failure by its code. Ten seconds are long for a test.
    elsewhere.batch_execute("ALTER FUNCTION take_idempotency_key SET lock_timeout = '50ms'").await.unwrap();
    let begun = "BEGIN; INSERT INTO idempotency_keys (api_client_uuid, key, request_hash, created_at) \
        SELECT uuid, 'key-1', sha256('another'), now() FROM api_clients";
    elsewhere.batch_execute(begun).await.unwrap();
    let body = regulation("A1", "published");
    let busy = post(&client, "key-1", &body).await;
    assert_ne!(busy.header("retry-after"), "");
    busy.problem(409, "request_in_progress");
    assert_eq!(identifiers(&client).await, json!([]));
    elsewhere.batch_execute("ROLLBACK").await.unwrap();
    post(&client, "key-1", &body).await.expect(201);
}

#[tokio::test]
async fn key_is_forgotten_after_a_day() {
    let noon = Utc.with_ymd_and_hms(2030, 6, 1, 12, 0, 0).unwrap();
    let clock = Clock::fixed(noon);
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let client = app.api_client();
    let body = regulation("A1", "draft");
    let first = post(&client, "key-1", &body).await.expect(201);
    client.delete("/api/regulations/A1").await.expect(204);
    clock.set(noon + Duration::hours(24));
    assert_eq!(post(&client, "key-1", &body).await.expect(201).body, first.body);
    clock.set(noon + Duration::hours(24) + Duration::seconds(1));
    let anew = post(&client, "key-1", &body).await.expect(201);
    assert_eq!(anew.header("idempotency-replayed"), "");
    assert_ne!(anew.body, first.body);
}
