use std::time::{Duration, Instant};

use dialog_api_types::health::{Health, HealthStatus, ServiceHealth};
use dialog_db::documents::{REMOVAL_ATTEMPTS, REMOVE_STORED_FILE};
use dialog_db::jobs;
use dialog_test_support::{S3Server, TestApp, TestAppBuilder};
use diesel_async::SimpleAsyncConnection;
use serde_json::Value;

use super::sending::{form_of, path_of, pdf, pdf_of, post};
use crate::orders::bodies::create_by_client;

fn with_bucket(server: &S3Server) -> TestAppBuilder {
    server.variables().iter().fold(TestApp::builder(), |builder, (name, value)| builder.variable(name, value))
}

async fn storage_health(app: &TestApp) -> ServiceHealth {
    let health: Health = app.anonymous().get("/api/health").await.expect(200).json();
    assert_eq!(health.status, HealthStatus::Ok);
    health.optional["storage"]
}

#[tokio::test]
async fn bucket_keeps_serves_and_forgets_files() {
    let server = S3Server::new();
    let app = with_bucket(&server).start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    assert_eq!(storage_health(&app).await, ServiceHealth::Ok);
    post(&client, "A1", form_of("a.pdf", pdf_of(4_999_999))).await.expect(201);
    let [name] = server.files().try_into().unwrap();
    // The name is ours: nothing of the sender's, of the order, or of another file.
    assert!(name.starts_with("documents/") && name.len() == "documents/".len() + 32, "{name}");
    assert!(app.files().is_empty(), "nothing is on the disk of the application");
    let file = app.anonymous().get(&format!("/api/documents/{uuid}")).await.expect(200);
    assert!(file.body == pdf_of(4_999_999));
    assert_eq!(file.header("content-type"), "application/pdf");

    post(&client, "A1", form_of("a.pdf", pdf("other"))).await.expect(200);
    assert_eq!(server.files().len(), 2);
    app.run_jobs().await;
    assert_eq!(server.files().len(), 1);
    assert!(!server.files().contains(&name));
    client.delete("/api/regulations/A1").await.expect(204);
    app.run_jobs().await;
    assert!(server.files().is_empty());
}

#[tokio::test]
async fn dead_bucket_is_503_within_seconds_and_nothing_is_half_written() {
    let mut server = S3Server::new();
    let app = with_bucket(&server).start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    post(&client, "A1", form_of("a.pdf", pdf("old"))).await.expect(201);
    let before = client.get("/api/regulations/A1").await.expect(200).value();

    server.stop();
    let began = Instant::now();
    post(&client, "A1", form_of("b.pdf", pdf("new"))).await.problem(503, "service_unavailable");
    app.anonymous().get(&format!("/api/documents/{uuid}")).await.problem(503, "service_unavailable");
    assert!(began.elapsed() < Duration::from_secs(14), "{:?}", began.elapsed());
    assert_eq!(storage_health(&app).await, ServiceHealth::Down);
    // Everything else goes on: links, orders, and the deletion of orders with files.
    assert_eq!(client.get("/api/regulations/A1").await.expect(200).value(), before);
    create_by_client(&client, "A2", "published").await;
    client.delete("/api/regulations/A1").await.expect(204);
    app.run_jobs().await;
    let connection = &mut app.database.connection().await;
    let waiting = jobs::list(connection, REMOVE_STORED_FILE).await.unwrap();
    assert_eq!(waiting.len(), 2, "the old file, and the new one in case it was written");
    assert!(waiting.iter().all(|job| job.failed_at.is_none() && job.max_attempts == REMOVAL_ATTEMPTS), "{waiting:?}");

    server.resume();
    assert_eq!(server.files().len(), 1);
    connection.batch_execute("UPDATE jobs SET run_at = now()").await.unwrap();
    app.run_jobs().await;
    assert!(server.files().is_empty());
    assert!(jobs::list(connection, REMOVE_STORED_FILE).await.unwrap().is_empty());
    post(&client, "A2", form_of("b.pdf", pdf("new"))).await.expect(201);
}

#[tokio::test]
async fn bucket_that_takes_connections_and_says_nothing_is_503_within_seconds() {
    // The backlog of the operating system takes the connections.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let server = S3Server::new();
    let app = with_bucket(&server).variable("S3_ENDPOINT", &endpoint).start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    let began = Instant::now();
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.problem(503, "service_unavailable");
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    assert_eq!(client.get("/api/regulations/A1").await.expect(200).value()["storage"], Value::Null);
}

#[tokio::test]
async fn refused_keys_are_503_and_told_to_monitors() {
    let server = S3Server::new();
    for (name, value) in [("S3_SECRET_KEY", "another secret"), ("S3_ACCESS_KEY", "nobody")] {
        let app = with_bucket(&server).variable(name, value).start().await;
        let client = app.api_client();
        create_by_client(&client, "A1", "draft").await;
        post(&client, "A1", form_of("a.pdf", pdf("x"))).await.problem(503, "service_unavailable");
        client.get(&path_of("A1")).await.problem(404, "not_found");
        assert_eq!(storage_health(&app).await, ServiceHealth::Down, "{name}");
    }
    assert!(server.files().is_empty());
}

#[tokio::test]
async fn folder_that_cannot_be_made_is_503_and_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let (folder, obstacle) = (place.path().join("a/files"), place.path().join("a"));
    std::fs::write(&obstacle, "a file where the folder should be").unwrap();
    let app = TestApp::builder().variable("STORAGE_DIR", &folder.to_string_lossy()).start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.problem(503, "service_unavailable");
    assert_eq!(storage_health(&app).await, ServiceHealth::Down);
    std::fs::remove_file(&obstacle).unwrap();
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.expect(201);
    assert_eq!(storage_health(&app).await, ServiceHealth::Ok);
    // Drafts have files too: nobody else on the machine may look.
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o077, 0);
}
