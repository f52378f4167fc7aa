//! In which order a request is judged, and that nothing is kept of what is refused.

use dialog_test_support::{TestApp, TestCaller, TestResponse};
use reqwest::Method;
use serde_json::{Value, json};

use crate::orders::bodies::{create_by_client, drawn, regulation};

async fn raw(client: &TestCaller, method: &str, media_type: &str, body: &str) -> TestResponse {
    let request = client.request(method.parse::<Method>().unwrap(), "/api/regulations");
    client.send(request.header("content-type", media_type).body(body.to_owned())).await
}

#[tokio::test]
async fn each_step_comes_before_the_next_one() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "published").await;
    let json = "application/json";
    let draft = |identifier: &str, change: &dyn Fn(&mut Value)| {
        let mut body = regulation(identifier, "draft");
        change(&mut body);
        body.to_string()
    };

    // 1 credentials, 2 media type, syntax, types, 3 status…
    raw(&app.anonymous(), "PUT", "text/plain", "{").await.problem(401, "unauthorized");
    raw(&client, "PUT", "text/plain", "{").await.problem(415, "unsupported_media_type");
    let syntax = raw(&client, "PUT", json, "{\"status\": 1").await.problem(400, "invalid_json");
    assert_eq!(syntax.detail, "Request payload contains invalid \"json\" data.");
    let wrong_type = draft("NONE", &|body| {
        body["status"] = Value::Null;
        body["title"] = json!(7);
    });
    let told = raw(&client, "PUT", json, &wrong_type).await.problem(422, "validation_failed");
    assert_eq!(told.violations.unwrap()[0].title, "Cette valeur doit être de type string.");
    let no_status = draft("NONE", &|body| body["status"] = Value::Null);
    let told = raw(&client, "PUT", json, &no_status).await.problem(422, "validation_failed").violations.unwrap();
    assert_eq!((told.len(), told[0].property_path.as_str()), (1, "status"));
    assert_eq!(told[0].title, "Cette valeur ne doit pas être nulle.");

    // …4 the order exists, 5 it is no draft any more, 6 general information and measures, 8 places.
    let untitled = |body: &mut Value| {
        body["title"] = json!("");
        body["measures"][0]["locations"][0]["namedStreet"]["roadName"] = json!("Rue Inconnue");
    };
    raw(&client, "PUT", json, &draft("NONE", &untitled)).await.problem(404, "not_found");
    raw(&client, "PUT", json, &draft("A1", &untitled)).await.problem(400, "business_rule");
    let published = |body: &mut Value| {
        untitled(body);
        body["status"] = json!("published");
    };
    raw(&client, "PUT", json, &draft("A1", &published)).await.problem(422, "validation_failed");
    let titled = |body: &mut Value| {
        published(body);
        body["title"] = json!("Titre");
    };
    raw(&client, "PUT", json, &draft("A1", &titled)).await.problem(400, "address_not_found");
    let kept = client.get("/api/regulations/A1").await.expect(200).value();
    assert_eq!((&kept["title"], &kept["publishedVersion"]), (&json!("Réfection de la chaussée"), &json!(1)));
}

#[tokio::test]
async fn every_measure_is_judged_at_once_and_says_which_it_is() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "draft");
    let measure = body["measures"][0].clone();
    let mut speed = measure.clone();
    speed["type"] = json!("speedLimitation");
    let mut heavy = measure.clone();
    heavy["vehicleSet"]["heavyweightMaxWeight"] = json!(45);
    heavy["periods"][0]["timeSlots"][0]["endTime"] = Value::Null;
    body["measures"] = json!([speed, measure, heavy]);
    let told = client.post("/api/regulations", &body).await.problem(422, "validation_failed").violations.unwrap();
    let told: Vec<_> = told.iter().map(|v| (v.measure_index, v.property_path.as_str(), v.title.as_str())).collect();
    assert_eq!(
        told,
        [
            (Some(0), "maxSpeed", "Cette valeur ne doit pas être vide."),
            (Some(2), "vehicleSet.heavyweightMaxWeight", "Cette valeur doit être inférieure ou égale à 44."),
            (Some(2), "periods[0].timeSlots[0].endTime", "Cette valeur ne doit pas être vide."),
        ]
    );

    // Places too: both measures are told, the first one in `detail`.
    let mut body = regulation("A1", "draft");
    let mut second = body["measures"][0].clone();
    body["measures"][0]["locations"][0]["namedStreet"]["toHouseNumber"] = json!("9999");
    second["locations"].as_array_mut().unwrap().push(drawn("Loin", "[[5.0,45.0],[5.001,45.0]]"));
    body["measures"].as_array_mut().unwrap().push(second);
    let told = client.post("/api/regulations", &body).await.problem(400, "address_not_found").violations.unwrap();
    let told: Vec<_> = told.iter().map(|v| (v.measure_index, v.property_path.as_str(), v.code.as_str())).collect();
    assert_eq!(
        told,
        [
            (Some(0), "locations[0].namedStreet.toHouseNumber", "unknown_house_number"),
            (Some(1), "locations[1].rawGeoJSON.geometry", "outside_perimeter"),
        ]
    );
    client.get("/api/regulations/A1").await.problem(404, "not_found");
}

#[tokio::test]
async fn what_was_a_failure_of_the_reference_is_a_mistake_on_its_field() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let road = |change: &dyn Fn(&mut Value)| {
        let mut road = json!({ "administrator": "Démoville", "roadNumber": "D31", "fromPointNumber": "1",
            "fromSide": "U", "toPointNumber": "2", "toSide": "U" });
        change(&mut road);
        json!({ "roadType": "departmentalRoad", "departmentalRoad": road })
    };
    let mut street = regulation("A1", "draft")["measures"][0]["locations"][0].clone();
    street["namedStreet"]["geometry"] = json!("{\"type\":\"LineString\",\"coordinates\":[[2.18]]}");
    for (location, path) in [
        (road(&|road| road["fromSide"] = Value::Null), "departmentalRoad.fromSide"),
        (road(&|road| road["toSide"] = json!("X")), "departmentalRoad.toSide"),
        (road(&|road| road["toPointNumber"] = json!("123456")), "departmentalRoad.toPointNumber"),
        (road(&|road| road["fromDepartmentCode"] = json!("971234")), "departmentalRoad.fromDepartmentCode"),
        (street, "namedStreet.geometry"),
    ] {
        let mut body = regulation("A1", "draft");
        body["measures"][0]["locations"] = json!([location]);
        let told = client.post("/api/regulations", &body).await.problem(422, "validation_failed");
        let told = told.violations.unwrap();
        assert_eq!(told[0].property_path, format!("locations[0].{path}"), "{told:?}");
    }
}
