use dialog_api_types::app::OrderView;
use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::{
    RECORDS, create_by_client, create_draft, features, form, fragment, publish_by_session, regulation, send,
};

/// A public document without what tells two equal orders apart: identifiers, source, and times of writing.
fn anonymised(document: &str, identifier: &str) -> String {
    let mut text = document.replace(identifier, "#");
    let mut clean = String::new();
    while let Some(start) = text.find(|c: char| c.is_ascii_hexdigit()) {
        let candidate = text.get(start..start + 36).unwrap_or_default();
        let is_uuid = uuid::Uuid::try_parse(candidate).is_ok();
        clean.push_str(&text[..start]);
        let length = if is_uuid { 36 } else { 1 };
        clean.push_str(if is_uuid { "@" } else { &text[start..start + 1] });
        text = text[start + length..].to_owned();
    }
    clean.push_str(&text);
    for element in ["dx:source", "dlg:updatedAt"] {
        if let Some((before, rest)) = clean.split_once(&format!("<{element}>")) {
            let after = rest.split_once(&format!("</{element}>")).map_or("", |(_, after)| after);
            clean = format!("{before}{after}");
        }
    }
    clean
}

#[tokio::test]
async fn same_order_by_both_faces_gives_the_same_public_data() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let by_session = publish_by_session(&app.member().await, "PAR-ECRAN-1").await.uuid.0;
    let by_client = create_by_client(&app.api_client(), "PAR-API-1", "published").await;

    let written = fragment(&anyone, by_session).await.unwrap();
    let pushed = fragment(&anyone, by_client).await.unwrap();
    assert_eq!(anonymised(&written, "PAR-ECRAN-1"), anonymised(&pushed, "PAR-API-1"));

    let features = features(&anyone).await;
    let of = |order: uuid::Uuid| {
        let mut feature =
            features.iter().find(|feature| feature["properties"]["order_uuid"] == json!(order)).unwrap().clone();
        let location = feature["properties"]["location_uuid"].as_str().unwrap().to_owned();
        feature["properties"]["order_uuid"] = Value::Null;
        feature["properties"]["location_uuid"] = Value::Null;
        (feature, location)
    };
    let ((written, written_location), (pushed, pushed_location)) = (of(by_session), of(by_client));
    assert_eq!(written, pushed);

    let mut cards = Vec::new();
    for location in [written_location, pushed_location] {
        let mut card = anyone.get(&format!("/api/map/locations/{location}")).await.expect(200).value();
        for member in ["uuid", "orderUuid", "identifier"] {
            card[member] = Value::Null;
        }
        cards.push(card);
    }
    assert_eq!(cards[0], cards[1]);
    assert_eq!(cards[0]["measureLabel"], "Circulation interdite");
}

#[tokio::test]
async fn publishing_without_a_change_makes_no_version() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let published = publish_by_session(&member, "A1").await;
    let path = format!("{RECORDS}/{}", published.uuid);
    let again: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), published.revision, None).await.expect(200).json();
    assert_eq!((again.revision, again.published), (published.revision, published.published));

    // A change that is taken back is none.
    let mut general = form("A1", vec![]);
    general["title"] = json!("Autre");
    let changed: OrderView =
        send(&member, Method::PATCH, &path, published.revision, Some(&general)).await.expect(200).json();
    assert!(changed.has_unpublished_changes);
    let taken_back: OrderView =
        send(&member, Method::PATCH, &path, changed.revision, Some(&form("A1", vec![]))).await.expect(200).json();
    assert!(!taken_back.has_unpublished_changes);
    assert_eq!(taken_back.content, published.content);
}

#[tokio::test]
async fn what_only_stands_in_another_order_is_no_change() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "published");
    body["measures"][0]["vehicleSet"]["exemptedTypes"] = json!(["bicycle", "taxi"]);
    let mut second = body["measures"][0].clone();
    second["type"] = json!("parkingProhibited");
    body["measures"].as_array_mut().unwrap().push(second);
    client.post("/api/regulations", &body).await.expect(201);
    let read = || async { client.get("/api/regulations/A1").await.expect(200).value() };
    let before = read().await;

    body["measures"].as_array_mut().unwrap().reverse();
    client.put("/api/regulations", &body).await.expect(200);
    let after = read().await;
    assert_eq!(after["measures"][0]["uuid"], before["measures"][1]["uuid"], "the order of the writer");
    assert_eq!((&after["publishedVersion"], &after["hasUnpublishedChanges"]), (&json!(1), &json!(false)));

    body["measures"][0]["vehicleSet"]["exemptedTypes"] = json!(["taxi", "bicycle"]);
    client.put("/api/regulations", &body).await.expect(200);
    assert_eq!(read().await["publishedVersion"], 1);
    body["measures"][0]["vehicleSet"]["exemptedTypes"] = json!(["taxi"]);
    client.put("/api/regulations", &body).await.expect(200);
    assert_eq!(read().await["publishedVersion"], 2);
}

#[tokio::test]
async fn no_statement_changes_a_version() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let published = publish_by_session(&member, "A1").await;
    let path = format!("{RECORDS}/{}", published.uuid);
    let connection = &mut app.database.connection().await;
    // What the application itself does: publish again, then delete.
    let mut general = form("A1", vec![]);
    general["title"] = json!("Autre");
    let changed: OrderView =
        send(&member, Method::PATCH, &path, published.revision, Some(&general)).await.expect(200).json();
    let second: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), changed.revision, None).await.expect(200).json();
    send(&member, Method::DELETE, &path, second.revision, None).await.expect(204);
    for number in [1, 2] {
        let version = dialog_db::versions::content(connection, published.uuid, number).await.unwrap();
        assert!(version.is_some(), "version {number} outlives its order");
    }
    // What nobody may do.
    for statement in ["UPDATE order_versions SET number = number + 1", "DELETE FROM order_versions"] {
        let refused = connection.batch_execute(statement).await.unwrap_err();
        assert!(refused.to_string().contains("is refused"), "{refused}");
    }
}

#[tokio::test]
async fn what_lies_outside_a_perimeter_that_shrank_is_refused_and_kept_until_it_grows_again() {
    let app = TestApp::start().await;
    let (member, client, anyone) = (app.member().await, app.api_client(), app.anonymous());
    let connection = &mut app.database.connection().await;
    let drafted = create_draft(&member, "A1").await;
    create_by_client(&client, "B1", "draft").await;
    let path = format!("{RECORDS}/{}", drafted.uuid);
    let read = async || member.get(&path).await.expect(200).json::<OrderView>();
    let publish = async || send(&member, Method::POST, &format!("{path}/publish"), drafted.revision, None).await;
    let before = read().await;
    assert!(before.permissions.can_publish);

    let aside = "UPDATE organization_areas SET geometry = ST_Translate(geometry, 3, 0)";
    let nothing = "CREATE TABLE areas_before AS TABLE organization_areas; DELETE FROM organization_areas";
    let back = "UPDATE organization_areas SET geometry = ST_Translate(geometry, -3, 0)";
    let all = "INSERT INTO organization_areas SELECT * FROM areas_before";
    for (taken_away, given_back) in [(aside, back), (nothing, all)] {
        connection.batch_execute(taken_away).await.unwrap();
        let refused = publish().await.problem(400, "not_publishable");
        let violation = &refused.violations.expect("the reason")[0];
        assert_eq!(violation.code, "outside_perimeter");
        assert_eq!(violation.property_path, "measures[0].locations[0].namedStreet.roadName");
        assert!(violation.title.contains("territoire"), "{}", violation.title);
        let refused = client.put_nothing("/api/regulations/publish/B1").await.problem(400, "not_publishable");
        let violation = &refused.violations.expect("the reason")[0];
        assert_eq!((violation.code.as_str(), violation.measure_index), ("outside_perimeter", Some(0)));
        // Nothing of the draft is lost, and nobody else sees it.
        let kept = read().await;
        assert_eq!((&kept.content, kept.revision, kept.status), (&before.content, before.revision, before.status));
        assert_eq!((kept.published, kept.has_unpublished_changes), (None, before.has_unpublished_changes));
        assert_eq!(fragment(&anyone, drafted.uuid.0).await, None);
        let history = member.get(&format!("{path}/history")).await.expect(200).value();
        assert_eq!(history["items"].as_array().unwrap().len(), 1, "a refusal is no change");
        connection.batch_execute(given_back).await.unwrap();
    }

    let published: OrderView = publish().await.expect(200).json();
    assert_eq!(published.content, before.content);
    assert!(fragment(&anyone, drafted.uuid.0).await.is_some());
    client.put_nothing("/api/regulations/publish/B1").await.expect(200);
}
