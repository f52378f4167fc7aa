//! The list of the browser application.

use dialog_test_support::{TestApp, TestCaller};
use serde_json::{Value, json};

use super::{drawn_order, in_november, listed};
use crate::orders::bodies::{RECORDS, create_by_client, create_draft, publish_by_session};

async fn list(caller: &TestCaller, query: &str) -> String {
    listed(caller, &format!("{RECORDS}?{query}"), "items").await
}

#[tokio::test]
async fn filters_sorts_and_words_find_what_one_may_see() {
    let (app, _) = in_november().await;
    let (client, member, anyone) = (app.api_client(), app.member().await, app.anonymous());
    for (identifier, kind, start, end) in [
        ("P1", "noEntry", "2030-10-01", Some("2030-10-31")),
        ("C1", "noEntry", "2030-11-01", Some("2030-11-30")),
        ("C2", "noEntry", "2030-11-10", None),
    ] {
        let order = drawn_order(identifier, "published", kind, &[(start, end)]);
        client.post("/api/regulations", &order).await.expect(201);
    }
    create_by_client(&client, "U1", "published").await;
    create_draft(&member, "D1").await;
    create_by_client(&app.other_api_client(), "theirs", "published").await;

    let ours = format!("organizationUuid={}", dialog_api::demo::ORGANIZATION);
    let theirs = format!("organizationUuid={}", dialog_api::demo::OTHER_ORGANIZATION);
    // What a member lists, and what everybody does.
    for (query, for_members, for_all) in [
        ("", "D1 U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        (ours.as_str(), "D1 U1 C2 C1 P1", "U1 C2 C1 P1"),
        (theirs.as_str(), "theirs", "theirs"),
        ("everybody=true", "U1 theirs C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("everybody=true&phase=draft", "U1 theirs C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("everybody=false", "D1 U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("everybody=true&organizationUuid=019b0000-0000-7000-8000-00000000ffff", "", ""),
        ("measureType=noEntry&phase=past", "P1", "P1"),
        ("measureType=noOvertaking", "", ""),
        ("status=published", "U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        // Who is nobody's member has no drafts: the filter is published orders then.
        ("status=draft", "D1", "U1 theirs C2 C1 P1"),
        ("phase=draft", "D1", "U1 theirs C2 C1 P1"),
        ("phase=upcoming", "U1", "U1 theirs"),
        ("phase=current", "C2 C1", "C2 C1"),
        ("phase=past", "P1", "P1"),
        ("category=permanentRegulation", "C2", "C2"),
        ("regulationOrderType=permanent", "C2", "C2"),
        ("regulationOrderType=temporary", "D1 U1 C1 P1", "U1 theirs C1 P1"),
        ("identifier=c", "C2 C1", "C2 C1"),
        ("identifier=%25", "", ""),
        ("search=republique", "D1 U1", "U1 theirs"),
        ("search=R%C3%89PUBLIQUE%20d%C3%A9mo", "D1 U1", "U1 theirs"),
        ("search=parvis", "C2 C1 P1", "C2 C1 P1"),
        ("search=chauss%C3%A9e%20c1", "C1", "C1"),
        ("search=rien", "", ""),
        ("search=%20%20", "D1 U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("sort=identifier", "C1 C2 D1 P1 U1", "C1 C2 P1 U1 theirs"),
        ("sort=identifier&dir=desc", "U1 P1 D1 C2 C1", "theirs U1 P1 C2 C1"),
        ("sort=period", "P1 C1 C2 D1 U1", "P1 C1 C2 U1 theirs"),
        ("sort=period&dir=desc", "D1 U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("sort=source", "C1 C2 P1 U1 D1", "C1 C2 P1 U1 theirs"),
        ("sort=status", "D1 C1 C2 P1 U1", "C1 C2 P1 U1 theirs"),
        ("sort=hacker", "D1 U1 C2 C1 P1", "U1 theirs C2 C1 P1"),
        ("status=published&search=parvis&phase=current&sort=identifier&dir=desc", "C2 C1", "C2 C1"),
    ] {
        assert_eq!(list(&member, query).await, for_members, "{query}");
        assert_eq!(list(&anyone, query).await, for_all, "{query}");
    }
    assert_eq!(list(&app.other_member().await, "").await, "theirs");
    assert_eq!(list(&app.super_admin().await, "status=draft").await, "U1 theirs C2 C1 P1");
}

#[tokio::test]
async fn days_reason_and_source_limit_the_list() {
    let (app, _) = in_november().await;
    let (client, member, anyone) = (app.api_client(), app.member().await, app.anonymous());
    for (identifier, subject, start, end) in [
        ("P1", "event", "2030-10-01", Some("2030-10-31")),
        ("C1", "incident", "2030-11-01", Some("2030-11-30")),
        ("C2", "roadMaintenance", "2030-11-10", None),
    ] {
        let mut order = drawn_order(identifier, "published", "noEntry", &[(start, end)]);
        order["subject"] = json!(subject);
        client.post("/api/regulations", &order).await.expect(201);
    }
    publish_by_session(&member, "S1").await;
    for (query, found) in [
        // What ended with October is not in force on the first of November.
        ("inForceFrom=2030-11-01", "S1 C2 C1"),
        ("inForceFrom=2030-10-31", "S1 C2 C1 P1"),
        ("inForceUntil=2030-10-31", "P1"),
        ("inForceUntil=2030-11-01", "C1 P1"),
        ("inForceFrom=2030-11-05&inForceUntil=2030-11-09", "C1"),
        ("inForceFrom=2030-11-09&inForceUntil=2030-11-05", "C1"),
        ("subject=event", "P1"),
        ("subject=winterMaintenance", ""),
        ("source=dialog", "S1"),
        ("source=api", "C2 C1 P1"),
        ("source=api&subject=incident&inForceFrom=2030-11-30", "C1"),
    ] {
        assert_eq!(list(&member, query).await, found, "{query}");
        assert_eq!(list(&anyone, query).await, found, "{query}");
    }
    for query in ["inForceFrom=demain", "inForceUntil=2030-02-30", "subject=x", "source=x"] {
        anyone.get(&format!("{RECORDS}?{query}")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn a_line_and_the_order_say_what_time_does_to_them_next() {
    let (app, clock) = in_november().await;
    let (client, member) = (app.api_client(), app.member().await);
    for (identifier, start, end) in [("ends", "2030-11-01", Some("2030-11-16")), ("stays", "2030-11-10", None)] {
        client
            .post("/api/regulations", &drawn_order(identifier, "published", "noEntry", &[(start, end)]))
            .await
            .expect(201);
    }
    create_draft(&member, "typed").await;
    let said = async |identifier: &str| {
        let line = member.get(&format!("{RECORDS}?search={identifier}")).await.expect(200).value()["items"][0].clone();
        let order = member.get(&format!("{RECORDS}/{}", line["uuid"].as_str().unwrap())).await.expect(200).value();
        for what in ["period", "phase", "nextChange"] {
            assert_eq!(order[what], line[what], "{identifier}: {what}");
        }
        format!("{} {}", line["phase"].as_str().unwrap(), line["nextChange"].as_str().unwrap_or("-"))
    };
    assert_eq!(said("ends").await, "current se termine demain");
    assert_eq!(said("stays").await, "current sans date de fin");
    assert_eq!(said("typed").await, "draft -");
    clock.set("2030-11-17T12:00:00Z".parse().unwrap());
    assert_eq!(said("ends").await, "past terminé le 16/11/2030");
}

#[tokio::test]
async fn organizations_that_published_are_found_by_their_name() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let names = async |query: &str| {
        let found = anyone.get(&format!("/api/publishers?{query}")).await.expect(200).value();
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        found["items"].as_array().unwrap().iter().map(name).collect::<Vec<_>>()
    };
    create_draft(&app.member().await, "D1").await;
    assert!(names("").await.is_empty(), "a draft is nobody else's business");
    create_by_client(&app.api_client(), "P1", "published").await;
    create_by_client(&app.other_api_client(), "P2", "published").await;
    assert_eq!(names("").await.len(), 2);
    let ours = names(&format!("uuid={}", dialog_api::demo::ORGANIZATION)).await;
    assert_eq!(ours.len(), 1);
    assert_eq!(names("search=DEMOVILLE").await, ours);
    assert!(names("search=%25").await.is_empty());
    anyone.get("/api/publishers?uuid=x").await.problem(400, "invalid_parameter");
}

#[tokio::test]
async fn pages_have_bounds() {
    let (app, _) = in_november().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    for rank in 0..3 {
        let order = drawn_order(&format!("A{rank}"), "published", "noEntry", &[("2030-11-01", None)]);
        client.post("/api/regulations", &order).await.expect(201);
    }
    let page = |query: &str| {
        let path = format!("{RECORDS}?{query}");
        let anyone = anyone.clone();
        async move { anyone.get(&path).await.expect(200).value() }
    };
    let second = page("page=2&pageSize=2").await;
    assert_eq!(second["metadata"], json!({ "page": 2, "pageSize": 2, "totalItems": 3, "lastPage": 2 }));
    assert_eq!(super::identifiers(&second["items"]), "A2");
    assert_eq!(page("pageSize=1000").await["metadata"]["pageSize"], 100);
    assert_eq!(page("page=7").await["items"], json!([]));
    for query in ["page=0", "page=-1", "page=x", "pageSize=0", "pageSize=abc", "phase=gone", "regulationOrderType=x"] {
        anyone.get(&format!("{RECORDS}?{query}")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn each_line_says_what_its_reader_may_do() {
    let (app, _) = in_november().await;
    let member = app.member().await;
    create_draft(&member, "typed").await;
    create_by_client(&app.api_client(), "sent", "published").await;
    let permissions = async |caller: &TestCaller| {
        let list = caller.get(&format!("{RECORDS}?sort=identifier")).await.expect(200).value();
        let may = |order: &Value, what: &str| order["permissions"][what].as_bool().unwrap();
        let lines: Vec<_> = list["items"].as_array().unwrap().iter().collect();
        lines
            .into_iter()
            .map(|order| [may(order, "canEdit"), may(order, "canPublish"), may(order, "canDelete")])
            .collect::<Vec<_>>()
    };
    // What came from another program and is published changes there.
    assert_eq!(permissions(&member).await, [[false; 3], [true; 3]]);
    assert_eq!(permissions(&app.anonymous()).await, [[false; 3]]);
}
