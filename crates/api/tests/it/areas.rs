//! Whole cities, zones and drawings: seen before they are saved, saved, published, exported.

use dialog_api_types::app::OrderView;
use dialog_api_types::geo::LocationGeometry;
use dialog_domain::{LocatingMethod, LocationDescription};
use dialog_test_support::TestApp;
use serde_json::{Value, json};

use crate::orders::bodies::{RECORDS, form, form_measure, regulation, send};

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.182,47.561],[2.178,47.561],[2.178,47.559]]]}"#;

fn city(exceptions: Value) -> Value {
    json!({
        "roadType": "wholeCity",
        "wholeCity": { "cityCode": "00001", "cityLabel": "Démoville", "exceptions": exceptions },
    })
}

fn zone(geometry: &str) -> Value {
    json!({ "roadType": "zone", "zone": { "label": "Centre", "geometry": geometry } })
}

#[tokio::test]
async fn what_is_seen_before_saving_is_what_is_saved_published_and_exported() {
    let app = TestApp::start().await;
    let (anonymous, member) = (app.anonymous(), app.member().await);
    let drawing = json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Tracé", "geometry": SQUARE } });
    for (rank, location) in [city(json!([])), zone(SQUARE), drawing].into_iter().enumerate() {
        let seen: LocationGeometry = anonymous.post("/api/geo/location-geometry", &location).await.expect(200).json();
        let identifier = format!("AREA{rank}");
        let saved: OrderView =
            member.post(RECORDS, &form(&identifier, vec![form_measure(location)])).await.expect(201).json();
        let found = saved.content.measures[0].locations[0].found.clone().expect("it is found");
        assert_eq!(found, seen.properties.found, "{identifier}");
        assert!(!found.segments.is_empty() && found.edition.is_some(), "{identifier}");
        let path = format!("{RECORDS}/{}/publish", saved.uuid);
        send(&member, reqwest::Method::POST, &path, saved.revision, None).await.expect(200);
        let feed = anonymous.get("/api/regulations.xml").await.expect(200).text();
        assert!(feed.contains(&identifier));
    }
    let map = anonymous.get("/api/map/locations.geojson").await;
    assert!(map.expect(200).text().contains("MultiLineString"));
}

#[tokio::test]
async fn whole_city_leaves_streets_out_by_identifier() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let street = caller.get("/api/geo/streets?cityCode=00001&search=rue%20haute").await.expect(200).value();
    let id = street["items"][0]["roadBanId"].as_str().expect("an identifier").to_owned();
    let base = "/api/geo/location-geometry?roadType=wholeCity&cityCode=00001";
    let whole: LocationGeometry = caller.get(base).await.expect(200).json();
    let less: LocationGeometry = caller.get(&format!("{base}&excludedRoadBanIds={id}")).await.expect(200).json();
    assert_eq!(whole.properties.found.method, LocatingMethod::WholeCity);
    assert!(less.properties.found.length_m + 1000.0 < whole.properties.found.length_m);
    caller.get("/api/geo/location-geometry?roadType=wholeCity").await.expect(204);
    caller.get("/api/geo/location-geometry?roadType=wholeCity&cityCode=99999").await.problem(404, "address_not_found");

    // So is a commune that nobody knows, on its own field.
    let nowhere = json!({ "roadType": "wholeCity", "wholeCity": { "cityCode": "99999", "cityLabel": "Nulle-Part" } });
    let refused = app.member().await.post(RECORDS, &form("A7", vec![form_measure(nowhere)])).await;
    let violation = &refused.problem(422, "validation_failed").violations.expect("a violation")[0];
    assert_eq!(violation.property_path, "measures[0].locations[0].wholeCity.cityCode");
    assert_eq!(violation.code, "unknown_city");

    // An exception that cannot be found is named.
    let exception = json!([{ "roadType": "lane", "namedStreet": {
        "roadBanId": "00001_none", "roadName": "Rue qui manque", "isEntireStreet": true } }]);
    let member = app.member().await;
    let refused = member.post(RECORDS, &form("A9", vec![form_measure(city(exception))])).await;
    let problem = refused.problem(422, "validation_failed");
    let path = &problem.violations.expect("a violation")[0].property_path;
    assert_eq!(path, "measures[0].locations[0].wholeCity.exceptions[0].namedStreet.roadName");
}

#[tokio::test]
async fn section_says_how_each_of_its_bounds_was_placed() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let base = "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadName=Quai%20de%20la%20Bionne";
    let path = format!("{base}&fromRoadName=Rue%20de%20l%27%C3%89glise&toRoadName=Rue%20Victor-Hugo");
    let seen: LocationGeometry = caller.get(&path).await.expect(200).json();
    let bounds = &seen.properties.bounds;
    assert_eq!(bounds.iter().map(|bound| bound.bound.as_str()).collect::<Vec<_>>(), ["from", "to"]);
    assert!(bounds.iter().all(|bound| bound.method == "crossing"));
    assert_eq!(bounds[1].candidates.len(), 3);
    let [longitude, latitude] = bounds[1].coordinates;
    let path = format!("{base}&fromRoadName=Rue%20de%20l%27%C3%89glise&toCoordinates={longitude},{latitude}");
    let by_point: LocationGeometry = caller.get(&path).await.expect(200).json();
    assert_eq!(by_point.geometry, seen.geometry);
    assert_eq!(by_point.properties.bounds[1].method, "point");
    assert!(by_point.properties.text.contains("au point 47,"), "{}", by_point.properties.text);
    for wrong in ["1", "a,b", "200,0", "2,47,3"] {
        let path = format!("{base}&fromHouseNumber=1&toCoordinates={wrong}");
        caller.get(&path).await.problem(400, "invalid_parameter");
    }
    let far = format!("{base}&fromHouseNumber=1&toCoordinates=2.0,47.0");
    caller.get(&far).await.problem(422, "section_not_found");
}

#[tokio::test]
async fn geometries_that_cannot_be_used_are_refused_with_a_sentence() {
    let app = TestApp::start().await;
    let (caller, member) = (app.anonymous(), app.member().await);
    let bow = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.561],[2.182,47.559],[2.178,47.561],[2.178,47.559]]]}"#;
    let nowhere = r#"{"type":"Polygon","coordinates":[[[3.0,47.0],[3.001,47.0],[3.001,47.001],[3.0,47.0]]]}"#;
    let swapped = r#"{"type":"Polygon","coordinates":[[[47.559,2.178],[47.559,2.182],[47.561,2.182],[47.559,2.178]]]}"#;
    let line = r#"{"type":"LineString","coordinates":[[2.178,47.559],[2.182,47.559]]}"#;
    let point_line = r#"{"type":"LineString","coordinates":[[2.178,47.559]]}"#;
    let collection = format!(r#"{{"type":"GeometryCollection","geometries":[{line}]}}"#);
    let out = r#"{"type":"Polygon","coordinates":[[[2.178,147.559],[2.182,47.559],[2.182,47.561],[2.178,147.559]]]}"#;
    for geometry in [bow, nowhere, swapped, line, point_line, collection.as_str(), out, "{", "", "{\"type\":\"River\"}"]
    {
        let begun = std::time::Instant::now();
        let problem = caller.post("/api/geo/location-geometry", &zone(geometry)).await;
        assert!(problem.status.is_client_error(), "{geometry}: {}", problem.status);
        assert!(problem.value()["code"].is_string() && problem.value()["detail"].is_string(), "{geometry}");
        let refused = member.post(RECORDS, &form("A8", vec![form_measure(zone(geometry))])).await;
        assert!(refused.status.is_client_error(), "{geometry}: {}", refused.status);
        assert!(begun.elapsed().as_secs() < 2, "{geometry}: {:?} for two answers", begun.elapsed());
    }
    // Five megabytes of one outline.
    let ring: Vec<String> = (0..250_000).map(|n| format!("[2.1{n:07},47.5{n:07}]")).collect();
    let large = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, ring.join(","));
    caller.post("/api/geo/location-geometry", &zone(&large)).await.problem(413, "payload_too_large");
    let ring: Vec<String> = (0..30_000_u32)
        .map(|n| f64::from(n) / 30_000.0 * std::f64::consts::TAU)
        .map(|turn| format!("[{:.7},{:.7}]", 2.18 + 0.01 * turn.cos(), 47.56 + 0.01 * turn.sin()))
        .collect();
    let many = format!(r#"{{"type":"Polygon","coordinates":[[{},{}]]}}"#, ring.join(","), ring[0]);
    caller.post("/api/geo/location-geometry", &zone(&many)).await.problem(422, "validation_failed");
}

#[tokio::test]
async fn every_kind_of_location_of_a_form_is_described_alike() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let street = json!({ "roadType": "lane", "namedStreet": {
        "cityCode": "00001", "cityLabel": "Démoville", "roadBanId": "x", "roadName": "Rue Haute" } });
    let seen: LocationGeometry = caller.post("/api/geo/location-geometry", &street).await.expect(200).json();
    assert_eq!(seen.properties.found.method, LocatingMethod::WholeStreet);
    assert!(
        caller
            .post("/api/geo/location-geometry", &json!({}))
            .await
            .problem(422, "validation_failed")
            .violations
            .is_some()
    );
    let got = caller.get("/api/geo/location-geometry?roadType=lane&cityCode=00001&roadName=Rue%20Haute").await;
    assert_eq!(got.expect(200).json::<LocationGeometry>().properties.found, seen.properties.found);
    let asked = LocationDescription::Zone {
        label: "Centre".to_owned(),
        geometry: dialog_domain::Geometry::from_text(SQUARE).expect("a polygon"),
    };
    assert_eq!(dialog_text::location(&asked), "Centre - zone");
}

#[tokio::test]
async fn integrators_write_whole_cities_and_zones_too() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let free = json!([
        { "roadType": "lane", "namedStreet": { "roadName": "Rue Haute" } },
        { "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Centre", "geometry": SQUARE } },
    ]);
    for (identifier, location) in [("CITY", city(free)), ("ZONE", zone(SQUARE))] {
        let mut body = regulation(identifier, "published");
        body["measures"][0]["locations"] = json!([location]);
        client.post("/api/regulations", &body).await.expect(201);
        let read = client.get(&format!("/api/regulations/{identifier}")).await.expect(200).text();
        assert!(read.contains("MultiLineString"), "{identifier}: {read:.300}");
        let feed = app.anonymous().get("/api/regulations.xml").await.expect(200).text();
        assert!(feed.contains(identifier));
    }
    let mut body = regulation("NONE", "draft");
    body["measures"][0]["locations"] = json!([city(json!([{ "namedStreet": { "roadName": "Rue qui manque" } }]))]);
    client.post("/api/regulations", &body).await.problem(400, "address_not_found");
}
