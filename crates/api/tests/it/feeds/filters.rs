use dialog_api::demo;
use dialog_test_support::TestApp;
use diesel_async::RunQueryDsl;
use serde_json::json;

use super::{closure, publish, raw};
use crate::orders::bodies::{IN_TOWN, drawn};

#[tokio::test]
async fn filters_choose_the_same_orders_in_every_feed_and_layout() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let street = publish(&client, &closure("street")).await;
    let mut body = closure("lorries");
    body["measures"][0]["vehicleSet"] = json!({
        "allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": 3.5,
        "exemptedTypes": ["bicycle"],
    });
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    let drawing = publish(&client, &body).await;
    let mut body = closure("speed");
    body["measures"][0]["type"] = json!("speedLimitation");
    body["measures"][0]["maxSpeed"] = json!(30);
    body["measures"][0]["periods"][0]["startDate"] = json!("2031-01-10T00:00:00Z");
    body["measures"][0]["periods"][0]["endDate"] = json!("2031-01-20T00:00:00Z");
    let speed = publish(&client, &body).await;

    let organization = demo::ORGANIZATION.to_string();
    let stranger = uuid::Uuid::nil().to_string();
    for (query, expected) in [
        ("", [true, true, true]),
        ("includeTemporary=false", [false, false, false]),
        (&format!("organization={organization}"), [true, true, true]),
        (&format!("organization={stranger}"), [false, false, false]),
        ("organization=00000000000000", [false, false, false]),
        ("inseeCode=00001", [true, true, true]),
        (
            "bbox=2.1799,47.5599,2.1811,47.5601&measureType=noEntry&vehicle=heavyGoodsVehicle&dateEnd=2031-01-01",
            [true, true, false],
        ),
        ("bbox=5,45,6,46", [false, false, false]),
        ("measureType=speedLimitation", [false, false, true]),
        ("measureType=speedLimitation,noEntry", [true, true, true]),
        ("vehicle=heavyGoodsVehicle", [true, true, true]),
        ("vehicle=hazardousMaterials", [true, false, true]),
        ("vehicle=bicycle", [true, false, true]),
        ("dateStart=2031-01-01", [false, false, true]),
        ("dateEnd=2031-01-01", [true, true, false]),
        ("dateStart=2031-01-01&dateEnd=2030-01-01", [false, false, false]),
        ("updatedSince=2020-01-01", [true, true, true]),
        ("updatedSince=2999-01-01", [false, false, false]),
    ] {
        let (plain, tag, _) = raw(&app, &format!("/api/regulations.xml?{query}"), "identity").await;
        let (gzip, other, _) = raw(&app, &format!("/api/regulations.xml?{query}"), "gzip").await;
        assert!(super::gunzip(&gzip) == plain && tag != other, "{query}");
        let head = app.anonymous().with_header("accept-encoding", "identity");
        let head = head.head(&format!("/api/regulations.xml?{query}")).await.expect(200);
        assert_eq!(head.header("content-length"), plain.len().to_string(), "{query}");
        let text = String::from_utf8(plain).unwrap();
        let found = [street, drawing, speed].map(|order| text.contains(&order.to_string()));
        assert_eq!(found, expected, "{query}");
        let legacy = raw(&app, &format!("/api/regulations.xml?layout=legacy&{query}"), "identity").await.0;
        let legacy = String::from_utf8(legacy).unwrap();
        let found = [street, drawing, speed].map(|order| legacy.contains(&order.to_string()));
        assert_eq!(found, expected, "{query}, old layout");
        let cifs = String::from_utf8(raw(&app, &format!("/api/regulations/cifs.xml?{query}"), "identity").await.0);
        // A closure for everybody on a street is the one that Waze applies.
        assert_eq!(cifs.unwrap().contains(&street.to_string()), expected[0], "{query}, CIFS");
    }
    for (name, value) in [("bbox", "1,2"), ("vehicle", "tank"), ("organization", "x"), ("layout", "old")] {
        let problem = app.anonymous().get(&format!("/api/regulations.xml?{name}={value}")).await;
        let problem = problem.problem(400, "invalid_parameter");
        assert_eq!(problem.error, Some(format!("Invalid \"{name}\" parameter")));
    }
}

/// A rectangle of some metres in the whole city where no street is.
async fn between_the_streets(app: &TestApp) -> String {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        bbox: String,
    }
    let row: Row = diesel::sql_query(
        "SELECT concat_ws(',', ST_X(spot) - 1e-5, ST_Y(spot) - 1e-5, ST_X(spot) + 1e-5, ST_Y(spot) + 1e-5) AS bbox \
         FROM public_restrictions, \
            LATERAL ST_PointOnSurface(ST_Difference(area, ST_Buffer(geometry, 0.0002))) AS spot \
         WHERE road_type = 'wholeCity'",
    )
    .get_result(&mut app.database.connection().await)
    .await
    .expect("a spot");
    row.bbox
}

#[tokio::test]
async fn whatever_lies_in_a_commune_is_found_by_its_code_and_on_its_ground() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let square = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.182,47.561],[2.178,47.561],[2.178,47.559]]]}"#;
    let mut published = Vec::new();
    for (identifier, location) in [
        ("line", drawn("Parvis", IN_TOWN)),
        ("surface", json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Place", "geometry": square } })),
        ("zone", json!({ "roadType": "zone", "zone": { "label": "Centre", "geometry": square } })),
        ("city", json!({ "roadType": "wholeCity", "wholeCity": { "cityCode": "00001", "cityLabel": "Démoville" } })),
    ] {
        let mut body = closure(identifier);
        body["measures"][0]["locations"] = json!([location]);
        published.push(publish(&client, &body).await);
    }
    let between = between_the_streets(&app).await;
    for (query, expected) in [
        ("inseeCode=00001".to_owned(), [true, true, true, true]),
        ("inseeCode=75104".to_owned(), [false, false, false, false]),
        (format!("bbox={between}"), [false, false, false, true]),
        (format!("bbox={between}&inseeCode=00001&measureType=noEntry"), [false, false, false, true]),
    ] {
        for path in ["/api/regulations.xml?", "/api/regulations.xml?layout=legacy&", "/api/restrictions.geojson?"] {
            let text = String::from_utf8(raw(&app, &format!("{path}{query}"), "identity").await.0).unwrap();
            let found: Vec<bool> = published.iter().map(|order| text.contains(&order.to_string())).collect();
            assert_eq!(found, expected, "{path}{query}");
        }
    }
    let city = app.anonymous().get(&format!("/api/datex/{}.xml", published[3])).await.expect(200).text();
    assert!(city.contains("<loc:gmlMultiPolygon>") && city.contains("<loc:namedAreaType>municipality<"), "its contour");
}

#[tokio::test]
async fn one_order_is_read_alone() {
    let app = TestApp::start().await;
    let order = publish(&app.api_client(), &closure("A")).await;
    publish(&app.api_client(), &closure("B")).await;
    let anyone = app.anonymous();
    for layout in ["", "?layout=legacy"] {
        let answer = anyone.get(&format!("/api/datex/{order}.xml{layout}")).await.expect(200);
        assert_eq!(answer.header("content-type"), "text/xml; charset=UTF-8");
        let text = answer.text();
        assert!(text.starts_with("<?xml") && text.ends_with("</d2:payload>\n"));
        assert_eq!(text.matches("<trafficRegulationOrder ").count(), 1);
        assert!(text.contains(&order.to_string()));
    }
    anyone.get("/api/datex/x.xml").await.problem(400, "invalid_parameter");
    anyone.get(&format!("/api/datex/{}.xml", uuid::Uuid::nil())).await.problem(404, "not_found");
    app.api_client().delete("/api/regulations/A").await.expect(204);
    anyone.get(&format!("/api/datex/{order}.xml")).await.problem(404, "not_found");
}

#[tokio::test]
async fn operator_keeps_orders_and_locations_out_of_cifs() {
    let open = TestApp::start().await;
    publish(&open.api_client(), &closure("A")).await;
    let text = String::from_utf8(raw(&open, "/api/regulations/cifs.xml", "identity").await.0).unwrap();
    assert!(text.contains("<incident "));
    for filter in [
        r#"{"allowed_sources":["none"]}"#.to_owned(),
        r#"{"excluded_identifiers":["A"]}"#.to_owned(),
        format!(r#"{{"excluded_org_uuids":["{}"]}}"#, demo::ORGANIZATION),
        format!(r#"{{"allowed_location_ids":["{}"]}}"#, uuid::Uuid::nil()),
    ] {
        let app = TestApp::builder().variable("APP_CIFS_FILTERS", &filter).start().await;
        publish(&app.api_client(), &closure("A")).await;
        let text = String::from_utf8(raw(&app, "/api/regulations/cifs", "identity").await.0).unwrap();
        assert!(text.contains("<incidents") && !text.contains("<incident "), "{filter}: {text}");
    }
}
