//! Texts with the null character, which PostgreSQL does not keep: refused on their field or by the name of their parameter,
//! whatever the operation.

use dialog_api::demo;
use dialog_test_support::TestApp;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::orders::bodies::{RECORDS, create_by_client, publish_by_session};

/// A body with something in each of its texts.
fn order(is_wire: bool) -> Value {
    let polygon = r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.559],[2.182,47.561],[2.178,47.559]]]}"#;
    let line = r#"{"type":"LineString","coordinates":[[2.18,47.56],[2.181,47.56]]}"#;
    let street = |from: &str, to: &str| {
        json!({
            "cityCode": "00001", "cityLabel": "Démoville", "roadBanId": "x", "roadName": "Rue Haute", "direction": "BOTH",
            "fromPointType": from, "fromHouseNumber": "2", "fromRoadName": "Rue Basse", "fromRoadBanId": "y",
            "toPointType": to, "toHouseNumber": "20", "toRoadName": "Rue Basse", "toRoadBanId": "y",
        })
    };
    let road = json!({
        "administrator": "DIR Démonstration", "roadNumber": "N7", "fromPointNumber": "1", "fromSide": "U",
        "fromDepartmentCode": "58", "toPointNumber": "2", "toSide": "U", "toDepartmentCode": "58", "direction": "BOTH",
    });
    let exception = json!({ "roadType": "lane", "namedStreet": { "roadBanId": "x", "roadName": "Rue Haute" } });
    let drawing = json!({ "label": "Parvis", "geometry": line });
    let mut period = json!({
        "startDate": "2030-12-01", "startTime": "00:00", "endDate": "2030-12-30", "endTime": "23:59",
        "recurrenceType": "certainDays", "timeSlots": [{ "startTime": "07:00", "endTime": "10:00" }],
    });
    if is_wire {
        period["dailyRange"] = json!({ "recurrenceType": "certainDays", "applicableDays": ["monday"] });
    } else {
        period["applicableDays"] = json!(["monday"]);
    }
    let mut body = json!({
        "identifier": "A1", "category": "temporaryRegulation", "subject": "other", "otherCategoryText": "Tournage",
        "title": "Travaux",
        "measures": [{
            "type": "noEntry",
            "vehicleSet": {
                "allVehicles": false, "restrictedTypes": ["critair", "other"], "critairTypes": ["critair4"],
                "otherRestrictedTypeText": "Convois", "exemptedTypes": ["other"], "otherExemptedTypeText": "Riverains",
            },
            "periods": [period],
            "locations": [
                { "roadType": "lane", "namedStreet": street("houseNumber", "houseNumber") },
                { "roadType": "lane", "namedStreet": street("intersection", "intersection") },
                { "roadType": "departmentalRoad", "departmentalRoad": road },
                { "roadType": "nationalRoad", "nationalRoad": road },
                { "roadType": "rawGeoJSON", "rawGeoJSON": drawing },
                { "roadType": "wholeCity", "wholeCity": {
                    "cityCode": "00001", "cityLabel": "Démoville",
                    "exceptions": [exception, { "roadType": "rawGeoJSON", "rawGeoJSON": drawing }] } },
                { "roadType": "zone", "zone": { "label": "Centre", "geometry": polygon } },
            ],
        }],
    });
    if is_wire {
        body["status"] = json!("draft");
    }
    body
}

/// The places of the texts of a body, as JSON pointers.
fn texts(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(pointer.to_owned()),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(index, value)| texts(value, &format!("{pointer}/{index}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| texts(value, &format!("{pointer}/{name}"), found));
        }
        _ => {}
    }
}

/// The path of a place, as violations write it. A word of a list of words is told on the list.
fn path_of(pointer: &str) -> String {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let is_word = steps.last().is_some_and(|step| step.parse::<usize>().is_ok());
    let steps = &steps[..steps.len() - usize::from(is_word)];
    steps.iter().fold(String::new(), |path, step| match step.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) if path.is_empty() => (*step).to_owned(),
        Err(_) => format!("{path}.{step}"),
    })
}

/// What does not count where it stands: the other way to say a bound, and identifiers of streets in the contract.
fn is_unread(pointer: &str, is_wire: bool) -> bool {
    let unread = |name: &str| pointer.ends_with(name);
    let by_number = pointer.contains("/locations/0/") && (unread("fromRoadName") || unread("toRoadName"));
    let by_crossing = pointer.contains("/locations/1/") && unread("HouseNumber");
    let identifiers = unread("RoadBanId") && (is_wire || pointer.contains("/locations/0/"));
    by_number || by_crossing || identifiers || is_wire && unread("roadBanId")
}

#[tokio::test]
async fn a_null_character_is_told_on_its_field_by_every_operation_with_a_body() {
    let app = TestApp::builder().variable("API_RATE_LIMIT", "1000000").start().await;
    let (member, client) = (app.member().await, app.api_client());
    let nil = Uuid::nil();
    let (form, contract) = (order(false), order(true));
    let drawing = &form["measures"][0]["locations"][4];
    let repeal = json!({ "endDate": "2030-12-10", "endTime": "18:00", "reason": "Fin" });
    let key = json!({ "userUuid": nil, "scope": "read", "expiresAt": "2031-01-01T00:00:00Z" });
    let keys = format!("/api/app/organizations/{}/api-clients", demo::ORGANIZATION);
    let general = json!({ "identifier": "B1", "category": "temporaryRegulation", "title": "Travaux" });
    let draft = member.post(RECORDS, &general).await.expect(201).value();
    let record = format!("{RECORDS}/{}", draft["uuid"].as_str().unwrap());
    let published = publish_by_session(&member, "C1").await;
    create_by_client(&client, "A1", "published").await;
    create_by_client(&client, "D1", "draft").await;
    let mut replacement = contract.clone();
    replacement["identifier"] = json!("D1");
    for (method, path, body) in [
        (Method::POST, RECORDS.to_owned(), form.clone()),
        (Method::PATCH, record.clone(), general),
        (Method::POST, format!("{record}/measures"), form["measures"][0].clone()),
        (Method::POST, format!("{RECORDS}/{}/repeal", published.uuid), repeal.clone()),
        (Method::POST, keys, key),
        (Method::POST, "/api/login".to_owned(), json!({ "email": demo::CLERK })),
        (Method::POST, "/api/geo/location-geometry".to_owned(), drawing.clone()),
        (Method::POST, "/api/regulations".to_owned(), contract.clone()),
        (Method::PUT, "/api/regulations".to_owned(), replacement),
        (Method::PUT, "/api/regulations/repeal/A1".to_owned(), repeal),
    ] {
        let is_wire = path.starts_with("/api/regulations");
        let caller = if is_wire { &client } else { &member };
        let mut places = Vec::new();
        texts(&body, "", &mut places);
        for place in places.iter().filter(|place| !is_unread(place, is_wire)) {
            let mut body = body.clone();
            let text = body.pointer_mut(place).unwrap();
            *text = json!(format!("{}\u{0}", text.as_str().unwrap()));
            let mut request = caller.request(method.clone(), &path).json(&body);
            if !is_wire {
                let revision = if path.ends_with("/repeal") { published.revision } else { 1 };
                request = request.header("If-Match", format!("\"{revision}\""));
            }
            let answer = caller.send(request).await;
            let said = format!("{method} {path} {place}: {} {}", answer.status, answer.text());
            assert_eq!(answer.status.as_u16(), 422, "{said}");
            let refused = answer.problem(422, "validation_failed");
            let expected = path_of(place);
            let is_named = refused.violations.iter().flatten().any(|one| {
                one.property_path == expected
                    || one.property_path == format!("generalInfo.{expected}")
                    || expected.strip_prefix("measures[0].") == Some(one.property_path.as_str())
            });
            assert!(is_named, "{said}");
        }
    }
}

#[tokio::test]
async fn a_null_character_in_a_parameter_is_told_by_its_name() {
    let app = TestApp::builder().variable("API_RATE_LIMIT", "1000000").start().await;
    let (member, client) = (app.member().await, app.api_client());
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    for (template, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("get") else { continue };
        let caller = if template.starts_with("/api/app/") { &member } else { &client };
        let parameters: Vec<&Value> = operation["parameters"].as_array().into_iter().flatten().collect();
        let within = |part: &str| -> Vec<&str> {
            let found = parameters.iter().filter(|parameter| parameter["in"] == part);
            found.map(|parameter| parameter["name"].as_str().unwrap()).collect()
        };
        let is_text = |name: &str| {
            let schema = parameters.iter().find(|parameter| parameter["name"] == name).map(|found| &found["schema"]);
            schema.is_some_and(|schema| schema["type"] == "string")
        };
        let path = |null: Option<&str>| {
            within("path").iter().fold(template.clone(), |path, name| {
                let value = match *name {
                    name if Some(name) == null => "a%00b".to_owned(),
                    "z" | "x" | "y" | "number" => "1".to_owned(),
                    "roadNumber" => "N7".to_owned(),
                    "uuid" if path.contains("/organizations/") => demo::ORGANIZATION.to_string(),
                    "identifier" => "A1".to_owned(),
                    _ => Uuid::nil().to_string(),
                };
                path.replace(&format!("{{{name}}}"), &value)
            })
        };
        for name in within("query") {
            let answer = caller.get(&format!("{}?{name}=rue%00haute", path(None))).await;
            let said = format!("{template} {name}: {} {}", answer.status, answer.text());
            assert!(!answer.status.is_server_error(), "{said}");
            // Not every map reads all of its numbers, and the version of a tile is for caches alone. What is not an order is
            // told before its parameters are read.
            let is_unread = !is_text(name) || name == "v" || answer.status.as_u16() == 404;
            let is_named = answer.status.as_u16() == 400 && answer.value()["detail"].as_str().unwrap().contains(name);
            assert!(is_unread || is_named, "{said}");
        }
        for name in within("path") {
            let answer = caller.get(&path(Some(name))).await;
            let said = format!("{template} {name}: {} {}", answer.status, answer.text());
            let is_free = ["identifier", "roadBanId", "roadNumber"].contains(&name);
            assert!(answer.status.is_client_error(), "{said}");
            assert!(!is_free || answer.status.as_u16() == 400 && answer.text().contains(name), "{said}");
        }
    }
}
