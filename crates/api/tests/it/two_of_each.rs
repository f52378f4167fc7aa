//! Two api processes and two workers on the same services: nobody can tell, and nothing is done twice.

use std::time::{Duration, Instant};

use dialog_api::demo;
use dialog_api_types::app::OrderView;
use dialog_db::jobs::{self, NewJob};
use dialog_test_support::{TestCaller, TestDatabase, free_port};
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::orders::bodies::{RECORDS, create_draft, features, form, regulation, send};
use crate::process::{Deployment, Process};

const JOB: &str = "move_feed_fragments";

struct Twins {
    first: Process,
    second: Process,
    database: TestDatabase,
    deployment: Deployment,
}

async fn twins() -> Twins {
    let database = TestDatabase::with_demonstration().await;
    let deployment = Deployment::on(database.url());
    let (first, second) = (deployment.api(free_port()).await, deployment.api(free_port()).await);
    Twins { first, second, database, deployment }
}

impl Twins {
    fn anonymous(&self) -> (TestCaller, TestCaller) {
        (TestCaller::anonymous(&self.first.base_url()), TestCaller::anonymous(&self.second.base_url()))
    }

    fn api_client(&self) -> (TestCaller, TestCaller) {
        let (first, second) = self.anonymous();
        let with_key = |caller: TestCaller| {
            caller.with_header("x-client-id", demo::CLIENT_ID).with_header("x-client-secret", demo::CLIENT_SECRET)
        };
        (with_key(first), with_key(second))
    }
}

#[tokio::test]
async fn a_person_goes_from_one_process_to_the_other_without_noticing() {
    let twins = twins().await;
    let here = twins.anonymous().0.log_in(demo::CLERK, demo::PASSWORD).await;
    let there = here.on(&twins.second.base_url());

    let draft = create_draft(&here, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    let mut general = form("A1", vec![]);
    general["title"] = json!("Écrit par l'autre");
    let changed: OrderView =
        send(&there, Method::PATCH, &path, draft.revision, Some(&general)).await.expect(200).json();
    send(&here, Method::PATCH, &path, draft.revision, Some(&general)).await.problem(412, "stale_revision");
    let published: OrderView =
        send(&here, Method::POST, &format!("{path}/publish"), changed.revision, None).await.expect(200).json();
    assert_eq!(published.content.title, "Écrit par l'autre");
    for path in [path.as_str(), RECORDS, "/api/app/me"] {
        assert_eq!(here.get(path).await.expect(200).text(), there.get(path).await.expect(200).text(), "{path}");
    }
    there.post_nothing("/api/logout").await.expect(204);
    here.get("/api/app/me").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn what_is_public_is_the_same_at_both() {
    let twins = twins().await;
    let (client, other_client) = twins.api_client();
    for (rank, client) in [&client, &other_client].into_iter().cycle().take(6).enumerate() {
        client.post("/api/regulations", &regulation(&format!("A{rank}"), "published")).await.expect(201);
    }
    let (here, there) = twins.anonymous();
    for path in ["/api/regulations.xml", "/api/map/locations.geojson?startDate=", "/api/map/initial-bbox"] {
        let (one, other) = (here.get(path).await.expect(200), there.get(path).await.expect(200));
        assert_eq!(one.text(), other.text(), "{path}");
        assert_eq!(one.header("etag"), other.header("etag"), "{path}");
    }
    let tag = here.get("/api/regulations.xml").await.header("etag").to_owned();
    there.clone().with_header("if-none-match", &tag).get("/api/regulations.xml").await.expect(304);
    // What one publishes, the other shows at once.
    client.delete("/api/regulations/A0").await.expect(204);
    assert_ne!(there.get("/api/regulations.xml").await.header("etag"), tag);
    assert_eq!(features(&there).await.len(), 5);
}

#[tokio::test]
async fn writers_at_both_processes_exclude_each_other() {
    let twins = twins().await;
    let (here, there) = twins.api_client();
    let body = regulation("A1", "draft");
    let both = || [&here, &there].into_iter().cycle().take(8);
    let mut created: Vec<u16> =
        join_all(both().map(|client| client.post("/api/regulations", &body))).await.iter().map(status).collect();
    created.sort_unstable();
    assert_eq!(created, [201, 422, 422, 422, 422, 422, 422, 422]);
    for answer in join_all(both().map(|client| client.put_nothing("/api/regulations/publish/A1"))).await {
        answer.expect(200);
    }
    for client in [&here, &there] {
        let order: Value = client.get("/api/regulations/A1").await.expect(200).json();
        assert_eq!(order["publishedVersion"], 1);
    }
    assert_eq!(features(&twins.anonymous().1).await.len(), 1);
}

fn status(answer: &dialog_test_support::TestResponse) -> u16 {
    answer.status.as_u16()
}

#[tokio::test]
async fn two_worker_processes_do_each_job_once() {
    let twins = twins().await;
    let connection = &mut twins.database.connection().await;
    let later = chrono::Utc::now() + chrono::TimeDelta::hours(1);
    for _ in 0..60 {
        jobs::enqueue(connection, &NewJob::new(JOB, json!({})).at(later)).await.unwrap();
    }
    let expected: Vec<String> =
        jobs::list(connection, JOB).await.unwrap().iter().map(|job| job.uuid.to_string()).collect();
    assert_eq!(expected.len(), 60);
    let workers = [twins.deployment.worker(), twins.deployment.worker()];
    connection.batch_execute("UPDATE jobs SET run_at = now()").await.unwrap();

    // What a worker does periodically may be among those that wait.
    let began = Instant::now();
    loop {
        let waiting = jobs::list(connection, JOB).await.unwrap();
        if !waiting.iter().any(|job| expected.contains(&job.uuid.to_string())) {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "{}{}", workers[0].log(), workers[1].log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // A job is told as done once it is gone.
    let times =
        |logs: &str, job: &str| logs.lines().filter(|line| line.contains("job done") && line.contains(job)).count();
    let mut logs = String::new();
    while logs.is_empty() || expected.iter().any(|job| times(&logs, job) == 0) {
        assert!(began.elapsed() < Duration::from_secs(90), "{logs}");
        tokio::time::sleep(Duration::from_millis(10)).await;
        logs = format!("{}{}", workers[0].log(), workers[1].log());
    }
    for job in &expected {
        assert_eq!(times(&logs, job), 1, "{job}");
    }
    assert!(!logs.contains("job failed"), "{logs}");
}
