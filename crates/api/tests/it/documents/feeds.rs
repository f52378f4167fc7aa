//! What everybody reads of an order follows its official document.

use dialog_test_support::{TestApp, TestCaller};
use reqwest::multipart::Form;

use super::sending::{form_of, path_of, pdf, post, post_link};
use crate::feeds::{closure, publish};

const FEED: &str = "/api/regulations.xml";

/// The feed, its tag, and the cursor of the changes.
async fn shown(anyone: &TestCaller) -> (String, String, i64) {
    let feed = anyone.get(FEED).await.expect(200);
    let changes = anyone.get("/api/changes").await.expect(200).value();
    (feed.text(), feed.header("etag").to_owned(), changes["cursor"].as_i64().unwrap())
}

#[tokio::test]
async fn document_of_a_published_order_shows_at_once_and_leaves_at_once() {
    let clock = dialog_api::clock::Clock::fixed("2030-11-20T09:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    let order = publish(&client, &closure("A1")).await;
    let other = publish(&client, &closure("A2")).await;
    let (before, mut tag, mut cursor) = shown(&anyone).await;
    assert!(!before.contains("documentUrl"));

    let file = format!("<dlg:documentUrl>http://localhost:8000/api/documents/{order}</dlg:documentUrl>");
    let link = "<dlg:documentUrl>https://ville.example.fr/1.pdf</dlg:documentUrl>";
    for (minute, step) in ["attach", "rename", "replace", "detach"].into_iter().enumerate() {
        let now = format!("2030-11-20T10:0{minute}:00Z");
        clock.set(now.parse().unwrap());
        let expected = match step {
            "attach" => {
                post(&client, "A1", form_of("a.pdf", pdf("x"))).await.expect(201);
                vec![file.as_str()]
            }
            "rename" => {
                post(&client, "A1", form_of("a.pdf", pdf("x")).text("title", "Arrêté signé")).await.expect(200);
                vec![file.as_str(), "Arrêté signé"]
            }
            "replace" => {
                post_link(&client, "A1", "https://ville.example.fr/1.pdf", "Arrêté").await.expect(200);
                vec![link]
            }
            _ => {
                client.delete(&path_of("A1")).await.expect(204);
                Vec::new()
            }
        };
        let (feed, new_tag, new_cursor) = shown(&anyone).await;
        assert_ne!(new_tag, tag, "{step}");
        for text in &expected {
            assert!(feed.contains(text), "{step}: {text}");
        }
        assert_eq!(feed.matches("<dlg:documentUrl>").count(), usize::from(!expected.is_empty()), "{step}");
        // In Europe/Paris.
        assert_eq!(feed.matches(&format!("<dlg:updatedAt>2030-11-20T11:0{minute}:00")).count(), 1, "{step}");

        // Who follows the feeds in any way is told of this order alone.
        let since = anyone.get(&format!("{FEED}?updatedSince={now}")).await.expect(200).text();
        assert!(since.contains(&order.to_string()) && !since.contains(&other.to_string()), "{step}");
        let known = anyone.clone().with_header("if-none-match", &tag);
        known.get(FEED).await.expect(200);
        let changes = anyone.get(&format!("/api/changes?after={cursor}")).await.expect(200).value();
        let told = &changes["changes"][0];
        assert_eq!((changes["changes"].as_array().unwrap().len(), &told["kind"]), (1, &"published".into()), "{step}");
        assert_eq!((&told["orderUuid"], &told["version"]), (&order.to_string().into(), &1.into()), "{step}");
        let datex = anyone.get(&format!("/api/changes?format=datex&after={cursor}")).await.expect(200).text();
        for text in &expected {
            assert!(datex.contains(text), "{step}: {text}");
        }
        let alone = anyone.get(&format!("/api/datex/{order}.xml")).await.expect(200);
        assert_eq!(alone.text().contains("<dlg:documentUrl>"), !expected.is_empty(), "{step}");
        assert_eq!(alone.header("last-modified"), format!("Wed, 20 Nov 2030 10:0{minute}:00 GMT"), "{step}");
        (tag, cursor) = (new_tag, new_cursor);
    }
    // From the beginning on, each order in each version stands once, as the schema wants it.
    let all = anyone.get("/api/changes?format=datex").await.expect(200).text();
    assert_eq!(all.matches("<trafficRegulationOrder ").count(), 2);
}

#[tokio::test]
async fn document_of_a_draft_or_one_that_stays_the_same_changes_nothing_public() {
    let app = TestApp::start().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    publish(&client, &closure("A1")).await;
    let link = || post_link(&client, "A1", "https://ville.example.fr/1.pdf", "Arrêté");
    link().await.expect(201);
    let mut draft = closure("A2");
    draft["status"] = "draft".into();
    client.post("/api/regulations", &draft).await.expect(201);

    let before = shown(&anyone).await;
    link().await.expect(200);
    post(&client, "A2", form_of("a.pdf", pdf("x"))).await.expect(201);
    client.send(client.request(reqwest::Method::POST, &path_of("A1")).multipart(Form::new())).await.expect(422);
    assert_eq!(shown(&anyone).await, before);
}
