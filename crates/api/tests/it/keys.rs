//! Keys of an organization: who makes them, what they may do, and how long they live.

use chrono::{Duration, TimeZone, Utc};
use dialog_api::clock::Clock;
use dialog_api::demo;
use dialog_api_types::app::{ApiClientScope, ApiClientView, CreatedApiClient, Me, RegeneratedApiClient};
use dialog_api_types::page::Items;
use dialog_test_support::{TestApp, TestCaller};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::orders::bodies::{create_by_client, regulation};

const OWNER: Uuid = uuid!("019b0000-0000-7000-8000-000000000021");
const CLERK: Uuid = uuid!("019b0000-0000-7000-8000-000000000022");
const STRANGER: Uuid = uuid!("019b0000-0000-7000-8000-000000000024");
/// A private path, where there is nothing.
const PRIVATE: &str = "/api/regulations/any-order";

fn keys_path() -> String {
    format!("/api/app/organizations/{}/api-clients", demo::ORGANIZATION)
}

async fn make(by: &TestCaller, body: Value) -> CreatedApiClient {
    by.post(&keys_path(), &body).await.expect(201).json()
}

async fn keys(by: &TestCaller) -> Vec<ApiClientView> {
    by.get(&keys_path()).await.expect(200).json::<Items<ApiClientView>>().items
}

fn integrator(app: &TestApp, client_id: &str, secret: &str) -> TestCaller {
    app.anonymous().with_header("x-client-id", client_id).with_header("x-client-secret", secret)
}

async fn sql(app: &TestApp, statement: &str) {
    app.database.connection().await.batch_execute(statement).await.unwrap();
}

#[tokio::test]
async fn key_is_made_by_its_holder_shown_once_and_listed_newest_first() {
    let app = TestApp::start().await;
    let (clerk, owner) = (app.member().await, app.owner().await);
    let made = make(&clerk, json!({ "userUuid": CLERK })).await;
    assert_eq!(made.client_secret.len(), 43);
    assert_eq!(made.client_id.parse::<Uuid>().unwrap().get_version_num(), 7);
    make(&owner, json!({ "userUuid": OWNER })).await;

    let listed = clerk.get(&keys_path()).await.expect(200);
    assert!(!listed.text().contains(&made.client_secret));
    let seen = keys(&clerk).await;
    let holders: Vec<_> = seen.iter().map(|key| (key.user_uuid, key.is_owner, key.can_manage)).collect();
    assert_eq!(holders, [(Some(OWNER), true, false), (Some(CLERK), false, true), (None, false, true)]);
    let mine = &seen[1];
    assert_eq!(
        (mine.user_full_name.as_deref(), mine.user_email.as_deref()),
        (Some("Dominique Agent"), Some(demo::CLERK))
    );
    assert!(mine.is_active && mine.last_used_at.is_none() && mine.expires_at.is_none());
    assert_eq!(mine.scope, ApiClientScope::Write);

    integrator(&app, &made.client_id, &made.client_secret).get(PRIVATE).await.problem(404, "not_found");
    assert!(keys(&clerk).await[1].last_used_at.is_some());
    let again = clerk.post(&keys_path(), &json!({ "userUuid": CLERK })).await.problem(409, "conflict");
    assert_eq!(again.detail, "Cet utilisateur possède déjà une clé API pour cette organisation.");
}

#[tokio::test]
async fn keys_of_somebody_else_are_made_and_taken_over_by_owners_only() {
    let app = TestApp::start().await;
    let (clerk, owner) = (app.member().await, app.owner().await);
    clerk.post(&keys_path(), &json!({ "userUuid": OWNER })).await.problem(403, "forbidden");
    let theirs = make(&owner, json!({ "userUuid": OWNER })).await;
    let of_owner = format!("{}/{}", keys_path(), theirs.uuid);
    clerk.post_nothing(&format!("{of_owner}/regenerate")).await.problem(403, "forbidden");
    clerk.delete(&of_owner).await.problem(403, "forbidden");

    let given = make(&owner, json!({ "userUuid": CLERK })).await;
    let of_clerk = format!("{}/{}", keys_path(), given.uuid);
    for by in [&clerk, &owner] {
        by.post_nothing(&format!("{of_clerk}/regenerate")).await.expect(200);
    }
    for nobody in [json!({}), json!({ "userUuid": null }), json!({ "userUuid": STRANGER })] {
        let refused = owner.post(&keys_path(), &nobody).await.problem(422, "validation_failed");
        assert_eq!(refused.violations.unwrap()[0].property_path, "userUuid");
    }
    clerk.delete(&of_clerk).await.expect(204);
    clerk.delete(&of_clerk).await.problem(404, "not_found");
    // A key of another organization is none of this one.
    let elsewhere = format!("{}/019b0000-0000-7000-8000-000000000002", keys_path());
    owner.delete(&elsewhere).await.problem(404, "not_found");
    app.other_api_client().get(PRIVATE).await.problem(404, "not_found");
}

#[tokio::test]
async fn another_secret_replaces_the_one_before_at_once_or_after_a_while() {
    let morning = Utc.with_ymd_and_hms(2030, 12, 2, 8, 0, 0).unwrap();
    let clock = Clock::fixed(morning);
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let clerk = app.member().await;
    let made = make(&clerk, json!({ "userUuid": CLERK })).await;
    let path = format!("{}/{}/regenerate", keys_path(), made.uuid);
    let regenerate = |query: &'static str| {
        let (clerk, path) = (clerk.clone(), format!("{path}{query}"));
        async move { clerk.post_nothing(&path).await.expect(200).json::<RegeneratedApiClient>() }
    };
    let answers = |secret: &str| {
        let caller = integrator(&app, &made.client_id, secret);
        async move { caller.get(PRIVATE).await.status.as_u16() }
    };

    let second = regenerate("").await;
    assert_eq!(second.client_id, made.client_id);
    assert_eq!((answers(&made.client_secret).await, answers(&second.client_secret).await), (401, 404));

    let third = regenerate("?keepPreviousHours=24").await;
    assert_eq!((answers(&second.client_secret).await, answers(&third.client_secret).await), (404, 404));
    assert_eq!(keys(&clerk).await[0].previous_secret_until, Some(morning + Duration::hours(24)));
    clock.set(morning + Duration::hours(24));
    assert_eq!((answers(&second.client_secret).await, answers(&third.client_secret).await), (401, 404));

    // Two are good at the same time, never three.
    let fourth = regenerate("?keepPreviousHours=168").await;
    let fifth = regenerate("?keepPreviousHours=1").await;
    for (secret, status) in [(&third, 401), (&fourth, 404), (&fifth, 404)] {
        assert_eq!(answers(&secret.client_secret).await, status);
    }
    for query in ["?keepPreviousHours=169", "?keepPreviousHours=-1", "?keepPreviousHours=x"] {
        clerk.post_nothing(&format!("{path}{query}")).await.problem(400, "invalid_parameter");
    }
    assert_eq!(answers(&fifth.client_secret).await, 404);
}

#[tokio::test]
async fn key_that_expires_is_refused_from_that_moment_on() {
    let morning = Utc.with_ymd_and_hms(2030, 12, 2, 8, 0, 0).unwrap();
    let clock = Clock::fixed(morning);
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let clerk = app.member().await;
    let past = json!({ "userUuid": CLERK, "expiresAt": "2030-12-02T08:00:00Z" });
    let refused = clerk.post(&keys_path(), &past).await.problem(422, "validation_failed");
    assert_eq!(refused.violations.unwrap()[0].property_path, "expiresAt");

    let made = make(&clerk, json!({ "userUuid": CLERK, "expiresAt": "2030-12-02T20:00:00+01:00" })).await;
    let key = integrator(&app, &made.client_id, &made.client_secret);
    assert_eq!(keys(&clerk).await[0].expires_at, Some(morning + Duration::hours(11)));
    clock.set(morning + Duration::hours(11) - Duration::seconds(1));
    key.get(PRIVATE).await.problem(404, "not_found");
    clock.set(morning + Duration::hours(11));
    key.get(PRIVATE).await.problem(401, "unauthorized");
    key.get("/api/regulations.xml").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn key_that_may_only_read_writes_nothing() {
    let app = TestApp::start().await;
    let clerk = app.member().await;
    create_by_client(&app.api_client(), "A1", "draft").await;
    let made = make(&clerk, json!({ "userUuid": CLERK, "scope": "read" })).await;
    assert_eq!(keys(&clerk).await[0].scope, ApiClientScope::Read);
    let reader = integrator(&app, &made.client_id, &made.client_secret);
    for path in ["/api/regulations/A1", "/api/organization/identifiers", "/api/organization/regulations"] {
        reader.get(path).await.expect(200);
    }
    for answer in [
        reader.post("/api/regulations", &regulation("A2", "draft")).await,
        reader.post("/api/regulations?dryRun=true", &regulation("A2", "draft")).await,
        reader.put("/api/regulations", &regulation("A1", "published")).await,
        reader.put_nothing("/api/regulations/publish/A1").await,
        reader.post("/api/regulations/A1/storage", &json!({})).await,
        reader.delete("/api/regulations/A1/storage").await,
        reader.delete("/api/regulations/A1").await,
    ] {
        assert!(answer.problem(403, "forbidden").detail.contains("lecture"));
    }
    assert_eq!(app.api_client().get("/api/regulations/A1").await.expect(200).value()["status"], "draft");
    clerk.post(&keys_path(), &json!({ "userUuid": CLERK, "scope": "admin" })).await.problem(422, "validation_failed");
}

#[tokio::test]
async fn key_goes_when_its_holder_leaves_the_organization_or_the_platform() {
    let app = TestApp::start().await;
    let (clerk, owner) = (app.member().await, app.owner().await);
    let of_clerk = make(&clerk, json!({ "userUuid": CLERK })).await;
    let of_owner = make(&owner, json!({ "userUuid": OWNER })).await;
    let key_of_clerk = integrator(&app, &of_clerk.client_id, &of_clerk.client_secret);
    let key_of_owner = integrator(&app, &of_owner.client_id, &of_owner.client_secret);
    for key in [&key_of_clerk, &key_of_owner] {
        key.get(PRIVATE).await.problem(404, "not_found");
    }
    sql(&app, &format!("DELETE FROM memberships WHERE user_uuid = '{CLERK}'")).await;
    key_of_clerk.get(PRIVATE).await.problem(401, "unauthorized");
    // Coming back is no reason for the key to work again.
    sql(&app, &format!("INSERT INTO memberships VALUES ('{}', '{CLERK}', false)", demo::ORGANIZATION)).await;
    key_of_clerk.get(PRIVATE).await.problem(401, "unauthorized");
    let me: Me = clerk.get("/api/app/me").await.expect(200).json();
    assert_eq!(me.organizations.len(), 1);

    sql(&app, &format!("DELETE FROM users WHERE uuid = '{OWNER}'")).await;
    key_of_owner.get(PRIVATE).await.problem(401, "unauthorized");
    // The key of the organization itself, which no person holds, stays.
    app.api_client().get(PRIVATE).await.problem(404, "not_found");
}

#[tokio::test]
async fn bcrypt_secret_of_another_installation_is_read_once_and_kept_as_ours_are() {
    let app = TestApp::start().await;
    // What PHP's password_hash makes, with the least cost.
    let secret = "secret-of-php-0123456789-abcdefghijklmnopqr";
    let hash =
        bcrypt::hash_with_salt(secret, 4, *b"sixteen bytes !!").unwrap().format_for_version(bcrypt::Version::TwoY);
    let client = demo::CLIENT_ID;
    sql(
        &app,
        &format!("UPDATE api_clients SET legacy_hash = '{hash}', secret_hash = NULL WHERE client_id = '{client}'"),
    )
    .await;
    let key = integrator(&app, client, secret);
    let legacy = || async {
        let mut connection = app.database.connection().await;
        let found = dialog_db::api_clients::find_by_client_id(&mut connection, client).await.unwrap().unwrap();
        matches!(found.secrets, dialog_db::api_clients::Secrets::Legacy(_))
    };
    integrator(&app, client, "another").get(PRIVATE).await.problem(401, "unauthorized");
    app.api_client().get(PRIVATE).await.problem(401, "unauthorized");
    assert!(legacy().await);
    key.get(PRIVATE).await.problem(404, "not_found");
    assert!(!legacy().await, "upgraded at its first use");
    key.get(PRIVATE).await.problem(404, "not_found");
    integrator(&app, client, "another").get(PRIVATE).await.problem(401, "unauthorized");
}
