//! Credentials of integrators.

use chrono::{DateTime, Utc};
use dialog_api::demo;
use dialog_db::api_clients::find_by_client_id;
use dialog_test_support::{TestApp, TestResponse};
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;

/// A private path of the integrators.
const PRIVATE: &str = "/api/regulations/any-order";

#[track_caller]
fn refused(answer: TestResponse) {
    assert_eq!(answer.value()["message"], "Unauthorized");
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("www-authenticate"), "", "a browser must not ask for a password");
    answer.problem(401, "unauthorized");
}

async fn last_used_at(app: &TestApp) -> Option<DateTime<Utc>> {
    let mut connection = app.database.connection().await;
    find_by_client_id(&mut connection, demo::CLIENT_ID).await.unwrap().unwrap().last_used_at
}

#[tokio::test]
async fn missing_partial_and_wrong_credentials_are_refused_alike() {
    let app = TestApp::start().await;
    let (nobody, integrator) = (app.anonymous(), app.api_client());
    refused(nobody.get(PRIVATE).await);
    refused(integrator.clone().without_header("x-client-secret").get(PRIVATE).await);
    refused(integrator.clone().without_header("x-client-id").get(PRIVATE).await);
    refused(integrator.clone().with_header("x-client-secret", demo::OTHER_CLIENT_SECRET).get(PRIVATE).await);
    refused(integrator.clone().with_header("x-client-id", "unknown").get(PRIVATE).await);
    refused(integrator.clone().with_header("x-client-secret", "").get(PRIVATE).await);
    integrator.get(PRIVATE).await.problem(404, "not_found");
}

#[tokio::test]
async fn credentials_are_judged_before_the_body() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    for body in ["{", ""] {
        let request =
            nobody.request(Method::POST, "/api/regulations").header("content-type", "application/json").body(body);
        refused(nobody.send(request).await);
    }
    refused(nobody.send(nobody.request(Method::POST, "/api/regulations").header("content-type", "text/plain")).await);
}

#[tokio::test]
async fn wrong_credentials_are_refused_on_public_paths_too() {
    let app = TestApp::start().await;
    let wrong = app.api_client().with_header("x-client-secret", "wrong");
    refused(wrong.get("/api/regulations.xml").await);
    // One header alone is nobody, and nobody may read what is public.
    wrong.clone().without_header("x-client-id").get("/api/regulations.xml").await.expect(200);
    app.api_client().get("/api/regulations.xml").await.expect(200);
}

#[tokio::test]
async fn an_inactive_key_is_refused() {
    let app = TestApp::start().await;
    app.database.connection().await.batch_execute("UPDATE api_clients SET is_active = false").await.unwrap();
    refused(app.api_client().get(PRIVATE).await);
}

#[tokio::test]
async fn a_session_is_worth_nothing_on_the_paths_of_the_integrators() {
    let app = TestApp::start().await;
    let answer = app.member().await.get(PRIVATE).await;
    assert_eq!(answer.header("set-cookie"), "");
    refused(answer);
}

#[tokio::test]
async fn credentials_of_an_integrator_are_worth_nothing_in_the_browser_application() {
    let app = TestApp::start().await;
    app.api_client().get("/api/app/me").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn the_last_use_is_noted_at_most_once_a_minute() {
    let app = TestApp::start().await;
    assert_eq!(last_used_at(&app).await, None);
    app.api_client().with_header("x-client-secret", "wrong").get(PRIVATE).await.expect(401);
    assert_eq!(last_used_at(&app).await, None);
    app.api_client().get(PRIVATE).await.expect(404);
    let first = last_used_at(&app).await.expect("noted");
    app.api_client().get(PRIVATE).await.expect(404);
    assert_eq!(last_used_at(&app).await, Some(first));
    let earlier = "UPDATE api_clients SET last_used_at = now() - interval '2 minutes'";
    app.database.connection().await.batch_execute(earlier).await.unwrap();
    app.api_client().get(PRIVATE).await.expect(404);
    assert!(last_used_at(&app).await >= Some(first));
}

#[tokio::test]
async fn refused_credentials_are_throttled() {
    let app = TestApp::builder().variable("LOGIN_FAILURES_PER_ADDRESS", "3").start().await;
    let guesser = app.api_client().with_header("x-client-secret", "guess").with_header("x-real-ip", "198.51.100.7");
    for _ in 0..3 {
        refused(guesser.get(PRIVATE).await);
    }
    let answer = guesser.get(PRIVATE).await;
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    answer.problem(429, "too_many_requests");
    // The integrator itself calls from elsewhere.
    app.api_client().with_header("x-real-ip", "198.51.100.8").get(PRIVATE).await.expect(404);
}
