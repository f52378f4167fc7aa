use std::collections::HashSet;
use std::io::Read;
use std::process::Command;

use dialog_api::clock::Clock;
use dialog_test_support::TestApp;
use reqwest::Method;

use super::{closure, gunzip, publish, raw, work};

const FEEDS: [&str; 2] = ["/api/regulations.xml", "/api/regulations/cifs.xml"];

#[tokio::test]
async fn compressed_feed_is_the_same_document_whoever_compressed_which_part() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let same = async |occasion: &str| {
        for path in FEEDS {
            let (plain, tag, encoding) = raw(&app, path, "identity").await;
            assert!(encoding.is_empty() || encoding == "identity", "{encoding}");
            let (compressed, other, encoding) = raw(&app, path, "gzip, br").await;
            assert_eq!(encoding, "gzip");
            assert!(gunzip(&compressed) == plain, "{path}, {occasion}");
            assert!(other != tag && other.starts_with(&tag[..tag.len() - 1]), "{other} beside {tag}");
        }
    };
    same("nothing is public").await;
    for rank in 0..3 {
        publish(&client, &closure(&format!("A{rank}"))).await;
    }
    same("nothing is compressed").await;
    work(&app, &["compress_feed_parts"]).await;
    let (kept, tag, _) = raw(&app, FEEDS[0], "gzip").await;
    same("everything is compressed").await;
    publish(&client, &closure("B")).await;
    same("a part changed").await;
    assert_ne!(raw(&app, FEEDS[0], "gzip").await.1, tag);
    client.delete("/api/regulations/B").await.expect(204);
    same("an order left").await;
    work(&app, &["compress_feed_parts"]).await;
    // The state has another number, and so another date: the orders are the same.
    assert_eq!(gunzip(&kept).len(), gunzip(&raw(&app, FEEDS[0], "gzip").await.0).len());
}

#[tokio::test]
async fn feed_that_rests_for_a_minute_is_given_in_brotli() {
    let clock = Clock::fixed(chrono::Utc::now());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    publish(&app.api_client(), &closure("A")).await;
    work(&app, &["compress_whole_feeds"]).await;
    assert_eq!(raw(&app, FEEDS[0], "br, gzip").await.2, "gzip");

    clock.set(chrono::Utc::now() + chrono::Duration::seconds(70));
    work(&app, &["compress_whole_feeds"]).await;
    let mut tags = HashSet::new();
    for path in FEEDS {
        let plain = raw(&app, path, "identity").await;
        let (compressed, tag, encoding) = raw(&app, path, "br, gzip").await;
        assert_eq!(encoding, "br");
        let mut read = Vec::new();
        brotli::Decompressor::new(compressed.as_slice(), 4096).read_to_end(&mut read).unwrap();
        assert!(read == plain.0, "{path}");
        assert!(tags.insert(plain.1) && tags.insert(tag) && tags.insert(raw(&app, path, "gzip").await.1));
    }
    publish(&app.api_client(), &closure("B")).await;
    assert_eq!(raw(&app, FEEDS[0], "br, gzip").await.2, "gzip");
}

#[tokio::test]
async fn head_tells_the_length_of_what_get_would_send_where_it_is_known() {
    let app = TestApp::start().await;
    publish(&app.api_client(), &closure("A")).await;
    work(&app, &["compress_feed_parts"]).await;
    for path in FEEDS {
        for encoding in ["identity", "gzip"] {
            let anyone = app.anonymous().with_header("accept-encoding", encoding);
            let head = anyone.head(path).await.expect(200);
            let (body, tag, _) = raw(&app, path, encoding).await;
            assert_eq!(head.header("content-length"), body.len().to_string(), "{path} in {encoding}");
            assert_eq!((head.header("etag"), head.body.len()), (tag.as_str(), 0));
            assert_eq!((head.header("cache-control"), head.header("vary")), ("public, no-cache", "Accept-Encoding"));
        }
    }
}

#[tokio::test]
async fn reader_that_has_the_present_state_is_told_so_however_it_was_compressed() {
    let app = TestApp::start().await;
    publish(&app.api_client(), &closure("A")).await;
    let anyone = app.anonymous();
    let ask = async |name: &'static str, value: &str| {
        anyone.send(anyone.request(Method::GET, FEEDS[1]).header(name, value)).await
    };
    let mut tags = Vec::new();
    for encoding in ["identity", "gzip"] {
        let (_, tag, _) = raw(&app, FEEDS[1], encoding).await;
        let answer = ask("If-None-Match", &tag).await;
        assert_eq!((answer.status.as_u16(), answer.header("etag"), answer.body.len()), (304, tag.as_str(), 0));
        tags.push(tag);
    }
    let modified = anyone.head(FEEDS[1]).await.header("last-modified").to_owned();
    publish(&app.api_client(), &closure("B")).await;
    for tag in tags {
        ask("If-None-Match", &tag).await.expect(200);
    }
    // Two changes within a second: the first date is not taken for the second state.
    ask("If-Modified-Since", &modified).await.expect(200);
}

#[tokio::test]
async fn other_programs_read_the_compressed_feed() {
    let app = TestApp::start().await;
    for rank in 0..4 {
        publish(&app.api_client(), &closure(&format!("A{rank}"))).await;
    }
    work(&app, &["compress_feed_parts"]).await;
    let url = format!("{}{}", app.base_url, FEEDS[0]);
    let plain = raw(&app, FEEDS[0], "identity").await.0;
    let python = "import gzip,sys,urllib.request as u;\
        r=u.urlopen(u.Request(sys.argv[1],headers={'Accept-Encoding':'gzip'}));\
        sys.stdout.buffer.write(gzip.decompress(r.read()))";
    let (python, curl) = (["-c", python, &url], ["-fsS", "--compressed", &url]);
    for (program, arguments) in [("curl", curl.as_slice()), ("python3", python.as_slice())] {
        let (program, arguments) = (program.to_owned(), arguments.iter().map(ToString::to_string).collect::<Vec<_>>());
        let run = tokio::task::spawn_blocking(move || Command::new(program).args(arguments).output());
        let Ok(output) = run.await.unwrap() else { continue };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout == plain);
    }
}

#[tokio::test]
async fn feeds_of_an_older_release_are_written_again() {
    use diesel_async::SimpleAsyncConnection;

    let app = TestApp::start().await;
    let order = publish(&app.api_client(), &closure("A")).await;
    let before = [raw(&app, FEEDS[0], "identity").await, raw(&app, FEEDS[1], "identity").await];
    let connection = &mut app.database.connection().await;
    // What the migration leaves: DATEX II of the release before, and nothing of CIFS.
    connection
        .batch_execute(
            "UPDATE current_feed_fragments SET edition = 0, body = '<old/>' WHERE feed = 'datex'; \
             DELETE FROM current_feed_fragments WHERE feed = 'cifs'; DELETE FROM coming_feed_fragments; \
             DELETE FROM order_diffusions",
        )
        .await
        .unwrap();
    work(&app, &["render_feeds"]).await;
    let noted = dialog_db::diffusions::find(connection, dialog_domain::OrderId(order)).await.unwrap();
    assert_eq!(noted.len(), dialog_db::diffusions::Exporter::ALL.len());
    for (path, (bytes, tag, _)) in FEEDS.iter().zip(before) {
        let after = raw(&app, path, "identity").await;
        assert_eq!(after.0.len(), bytes.len(), "{path}");
        assert_ne!(after.1, tag);
        assert!(String::from_utf8(after.0).unwrap().contains(&order.to_string()), "{path}");
    }
}

#[tokio::test]
async fn order_that_is_set_aside_leaves_the_others_and_shows_in_health() {
    use diesel_async::SimpleAsyncConnection;

    let app = TestApp::start().await;
    let (bad, good) =
        (publish(&app.api_client(), &closure("A")).await, publish(&app.api_client(), &closure("B")).await);
    let connection = &mut app.database.connection().await;
    connection
        .batch_execute(&format!(
            "UPDATE current_feed_fragments SET body = '', set_aside = 'un défaut' WHERE order_uuid = '{bad}' AND feed = 'cifs'"
        ))
        .await
        .unwrap();
    let cifs = String::from_utf8(raw(&app, FEEDS[1], "identity").await.0).unwrap();
    assert!(cifs.contains(&good.to_string()) && !cifs.contains(&bad.to_string()));
    let datex = String::from_utf8(raw(&app, FEEDS[0], "identity").await.0).unwrap();
    assert!(datex.contains(&good.to_string()) && datex.contains(&bad.to_string()));
    let health = app.anonymous().get("/api/health").await.expect(200).value();
    assert_eq!(health["feeds"]["cifs"]["setAside"], 1, "{health}");
    assert_eq!(health["feeds"]["datex"]["setAside"], 0, "{health}");
}
