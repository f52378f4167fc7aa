//! What is read can be sent back, and changes nothing; and the worked examples of the contract.

use dialog_test_support::{TestApp, TestCaller};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};

use crate::orders::bodies::{IN_TOWN, drawn, regulation};

async fn read(client: &TestCaller, identifier: &str) -> Value {
    client.get(&format!("/api/regulations/{identifier}")).await.expect(200).value()
}

/// The body of a `PUT` made of an answer: periods and locations as they were read, vehicles from `raw`.
fn sent_back(read: &Value) -> Value {
    let mut body = read.clone();
    for measure in body["measures"].as_array_mut().unwrap() {
        measure["vehicleSet"] = measure["vehicleSet"]["raw"].take();
    }
    body
}

fn rich() -> Value {
    let mut body = regulation("A1", "published");
    let weekdays = body["measures"][0]["periods"][0].clone();
    body["measures"][0]["periods"] = json!([
        weekdays,
        { "startDateTime": "2031-06-01T06:00:00Z", "endDateTime": "2031-06-30T21:59:00Z",
          "recurrenceType": "everyDay", "timeSlots": [{ "startTime": "22:00", "endTime": "06:00" }] },
    ]);
    body["measures"][0]["vehicleSet"] = json!({
        "allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle", "dimensions", "critair", "hazardousMaterials", "other"],
        "heavyweightMaxWeight": 3.5, "maxHeight": 2.4, "critairTypes": ["critair4"], "otherRestrictedTypeText": "Convois",
        "exemptedTypes": ["bicycle", "other"], "otherExemptedTypeText": "Riverains",
    });
    body["measures"][0]["locations"].as_array_mut().unwrap().push(drawn("Parvis", IN_TOWN));
    let mut speed = regulation("A1", "draft")["measures"][0].clone();
    speed["type"] = json!("speedLimitation");
    speed["maxSpeed"] = json!(30);
    speed["vehicleSet"] = Value::Null;
    body["measures"].as_array_mut().unwrap().push(speed);
    body
}

#[tokio::test]
async fn order_that_is_read_and_sent_back_is_the_same_order() {
    let app = TestApp::start().await;
    let client = app.api_client();
    client.post("/api/regulations", &rich()).await.expect(201);
    let before = client.get("/api/regulations/A1").await.expect(200);
    client.put("/api/regulations", &sent_back(&before.value())).await.expect(200);
    let after = client.get("/api/regulations/A1").await.expect(200);
    assert_eq!(after.value(), before.value());
    assert_eq!(after.header("etag"), before.header("etag"), "nothing was written");
}

const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.182,47.561],[2.178,47.561],[2.178,47.559]]]}"#;

/// Every kind of location, and every way of saying where one of them begins and ends.
async fn places(app: &TestApp) -> Vec<Value> {
    let area = "INSERT INTO reference.storage_areas (source_id, description, administrator, road_number, geometry)
        VALUES ('A', 'Aire', 'DIR Démonstration', 'N7', ST_GeomFromText('LINESTRING(2.18 47.557, 2.181 47.557)', 4326))";
    app.database.connection().await.batch_execute(area).await.unwrap();
    let areas = app.anonymous().get("/api/geo/roads/N7/storage-areas").await.expect(200).value();
    let quay = "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadName=Quai%20de%20la%20Bionne\
        &fromRoadName=Rue%20de%20l%27%C3%89glise&toRoadName=Rue%20Victor-Hugo";
    let seen = app.anonymous().get(quay).await.expect(200).value();
    let quay = |to: Value| {
        let mut street = json!({ "cityCode": "00001", "cityLabel": "Démoville", "roadName": "Quai de la Bionne",
            "fromPointType": "intersection", "fromRoadName": "Rue de l'Église", "direction": "B_TO_A" });
        street.as_object_mut().unwrap().extend(to.as_object().unwrap().clone());
        json!({ "roadType": "lane", "namedStreet": street })
    };
    let drawn_on = json!({ "roadType": "lane", "namedStreet": { "cityCode": "00001", "cityLabel": "Démoville",
        "roadName": "Rue Haute", "geometry": { "type": "GeometryCollection", "geometries": [
            { "type": "LineString", "coordinates": [[2.18, 47.56], [2.181, 47.56]] },
            { "type": "LineString", "coordinates": [[2.182, 47.56], [2.183, 47.560_000_000_04]] },
        ] } } });
    vec![
        quay(json!({ "toPointType": "intersection", "toRoadName": "Rue Victor-Hugo", "toCrossing": 2 })),
        quay(json!({ "toPointType": "point", "toCoordinates": seen["properties"]["bounds"][1]["coordinates"] })),
        drawn_on,
        json!({ "roadType": "departmentalRoad", "departmentalRoad": { "administrator": "démonstration",
            "roadNumber": "d31", "fromPointNumber": "1", "fromSide": "U", "fromAbscissa": 200, "toPointNumber": "3",
            "toSide": "U", "toAbscissa": -50, "direction": "A_TO_B", "storageAreaUuid": "ignored" } }),
        json!({ "roadType": "nationalRoad", "nationalRoad": { "administrator": "DIR Démonstration", "roadNumber": "N7",
            "fromPointNumber": "12", "fromDepartmentCode": "00", "fromSide": "D", "toPointNumber": "13", "toSide": "D",
            "storageAreaUuid": areas["items"][0]["uuid"] } }),
        drawn("Parvis", "[[2.18000000012345,47.56],[2.181,47.56]]"),
        json!({ "roadType": "wholeCity", "wholeCity": { "cityCode": "00001", "cityLabel": "Démoville", "exceptions": [
            { "roadType": "lane", "namedStreet": { "roadName": "Rue Haute" } },
            { "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Centre", "geometry": SQUARE } },
        ] } }),
        json!({ "roadType": "zone", "zone": { "label": "Centre", "geometry": SQUARE } }),
    ]
}

#[tokio::test]
async fn every_kind_of_location_is_sent_back_as_it_was_read() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!(places(&app).await);
    client.post("/api/regulations", &body).await.expect(201);
    let before = client.get("/api/regulations/A1").await.expect(200);
    let read = before.value();
    let locations = &read["measures"][0]["locations"];
    assert_eq!(locations[0]["namedStreet"]["toCrossing"], 2);
    assert!(locations[1]["namedStreet"]["toCoordinates"].is_array(), "{}", locations[1]);
    assert!(locations[2]["namedStreet"]["geometry"].as_str().unwrap().contains("MultiLineString"));
    assert_eq!(locations[3]["numberedRoad"].get("storageAreaUuid"), None);
    assert!(locations[4]["numberedRoad"]["storageAreaUuid"].is_string());
    assert_eq!(locations[6]["wholeCity"]["exceptions"][0]["namedStreet"]["roadName"], "Rue Haute");
    assert_eq!(locations[7]["zone"]["geometry"], SQUARE);

    client.put("/api/regulations", &sent_back(&read)).await.expect(200);
    let after = client.get("/api/regulations/A1").await.expect(200);
    assert_eq!(after.value(), read);
    assert_eq!(after.header("etag"), before.header("etag"), "nothing was written");
}

#[tokio::test]
async fn waiting_area_that_is_none_is_refused_on_its_field() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "draft");
    body["measures"][0]["locations"] = json!([places(&app).await[4]]);
    let area = "/measures/0/locations/0/nationalRoad/storageAreaUuid";
    for (value, path, code) in [
        ("ailleurs", "measures[0].locations[0].nationalRoad.storageAreaUuid", "malformed"),
        ("019b0000-0000-7000-8000-000000000009", "locations[0].nationalRoad.storageAreaUuid", "not_a_choice"),
    ] {
        *body.pointer_mut(area).unwrap() = json!(value);
        let told = client.post("/api/regulations", &body).await.problem(422, "validation_failed").violations.unwrap();
        assert_eq!((told[0].property_path.as_str(), told[0].code.as_str()), (path, code));
    }
    *body.pointer_mut(area).unwrap() = json!("");
    client.post("/api/regulations", &body).await.expect(201);
}

#[tokio::test]
async fn permanent_order_is_sent_back_too() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "published");
    body["category"] = json!("permanentRegulation");
    body["measures"][0]["periods"] = json!([
        { "startDateTime": "2031-01-10T08:30:00Z", "recurrenceType": "certainDays", "isPermanent": true,
          "dailyRange": { "applicableDays": ["friday", "monday"] } },
    ]);
    client.post("/api/regulations", &body).await.expect(201);
    let before = read(&client, "A1").await;
    let period = &before["measures"][0]["periods"][0];
    assert_eq!(period["startDateTime"], "2031-01-10T08:30:00+00:00");
    assert_eq!((&period["endDateTime"], &period["isPermanent"]), (&Value::Null, &json!(true)));
    assert_eq!(period["dailyRange"]["applicableDays"], json!(["monday", "friday"]));
    client.put("/api/regulations", &sent_back(&before)).await.expect(200);
    assert_eq!(read(&client, "A1").await, before);
}

#[tokio::test]
async fn worked_creation_without_geocoder_reads_as_the_contract_says() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let body = json!({ "identifier": "T2031/7", "status": "draft", "category": "permanentRegulation",
        "title": "Stationnement interdit", "measures": [{ "type": "parkingProhibited",
            "periods": [{ "startDate": "2031-01-10T00:00:00Z", "recurrenceType": "everyDay", "isPermanent": true }],
            "locations": [{ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Parvis",
                "geometry": "{\"type\":\"LineString\",\"coordinates\":[[2.18,47.56],[2.181,47.56]]}" } }] }] });
    let created = client.post("/api/regulations", &body).await.expect(201).value();
    assert_eq!(created.as_object().unwrap().keys().collect::<Vec<_>>(), ["uuid"]);
    let order = read(&client, "T2031/7").await;
    assert_eq!((&order["startDate"], &order["endDate"]), (&json!("2031-01-10T00:00:00+00:00"), &Value::Null));
    let measure = &order["measures"][0];
    assert_eq!(measure["periods"][0]["endDateTime"], Value::Null);
    for list in ["restrictedTypes", "exemptedTypes", "maxCharacteristics"] {
        assert_eq!(measure["vehicleSet"][list], json!([]));
    }
    assert!(measure["locations"][0]["geometry"].is_string());
    assert_eq!(measure["locations"][0]["rawGeoJSON"], json!({ "label": "Parvis" }));
}

#[tokio::test]
async fn worked_periods_and_vehicles_read_as_the_contract_says() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for (start_date, expected) in
        [("2031-01-10T00:00:00Z", "2031-01-10T08:30:00+00:00"), ("2031-01-10T23:30:00Z", "2031-01-11T08:30:00+00:00")]
    {
        let identifier = expected;
        let mut body = rich();
        body["identifier"] = json!(identifier);
        body["measures"][0]["periods"] = json!([{ "startDate": start_date, "startTime": "2031-01-10T08:30:00Z",
            "endDate": "2031-02-01T00:00:00Z", "endTime": "2031-02-01T17:00:00Z", "recurrenceType": "everyDay" }]);
        client.post("/api/regulations", &body).await.expect(201);
        let order = read(&client, &identifier.replace('+', "%2B")).await;
        assert_eq!(order["measures"][0]["periods"][0]["startDateTime"], expected);
        let vehicles = &order["measures"][0]["vehicleSet"];
        assert_eq!(
            vehicles["restrictedTypes"],
            json!([{ "name": "hazardousMaterials" }, { "name": "Convois", "isOther": true }, { "name": "critair4" }])
        );
        assert_eq!(
            vehicles["maxCharacteristics"],
            json!([{ "name": "weight", "value": 3.5 }, { "name": "height", "value": 2.4 }])
        );
    }
}
