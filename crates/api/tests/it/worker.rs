//! Jobs: each is done, exactly as often as it takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::bail;
use dialog_api::AppState;
use dialog_api::jobs::{self as api_jobs, Job, Periodic, Worker};
use dialog_db::Connection;
use dialog_db::jobs::{self, NewJob};
use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};

/// Counts its runs and does what its payload says: `ok`, `fail` after having written, or `panic`.
#[derive(Clone, Default)]
struct Probe {
    runs: Arc<AtomicU32>,
    ran: Arc<Notify>,
}

impl Job for Probe {
    fn kind(&self) -> &'static str {
        "probe"
    }

    fn run<'a>(
        &'a self,
        _: &'a AppState,
        connection: &'a mut Connection,
        payload: &'a Value,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        async move {
            self.runs.fetch_add(1, Ordering::SeqCst);
            self.ran.notify_one();
            match payload["outcome"].as_str() {
                Some("fail") => {
                    connection.batch_execute("DELETE FROM memberships").await?;
                    bail!("as the payload says")
                }
                Some("panic") => panic!("as the payload says"),
                _ => Ok(()),
            }
        }
        .boxed()
    }
}

impl Probe {
    fn worker(&self, app: &TestApp) -> Worker {
        Worker::new(app.state.clone(), vec![Box::new(self.clone())], Vec::new())
    }

    fn runs(&self) -> u32 {
        self.runs.load(Ordering::SeqCst)
    }
}

async fn enqueue(app: &TestApp, job: NewJob) {
    jobs::enqueue(&mut app.database.connection().await, &job).await.unwrap();
}

async fn waiting(app: &TestApp) -> Vec<jobs::Job> {
    jobs::list(&mut app.database.connection().await, "probe").await.unwrap()
}

async fn execute(app: &TestApp, sql: &str) {
    app.database.connection().await.batch_execute(sql).await.unwrap();
}

#[tokio::test]
async fn a_job_is_done_once_and_forgotten() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let mut worker = probe.worker(&app);
    enqueue(&app, NewJob::new("probe", json!({}))).await;
    enqueue(&app, NewJob::new("somebody else's", json!({}))).await;
    assert!(worker.step().await.unwrap());
    assert!(!worker.step().await.unwrap(), "the other kind is not ours");
    assert_eq!((probe.runs(), waiting(&app).await.len()), (1, 0));
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    enqueue(&app, NewJob::new("probe", json!({})).at(chrono::Utc::now() + chrono::TimeDelta::hours(1))).await;
    assert!(!probe.worker(&app).step().await.unwrap());
    execute(&app, "UPDATE jobs SET run_at = now()").await;
    assert!(probe.worker(&app).step().await.unwrap());
}

#[tokio::test]
async fn a_failing_job_writes_nothing_and_comes_back_later_and_later() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let mut worker = probe.worker(&app);
    enqueue(&app, NewJob::new("probe", json!({ "outcome": "fail" }))).await;
    let mut delays = Vec::new();
    for attempt in 1..=3 {
        assert!(worker.step().await.unwrap());
        assert!(!worker.step().await.unwrap(), "not before its time");
        let job = waiting(&app).await.remove(0);
        assert_eq!((job.attempts, job.last_error.as_deref()), (attempt, Some("as the payload says")));
        delays.push((job.run_at - chrono::Utc::now()).num_seconds());
        execute(&app, "UPDATE jobs SET run_at = now()").await;
    }
    assert!(delays.is_sorted() && delays[0] >= 3 && delays[2] >= 18, "{delays:?}");
    let member = app.member().await.get("/api/app/me").await.expect(200).value();
    assert_eq!(member["organizations"].as_array().unwrap().len(), 1, "what the job wrote was taken back");
}

#[tokio::test]
async fn a_job_that_fails_for_good_stays_to_be_seen() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let mut worker = probe.worker(&app);
    enqueue(&app, NewJob::new("probe", json!({ "outcome": "fail" }))).await;
    execute(&app, "UPDATE jobs SET max_attempts = 2").await;
    for _ in 0..2 {
        assert!(worker.step().await.unwrap());
        execute(&app, "UPDATE jobs SET run_at = now()").await;
    }
    assert!(!worker.step().await.unwrap(), "it is not tried again");
    assert!(waiting(&app).await[0].failed_at.is_some());
    assert_eq!(app.anonymous().get("/api/health").await.expect(200).value()["failedJobs"], 1);
}

#[tokio::test]
async fn a_job_that_panics_is_a_job_that_fails() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let mut worker = probe.worker(&app);
    enqueue(&app, NewJob::new("probe", json!({ "outcome": "panic" }))).await;
    assert!(worker.step().await.unwrap());
    assert_eq!(waiting(&app).await[0].last_error.as_deref(), Some("the job panicked"));
    enqueue(&app, NewJob::new("probe", json!({}))).await;
    assert!(worker.step().await.unwrap(), "the worker goes on");
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_again() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    enqueue(&app, NewJob::new("probe", json!({}))).await;
    // What a worker does before it dies.
    let taken = jobs::take(&mut app.database.connection().await, &["probe"]).await.unwrap().unwrap();
    assert_eq!(taken.attempts, 1);
    assert!(!probe.worker(&app).step().await.unwrap(), "not at once: the worker may be alive");
    execute(&app, "UPDATE jobs SET run_at = now()").await;
    assert!(probe.worker(&app).step().await.unwrap());
    assert_eq!(probe.runs(), 1);
}

#[tokio::test]
async fn waiting_jobs_with_the_same_key_are_one_and_the_earlier_date_holds() {
    let app = TestApp::start().await;
    let later = chrono::Utc::now() + chrono::TimeDelta::hours(1);
    enqueue(&app, NewJob::new("probe", json!({ "rank": 1 })).deduplicated("key").at(later)).await;
    enqueue(&app, NewJob::new("probe", json!({ "rank": 2 })).deduplicated("key")).await;
    enqueue(&app, NewJob::new("probe", json!({ "rank": 3 })).deduplicated("key").at(later)).await;
    enqueue(&app, NewJob::new("probe", json!({ "rank": 4 })).deduplicated("another key").at(later)).await;
    let jobs = waiting(&app).await;
    assert_eq!(jobs.len(), 2);
    assert!(jobs[0].run_at < later);

    // Once taken it is no longer the one that waits: what comes now may be unknown to it.
    jobs::take(&mut app.database.connection().await, &["probe"]).await.unwrap().unwrap();
    enqueue(&app, NewJob::new("probe", json!({ "rank": 5 })).deduplicated("key")).await;
    assert_eq!(waiting(&app).await.len(), 3);
}

#[tokio::test]
async fn two_workers_share_the_work_without_doing_it_twice() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    for _ in 0..20 {
        enqueue(&app, NewJob::new("probe", json!({}))).await;
    }
    let (mut first, mut second) = (probe.worker(&app), probe.worker(&app));
    futures::join!(async { while first.step().await.unwrap() {} }, async { while second.step().await.unwrap() {} },);
    assert_eq!((probe.runs(), waiting(&app).await.len()), (20, 0));
}

#[tokio::test]
async fn a_running_worker_is_woken_and_stops_when_told() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(probe.worker(&app).run(stopped));
    for expected in 1..=3 {
        enqueue(&app, NewJob::new("probe", json!({}))).await;
        api_jobs::wake(&app.state).await;
        tokio::time::timeout(Duration::from_secs(10), probe.ran.notified()).await.expect("woken");
        assert_eq!(probe.runs(), expected);
    }
    stop.send_replace(true);
    tokio::time::timeout(Duration::from_secs(10), worker).await.expect("stopped").unwrap();
}

#[tokio::test]
async fn without_redis_jobs_are_found_by_looking() {
    let app = TestApp::builder().variable("REDIS_URL", "redis://127.0.0.1:9").start().await;
    let probe = Probe::default();
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(probe.worker(&app).run(stopped));
    enqueue(&app, NewJob::new("probe", json!({}))).await;
    tokio::time::timeout(Duration::from_secs(10), probe.ran.notified()).await.expect("found");
    stop.send_replace(true);
    worker.await.unwrap();
}

#[tokio::test]
async fn a_periodic_job_enqueues_itself_once_per_period() {
    let app = TestApp::start().await;
    let probe = Probe::default();
    let hourly = Periodic { kind: "probe", every: Duration::from_secs(3600) };
    let mut worker = Worker::new(app.state.clone(), vec![Box::new(probe.clone())], vec![hourly]);
    assert!(worker.step().await.unwrap());
    assert!(!worker.step().await.unwrap());
    assert_eq!(probe.runs(), 1);
}
