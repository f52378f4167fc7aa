//! Nothing acknowledged is lost and nothing is half-written, whoever dies when.

mod audit;
mod convergence;
mod writer;

use std::sync::Arc;
use std::time::{Duration, Instant};

use dialog_test_support::{PrivatePostgres, demonstrate, free_port};
use diesel_async::{AsyncConnection, SimpleAsyncConnection};

use crate::process::{Deployment, SECRET};
use writer::Ledger;

/// Writers at work at once.
const WRITERS: usize = 3;
/// Longer than any recovery.
const PATIENCE: Duration = Duration::from_secs(60);

/// `DIALOG_CRASH_ROUNDS`: how often something is killed; 100 by default.
fn rounds() -> u64 {
    std::env::var("DIALOG_CRASH_ROUNDS").map_or(100, |rounds| rounds.parse().expect("a number of rounds"))
}

/// Numbers that look drawn and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_order_survives_whoever_is_killed_when() {
    let mut postgres = PrivatePostgres::start().await;
    let mut server = dialog_db::Connection::establish(&postgres.url("postgres")).await.unwrap();
    server.batch_execute("CREATE DATABASE dialog").await.unwrap();
    let url = postgres.url("dialog");
    demonstrate(&url, SECRET).await;

    let deployment = Deployment::on(&url);
    let port = free_port();
    let mut api = deployment.api(port).await;
    // It compresses and moves what the writers publish.
    let mut worker = deployment.worker();
    let ledger = Arc::new(Ledger::default());
    let writers: Vec<_> =
        (0..WRITERS).map(|writer| tokio::spawn(writer::run(writer, api.base_url(), Arc::clone(&ledger)))).collect();

    let mut dice = Dice(42);
    let rounds = rounds();
    for round in 0..rounds {
        // Some orders were acknowledged since the last time, and others are under way.
        let enough = ledger.acknowledged() + 1 + usize::try_from(dice.below(4)).unwrap();
        let began = Instant::now();
        while ledger.acknowledged() < enough {
            assert!(!writers.iter().any(tokio::task::JoinHandle::is_finished), "a writer gave up: {}", api.log());
            assert!(began.elapsed() < PATIENCE, "nothing is acknowledged in round {round}: {}", api.log());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(dice.below(25))).await;
        match round % 3 {
            0 => {
                api.kill();
                api = deployment.api(port).await;
            }
            1 => {
                postgres.kill();
                postgres.resume().await;
            }
            _ => {
                worker.kill();
                worker = deployment.worker();
            }
        }
    }
    ledger.stop();
    for writer in writers {
        tokio::time::timeout(PATIENCE, writer).await.expect("the writers end").expect("what the writers were answered");
    }
    let mut connection = dialog_db::Connection::establish(&url).await.unwrap();
    let summary = audit::audit(&mut connection, &api.base_url(), &ledger).await;
    convergence::feeds_converge(&mut connection, &api.base_url()).await;
    worker.kill();
    println!("{rounds} kills; {summary}");
}
