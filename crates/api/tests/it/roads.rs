//! Numbered roads: their look-ups, and orders on them from either side.

use std::process::Command;

use dialog_api_types::geo::LocationGeometry;
use dialog_domain::{Confidence, LocatingMethod};
use dialog_test_support::{TestApp, TestCaller, shared_dir};
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

use crate::orders::bodies::{RECORDS, feed, form, form_measure, regulation, send};

/// `D31` from PR 1 + 200 to PR 3 - 50, as the integrators' contract writes it.
fn d31() -> Value {
    json!({
        "roadType": "departmentalRoad",
        "departmentalRoad": {
            "administrator": "démonstration", "roadNumber": "d31",
            "fromPointNumber": "1", "fromSide": "U", "fromAbscissa": 200,
            "toPointNumber": "3", "toSide": "U", "toAbscissa": -50,
            "direction": "A_TO_B",
        },
    })
}

/// The right-hand carriageway of the N7.
fn n7() -> Value {
    json!({
        "roadType": "nationalRoad",
        "nationalRoad": {
            "administrator": "DIR Démonstration", "roadNumber": "N7", "fromPointNumber": "12",
            "fromDepartmentCode": "00", "fromSide": "D", "toPointNumber": "13", "toSide": "D", "toAbscissa": 100,
        },
    })
}

fn with_location(identifier: &str, status: &str, location: Value) -> Value {
    let mut body = regulation(identifier, status);
    body["measures"][0]["locations"] = json!([location]);
    body
}

async fn answers(caller: &TestCaller, path: &str) -> Value {
    caller.get(path).await.expect(200).value()
}

#[tokio::test]
async fn order_between_two_reference_points_is_published_by_an_integrator_and_read_back() {
    let app = TestApp::start().await;
    let client = app.api_client();
    client.post("/api/regulations", &with_location("R1", "published", d31())).await.expect(201);
    client.post("/api/regulations", &with_location("R2", "published", n7())).await.expect(201);
    let view = answers(&client, "/api/regulations/R1").await;
    let location = &view["measures"][0]["locations"][0];
    assert_eq!(location["roadType"], "departmentalRoad");
    let road = &location["numberedRoad"];
    assert_eq!(
        (&road["administrator"], &road["roadNumber"], &road["fromPointNumber"], &road["fromAbscissa"]),
        (&json!("Démonstration"), &json!("D31"), &json!("1"), &json!(200))
    );
    assert_eq!(
        (&road["toSide"], &road["toAbscissa"], &road["direction"]),
        (&json!("U"), &json!(-50), &json!("A_TO_B"))
    );
    let geometry: Value = serde_json::from_str(location["geometry"].as_str().unwrap()).unwrap();
    assert_eq!(geometry["type"], "LineString");
    assert!(geometry["coordinates"].as_array().unwrap().len() > 20);

    // What was read can be written again, and nothing has changed.
    let mut again = with_location("R1", "published", d31());
    again["measures"][0]["locations"][0]["departmentalRoad"]["administrator"] = json!("Démonstration");
    client.put("/api/regulations", &again).await.expect(200);
    assert_eq!(
        answers(&client, "/api/regulations/R1").await["measures"][0]["locations"][0]["geometry"],
        location["geometry"]
    );

    let national = answers(&client, "/api/regulations/R2").await;
    assert_eq!(national["measures"][0]["locations"][0]["numberedRoad"]["fromDepartmentCode"], "00");

    let document = feed(&app.anonymous()).await;
    assert_eq!(document.matches("<trafficRegulationOrder ").count(), 2);
    assert!(document.contains("D31") && document.contains("N7"));
    const TEST: &str = "order_between_two_reference_points_is_published_by_an_integrator_and_read_back";
    if !validates(TEST, &document) {
        println!("skipped: {TEST}: no schema or no xmllint");
    }
    let map = answers(&app.anonymous(), "/api/map/locations.geojson").await;
    assert_eq!(map["features"].as_array().unwrap().len(), 2);
}

/// Validates a document against the schemas, when they are there.
fn validates(test: &str, document: &str) -> bool {
    let Some(shared) = shared_dir(test) else { return false };
    let schema = shared.join("schemas/datex2/DATEXII_3_D2Payload.xsd");
    if !schema.is_file() || Command::new("xmllint").arg("--version").output().is_err() {
        return false;
    }
    let file = std::env::temp_dir().join(format!("dialog-roads-{}.xml", std::process::id()));
    std::fs::write(&file, document).unwrap();
    let output = Command::new("xmllint").args(["--noout", "--schema"]).arg(&schema).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[tokio::test]
async fn order_on_a_national_road_is_made_and_published_on_screen() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let view = member.post(RECORDS, &form("R1", vec![form_measure(n7())])).await.expect(201).value();
    let found = &view["content"]["measures"][0]["locations"][0]["found"];
    assert_eq!((&found["method"], &found["confidence"]), (&json!("roadSection"), &json!("exact")));
    assert_eq!(found["edition"], "town:00001-roads:2026-01-01");
    assert!((found["lengthM"].as_f64().unwrap() - 1090.0).abs() < 1.0, "{}", found["lengthM"]);
    let segments = found["segments"].as_array().unwrap();
    assert!(!segments.is_empty() && segments.iter().all(|s| s["segmentId"].as_str().unwrap().starts_with("town:")));
    let path = format!("{RECORDS}/{}/publish", view["uuid"].as_str().unwrap());
    send(&member, Method::POST, &path, view["revision"].as_i64().unwrap(), None).await.expect(200);
    assert!(feed(&app.anonymous()).await.contains("N7"));
}

#[tokio::test]
async fn what_cannot_be_found_has_the_sentence_of_the_contract_and_its_field() {
    const ROAD: &str = "La géolocalisation de la route entre ces points de repère a échoué. Veuillez vérifier que ces PR \
                        existent et qu'ils appartiennent bien au même côté de la chaussée.";
    const ABSCISSA: &str = "Cette abscisse n'est pas située sur la route. Veuillez vérifier votre saisie.";
    let app = TestApp::start().await;
    let (client, member) = (app.api_client(), app.member().await);
    for (rank, (field, value, detail, code, path, rule)) in [
        ("roadNumber", json!("D9000"), ROAD, "road_not_found", "roadNumber", "unknown_road"),
        ("administrator", json!("Personne"), ROAD, "road_not_found", "roadNumber", "unknown_road"),
        ("fromPointNumber", json!("77"), ROAD, "road_not_found", "fromPointNumber", "unknown_reference_point"),
        ("toPointNumber", json!("99999"), ROAD, "road_not_found", "toPointNumber", "unknown_reference_point"),
        ("fromSide", json!("G"), ROAD, "road_not_found", "fromSide", "unknown_side"),
        ("toSide", json!("D"), ROAD, "road_not_found", "toSide", "unknown_side"),
        ("fromAbscissa", json!(-5000), ABSCISSA, "abscissa_out_of_range", "fromAbscissa", "abscissa_out_of_range"),
        ("toAbscissa", json!(2_000_000_000), ABSCISSA, "abscissa_out_of_range", "toAbscissa", "abscissa_out_of_range"),
        ("fromDepartmentCode", json!("75"), ROAD, "road_not_found", "fromPointNumber", "unknown_reference_point"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut location = d31();
        location["departmentalRoad"][field] = value;
        let problem = client.post("/api/regulations", &with_location("R1", "published", location.clone())).await;
        let problem = problem.problem(400, code);
        assert_eq!(problem.detail, detail);
        let violation = &problem.violations.as_ref().unwrap()[0];
        assert_eq!(violation.property_path, format!("locations[0].departmentalRoad.{path}"));
        assert_eq!((violation.code.as_str(), violation.measure_index), (rule, Some(0)));
        client.get("/api/regulations/R1").await.problem(404, "not_found");

        let refused = member.post(RECORDS, &form(&format!("F{rank}"), vec![form_measure(location)])).await;
        let problem = refused.problem(422, "validation_failed");
        let violation = &problem.violations.as_ref().unwrap()[0];
        assert_eq!(violation.property_path, format!("measures[0].locations[0].departmentalRoad.{path}"));
        assert!(!violation.title.is_empty());
    }
    // Both bounds at one place, then on two carriageways.
    let mut nowhere = d31();
    nowhere["departmentalRoad"]["toPointNumber"] = json!("1");
    nowhere["departmentalRoad"]["toAbscissa"] = json!(200);
    let mut across = n7();
    across["nationalRoad"]["toSide"] = json!("G");
    for location in [nowhere, across] {
        let problem = client.post("/api/regulations", &with_location("R1", "published", location)).await;
        assert_eq!(problem.problem(400, "road_not_found").violations.unwrap()[0].code, "no_road_path");
    }
    // The maximum is told.
    let mut far = d31();
    far["departmentalRoad"]["toPointNumber"] = json!("5");
    far["departmentalRoad"]["toAbscissa"] = json!(5000);
    let problem = client.post("/api/regulations", &with_location("R1", "published", far.clone())).await;
    let violation = &problem.problem(400, "abscissa_out_of_range").violations.unwrap()[0];
    let max: i32 = violation.parameters.0["max"].parse().unwrap();
    far["departmentalRoad"]["toAbscissa"] = json!(max);
    client.post("/api/regulations", &with_location("R1", "published", far)).await.expect(201);
}

#[tokio::test]
async fn roads_points_and_sides_are_looked_up() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let administrators = answers(&caller, "/api/geo/administrators").await;
    assert_eq!(administrators["departmentalRoad"], json!(["Démonstration"]));
    assert_eq!(administrators["nationalRoad"], json!(["DIR Démonstration"]));

    let numbers = async |query: &str| {
        let found = answers(&caller, &format!("/api/geo/roads?{query}")).await;
        let items = found["items"].as_array().unwrap();
        items.iter().map(|road| road["roadNumber"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let departmental = "administrator=D%C3%A9monstration&roadType=departmentalRoad";
    for search in ["D3", "RD%2031", "31", "d"] {
        assert_eq!(numbers(&format!("{departmental}&search={search}")).await, ["D31"], "{search}");
    }
    for search in ["", "N", "%25", "%F0%9F%98%80", &"9".repeat(200)] {
        assert!(numbers(&format!("{departmental}&search={search}")).await.is_empty(), "{search}");
    }

    let base = "/api/geo/roads/N7";
    let points =
        answers(&caller, &format!("{base}/reference-points?administrator=DIR%20D%C3%A9monstration&search=1")).await;
    let first = &points["items"][0];
    assert_eq!(
        (&first["pointNumber"], &first["departmentCode"], &first["numDepartments"]),
        (&json!("12"), &json!("00"), &json!(1))
    );
    assert_eq!(
        (&first["value"], &first["label"], &first["sides"]),
        (&json!("00##12"), &json!("12"), &json!(["D", "G"]))
    );
    assert_eq!(points["items"].as_array().unwrap().len(), 2);
    let map =
        answers(&caller, &format!("{base}/reference-points.geojson?administrator=DIR%20D%C3%A9monstration")).await;
    assert_eq!((&map["type"], map["features"].as_array().unwrap().len()), (&json!("FeatureCollection"), 2));
    assert_eq!(map["features"][0]["geometry"]["type"], "Point");
    assert_eq!(map["features"][0]["properties"]["label"], "12");
    for point in ["pointNumber=12", "pointNumber=00%23%2312", "pointNumber=12&departmentCode=00"] {
        let sides = answers(&caller, &format!("{base}/sides?administrator=dir%20demonstration&{point}")).await;
        assert_eq!(sides["items"], json!(["D", "G"]), "{point}");
    }
}

#[tokio::test]
async fn look_ups_refuse_what_they_cannot_answer() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let long = "x".repeat(5000);
    for path in [
        "/api/geo/roads?search=D9",
        "/api/geo/roads?search=D9&administrator=Ain",
        "/api/geo/roads?search=D9&administrator=Ain&roadType=river",
        "/api/geo/roads/D31/reference-points",
        "/api/geo/roads/D31/reference-points.geojson?administrator=",
        "/api/geo/roads/D31/sides?administrator=Ain",
        &format!("/api/geo/roads?search=D9&roadType=nationalRoad&administrator={long}"),
        &format!("/api/geo/roads?search={long}&roadType=nationalRoad&administrator=Ain"),
        &format!("/api/geo/roads/{long}/storage-areas"),
    ] {
        caller.get(path).await.problem(400, "invalid_parameter");
    }
    for path in [
        "/api/geo/roads/D9000/reference-points?administrator=D%C3%A9monstration",
        "/api/geo/roads/D31/reference-points.geojson?administrator=Ain",
        "/api/geo/roads/%F0%9F%98%80/sides?administrator=Ain&pointNumber=1",
        "/api/geo/roads/D31/sides?administrator=D%C3%A9monstration&pointNumber=77",
    ] {
        let problem = caller.get(path).await.problem(404, "not_found");
        assert!(problem.detail.ends_with('.'), "{}", problem.detail);
    }
}

#[tokio::test]
async fn geometry_of_a_road_is_the_one_that_saving_finds() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let base = "/api/geo/location-geometry?roadType=departmentalRoad&administrator=D%C3%A9monstration&roadNumber=D31";
    let whole: LocationGeometry = caller.get(base).await.expect(200).json();
    assert_eq!(whole.properties.found.method, LocatingMethod::WholeRoad);
    assert!(whole.properties.text.starts_with("D31 (Démonstration)"), "{}", whole.properties.text);
    let half: LocationGeometry = caller.get(&format!("{base}&fromPointNumber=0&fromSide=U")).await.expect(200).json();
    assert_eq!(half.geometry, whole.geometry, "one bound is no section yet");

    let section = format!(
        "{base}&fromPointNumber=00%23%231&fromSide=U&fromAbscissa=200&toPointNumber=3&toSide=U&toAbscissa=-50&direction=A_TO_B"
    );
    let section: LocationGeometry = caller.get(&section).await.expect(200).json();
    assert_eq!(section.properties.found.method, LocatingMethod::RoadSection);
    assert_eq!(section.properties.found.confidence, Confidence::Exact);
    assert!(section.properties.text.contains("PR 1+200"), "{}", section.properties.text);
    let client = app.api_client();
    client.post("/api/regulations", &with_location("R1", "draft", d31())).await.expect(201);
    let saved = answers(&client, "/api/regulations/R1").await;
    let saved: Value =
        serde_json::from_str(saved["measures"][0]["locations"][0]["geometry"].as_str().unwrap()).unwrap();
    assert_eq!(saved, serde_json::to_value(&section.geometry).unwrap());

    for half_filled in ["", "&administrator=Ain", "&roadNumber=D31"] {
        caller.get(&format!("/api/geo/location-geometry?roadType=nationalRoad{half_filled}")).await.expect(204);
    }
    let points = |from: &str, to: &str| format!("{base}&fromPointNumber={from}&toPointNumber={to}");
    for (path, status, code) in [
        (base.replace("D31", "D32"), 404, "road_not_found"),
        (points("77&fromSide=U", "1&toSide=U"), 404, "road_not_found"),
        (points("1&fromSide=G", "2&toSide=U"), 404, "road_not_found"),
        (points("1&fromSide=U&fromAbscissa=-9999", "2&toSide=U"), 422, "abscissa_out_of_range"),
        (points("1&fromSide=U", "1&toSide=U"), 422, "road_not_found"),
        (points("1&fromSide=X", "2&toSide=U"), 400, "invalid_parameter"),
        (points("1&fromSide=U&fromAbscissa=far", "2&toSide=U"), 400, "invalid_parameter"),
        (points("1&fromSide=U&fromAbscissa=99999999999", "2&toSide=U"), 400, "invalid_parameter"),
    ] {
        let problem = caller.get(&path).await.problem(status, code);
        assert!(problem.detail.ends_with('.'), "{}", problem.detail);
    }
}

#[tokio::test]
async fn waiting_area_of_a_national_road_is_proposed_kept_and_told() {
    let app = TestApp::start().await;
    let statement = "INSERT INTO reference.storage_areas (source_id, description, administrator, road_number, geometry)
        VALUES ('A', 'Aire de l''Europe', 'DIR Démonstration', 'N7', ST_GeomFromText('LINESTRING(2.18 47.557, 2.181 47.557)', 4326))";
    app.database.connection().await.batch_execute(statement).await.expect("an area");
    let (member, client) = (app.member().await, app.api_client());
    let areas = answers(&app.anonymous(), "/api/geo/roads/N7/storage-areas").await;
    let area = &areas["items"][0];
    assert_eq!(area["description"], "Aire de l'Europe");
    assert_eq!(answers(&app.anonymous(), "/api/geo/roads/N8/storage-areas").await["items"], json!([]));

    let mut location = n7();
    location["nationalRoad"]["storageAreaUuid"] = area["uuid"].clone();
    let view = member.post(RECORDS, &form("R1", vec![form_measure(location.clone())])).await.expect(201).value();
    assert_eq!(view["content"]["measures"][0]["locations"][0]["found"]["storageArea"]["id"], area["uuid"]);
    let path = format!("{RECORDS}/{}/publish", view["uuid"].as_str().unwrap());
    send(&member, Method::POST, &path, view["revision"].as_i64().unwrap(), None).await.expect(200);
    let read = answers(&client, "/api/regulations/R1").await;
    assert_eq!(read["measures"][0]["locations"][0]["storageArea"]["description"], "Aire de l'Europe");

    location["nationalRoad"]["storageAreaUuid"] = json!("019b0000-0000-7000-8000-000000000009");
    let refused = member.post(RECORDS, &form("R2", vec![form_measure(location)])).await;
    let problem = refused.problem(422, "validation_failed");
    let violation = &problem.violations.as_ref().unwrap()[0];
    assert_eq!(
        (violation.property_path.as_str(), violation.code.as_str()),
        ("measures[0].locations[0].nationalRoad.storageAreaUuid", "not_a_choice")
    );
}
