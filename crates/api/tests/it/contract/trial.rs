//! `dryRun=true`: what a creation would give, and nothing of it.

use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};

use crate::orders::bodies::{FAR_AWAY, create_by_client, drawn, features, feed, regulation};

const TRIAL: &str = "/api/regulations?dryRun=true";

#[tokio::test]
async fn trial_answers_the_order_as_it_would_be_and_stores_nothing() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for status in ["draft", "published"] {
        let tried = client.post(TRIAL, &regulation("A1", status)).await.expect(200);
        assert_eq!(tried.header("location"), "");
        let tried = tried.value();
        assert_eq!((&tried["dryRun"], &tried["regulation"]["status"]), (&json!(true), &json!(status)));
        let street = &tried["regulation"]["measures"][0]["locations"][0];
        assert!(street["geometry"].as_str().unwrap().contains("LineString"), "it is located");
    }
    client.get("/api/regulations/A1").await.problem(404, "not_found");
    assert_eq!(client.get("/api/organization/identifiers").await.value(), json!({ "identifiers": [] }));
    assert!(features(&app.anonymous()).await.is_empty() && !feed(&app.anonymous()).await.contains("A1"));
    let nothing_left = "DO $$ BEGIN ASSERT (SELECT count(*) FROM order_history) = 0 \
        AND (SELECT count(*) FROM order_versions) = 0 AND (SELECT count(*) FROM publication_events) = 0; END $$";
    app.database.connection().await.batch_execute(nothing_left).await.unwrap();
    // What was tried can be done: the same body, the same order.
    let tried = client.post(TRIAL, &regulation("A1", "published")).await.expect(200).value();
    create_by_client(&client, "A1", "published").await;
    let done = client.get("/api/regulations/A1").await.expect(200).value();
    assert_eq!(without_uuids(tried["regulation"].clone()), without_uuids(done));
}

#[tokio::test]
async fn trial_is_refused_as_the_creation_would_be_and_warns() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A0", "draft").await;
    let taken = client.post(TRIAL, &regulation("A0", "draft")).await.problem(422, "validation_failed");
    assert_eq!(taken.violations.unwrap()[0].property_path, "generalInfo.identifier");
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([]);
    client.post(TRIAL, &body).await.problem(400, "not_publishable");
    body["measures"][0]["locations"] = json!([drawn("Loin", FAR_AWAY)]);
    client.post(TRIAL, &body).await.problem(400, "outside_perimeter");
    body["measures"][0]["locations"] = json!([drawn("Vers le large", "[[2.18,47.56],[2.5,47.56]]")]);
    let tried = client.post(TRIAL, &body).await.expect(200).value();
    assert!(tried["warnings"][0].as_str().unwrap().starts_with("Vers le large"), "{}", tried["warnings"]);
    client.post("/api/regulations?dryRun=perhaps", &body).await.problem(400, "invalid_parameter");
    client.get("/api/regulations/A1").await.problem(404, "not_found");
}

/// An order without identifiers of its parts, times of writing and tag.
fn without_uuids(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, _| !["uuid", "createdAt", "updatedAt", "publishedAt"].contains(&name.as_str()));
            members.values_mut().for_each(|member| *member = without_uuids(member.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_uuids(item.take())),
        _ => {}
    }
    value
}
