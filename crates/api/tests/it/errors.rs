//! One body for every error, whoever made it.

use dialog_test_support::{TestApp, TestCaller, TestResponse};
use reqwest::Method;
use serde_json::json;

async fn post_raw(caller: &TestCaller, path: &str, media_type: &str, body: impl Into<reqwest::Body>) -> TestResponse {
    caller.send(caller.request(Method::POST, path).header("content-type", media_type).body(body)).await
}

#[tokio::test]
async fn a_text_that_cannot_be_kept_is_a_mistake_of_its_sender() {
    let app = TestApp::start().await;
    let (client, member) = (app.api_client(), app.member().await);
    let body = json!({ "identifier": "A\u{0}1", "category": "temporaryRegulation", "title": "\u{0}", "measures": [] });
    let problem = member.post("/api/app/regulation-records", &body).await.problem(422, "validation_failed");
    let fields: Vec<_> = problem.violations.unwrap().into_iter().map(|one| one.property_path).collect();
    assert_eq!(fields, ["identifier", "title"]);
    for answer in
        [member.get("/api/app/regulation-records?search=%00").await, client.get("/api/regulations/A%001").await]
    {
        answer.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn an_unknown_path_is_404() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/unknown?x=1").await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.problem(404, "not_found");
    assert_eq!(problem.instance, "/api/unknown");
    assert_eq!(problem.violations, None);
    app.anonymous().get("/").await.problem(404, "not_found");
    app.anonymous().get("/api/app/unknown").await.problem(404, "not_found");
}

#[tokio::test]
async fn the_wire_paths_answer_plain_json_with_the_words_of_the_contract() {
    let app = TestApp::start().await;
    let answer = app.api_client().get("/api/regulations/unknown").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.problem(404, "not_found").detail, "Not Found");
}

#[tokio::test]
async fn another_method_is_405_and_says_which_ones_are_allowed() {
    let app = TestApp::start().await;
    for (method, path) in [(Method::DELETE, "/api/health"), (Method::GET, "/api/login"), (Method::PUT, "/api/doc.json")]
    {
        let caller = app.anonymous();
        let answer = caller.send(caller.request(method, path)).await;
        assert!(!answer.header("allow").is_empty(), "{path}");
        answer.problem(405, "method_not_allowed");
    }
}

#[tokio::test]
async fn a_body_over_two_megabytes_is_413_however_it_comes() {
    let app = TestApp::start().await;
    let large = format!("{{\"email\":\"{}\"}}", "a".repeat(2 * 1024 * 1024));
    post_raw(&app.anonymous(), "/api/login", "application/json", large.clone()).await.problem(413, "payload_too_large");
    let chunks =
        large.into_bytes().chunks(64 * 1024).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect::<Vec<_>>();
    let stream = reqwest::Body::wrap_stream(futures::stream::iter(chunks));
    post_raw(&app.anonymous(), "/api/login", "application/json", stream).await.problem(413, "payload_too_large");
}

#[tokio::test]
async fn a_body_that_is_not_json_is_415_or_400() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    post_raw(&caller, "/api/login", "text/plain", "{}").await.problem(415, "unsupported_media_type");
    caller.post_nothing("/api/login").await.problem(415, "unsupported_media_type");
    for body in ["", "{", "{\"email\": ", "nonsense", "\u{feff}{}"] {
        post_raw(&caller, "/api/login", "application/json", body).await.problem(400, "invalid_json");
    }
    let problem = post_raw(&caller, "/api/login", "application/json", "{\n  oops").await.problem(400, "invalid_json");
    assert!(problem.detail.contains("ligne 2"), "{}", problem.detail);
}

#[tokio::test]
async fn json_of_the_wrong_shape_is_422() {
    let app = TestApp::start().await;
    app.anonymous().post("/api/login", &json!({ "email": 5 })).await.problem(422, "validation_failed");
    app.anonymous().post("/api/login", &json!("text")).await.problem(422, "validation_failed");
}

#[tokio::test]
async fn a_path_that_cannot_be_read_is_400() {
    let app = TestApp::start().await;
    app.anonymous().get("/api/map/base/a/0/0.mvt").await.problem(400, "invalid_parameter");
    app.anonymous().get("/api/map/base/23/0/0.mvt").await.problem(400, "invalid_parameter");
    app.anonymous()
        .get("/api/geo/location-geometry?roadType=lane&fromCrossing=x")
        .await
        .problem(400, "invalid_parameter");
}

#[tokio::test]
async fn a_plain_request_id_is_kept_and_another_is_replaced() {
    let app = TestApp::start().await;
    let kept = app.anonymous().with_header("x-request-id", "review-42").get("/api/unknown").await;
    assert_eq!(kept.header("x-request-id"), "review-42");
    assert_eq!(kept.problem(404, "not_found").request_id, "review-42");
    for bad in ["a b", "<script>", &"x".repeat(200)] {
        let replaced = app.anonymous().with_header("x-request-id", bad).get("/api/unknown").await;
        assert_ne!(replaced.header("x-request-id"), bad);
        replaced.problem(404, "not_found");
    }
}
