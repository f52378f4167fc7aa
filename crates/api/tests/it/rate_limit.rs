//! How many requests one caller may send.

use chrono::{DateTime, TimeDelta, Utc};
use dialog_api::clock::Clock;
use dialog_test_support::{TestApp, TestCaller};

const PATH: &str = "/api/geo/cities?search=demo";

fn noon() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

async fn limited(limit: &str) -> (TestApp, Clock) {
    let clock = Clock::fixed(noon());
    let builder = TestApp::builder().clock(clock.clone()).variable("API_RATE_LIMIT", limit);
    (builder.variable("API_RATE_LIMIT_WINDOW_S", "100").start().await, clock)
}

fn from(app: &TestApp, address: &str) -> TestCaller {
    app.anonymous().with_header("x-real-ip", address)
}

#[tokio::test]
async fn an_address_is_told_what_remains_and_refused_when_nothing_does() {
    let (app, clock) = limited("2").await;
    let caller = from(&app, "198.51.100.7");
    let first = caller.get(PATH).await.expect(200);
    assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("2", "1"));
    assert!(first.header("ratelimit-reset").parse::<u64>().unwrap() <= 100);
    caller.get(PATH).await.expect(200);
    let refused = caller.get(PATH).await;
    assert_eq!(refused.header("ratelimit-remaining"), "0");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    refused.problem(429, "too_many_requests");
    from(&app, "198.51.100.8").get(PATH).await.expect(200);

    clock.set(noon() + TimeDelta::seconds(250));
    caller.get(PATH).await.expect(200);
}

#[tokio::test]
async fn an_integrator_is_counted_by_its_key_wherever_it_calls_from() {
    let (app, _) = limited("2").await;
    let integrator = app.api_client();
    for address in ["198.51.100.1", "198.51.100.2"] {
        integrator.clone().with_header("x-real-ip", address).get("/api/regulations.xml").await.expect(200);
    }
    let refused = integrator.with_header("x-real-ip", "198.51.100.3").get("/api/regulations.xml").await;
    assert_eq!(refused.header("content-type"), "application/json");
    assert_eq!(refused.problem(429, "too_many_requests").detail, "Too Many Requests");
    from(&app, "198.51.100.1").get(PATH).await.expect(200);
}

#[tokio::test]
async fn health_is_never_refused() {
    let (app, _) = limited("1").await;
    for _ in 0..3 {
        app.anonymous().get("/api/health").await.expect(200);
    }
}

#[tokio::test]
async fn two_processes_count_together() {
    let (mut app, _) = limited("2").await;
    let second = app.second_instance();
    let caller = from(&app, "198.51.100.7");
    caller.get(PATH).await.expect(200);
    caller.on(&second).get(PATH).await.expect(200);
    caller.get(PATH).await.problem(429, "too_many_requests");
    caller.on(&second).get(PATH).await.problem(429, "too_many_requests");
}

#[tokio::test]
async fn refused_credentials_count_like_any_request() {
    let (app, _) = limited("2").await;
    let caller = from(&app, "198.51.100.7");
    for rank in 0..2 {
        let guess = caller.clone().with_header("x-client-id", &format!("{rank}")).with_header("x-client-secret", "x");
        let refused = guess.get("/api/regulations.xml").await;
        assert_eq!(refused.header("ratelimit-remaining"), (1 - rank).to_string());
        refused.problem(401, "unauthorized");
    }
    caller.get(PATH).await.problem(429, "too_many_requests");
    let guess = caller.with_header("x-client-id", "another").with_header("x-client-secret", "x");
    guess.get("/api/regulations.xml").await.problem(429, "too_many_requests");
}

#[tokio::test]
async fn tiles_that_are_kept_count_too() {
    let (app, _) = limited("4").await;
    let revision = app.anonymous().get("/api/map/restrictions").await.expect(200).value()["revision"].clone();
    let caller = from(&app, "198.51.100.7");
    let tile = format!("/api/map/tiles/14/8291/5725.mvt?v={revision}");
    let remaining = async || caller.get(&tile).await.expect(204).header("ratelimit-remaining").to_owned();
    assert_eq!([remaining().await, remaining().await, remaining().await, remaining().await], ["3", "2", "1", "0"]);
    caller.get(&tile).await.problem(429, "too_many_requests");
    from(&app, "198.51.100.8").get(&tile).await.expect(204);
}
