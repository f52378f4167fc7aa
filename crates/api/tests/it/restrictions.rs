//! Restrictions as GeoJSON and CSV.

use std::process::Command;

use dialog_api_types::app::OrderView;
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use serde_json::{Value, json};

use crate::feeds::{gunzip, raw};
use crate::orders::bodies::{
    IN_TOWN, RECORDS, create_draft, drawn, form, form_measure, publish_by_session, regulation, send, street_section,
};

const GEOJSON: &str = "/api/restrictions.geojson";
const CSV: &str = "/api/restrictions.csv";

async fn features(caller: &TestCaller, query: &str) -> Vec<Value> {
    let collection = caller.get(&format!("{GEOJSON}?{query}")).await.expect(200).value();
    assert_eq!(collection["type"], "FeatureCollection");
    collection["features"].as_array().expect("features").clone()
}

/// A speed limit for good on two streets, published.
async fn speed_limit(member: &TestCaller) -> OrderView {
    let mut measure = form_measure(street_section(member, "Rue de la République", "2", "20").await);
    let other = street_section(member, "Rue de la République", "20", "28").await;
    measure["type"] = json!("speedLimitation");
    measure["maxSpeed"] = json!(30);
    measure["vehicleSet"] = json!({ "allVehicles": true });
    measure["periods"][0] = json!({
        "startDate": "2026-01-01", "startTime": "00:00", "isPermanent": true, "recurrenceType": "everyDay",
    });
    measure["locations"].as_array_mut().unwrap().push(other);
    let mut body = form("A2", vec![measure]);
    body["category"] = json!("permanentRegulation");
    body["title"] = json!("Zone 30, \"centre\"\nancien");
    let draft: OrderView = member.post(RECORDS, &body).await.expect(201).json();
    let path = format!("{RECORDS}/{}/publish", draft.uuid);
    send(member, Method::POST, &path, draft.revision, None).await.expect(200).json()
}

#[tokio::test]
async fn each_measure_at_each_location_is_a_feature_with_its_fields() {
    let app = TestApp::start().await;
    let member = app.member().await;
    create_draft(&member, "B1").await;
    let (closed, limited) = (publish_by_session(&member, "A1").await, speed_limit(&member).await);

    let found = features(&app.anonymous(), "").await;
    assert_eq!(found.len(), 3, "drafts are not public");
    let of = |order: &OrderView| -> Vec<&Value> {
        found.iter().filter(|one| one["properties"]["order_uuid"] == json!(order.uuid)).collect()
    };
    let lorries = &of(&closed)[0]["properties"];
    for (name, value) in [
        ("location_uuid", json!(closed.content.measures[0].locations[0].id)),
        ("measure_uuid", json!(closed.content.measures[0].id)),
        ("order_version", json!(1)),
        ("identifier", json!("A1")),
        ("title", json!("Réfection de la chaussée")),
        ("category", json!("temporaryRegulation")),
        ("state", json!("planned")),
        ("measure_type", json!("noEntry")),
        ("measure_label", json!("Circulation interdite")),
        ("max_speed_kmh", Value::Null),
        ("vehicles", json!("pour les poids lourds de plus de 3,5 tonnes")),
        ("starts_at", json!("2030-11-30T23:00:00Z")),
        ("ends_at", json!("2030-12-30T23:00:00Z")),
        ("road_type", json!("lane")),
        ("road_name", json!("Rue de la République")),
        ("city_code", json!("00001")),
    ] {
        assert_eq!(lorries[name], value, "{name}");
    }
    assert_eq!(lorries["vehicle_set"]["restricted"][0]["type"], "heavyGoodsVehicle");
    assert!(lorries["length_m"].as_f64().unwrap() > 20.0, "{lorries}");
    assert!(lorries["url"].as_str().unwrap().ends_with(&format!("/regulations/{}", closed.uuid)));
    assert_eq!(of(&closed)[0]["id"], lorries["location_uuid"]);
    assert_eq!(of(&closed)[0]["geometry"]["type"], "LineString");
    let limits = of(&limited);
    assert_eq!(limits.len(), 2);
    assert!(limits.iter().all(|limit| limit["properties"]["max_speed_kmh"] == 30));
    assert_eq!(limits[0]["properties"]["ends_at"], Value::Null);
}

#[tokio::test]
async fn filters_are_those_of_the_other_feeds() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let (closed, anyone) = (publish_by_session(&member, "A1").await, app.anonymous());
    speed_limit(&member).await;
    for (query, count) in [
        ("measureType=speedLimitation", 2),
        ("measureType=noEntry", 1),
        ("includePermanent=false", 1),
        ("vehicle=heavyGoodsVehicle", 3),
        ("vehicle=bicycle", 2),
        ("dateEnd=2030-01-01T00:00:00Z", 2),
        ("inseeCode=00001", 3),
        ("inseeCode=75104", 0),
        ("bbox=-10,30,10,60", 3),
        ("bbox=5,45,6,46", 0),
        ("updatedSince=2000-01-01T00:00:00Z", 3),
    ] {
        assert_eq!(features(&anyone, query).await.len(), count, "{query}");
        let lines = anyone.get(&format!("{CSV}?{query}")).await.expect(200).text();
        assert_eq!(lines.matches("\r\n").count(), count + 1, "{query}");
    }
    let organization = format!("organization={}", closed.organization.uuid);
    assert_eq!(features(&anyone, &organization).await.len(), 3);
    for path in [GEOJSON, CSV] {
        anyone.get(&format!("{path}?bbox=1,2,3")).await.expect(400);
        anyone.get(&format!("{path}?measureType=nothing")).await.expect(400);
    }
}

#[tokio::test]
async fn tables_are_conditional_and_named() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let order = publish_by_session(&member, "A1").await;
    for (path, kind) in [(GEOJSON, "application/geo+json"), (CSV, "text/csv; charset=UTF-8; header=present")] {
        let first = anyone.get(path).await.expect(200);
        assert_eq!(first.header("Content-Type"), kind);
        assert!(first.header("Content-Disposition").starts_with("attachment; filename=\"restrictions."));
        let tag = first.header("ETag").to_owned();
        let head = anyone.head(path).await.expect(200);
        assert_eq!(head.header("ETag"), tag);
        assert_eq!(head.text(), "");
        let again = app.anonymous().with_header("if-none-match", &tag);
        again.get(path).await.expect(304);
        assert_ne!(anyone.get(&format!("{path}?includePermanent=false")).await.header("ETag"), tag);
        assert_eq!(anyone.get(path).await.expect(200).text(), first.text(), "the same bytes under the same tag");

        // Compressed, other bytes have another tag, by which the same state is known too.
        let (plain, compressed) = (raw(&app, path, "identity").await, raw(&app, path, "gzip, br").await);
        assert_eq!((compressed.2.as_str(), gunzip(&compressed.0)), ("gzip", plain.0));
        assert_ne!(plain.1, compressed.1);
        for known in [&plain.1, &compressed.1] {
            let answer = app.anonymous().with_header("if-none-match", known).get(path).await.expect(304);
            assert_eq!(answer.header("ETag"), known);
        }
    }
    let tag = anyone.get(GEOJSON).await.header("ETag").to_owned();
    send(&member, Method::DELETE, &format!("{RECORDS}/{}", order.uuid), order.revision, None).await.expect(204);
    assert_eq!(features(&anyone, "").await.len(), 0);
    app.anonymous().with_header("if-none-match", &tag).get(GEOJSON).await.expect(200);
    assert_eq!(anyone.get(CSV).await.expect(200).text().matches("\r\n").count(), 1, "the header alone");
}

/// What QGIS reads with.
#[tokio::test]
async fn ogr_reads_both_tables() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        println!("skipped: ogr_reads_both_tables: ogrinfo is not installed");
        return;
    }
    let app = TestApp::start().await;
    speed_limit(&app.member().await).await;
    let mut body = regulation("A3", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let folder = std::env::temp_dir().join(format!("dialog-restrictions-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (path, file, options) in [
        (GEOJSON, "restrictions.geojson", &[][..]),
        (CSV, "restrictions.csv", &["-oo", "GEOM_POSSIBLE_NAMES=geometry", "-oo", "KEEP_GEOM_COLUMNS=NO"]),
    ] {
        let text = app.anonymous().get(path).await.expect(200).text();
        let file = folder.join(file);
        std::fs::write(&file, text).unwrap();
        let output = Command::new("ogrinfo").args(["-al", "-so"]).args(options).arg(&file).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.contains("Layer name: restrictions"), "{told}");
        assert!(told.contains("Feature Count: 3"), "{told}");
        assert!(told.contains("Extent: (2.1") && told.contains("road_name: String"), "{told}");
        assert!(!told.contains("Warning") && !told.contains("ERROR"), "{told}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn one_order_is_taken_from_every_feed_by_its_uuid() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let (one, other) = (publish_by_session(&member, "A1").await, speed_limit(&member).await);
    let anyone = app.anonymous();
    let mine = |found: &[Value], order: &OrderView| {
        found.iter().all(|one| one["properties"]["order_uuid"] == json!(order.uuid))
    };
    for order in [&one, &other] {
        let found = features(&anyone, &format!("order={}", order.uuid)).await;
        assert!(!found.is_empty() && mine(&found, order));
    }
    for path in [CSV, "/api/regulations.xml"] {
        let text = anyone.get(&format!("{path}?order={}", one.uuid)).await.expect(200).text();
        assert!(text.contains("A1") && !text.contains("Zone 30"), "{path}");
    }
    let nobody = "019b0000-0000-7000-8000-00000000ffff";
    assert!(features(&anyone, &format!("order={nobody}")).await.is_empty());
    let waze = anyone.get(&format!("/api/regulations/cifs.xml?order={nobody}")).await.expect(200).text();
    assert!(!waze.contains("<incident "), "{waze}");
    anyone.get(&format!("{GEOJSON}?order=A1")).await.expect(400);
}
