//! `GET /api/regulations/search`, by the table of the contract.

use chrono::TimeDelta;
use dialog_api_types::wire::SearchResult;
use dialog_test_support::{TestApp, TestCaller};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};

use super::{drawn_order, in_november, link, listed};
use crate::orders::bodies::{create_by_client, regulation};

const SEARCH: &str = "/api/regulations/search";

async fn found(caller: &TestCaller, query: &str) -> String {
    listed(caller, &format!("{SEARCH}?{query}"), "regulations").await
}

async fn post(client: &TestCaller, body: &Value) {
    client.post("/api/regulations", body).await.expect(201);
}

/// `past`, `now`, `street` (December, on a street of the town, lorries), `open` (both without and with end), `good`
/// (permanent), and a draft.
async fn with_orders() -> (TestApp, TestCaller) {
    let (app, _) = in_november().await;
    let client = app.api_client();
    post(&client, &drawn_order("past", "published", "noEntry", &[("2030-10-01", Some("2030-10-31"))])).await;
    post(&client, &drawn_order("now", "published", "speedLimitation", &[("2030-11-01", Some("2030-11-30"))])).await;
    post(&client, &regulation("street", "published")).await;
    post(&client, &drawn_order("good", "published", "parkingProhibited", &[("2030-11-01", None)])).await;
    post(&client, &drawn_order("draft", "draft", "noEntry", &[("2030-11-01", Some("2030-11-30"))])).await;
    post(&app.other_api_client(), &drawn_order("theirs", "published", "noOvertaking", &[("2030-11-10", None)])).await;
    let anyone = app.anonymous();
    (app, anyone)
}

#[tokio::test]
async fn every_parameter_filters_as_the_contract_says() {
    let (app, anyone) = with_orders().await;
    let town = "UPDATE organizations SET code = '38999', code_type = 'insee' WHERE name = 'Mairie voisine'";
    app.database.connection().await.batch_execute(town).await.unwrap();
    for (query, expected) in [
        ("", "now good theirs"),
        ("status=current", "now good theirs"),
        ("status=expired", "past"),
        ("status=upcoming", "street"),
        ("status=all", "past now street good theirs"),
        ("status=all&inseeCode=00001", "past now street good theirs"),
        ("status=all&inseeCode=38999", "theirs"),
        ("status=all&inseeCode=nowhere", ""),
        ("status=all&dateStart=2030-12-01", "street good theirs"),
        ("status=all&dateStart=2030-11-01T00:00:00Z", "now street good theirs"),
        // The end of the day on 31 October, in Paris, is an hour earlier in UTC.
        ("status=all&dateStart=2030-10-31T22:59:00Z", "past now street good theirs"),
        ("status=all&dateStart=2030-10-31T23:00:01Z", "now street good theirs"),
        ("status=all&dateEnd=2030-10-31", "past"),
        // A bare date is midnight in UTC: what starts later that day is left out.
        ("status=all&dateEnd=2030-11-10", "past now good theirs"),
        ("status=all&dateEnd=2030-11-09T22:59:59Z", "past now good"),
        ("status=all&category=permanentRegulation", "good theirs"),
        ("status=all&category=temporaryRegulation", "past now street"),
        ("status=all&measureType=speedLimitation", "now"),
        ("status=all&measureType=alternateRoad", ""),
        ("status=all&includeHeavyGoodsVehicle=false", "past now good theirs"),
        ("status=all&includeHeavyGoodsVehicle=0", "past now good theirs"),
        ("status=all&includeHeavyGoodsVehicle=", "past now good theirs"),
        ("status=all&includeHeavyGoodsVehicle=yes", "past now street good theirs"),
        ("status=all&organizationUuid=019b0000-0000-7000-8000-000000000012", "theirs"),
        ("status=all&bbox=2.17,47.55,2.19,47.57&measureType=speedLimitation", "now"),
        ("status=all&bbox=5,45,6,46", ""),
        ("status=all&updatedSince=2030-11-15T12:00:00Z", "past now street good theirs"),
        ("status=all&updatedSince=2030-11-15T12:00:01Z", ""),
        ("status=all&sort=startDate", "past good now theirs street"),
        ("status=all&sort=-startDate", "street theirs good now past"),
        ("status=all&sort=-uuid", "theirs good street now past"),
        ("status=all&unknown=1", "past now street good theirs"),
    ] {
        assert_eq!(found(&anyone, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn whole_orders_are_answered_as_they_are_published() {
    let (app, anyone) = with_orders().await;
    let client = app.api_client();
    let answer = anyone.get(&format!("{SEARCH}?status=all&measureType=noEntry")).await.expect(200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let result: SearchResult = answer.json();
    assert_eq!(result.regulations.len(), 2);
    let alone = client.get("/api/regulations/street").await.expect(200).value();
    let mut listed = answer.value()["regulations"][1].clone();
    assert_eq!(listed["status"], "published");
    // What was read alone by its owner says the same, but for what only members know.
    listed["updatedAt"] = alone["updatedAt"].clone();
    assert_eq!(listed, alone);

    // A permanent order has no end here, even when a period has one.
    let mut ending = drawn_order("ending", "published", "noEntry", &[("2030-11-01", Some("2030-11-02"))]);
    ending["category"] = json!("permanentRegulation");
    post(&client, &ending).await;
    let permanent = anyone.get(&format!("{SEARCH}?category=permanentRegulation")).await.expect(200).value();
    let ends: Vec<_> = permanent["regulations"].as_array().unwrap().iter().map(|order| &order["endDate"]).collect();
    assert_eq!(ends, [&Value::Null; 3]);
}

#[tokio::test]
async fn unpublished_changes_are_not_found() {
    let (app, anyone) = with_orders().await;
    let member = app.member().await;
    let form = |title: &str| {
        let body = crate::orders::bodies::form("A1", vec![]);
        json!({ "identifier": "A1", "category": body["category"], "subject": "event", "title": title })
    };
    let published = crate::orders::bodies::publish_by_session(&member, "A1").await;
    let path = format!("{}/{}", crate::orders::bodies::RECORDS, published.uuid);
    let changed =
        crate::orders::bodies::send(&member, reqwest::Method::PATCH, &path, published.revision, Some(&form("Changé")))
            .await
            .expect(200)
            .value();
    assert_eq!(changed["hasUnpublishedChanges"], true);
    for caller in [&anyone, &app.api_client()] {
        let result = caller.get(&format!("{SEARCH}?status=upcoming")).await.expect(200).value();
        let ours = result["regulations"].as_array().unwrap().iter().find(|order| order["identifier"] == "A1").unwrap();
        assert_eq!(ours["title"], published.content.title.as_str());
        assert_eq!((&ours["hasUnpublishedChanges"], &ours["publishedVersion"]), (&json!(false), &json!(1)));
    }
}

#[tokio::test]
async fn mistakes_are_400_and_the_first_one_is_told() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    for (query, name) in [
        ("status=gone", "status"),
        ("status=", "status"),
        ("category=N/C", "category"),
        ("measureType=toll", "measureType"),
        ("dateStart=", "dateStart"),
        ("dateStart=demain", "dateStart"),
        ("dateEnd=", "dateEnd"),
        ("dateEnd=2030-13-01", "dateEnd"),
        ("page=abc", "page"),
        ("pageSize=1.5", "pageSize"),
        ("includeHeavyGoodsVehicle=maybe", "includeHeavyGoodsVehicle"),
        ("organizationUuid=x", "organizationUuid"),
        ("updatedSince=x", "updatedSince"),
        ("bbox=1,2,3", "bbox"),
        ("sort=title", "sort"),
        ("cursor=x", "cursor"),
        ("sort=startDate&cursor=", "cursor"),
        ("dateEnd=x&dateStart=x&measureType=x&category=x&status=x", "status"),
        ("dateEnd=x&dateStart=x&measureType=x&category=x", "category"),
        ("dateEnd=x&dateStart=x&measureType=x", "measureType"),
        ("page=x&dateEnd=x&dateStart=x", "dateStart"),
    ] {
        let problem = anyone.get(&format!("{SEARCH}?{query}")).await.problem(400, "invalid_parameter");
        assert_eq!(problem.error.as_deref(), Some(format!("Invalid \"{name}\" parameter").as_str()), "{query}");
        assert_eq!(problem.error, Some(problem.detail));
    }
}

#[tokio::test]
async fn pages_are_taken_back_into_bounds_and_linked() {
    let (_app, anyone) = with_orders().await;
    for (query, page, page_size) in [("", 1, 20), ("page=-5&pageSize=1000", 1, 100), ("page=0&pageSize=-3", 1, 1)] {
        let metadata = anyone.get(&format!("{SEARCH}?{query}")).await.expect(200).value()["metadata"].clone();
        assert_eq!((&metadata["page"], &metadata["pageSize"]), (&json!(page), &json!(page_size)), "{query}");
    }
    let nothing = anyone.get(&format!("{SEARCH}?inseeCode=99999")).await.expect(200).value();
    let none = json!({ "page": 1, "pageSize": 20, "totalItems": 0, "lastPage": 1, "nextCursor": null });
    assert_eq!(nothing, json!({ "metadata": none, "regulations": [] }));

    let first = anyone.get(&format!("{SEARCH}?status=all&pageSize=2")).await.expect(200);
    assert_eq!(super::identifiers(&first.value()["regulations"]), "past now");
    assert_eq!(first.value()["metadata"]["totalItems"], 5);
    assert_eq!((first.value()["metadata"]["lastPage"].clone(), link(&first, "prev")), (json!(3), None));
    let second = anyone.get(&link(&first, "next").unwrap()).await.expect(200);
    assert_eq!(super::identifiers(&second.value()["regulations"]), "street good");
    assert!(link(&second, "prev").unwrap().ends_with("status=all&pageSize=2&page=1"));
    let last = anyone.get(&link(&second, "next").unwrap()).await.expect(200);
    assert_eq!((super::identifiers(&last.value()["regulations"]).as_str(), link(&last, "next")), ("theirs", None));
    let beyond = anyone.get(&format!("{SEARCH}?status=all&pageSize=2&page=9")).await.expect(200);
    assert_eq!(
        (beyond.value()["regulations"].clone(), beyond.value()["metadata"]["page"].clone()),
        (json!([]), json!(9))
    );
    assert!(link(&beyond, "prev").unwrap().ends_with("&page=3"));
}

#[tokio::test]
async fn cursors_go_through_everything_once_whatever_is_published_meanwhile() {
    let (app, clock) = in_november().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    for sort in ["uuid", "updatedAt"] {
        for rank in 0..3 {
            clock.set(clock.now() + TimeDelta::seconds(1));
            let identifier = format!("{sort}{rank}");
            post(&client, &drawn_order(&identifier, "published", "noEntry", &[("2030-11-01", None)])).await;
        }
        let first = anyone.get(&format!("{SEARCH}?sort={sort}&pageSize=2&cursor=")).await.expect(200);
        let mut seen = super::identifiers(&first.value()["regulations"]);
        let late = format!("{sort}-late");
        clock.set(clock.now() + TimeDelta::seconds(1));
        post(&client, &drawn_order(&late, "published", "noEntry", &[("2030-11-01", None)])).await;
        let mut next = link(&first, "next");
        while let Some(path) = next {
            let page = anyone.get(&path).await.expect(200);
            let listed = super::identifiers(&page.value()["regulations"]);
            seen = if listed.is_empty() { seen } else { format!("{seen} {listed}") };
            next = link(&page, "next");
            assert_eq!(page.value()["metadata"]["nextCursor"].is_null(), next.is_none());
        }
        let all: Vec<&str> = seen.split(' ').collect();
        assert_eq!(all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len(), "{seen}");
        assert!(seen.ends_with(&late) && seen.contains(&format!("{sort}0 {sort}1 {sort}2")), "{seen}");
    }
}

#[tokio::test]
async fn time_alone_moves_an_order_from_one_status_to_the_next() {
    let (app, clock) = in_november().await;
    let anyone = app.anonymous();
    create_by_client(&app.api_client(), "A1", "published").await;
    for (now, status) in [
        ("2030-11-30T22:59:59Z", "upcoming"),
        ("2030-11-30T23:00:00Z", "current"),
        // It ends on the 30th at 23:59: with that day.
        ("2030-12-30T22:59:59Z", "current"),
        ("2030-12-30T23:00:01Z", "expired"),
    ] {
        clock.set(now.parse().unwrap());
        for other in ["upcoming", "current", "expired"] {
            let expected = if other == status { "A1" } else { "" };
            assert_eq!(found(&anyone, &format!("status={other}")).await, expected, "{other} at {now}");
        }
    }
}

#[tokio::test]
async fn deleted_and_replaced_orders_are_found_as_they_are() {
    let (app, _) = in_november().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    create_by_client(&client, "A1", "published").await;
    let moved = drawn_order("A1", "published", "alternateRoad", &[("2030-11-01", Some("2030-11-20"))]);
    client.put("/api/regulations", &moved).await.expect(200);
    assert_eq!(found(&anyone, "measureType=alternateRoad").await, "A1");
    client.delete("/api/regulations/A1").await.expect(204);
    assert_eq!(found(&anyone, "status=all").await, "");
}

#[tokio::test]
async fn search_answers_conditional_requests_and_refuses_wrong_credentials() {
    let (app, anyone) = with_orders().await;
    let first = anyone.get(SEARCH).await.expect(200);
    assert_eq!(first.header("cache-control"), "public, no-cache");
    let known = anyone.clone().with_header("if-none-match", first.header("etag"));
    let again = known.get(SEARCH).await.expect(304);
    assert!(again.body.is_empty() && again.header("etag") == first.header("etag"));
    known.get(&format!("{SEARCH}?status=all")).await.expect(200);
    post(&app.api_client(), &drawn_order("new", "published", "noEntry", &[("2030-11-01", None)])).await;
    known.get(SEARCH).await.expect(200);
    assert!(anyone.head(SEARCH).await.expect(200).body.is_empty());

    app.api_client().get(SEARCH).await.expect(200);
    let wrong = app.api_client().with_header("x-client-secret", "wrong");
    assert_eq!(wrong.get(SEARCH).await.problem(401, "unauthorized").message.as_deref(), Some("Unauthorized"));
}
