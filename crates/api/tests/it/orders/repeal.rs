use dialog_api::clock::Clock;
use dialog_api_types::app::{OrderSummary, OrderView};
use dialog_api_types::page::Page;
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::{
    RECORDS, create_by_client, create_draft, features, form, form_measure, fragment, publish_by_session, regulation,
    send, street_section,
};

/// The sample order applies in December 2030, weekdays from 7 to 10.
fn repeal(date: &str, time: &str) -> Value {
    json!({ "endDate": date, "endTime": time, "reason": "Les travaux sont finis" })
}

async fn repealed(member: &TestCaller, order: &OrderView, body: &Value) -> TestResponse {
    send(member, Method::POST, &format!("{RECORDS}/{}/repeal", order.uuid), order.revision, Some(body)).await
}

#[tokio::test]
async fn a_repeal_publishes_a_last_version_that_ends() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let order = publish_by_session(&member, "A1").await;
    assert!(order.permissions.can_repeal && order.content.repeal.is_none());
    let before = fragment(&anyone, order.uuid.0).await.unwrap();

    let last: OrderView = repealed(&member, &order, &repeal("2030-12-10", "18:00")).await.expect(200).json();
    assert_eq!(last.published.as_ref().unwrap().number, 2);
    let report = last.publication.as_ref().unwrap();
    assert!(report.is_new && report.version == 2);
    assert!(report.sentences[0].contains("abrogé le 10/12/2030 à 18h00 : Les travaux sont finis"), "{report:?}");
    assert!(report.sentences.iter().any(|sentence| sentence.contains("la période")), "{report:?}");
    let end = last.content.measures[0].periods[0].end.unwrap();
    assert_eq!(end.to_string(), "2030-12-10 18:00:00");
    let permissions = last.permissions;
    assert!(!permissions.can_edit && !permissions.can_publish && !permissions.can_repeal);
    assert!(permissions.can_delete && permissions.can_duplicate && permissions.can_see_history);

    // Everything public follows.
    let after = fragment(&anyone, order.uuid.0).await.unwrap();
    assert_ne!(before, after);
    assert!(after.contains("version=\"2\"") && after.contains("2030-12-10T18:00:00+01:00"), "{after}");
    assert!(!after.contains("2030-12-30"), "{after}");
    let public: OrderView = anyone.get(&format!("{RECORDS}/{}", order.uuid)).await.expect(200).json();
    assert_eq!(public.content.repeal, last.content.repeal);
    let day = |day: &str| format!("/api/map/locations.geojson?startDate={day}&endDate={day}");
    for (path, shown) in [(day("2030-12-10"), 1), (day("2030-12-12"), 0)] {
        let map = anyone.get(&path).await.expect(200).value();
        assert_eq!(map["features"].as_array().unwrap().len(), shown, "{path}");
    }
    let page: Page<OrderSummary> = anyone.get(RECORDS).await.expect(200).json();
    assert_eq!(page.items[0].repeal, last.content.repeal);
    assert!(page.items[0].period.as_ref().unwrap().contains("10/12/2030"), "{:?}", page.items[0].period);
}

#[tokio::test]
async fn a_repealed_order_does_not_change_any_more() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = publish_by_session(&member, "A1").await;
    let last: OrderView = repealed(&member, &order, &repeal("2030-12-10", "23:59")).await.expect(200).json();
    let path = format!("{RECORDS}/{}", order.uuid);
    let measure = format!("{path}/measures/{}", last.content.measures[0].id);
    let body = form_measure(street_section(&member, "Rue de la République", "2", "20").await);
    for answer in [
        repealed(&member, &last, &repeal("2030-12-11", "23:59")).await,
        send(&member, Method::PATCH, &path, last.revision, Some(&form("A1", vec![]))).await,
        send(&member, Method::POST, &format!("{path}/measures"), last.revision, Some(&body)).await,
        send(&member, Method::PUT, &measure, last.revision, Some(&body)).await,
        send(&member, Method::DELETE, &measure, last.revision, None).await,
        send(&member, Method::POST, &format!("{measure}/duplicate"), last.revision, None).await,
    ] {
        answer.problem(409, "order_repealed");
    }
    let again: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), last.revision, None).await.expect(200).json();
    assert_eq!((again.revision, again.published), (last.revision, last.published.clone()));
    assert!(!again.publication.unwrap().is_new);
    send(&member, Method::DELETE, &path, last.revision, None).await.expect(204);
    assert_eq!(fragment(&app.anonymous(), order.uuid.0).await, None);
}

#[tokio::test]
async fn changes_that_were_not_published_are_given_up_by_a_repeal() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = publish_by_session(&member, "A1").await;
    let mut general = form("A1", vec![]);
    general["title"] = json!("Jamais publié");
    let path = format!("{RECORDS}/{}", order.uuid);
    let changed: OrderView =
        send(&member, Method::PATCH, &path, order.revision, Some(&general)).await.expect(200).json();
    let last: OrderView = repealed(&member, &changed, &repeal("2030-12-10", "23:59")).await.expect(200).json();
    assert_eq!(last.content.title, order.content.title);
    assert!(!last.has_unpublished_changes);
    let history = member.get(&format!("{path}/history")).await.expect(200).value();
    assert!(history["items"][1]["sentences"][0].as_str().unwrap().contains("Jamais publié"), "{history}");
}

#[tokio::test]
async fn what_cannot_be_repealed_is_refused_with_its_reason() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "B1").await;
    assert!(!draft.permissions.can_repeal);
    repealed(&member, &draft, &repeal("2030-12-10", "23:59")).await.problem(409, "conflict");

    let order = publish_by_session(&member, "A1").await;
    for (body, field) in [
        (repeal("2030-11-30", "12:00"), "endDate"),
        (repeal("2031-01-10", "12:00"), "endDate"),
        (json!({ "endDate": "2030-12-10", "endTime": "12:00" }), "reason"),
        (json!({ "endDate": "2030-12-10", "reason": "Oubli" }), "endTime"),
        (json!({}), "endDate"),
    ] {
        let problem = repealed(&member, &order, &body).await.problem(422, "validation_failed");
        assert_eq!(problem.violations.unwrap()[0].property_path, field, "{body}");
    }
    let still: OrderView = member.get(&format!("{RECORDS}/{}", order.uuid)).await.expect(200).json();
    assert_eq!((still.revision, still.published), (order.revision, order.published.clone()));
}

#[tokio::test]
async fn members_alone_repeal_and_only_what_was_written_on_screen() {
    let app = TestApp::start().await;
    let (member, other) = (app.member().await, app.other_member().await);
    let order = publish_by_session(&member, "A1").await;
    let draft = create_draft(&member, "B1").await;
    let body = repeal("2030-12-10", "23:59");
    repealed(&app.anonymous(), &order, &body).await.problem(401, "unauthorized");
    repealed(&other, &order, &body).await.problem(403, "forbidden");
    repealed(&other, &draft, &body).await.problem(404, "not_found");
    repealed(&app.super_admin().await, &order, &body).await.problem(403, "forbidden");
    let path = format!("{RECORDS}/{}/repeal", order.uuid);
    member.post(&path, &body).await.problem(428, "precondition_required");
    send(&member, Method::POST, &path, order.revision - 1, Some(&body)).await.problem(412, "stale_revision");
    let no_token = member.clone().without_header("x-csrf-token");
    send(&no_token, Method::POST, &path, order.revision, Some(&body)).await.problem(403, "invalid_csrf_token");

    let uuid = create_by_client(&app.api_client(), "C1", "published").await;
    let pushed: OrderView = member.get(&format!("{RECORDS}/{uuid}")).await.expect(200).json();
    assert!(!pushed.permissions.can_repeal);
    repealed(&member, &pushed, &body).await.problem(403, "forbidden");
    repealed(&app.owner().await, &order, &body).await.expect(200);
}

#[tokio::test]
async fn integrators_read_the_repeal_and_cannot_write_over_it() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let order = publish_by_session(&member, "A1").await;
    assert_eq!(client.get("/api/regulations/A1").await.expect(200).value()["repeal"], Value::Null);
    repealed(&member, &order, &repeal("2030-12-10", "18:00")).await.expect(200);
    let read = client.get("/api/regulations/A1").await.expect(200).value();
    assert_eq!(read["repeal"], json!({ "endDate": "2030-12-10T17:00:00+00:00", "reason": "Les travaux sont finis" }));
    assert_eq!((&read["status"], &read["publishedVersion"]), (&json!("published"), &json!(2)));
    assert_eq!(read["endDate"], "2030-12-10T17:00:00+00:00");

    client.put("/api/regulations", &regulation("A1", "published")).await.problem(409, "order_repealed");
    let published = client.put_nothing("/api/regulations/publish/A1").await.expect(200).value();
    assert_eq!(published, json!({ "identifier": "A1", "status": "published" }));
    client.delete("/api/regulations/A1").await.expect(204);
}

#[tokio::test]
async fn integrators_repeal_what_they_published() {
    let app = TestApp::start().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    let uuid = create_by_client(&client, "F/1", "published").await;
    let path = "/api/regulations/repeal/F%2F1";
    let end = json!({ "endDateTime": "2030-12-10T18:00:00+01:00", "reason": "Les travaux sont finis" });
    let answer = client.put(path, &end).await.expect(200);
    let told = json!({ "endDate": "2030-12-10T17:00:00+00:00", "reason": "Les travaux sont finis" });
    assert_eq!(answer.value(), json!({ "identifier": "F/1", "status": "published", "repeal": told }));
    let read = client.get("/api/regulations/F/1").await.expect(200);
    assert_eq!((&read.value()["repeal"], read.header("etag")), (&told, answer.header("etag")));
    assert_eq!(read.value()["endDate"], "2030-12-10T17:00:00+00:00");
    let public = fragment(&anyone, uuid).await.unwrap();
    assert!(public.contains("version=\"2\"") && public.contains("2030-12-10T18:00:00+01:00"), "{public}");
    client.put(path, &end).await.problem(409, "order_repealed");
    client.put("/api/regulations", &regulation("F/1", "published")).await.problem(409, "order_repealed");
}

#[tokio::test]
async fn integrators_are_told_why_an_order_is_not_repealed() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "published").await;
    create_by_client(&client, "B1", "draft").await;
    let path = "/api/regulations/repeal/A1";
    for (body, told) in [
        (json!({}), vec![("endDate", "required"), ("endTime", "required"), ("reason", "required")]),
        (json!({ "endDate": "demain", "endTime": "12:00" }), vec![("endDate", "malformed"), ("reason", "required")]),
        (json!({ "endDateTime": "demain", "reason": "Fin" }), vec![("endDateTime", "malformed")]),
        (
            json!({ "endDate": "2030-11-01", "endTime": "12:00", "reason": "Fin" }),
            vec![("endDate", "repeal_before_start")],
        ),
        (
            json!({ "endDate": "2031-01-10", "endTime": "12:00", "reason": "x".repeat(256) }),
            vec![("endDate", "repeal_after_end"), ("reason", "too_long")],
        ),
        (json!({ "endDate": 7, "reason": "Fin" }), vec![("endDate", "malformed")]),
    ] {
        let problem = client.put(path, &body).await.problem(422, "validation_failed");
        let violations = problem.violations.unwrap();
        let found: Vec<_> = violations.iter().map(|one| (one.property_path.as_str(), one.code.as_str())).collect();
        assert_eq!(found, told, "{body}");
    }
    let end = json!({ "endDate": "2030-12-10", "endTime": "18:00", "reason": "Fin" });
    let draft = client.put("/api/regulations/repeal/B1", &end).await.problem(409, "conflict");
    assert!(draft.detail.contains("brouillon"), "{}", draft.detail);
    client.put("/api/regulations/repeal/NONE", &end).await.problem(404, "not_found");
    app.other_api_client().put(path, &end).await.problem(404, "not_found");
    client.clone().with_header("if-match", "\"99\"").put(path, &end).await.problem(412, "stale_revision");
    client.put("/api/regulations/repeal/", &end).await.problem(405, "method_not_allowed");
    client.clone().with_header("if-match", "*").put(path, &end).await.expect(200);

    // An order may be named so.
    create_by_client(&client, "repeal/C1", "published").await;
    client.get("/api/regulations/repeal/C1").await.expect(200);
    client.put("/api/regulations/repeal/repeal/C1", &end).await.expect(200);
    client.delete("/api/regulations/repeal/C1").await.expect(204);
    create_by_client(&client, "C1/storage", "published").await;
    client.put("/api/regulations/repeal/C1/storage", &end).await.expect(200);
}

#[tokio::test]
async fn a_permanent_order_repealed_in_the_past_is_over() {
    let clock = Clock::fixed("2030-12-05T11:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock).start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let mut measure = form_measure(street_section(&member, "Rue de la République", "2", "20").await);
    measure["periods"][0] =
        json!({ "isPermanent": true, "startDate": "2030-01-01", "startTime": "00:00", "recurrenceType": "everyDay" });
    let mut body = form("P1", vec![measure]);
    body["category"] = json!("permanentRegulation");
    let draft: OrderView = member.post(RECORDS, &body).await.expect(201).json();
    let path = format!("{RECORDS}/{}", draft.uuid);
    let order: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), draft.revision, None).await.expect(200).json();
    assert!(fragment(&anyone, order.uuid.0).await.is_some());
    assert_eq!(features(&anyone).await.len(), 1);

    repealed(&member, &order, &repeal("2030-12-04", "23:59")).await.expect(200);
    assert_eq!(fragment(&anyone, order.uuid.0).await, None, "the feed leaves out what is over");
    let over = anyone.get("/api/regulations.xml?includeExpired=true").await.expect(200).text();
    assert!(over.contains(&order.uuid.to_string()) && over.contains("2030-12-05T00:00:00+01:00"), "{over}");
    let today = anyone.get("/api/map/locations.geojson?startDate=2030-12-05").await.expect(200).value();
    assert_eq!(today["features"].as_array().unwrap().len(), 0);
}
