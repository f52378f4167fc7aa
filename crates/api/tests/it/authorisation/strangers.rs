//! What strangers find of a draft wherever something is listed, searched, drawn, fed or counted.

use dialog_api::demo;
use serde_json::Value;

use super::stage::{Stage, tells_no_secret};
use super::table::{Row, STRANGERS};
use crate::orders::bodies::RECORDS;

const DRAFT: Row = Row { method: "GET", target: "/api/documents/{uuid}", state: "draft", expected: ["200"; 9] };
const CHANGED: Row = Row { state: "public", ..DRAFT };

/// Everything that lists, with the questions that would find the order.
fn questions(identifier: &str, order: &str) -> Vec<String> {
    let organization = demo::ORGANIZATION;
    let mut questions: Vec<String> = [
        "",
        "?status=draft",
        "?phase=draft",
        "?search=Intitul%C3%A9",
        "?search=secr%C3%A8te",
        "?search=Un",
        "?sort=identifier&dir=desc&pageSize=100",
        "?regulationOrderType=temporary",
    ]
    .iter()
    .map(|query| format!("{RECORDS}{query}"))
    .collect();
    questions.extend([
        format!("{RECORDS}?organizationUuid={organization}"),
        format!("{RECORDS}?organizationUuid={organization}&status=draft&phase=draft&identifier={identifier}"),
        format!("{RECORDS}?identifier={identifier}"),
        "/api/regulations/search?status=all&pageSize=100".to_owned(),
        format!("/api/regulations/search?status=all&organizationUuid={organization}"),
        "/api/regulations/search?status=all&bbox=2,47,3,48&updatedSince=2020-01-01".to_owned(),
        "/api/regulations/search?status=draft".to_owned(),
        "/api/regulations/search?status=all&sort=-updatedAt&cursor=".to_owned(),
        "/api/regulations.xml".to_owned(),
        "/api/regulations.xml?includeExpired=true".to_owned(),
        "/api/organization/identifiers".to_owned(),
        format!("/api/organization/identifiers?prefix={identifier}"),
        "/api/organization/regulations?status=draft&limit=100".to_owned(),
        "/api/organization/regulations?status=all&limit=100".to_owned(),
        "/api/map/locations.geojson?startDate=".to_owned(),
        "/api/map/locations.geojson?startDate=&bbox=2,47,3,48&zoom=18".to_owned(),
        "/api/map/tiles/14/8291/5725.mvt?startDate=".to_owned(),
        "/api/map/tiles/0/0/0.mvt?startDate=".to_owned(),
        "/api/map/restrictions?startDate=&bbox=2,47,3,48".to_owned(),
        "/api/app/map/drafts?startDate=".to_owned(),
        format!("/api/map/initial-bbox?regulationOrderRecordUuid={order}"),
        format!("/api/app/organizations/{organization}/next-identifier"),
        "/api/health".to_owned(),
    ]);
    questions
}

#[tokio::test]
async fn no_list_search_map_feed_or_count_tells_strangers_of_a_draft_or_of_changes_that_nobody_published() {
    let mut stage = Stage::set().await;
    for row in [DRAFT, CHANGED] {
        let subject = stage.subject(&row).await;
        for question in questions(&subject.identifier, &subject.uuid.to_string()) {
            for name in STRANGERS {
                let answer = stage.caller(name).get(&question).await;
                assert!(answer.status.as_u16() < 500, "{question}: {}", answer.text());
                tells_no_secret(&answer, &question, &subject.secrets);
            }
        }
        // The questions do find it, for those who may know.
        for name in ["clerk", "owner"] {
            let list = stage.caller(name).get(&format!("{RECORDS}?identifier={}", subject.identifier)).await;
            assert!(list.expect(200).text().contains(&subject.secrets[0]));
        }
        let own = stage.caller("key").get("/api/organization/regulations?limit=100").await.expect(200).text();
        assert!(own.contains(&subject.secrets[0]));
    }
}

#[tokio::test]
async fn a_draft_of_somebody_else_and_an_order_that_never_was_are_answered_alike() {
    let mut stage = Stage::set().await;
    let subject = stage.subject(&DRAFT).await;
    let nobody = "0190c7e8-0000-7000-8000-000000000000";
    for (path, never) in [
        (format!("{RECORDS}/{}", subject.uuid), format!("{RECORDS}/{nobody}")),
        (format!("{RECORDS}/{}/history", subject.uuid), format!("{RECORDS}/{nobody}/history")),
        (format!("{RECORDS}/{}/versions", subject.uuid), format!("{RECORDS}/{nobody}/versions")),
        (format!("{RECORDS}/{}/storage/file", subject.uuid), format!("{RECORDS}/{nobody}/storage/file")),
        (format!("/api/documents/{}", subject.uuid), format!("/api/documents/{nobody}")),
        (format!("/api/map/locations/{}", subject.location), format!("/api/map/locations/{nobody}")),
        (format!("/api/regulations/{}", subject.identifier), "/api/regulations/JAMAIS".to_owned()),
        (format!("/api/regulations/{}/storage", subject.identifier), "/api/regulations/JAMAIS/storage".to_owned()),
        (
            format!("/api/map/initial-bbox?regulationOrderRecordUuid={}", subject.uuid),
            format!("/api/map/initial-bbox?regulationOrderRecordUuid={nobody}"),
        ),
    ] {
        for name in STRANGERS {
            let caller = stage.caller(name);
            let (hidden, absent) = (caller.get(&path).await, caller.get(&never).await);
            assert_eq!(hidden.status, absent.status, "{path} by {name}");
            assert_eq!(said(&hidden.text()), said(&absent.text()), "{path} by {name}");
        }
    }
}

/// An answer without what differs from one request to the other.
fn said(body: &str) -> Value {
    let mut value: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    if let Some(members) = value.as_object_mut() {
        members.remove("instance");
        members.remove("requestId");
    }
    value
}
