//! What monitors read.

use dialog_api_types::health::{Health, HealthStatus, ServiceHealth};
use dialog_db::jobs::{self, NewJob};
use dialog_test_support::{PrivateRedis, Proxy, TestApp, TestDatabase};
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

#[tokio::test]
async fn everything_up_is_200_with_the_editions_in_use() {
    let app = TestApp::start().await;
    let health: Health = app.anonymous().get("/api/health").await.expect(200).json();
    assert_eq!(health.status, HealthStatus::Ok);
    assert_eq!(health.services["database"], ServiceHealth::Ok);
    assert_eq!(health.services["redis"], ServiceHealth::Ok);
    assert_eq!(health.optional["apiAdresse"], ServiceHealth::NotConfigured);
    assert_eq!(health.optional["sentry"], ServiceHealth::NotConfigured);
    let edition = |kind: &str| health.reference_editions.iter().find(|edition| edition.kind == kind).expect(kind);
    assert_eq!(health.reference_editions.len(), 2);
    assert_eq!(edition("network").edition, "town:00001:2026-01-01");
    assert!(edition("network").items > 40);
    assert_eq!((edition("roads").edition.as_str(), edition("roads").items), ("town:00001-roads:2026-01-01", 2));
    assert_eq!(health.failed_jobs, 0);
}

#[tokio::test]
async fn jobs_that_were_given_up_are_counted() {
    let app = TestApp::start().await;
    let mut connection = app.database.connection().await;
    jobs::enqueue(&mut connection, &NewJob::new("anything", json!({}))).await.unwrap();
    connection.batch_execute("UPDATE jobs SET failed_at = now()").await.unwrap();
    assert_eq!(app.anonymous().get("/api/health").await.expect(200).json::<Health>().failed_jobs, 1);
}

#[tokio::test]
async fn a_dead_redis_is_503_until_it_comes_back() {
    let mut redis = PrivateRedis::start().await;
    let app = TestApp::builder().variable("REDIS_URL", &redis.url()).start().await;
    let caller = app.anonymous();
    caller.get("/api/health").await.expect(200);
    redis.stop();
    let health: Health = caller.get("/api/health").await.expect(503).json();
    assert_eq!(health.status, HealthStatus::Down);
    assert_eq!(health.services["redis"], ServiceHealth::Down);
    assert_eq!(health.services["database"], ServiceHealth::Ok);
    assert_eq!(health.reference_editions.len(), 2, "what still answers is still told");
    redis.resume().await;
    caller.get("/api/health").await.expect(200);
}

#[tokio::test]
async fn a_dead_postgresql_is_503_until_it_comes_back() {
    let database = TestDatabase::with_demonstration().await;
    let (mut proxy, url) = Proxy::to(database.url()).await;
    let app = TestApp::builder().database(database, &url).start().await;
    let caller = app.anonymous();
    caller.get("/api/health").await.expect(200);
    proxy.cut().await;
    let health: Health = caller.get("/api/health").await.expect(503).json();
    assert_eq!(health.services["database"], ServiceHealth::Down);
    assert_eq!(health.services["redis"], ServiceHealth::Ok);
    proxy.restore().await;
    caller.get("/api/health").await.expect(200);
}

#[tokio::test]
async fn a_dead_optional_service_is_told_and_closes_nothing() {
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", "http://127.0.0.1:9/").start().await;
    let health: Health = app.anonymous().get("/api/health").await.expect(200).json();
    assert_eq!(health.optional["apiAdresse"], ServiceHealth::Down);
}

#[tokio::test]
async fn a_process_starts_while_its_services_are_down() {
    let database = TestDatabase::with_demonstration().await;
    let (mut proxy, url) = Proxy::to(database.url()).await;
    proxy.cut().await;
    let app = TestApp::builder().database(database, &url).variable("REDIS_URL", "redis://127.0.0.1:9").start().await;
    app.anonymous().get("/api/health").await.expect(503);
}
