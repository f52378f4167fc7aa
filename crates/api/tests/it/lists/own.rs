//! The orders of an integrator's own organization.

use chrono::TimeDelta;
use dialog_test_support::TestApp;
use serde_json::{Value, json};

use super::{drawn_order, identifiers, in_november, link, listed};
use crate::orders::bodies::create_by_client;

const OWN: &str = "/api/organization/regulations";
const IDENTIFIERS: &str = "/api/organization/identifiers";

#[tokio::test]
async fn identifiers_are_sorted_and_those_of_the_organization_alone() {
    let app = TestApp::start().await;
    let client = app.api_client();
    assert_eq!(client.get(IDENTIFIERS).await.expect(200).value(), json!({ "identifiers": [] }));
    for (identifier, status) in [("B/2", "published"), ("A%1", "draft"), ("B/10", "draft")] {
        create_by_client(&client, identifier, status).await;
    }
    create_by_client(&app.other_api_client(), "Theirs", "published").await;
    for (query, expected) in [
        ("", json!(["A%1", "B/10", "B/2"])),
        ("?prefix=B/", json!(["B/10", "B/2"])),
        ("?prefix=%25", json!([])),
        ("?prefix=A%25", json!(["A%1"])),
        ("?prefix=&limit=2", json!(["A%1", "B/10"])),
    ] {
        let answer = client.get(&format!("{IDENTIFIERS}{query}")).await.expect(200).value();
        assert_eq!(answer["identifiers"], expected, "{query}");
    }
    for query in ["limit=0", "limit=-1", "limit=many"] {
        let problem = client.get(&format!("{IDENTIFIERS}?{query}")).await.problem(400, "invalid_parameter");
        assert_eq!(problem.detail, "Invalid \"limit\" parameter");
    }
    client.delete("/api/regulations/B%2F2").await.expect(204);
    assert_eq!(client.get(IDENTIFIERS).await.expect(200).value()["identifiers"], json!(["A%1", "B/10"]));
}

#[tokio::test]
async fn own_orders_are_working_copies_drafts_included() {
    let (app, clock) = in_november().await;
    let (client, member) = (app.api_client(), app.member().await);
    create_by_client(&client, "draft", "draft").await;
    clock.set(clock.now() + TimeDelta::hours(1));
    create_by_client(&client, "public", "published").await;
    let typed = crate::orders::bodies::publish_by_session(&member, "typed").await;
    create_by_client(&app.other_api_client(), "theirs", "published").await;
    let path = format!("{}/{}", crate::orders::bodies::RECORDS, typed.uuid);
    let mut form = crate::orders::bodies::form("typed", vec![]);
    form["title"] = json!("Changé");
    crate::orders::bodies::send(&member, reqwest::Method::PATCH, &path, typed.revision, Some(&form)).await.expect(200);

    let all = client.get(OWN).await.expect(200).value();
    assert_eq!(identifiers(&all["regulations"]), "draft public typed");
    assert_eq!(all["nextCursor"], Value::Null);
    assert_eq!(all["regulations"][0], client.get("/api/regulations/draft").await.expect(200).value());
    assert_eq!(all["regulations"][2]["title"], "Changé");
    assert_eq!(all["regulations"][2]["hasUnpublishedChanges"], true);
    for (query, expected) in [
        ("status=draft", "draft"),
        ("status=published", "public typed"),
        ("category=permanentRegulation", ""),
        ("identifier=UBL", "public"),
        ("updatedSince=2030-11-15T12:30:00Z", "public typed"),
        ("sort=-uuid", "typed public draft"),
        ("sort=-updatedAt&limit=2", "typed public"),
    ] {
        assert_eq!(listed(&client, &format!("{OWN}?{query}"), "regulations").await, expected, "{query}");
    }
    for (query, name) in [
        ("status=gone", "status"),
        ("category=", "category"),
        ("updatedSince=", "updatedSince"),
        ("limit=x", "limit"),
        ("sort=startDate", "sort"),
        ("cursor=u1", "cursor"),
    ] {
        let problem = client.get(&format!("{OWN}?{query}")).await.problem(400, "invalid_parameter");
        assert_eq!(problem.detail, format!("Invalid \"{name}\" parameter"), "{query}");
    }
}

#[tokio::test]
async fn own_orders_follow_each_other_by_cursor() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for rank in 0..5 {
        let order = drawn_order(&format!("A{rank}"), "draft", "noEntry", &[("2030-11-01", None)]);
        client.post("/api/regulations", &order).await.expect(201);
    }
    for sort in ["uuid", "updatedAt"] {
        let (mut seen, mut next) = (Vec::new(), Some(format!("{OWN}?limit=2&sort={sort}")));
        while let Some(path) = next {
            let page = client.get(&path).await.expect(200);
            seen.push(identifiers(&page.value()["regulations"]));
            next = link(&page, "next");
        }
        assert_eq!(seen, ["A0 A1", "A2 A3", "A4"], "{sort}");
    }
}
