//! PostgreSQL or Redis down: a clear 503 and nothing half-written, or business as usual where it is possible.

use dialog_api::demo;
use dialog_api_types::app::Login;
use dialog_test_support::{PrivateRedis, Proxy, TestApp, TestDatabase};
use serde_json::json;

#[tokio::test]
async fn without_redis_public_reads_go_on_and_the_rest_waits() {
    let mut redis = PrivateRedis::start().await;
    let app = TestApp::builder().variable("REDIS_URL", &redis.url()).start().await;
    let (member, integrator) = (app.member().await, app.api_client());
    redis.stop();

    let caller = app.anonymous();
    caller.get("/api/geo/cities?search=demo").await.expect(200);
    caller.get("/api/map/base/12/2072/1442.mvt").await;
    integrator.get("/api/regulations/unknown").await.problem(404, "not_found");
    // Whoever has a cookie still reads what everybody reads.
    member.get("/api/geo/cities?search=demo").await.expect(200);

    let login = Login { email: demo::CLERK.to_owned(), password: demo::PASSWORD.to_owned() };
    caller.post("/api/login", &login).await.problem(503, "service_unavailable");
    member.get("/api/app/me").await.problem(503, "service_unavailable");
    member.post("/api/app/regulation-records", &json!({})).await.problem(503, "service_unavailable");
    let refused = integrator.post("/api/regulations", &json!({})).await;
    assert!(!refused.header("retry-after").is_empty());
    refused.problem(503, "service_unavailable");
}

#[tokio::test]
async fn without_postgresql_everything_that_needs_it_is_a_503() {
    let database = TestDatabase::with_demonstration().await;
    let (mut proxy, url) = Proxy::to(database.url()).await;
    let app = TestApp::builder().database(database, &url).start().await;
    let (member, integrator, caller) = (app.member().await, app.api_client(), app.anonymous());
    proxy.cut().await;

    caller.get("/api/geo/cities?search=demo").await.problem(503, "service_unavailable");
    caller.get("/api/map/base/12/2072/1442.mvt").await.problem(503, "service_unavailable");
    member.get("/api/app/me").await.problem(503, "service_unavailable");
    let problem = integrator.post("/api/regulations", &json!({})).await.problem(503, "service_unavailable");
    assert_eq!(problem.detail, "Service Unavailable", "no cause is told");
    let login = Login { email: demo::CLERK.to_owned(), password: demo::PASSWORD.to_owned() };
    caller.post("/api/login", &login).await.problem(503, "service_unavailable");
    caller.get("/api/doc.json").await.expect(200);

    proxy.restore().await;
    member.get("/api/app/me").await.expect(200);
}
