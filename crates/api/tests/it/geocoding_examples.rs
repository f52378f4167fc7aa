//! Worked examples of the geocoding sheet that show at the API, by number; `docs/geocoding-examples.md` lists them all.

use std::process::Command;

use dialog_api::clock::Clock;
use dialog_api_types::app::OrderView;
use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::orders::bodies::{
    FAR_AWAY, IN_TOWN, RECORDS, create_by_client, drawn, form, form_measure, publish_by_session, regulation, send,
};

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.182,47.561],[2.178,47.561],[2.178,47.559]]]}"#;
/// The same with another corner.
const LARGER: &str = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.183,47.562],[2.178,47.561],[2.178,47.559]]]}"#;

fn zone(geometry: &str) -> Value {
    form_measure(json!({ "roadType": "zone", "zone": { "label": "Centre", "geometry": geometry } }))
}

#[tokio::test]
async fn example_58_zone_saved_again_with_the_same_outline_is_not_computed_again() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft: OrderView = member.post(RECORDS, &form("A1", vec![zone(SQUARE)])).await.expect(201).json();
    let measure = &draft.content.measures[0];
    let found = measure.locations[0].found.clone().expect("it is found");
    // From now on a computation would find nothing.
    let update = "UPDATE reference.segments SET class = 'motorway'";
    app.database.connection().await.batch_execute(update).await.unwrap();
    let path = format!("{RECORDS}/{}/measures/{}", draft.uuid, measure.id);
    let body = |geometry: &str| {
        let mut body = zone(geometry);
        body["uuid"] = json!(measure.id);
        body["locations"][0]["uuid"] = json!(measure.locations[0].id);
        body
    };
    let mut again = body(SQUARE);
    again["locations"][0]["zone"]["label"] = json!("Centre-ville");
    let saved: OrderView = send(&member, Method::PUT, &path, draft.revision, Some(&again)).await.expect(200).json();
    assert_eq!(saved.content.measures[0].locations[0].found, Some(found));
    let refused = send(&member, Method::PUT, &path, saved.revision, Some(&body(LARGER))).await;
    refused.problem(422, "validation_failed");
}

#[tokio::test]
async fn example_61_location_outside_the_perimeter_names_the_organization() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let geometry = format!(r#"{{"type":"LineString","coordinates":{FAR_AWAY}}}"#);
    let location = json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Savenay", "geometry": geometry } });
    let refused = member.post(RECORDS, &form("A1", vec![form_measure(location)])).await;
    let problem = refused.problem(422, "validation_failed");
    let violation = &problem.violations.as_ref().unwrap()[0];
    assert_eq!(violation.property_path, "measures[0].locations[0].rawGeoJSON.geometry");
    assert!(violation.title.contains("Mairie de Démoville"), "{violation:?}");
}

#[tokio::test]
async fn example_64_tile_of_a_measure_on_lorries_alone() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let tile = "/api/map/tiles/14/8291/5725.mvt";
    anyone.get(tile).await.expect(200);
    anyone.get(&format!("{tile}?includeHeavyGoodsVehicles=true")).await.expect(200);
    anyone.get(&format!("{tile}?includeHeavyGoodsVehicles=false")).await.expect(204);
}

#[tokio::test]
async fn example_66_dates_that_meet_a_period() {
    let app = TestApp::builder().clock(Clock::fixed("2023-05-01T10:00:00Z".parse().unwrap())).start().await;
    let anyone = app.anonymous();
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    body["measures"][0]["periods"] = json!([{
        "startDate": "2023-06-01T22:00:00Z", "startTime": "2023-06-01T22:00:00Z",
        "endDate": "2023-06-06T21:59:00Z", "endTime": "2023-06-06T21:59:00Z",
        "recurrenceType": "everyDay",
    }]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let count = async |query: &str| {
        let map = anyone.get(&format!("/api/map/locations.geojson?{query}")).await.expect(200).value();
        map["features"].as_array().unwrap().len()
    };
    for (first, last) in [(1, 2), (1, 3), (1, 8), (2, 6), (3, 5), (4, 8), (6, 8)] {
        let query = format!("startDate=2023-06-{first:02}&endDate=2023-06-{last:02}");
        assert_eq!(count(&query).await, 1, "{query}");
    }
    for (query, expected) in [
        ("startDate=2018-12-10&endDate=2018-12-10", 0),
        ("startDate=2023-11-02", 0),
        ("startDate=2023-06-06", 1),
        ("startDate=&endDate=2021-12-01", 0),
        ("startDate=&endDate=2023-06-02", 1),
        ("startDate=2023-06-02&endDate=2023-06-02", 1),
        ("startDate=2023-06-06&endDate=2023-06-06", 1),
        ("startDate=2023-06-07&endDate=2023-06-07", 0),
    ] {
        assert_eq!(count(query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn examples_67_and_68_drafts_are_on_nobodys_public_map_and_have_no_card() {
    let app = TestApp::start().await;
    create_by_client(&app.api_client(), "A1", "draft").await;
    let published = publish_by_session(&app.member().await, "A2").await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let draft: OrderView = member.post(RECORDS, &form("A3", vec![zone(SQUARE)])).await.expect(201).json();
    for caller in [&anyone, &app.other_member().await] {
        let map = caller.get("/api/map/locations.geojson").await.expect(200).value();
        assert_eq!(map["features"].as_array().unwrap().len(), 1, "only what is published");
        let card = |order: &OrderView| format!("/api/map/locations/{}", order.content.measures[0].locations[0].id);
        caller.get(&card(&draft)).await.problem(404, "not_found");
        caller.get(&card(&published)).await.expect(200);
        caller.get(&format!("{RECORDS}/{}", draft.uuid)).await.problem(404, "not_found");
    }
    member.get(&format!("{RECORDS}/{}", draft.uuid)).await.expect(200);
}

#[tokio::test]
async fn example_69_search_without_a_text() {
    let app = TestApp::start().await;
    for path in ["/api/geo/search", "/api/geo/search?q=", "/api/geo/search?q=%20"] {
        app.anonymous().get(path).await.problem(400, "invalid_parameter");
    }
    let cities = app.anonymous().get("/api/geo/cities?search=").await.expect(200).value();
    assert_eq!(cities, json!({ "items": [] }));
}

#[test]
fn example_70_date_written_otherwise_loads_nothing() {
    let arguments = ["load", "osm", "--source", "osm", "--territory", "x", "--date", "2026/08", "--pbf", "x.osm.pbf"];
    let output =
        Command::new(env!("CARGO_BIN_EXE_dialog")).arg("reference").args(arguments).env_clear().output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && text.contains("2026/08") && text.contains("--date"), "{text}");
}

/// A service outside that gives each caller the same answer.
async fn failing_service(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // Who hangs up first does not matter here.
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    address
}

#[tokio::test]
async fn example_4_communes_when_the_service_outside_fails() {
    for answer in [
        "HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 7\r\n\r\nbonjour",
        "bonjour",
    ] {
        let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &failing_service(answer).await).start().await;
        let caller = app.anonymous();
        let none = caller.get("/api/geo/cities?search=trifouillis").await.expect(200).value();
        assert_eq!(none, json!({ "items": [] }), "{answer}");
        let loaded = caller.get("/api/geo/cities?search=demoville").await.expect(200).value();
        assert_eq!(loaded["items"][0]["code"], "00001", "{answer}");
    }
}
