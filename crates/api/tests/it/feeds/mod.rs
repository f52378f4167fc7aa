//! The feeds as their readers have them: filtered, compressed, conditional, change by change.

mod changes;
mod filters;
mod serving;

use std::io::Read;

use dialog_test_support::{TestApp, TestCaller};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::orders::bodies::regulation;

/// A closure for everybody, from 1 to 30 December 2030, on the main street: what every feed can say.
pub fn closure(identifier: &str) -> Value {
    let mut body = regulation(identifier, "published");
    body["measures"][0]["vehicleSet"] = json!({ "allVehicles": true });
    body
}

/// Publishes an order, and answers its identifier.
pub async fn publish(client: &TestCaller, body: &Value) -> Uuid {
    let created = client.post("/api/regulations", body).await.expect(201).value();
    created["uuid"].as_str().expect("an identifier").parse().expect("an identifier")
}

/// The bytes of an answer as they came, and its `ETag`.
pub async fn raw(app: &TestApp, path: &str, accept_encoding: &str) -> (Vec<u8>, String, String) {
    let client = reqwest::Client::builder().no_gzip().no_brotli().no_deflate().build().expect("a client");
    let url = format!("{}{path}", app.base_url);
    let answer = client.get(url).header("accept-encoding", accept_encoding).send().await.expect("an answer");
    let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap_or("")).to_owned();
    let (tag, encoding) = (header("etag"), header("content-encoding"));
    (answer.bytes().await.expect("a body").to_vec(), tag, encoding)
}

/// What one gzip member holds; fails when anything follows it.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut read = Vec::new();
    let mut decoder = flate2::bufread::GzDecoder::new(bytes);
    decoder.read_to_end(&mut read).expect("a gzip member");
    assert!(decoder.into_inner().is_empty(), "one member alone");
    read
}

/// Does the jobs of these kinds.
pub async fn work(app: &TestApp, kinds: &[&str]) {
    let connection = &mut app.database.connection().await;
    for kind in kinds {
        let job = dialog_db::jobs::NewJob::new(kind, json!({}));
        dialog_db::jobs::enqueue(connection, &job).await.expect("a job");
    }
    app.run_jobs().await;
}
