use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use dialog_api_types::feeds::{Changes, PublicChange, PublicChangeKind};
use dialog_test_support::TestApp;
use serde_json::json;
use uuid::Uuid;

use super::{closure, publish, raw};

/// The elements of the orders of a publication, by the identifiers of the orders.
fn elements(document: &str) -> Vec<(Uuid, String)> {
    let orders = document.lines().filter(|line| line.starts_with("<trafficRegulationOrder "));
    orders.map(|line| (line.split('"').nth(1).unwrap().parse().unwrap(), line.to_owned())).collect()
}

async fn page(app: &TestApp, after: i64, limit: u32) -> Changes {
    let path = format!("/api/changes?after={after}&limit={limit}");
    let answer = app.anonymous().get(&path).await.expect(200);
    let page: Changes = serde_json::from_slice(&answer.body).expect("changes");
    assert_eq!(answer.header("x-next-cursor"), page.cursor.to_string());
    page
}

/// Publications, new versions, a repeal and deletions.
async fn live(app: &TestApp) {
    let client = app.api_client();
    for rank in 0..7 {
        publish(&client, &closure(&format!("A{rank}"))).await;
    }
    for rank in 0..3 {
        let mut body = closure(&format!("A{rank}"));
        body["title"] = json!(format!("Version deux du {rank}"));
        client.put("/api/regulations", &body).await.expect(200);
    }
    client.delete("/api/regulations/A1").await.expect(204);
    client.delete("/api/regulations/A5").await.expect(204);
}

#[tokio::test]
async fn changes_from_the_first_one_on_make_the_state_of_the_feeds() {
    let app = TestApp::start().await;
    live(&app).await;
    let feed = elements(&String::from_utf8(raw(&app, "/api/regulations.xml", "identity").await.0).unwrap());

    // In pages of every size, in JSON: which version of which order is public.
    for limit in [1, 3, 100] {
        let mut state: BTreeMap<Uuid, PublicChange> = BTreeMap::new();
        let mut cursor = 0;
        let mut seen = Vec::new();
        loop {
            let page = page(&app, cursor, limit).await;
            assert!(page.changes.len() <= limit as usize && page.cursor >= cursor);
            for change in page.changes {
                seen.push(change.cursor);
                assert_eq!(change.order.is_none(), change.kind == PublicChangeKind::Deleted);
                match change.kind {
                    PublicChangeKind::Deleted => drop(state.remove(&change.order_uuid.0)),
                    _ => drop(state.insert(change.order_uuid.0, change)),
                }
            }
            cursor = page.cursor;
            if !page.has_more {
                break;
            }
        }
        assert_eq!(seen.len(), 12);
        assert!(seen.is_sorted_by(|one, other| one < other), "each once, and growing: {seen:?}");
        assert_eq!(state.keys().copied().collect::<Vec<_>>(), feed.iter().map(|(order, _)| *order).collect::<Vec<_>>());
        for (order, element) in &feed {
            let change = &state[order];
            assert!(element.contains(&format!("version=\"{}\"", change.version.unwrap())));
            assert!(element.contains(&change.order.as_ref().unwrap().content.title));
        }
    }

    // In DATEX II: byte for byte.
    let (mut state, mut cursor) = (BTreeMap::new(), "0".to_owned());
    loop {
        let answer =
            app.anonymous().get(&format!("/api/changes?format=datex&limit=5&after={cursor}")).await.expect(200);
        for (order, element) in elements(&answer.text()) {
            if element.contains("<status>withdrawn</status>") {
                state.remove(&order);
            } else {
                state.insert(order, element);
            }
        }
        let next = answer.header("x-next-cursor").to_owned();
        if std::mem::replace(&mut cursor, next) == cursor {
            break;
        }
    }
    assert_eq!(state.into_iter().collect::<Vec<_>>(), feed);
}

#[tokio::test]
async fn lines_are_the_same_changes() {
    let app = TestApp::start().await;
    live(&app).await;
    let whole = page(&app, 0, 1000).await;
    let answer = app.anonymous().get("/api/changes?format=ndjson&limit=1000").await.expect(200);
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    let lines: Vec<PublicChange> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, whole.changes);
    assert!(!whole.has_more && page(&app, whole.cursor, 10).await.changes.is_empty());
}

#[tokio::test]
async fn who_waits_is_told_of_a_change_at_once_and_of_none_at_the_end() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let order = publish(&client, &closure("A")).await;
    let cursor = page(&app, 0, 10).await.cursor;
    // Something is there already.
    let begun = Instant::now();
    app.anonymous().get("/api/changes?wait=25").await.expect(200);
    let none = app.anonymous().get(&format!("/api/changes?after={cursor}&wait=1")).await.expect(200).value();
    assert_eq!((none["cursor"].as_i64(), none["changes"].as_array().unwrap().len()), (Some(cursor), 0));
    assert!(begun.elapsed() >= Duration::from_secs(1));

    let anyone = app.anonymous();
    let path = format!("/api/changes?after={cursor}&wait=25");
    let (told, ()) = tokio::join!(anyone.get(&path), async {
        client.delete("/api/regulations/A").await.expect(204);
    });
    let told: Changes = serde_json::from_slice(&told.expect(200).body).unwrap();
    assert_eq!((told.changes[0].kind, told.changes[0].order_uuid.0), (PublicChangeKind::Deleted, order));
}

#[tokio::test]
async fn readers_of_changes_under_way_miss_none_and_see_none_twice() {
    let app = TestApp::start().await;
    let writers = (0..4).map(|writer| {
        let client = app.api_client();
        async move {
            for rank in 0..6 {
                publish(&client, &closure(&format!("W{writer}-{rank}"))).await;
            }
        }
    });
    let reader = async {
        let (mut cursor, mut seen) = (0, Vec::new());
        while seen.len() < 24 {
            let path = format!("/api/changes?after={cursor}&limit=3&wait=20");
            let page: Changes = serde_json::from_slice(&app.anonymous().get(&path).await.expect(200).body).unwrap();
            assert!(!page.changes.is_empty(), "a change comes within the time of waiting");
            cursor = page.cursor;
            seen.extend(page.changes.iter().map(|change| change.order_uuid.0));
        }
        seen
    };
    let (mut seen, _) = tokio::join!(reader, futures::future::join_all(writers));
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 24);
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let app = TestApp::start().await;
    for (name, value) in [("after", "-1"), ("after", "x"), ("format", "xml"), ("limit", "many"), ("wait", "long")] {
        let problem = app.anonymous().get(&format!("/api/changes?{name}={value}")).await;
        assert_eq!(problem.problem(400, "invalid_parameter").error, Some(format!("Invalid \"{name}\" parameter")));
    }
}
