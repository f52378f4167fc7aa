//! What every feed holds in the end: the same orders, each once, however it is read.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use dialog_api_types::feeds::{Changes, PublicChangeKind};
use dialog_db::Connection;
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::feeds::gunzip;

/// Longer than the worker takes to come back and to compress everything.
const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until the worker has compressed what was published, then compares the feeds with each other.
pub async fn feeds_converge(connection: &mut Connection, base_url: &str) {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let began = Instant::now();
    loop {
        let marks = diesel::sql_query("SELECT count(*) AS count FROM feed_marks");
        if marks.get_result::<Count>(connection).await.expect("a count").count == 0 {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "the worker does not come back to the feeds");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let client = reqwest::Client::builder().no_gzip().build().expect("a client");
    let read = async |path: &str, encoding: &str| {
        let answer = client.get(format!("{base_url}{path}")).header("accept-encoding", encoding).send().await;
        answer.expect("a feed").bytes().await.expect("a feed").to_vec()
    };
    for path in ["/api/regulations.xml", "/api/regulations/cifs.xml"] {
        let plain = read(path, "identity").await;
        assert!(gunzip(&read(path, "gzip").await) == plain, "{path}: what is compressed is something else");
    }
    let feed = String::from_utf8(read("/api/regulations.xml", "identity").await).expect("a text");
    let published: BTreeMap<String, String> = feed
        .lines()
        .filter(|line| line.starts_with("<trafficRegulationOrder "))
        .map(|line| {
            let attribute = |rank| line.split('"').nth(rank).unwrap_or_default().to_owned();
            (attribute(1), attribute(3))
        })
        .collect();

    let (mut state, mut cursor) = (BTreeMap::new(), 0);
    loop {
        let page: Changes =
            serde_json::from_slice(&read(&format!("/api/changes?after={cursor}&limit=37"), "identity").await)
                .expect("changes");
        for change in page.changes {
            assert!(change.cursor > cursor, "a change is told twice");
            cursor = change.cursor;
            let order = change.order_uuid.to_string();
            let version = change.version.unwrap_or_default().to_string();
            if change.kind == PublicChangeKind::Deleted {
                state.remove(&order);
            } else {
                state.insert(order, version);
            }
        }
        if !page.has_more {
            break;
        }
    }
    assert!(state == published, "the changes make another state than the feed");
}
