//! Logging in and out, sessions and their anti-forgery token.

use chrono::{DateTime, TimeDelta, Utc};
use dialog_api::clock::Clock;
use dialog_api::demo;
use dialog_api_types::app::{CurrentSession, Login, Me};
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

fn noon() -> DateTime<Utc> {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

async fn attempt(caller: &TestCaller, email: &str, password: &str) -> TestResponse {
    caller.post("/api/login", &Login { email: email.to_owned(), password: password.to_owned() }).await
}

#[tokio::test]
async fn the_right_password_opens_a_session() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let answer = attempt(&caller, "  Agent@Dialog.TEST ", demo::PASSWORD).await.expect(200);
    let cookie = answer.header("set-cookie").to_owned();
    let me: Me = answer.json();
    assert_eq!(me.user.email, demo::CLERK);
    assert_eq!(me.organizations.iter().map(|member| member.uuid.0).collect::<Vec<_>>(), [demo::ORGANIZATION]);
    assert!(!me.organizations[0].is_owner && !me.user.is_super_admin);
    assert!(cookie.starts_with("dialog_session=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    assert!(!cookie.contains("Secure"), "no browser would send it back to http://localhost");

    assert_eq!(caller.get("/api/app/me").await.expect(200).json::<Me>(), me);
    assert_eq!(caller.get("/api/app/session").await.expect(200).json::<CurrentSession>().me, Some(me));
}

#[tokio::test]
async fn nobody_logged_in_is_an_answer_and_not_an_error() {
    let app = TestApp::start().await;
    let answer = app.anonymous().get("/api/app/session").await.expect(200);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert_eq!(answer.json::<CurrentSession>(), CurrentSession { me: None });
}

#[tokio::test]
async fn the_cookie_is_secure_in_production() {
    let app = TestApp::builder()
        .variable("APP_ENV", "prod")
        .variable("BASE_URL", "https://dialog.example.fr")
        .variable("ADMIN_EMAIL", "admin@example.fr")
        .start()
        .await;
    let answer = attempt(&app.anonymous(), demo::CLERK, demo::PASSWORD).await.expect(200);
    assert!(answer.header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_refused_alike() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let wrong = attempt(&caller, demo::CLERK, "not the password").await.problem(401, "invalid_credentials");
    let unknown = attempt(&caller, "nobody@dialog.test", "not the password").await.problem(401, "invalid_credentials");
    assert_eq!((wrong.detail.as_str(), wrong.title), ("Identifiants invalides.", unknown.title));
    attempt(&caller, "", "").await.problem(401, "invalid_credentials");
    caller.get("/api/app/me").await.problem(401, "unauthorized");
    assert!(app.redis.keys().iter().all(|key| !key.starts_with("session:")), "a refusal makes no session");
}

#[tokio::test]
async fn an_unconfirmed_address_is_told_so_to_its_owner_only() {
    let app = TestApp::start().await;
    app.database.connection().await.batch_execute("UPDATE users SET is_verified = false").await.unwrap();
    attempt(&app.anonymous(), demo::CLERK, demo::PASSWORD).await.problem(403, "forbidden");
    attempt(&app.anonymous(), demo::CLERK, "not the password").await.problem(401, "invalid_credentials");
}

#[tokio::test]
async fn an_account_is_throttled_after_too_many_wrong_passwords_for_a_while() {
    let clock = Clock::fixed(noon());
    let app = TestApp::builder().clock(clock.clone()).variable("LOGIN_FAILURES_PER_ACCOUNT", "3").start().await;
    let caller = app.anonymous();
    for _ in 0..3 {
        attempt(&caller, demo::CLERK, "not the password").await.problem(401, "invalid_credentials");
    }
    let refused = attempt(&caller, demo::CLERK, demo::PASSWORD).await;
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    refused.problem(429, "too_many_requests");
    attempt(&caller, demo::OWNER, demo::PASSWORD).await.expect(200);

    clock.set(noon() + TimeDelta::minutes(31));
    attempt(&caller, demo::CLERK, demo::PASSWORD).await.expect(200);
}

#[tokio::test]
async fn an_address_is_throttled_whatever_the_accounts() {
    let app = TestApp::builder().variable("LOGIN_FAILURES_PER_ADDRESS", "3").start().await;
    let attacker = app.anonymous().with_header("x-real-ip", "198.51.100.7");
    for rank in 0..3 {
        attempt(&attacker, &format!("{rank}@dialog.test"), "guess").await.problem(401, "invalid_credentials");
    }
    attempt(&attacker, "4@dialog.test", "guess").await.problem(429, "too_many_requests");
    let neighbour = app.anonymous().with_header("x-real-ip", "198.51.100.8");
    attempt(&neighbour, demo::CLERK, demo::PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_success_forgives_the_failures_of_the_account() {
    let app = TestApp::builder().variable("LOGIN_FAILURES_PER_ACCOUNT", "2").start().await;
    let caller = app.anonymous();
    for _ in 0..3 {
        attempt(&caller, demo::CLERK, "not the password").await.problem(401, "invalid_credentials");
        attempt(&caller, demo::CLERK, demo::PASSWORD).await.expect(200);
    }
}

#[tokio::test]
async fn logging_in_rotates_the_session() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let first = attempt(&caller, demo::CLERK, demo::PASSWORD).await.expect(200);
    let stolen = first.header("set-cookie").split(';').next().unwrap().to_owned();
    let second: Me = attempt(&caller, demo::CLERK, demo::PASSWORD).await.expect(200).json();
    assert_ne!(first.json::<Me>().csrf_token, second.csrf_token);
    app.anonymous().with_header("cookie", &stolen).get("/api/app/me").await.problem(401, "unauthorized");
    caller.get("/api/app/me").await.expect(200);
}

#[tokio::test]
async fn an_expired_session_is_told_from_a_missing_token() {
    let app = TestApp::start().await;
    let member = app.member().await;
    app.redis.expire("session:");
    member.get("/api/app/me").await.problem(401, "unauthorized");
    // Whatever the token: the screen must offer to log in again, not to reload.
    member.post("/api/app/regulation-records", &json!({})).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn an_unsafe_call_needs_the_token_of_the_session() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let forged = member.clone().without_header("x-csrf-token");
    forged.post_nothing("/api/logout").await.problem(403, "invalid_csrf_token");
    forged
        .clone()
        .with_header("x-csrf-token", "guess")
        .post_nothing("/api/logout")
        .await
        .problem(403, "invalid_csrf_token");
    forged.post("/api/app/regulation-records", &json!({})).await.problem(403, "invalid_csrf_token");
    forged.get("/api/app/me").await.expect(200);
    member.post_nothing("/api/logout").await.expect(204);
}

#[tokio::test]
async fn logging_out_ends_the_session_everywhere_and_twice_does_no_harm() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let answer = attempt(&caller, demo::CLERK, demo::PASSWORD).await.expect(200);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let member = caller.with_header("x-csrf-token", &answer.json::<Me>().csrf_token);
    member.post_nothing("/api/logout").await.expect(204);
    member.get("/api/app/me").await.problem(401, "unauthorized");
    app.anonymous().with_header("cookie", &cookie).get("/api/app/me").await.problem(401, "unauthorized");
    member.post_nothing("/api/logout").await.expect(204);
}

#[tokio::test]
async fn a_deleted_account_is_logged_out() {
    let app = TestApp::start().await;
    let member = app.member().await;
    app.database.connection().await.batch_execute("DELETE FROM users").await.unwrap();
    member.get("/api/app/me").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn two_processes_share_their_sessions() {
    let mut app = TestApp::start().await;
    let second = app.second_instance();
    let member = app.member().await;
    let here: Me = member.get("/api/app/me").await.expect(200).json();
    let there: Me = member.on(&second).get("/api/app/me").await.expect(200).json();
    assert_eq!(here, there);
    member.on(&second).post_nothing("/api/logout").await.expect(204);
    member.get("/api/app/me").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn what_the_browser_may_not_keep_is_not_kept() {
    let app = TestApp::start().await;
    let member = app.member().await;
    assert_eq!(member.get("/api/app/me").await.header("cache-control"), "private, no-store");
}
