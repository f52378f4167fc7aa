//! Every field of every JSON body, by the OpenAPI document: a value of a wrong type is told on its field.

use dialog_api::demo;
use dialog_api_types::problem::Problem;
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// A step from the whole body to a field.
#[derive(Clone, Debug)]
enum Step {
    Member(String),
    /// The first element of a list.
    First,
}

/// A field of a body, and values that it cannot take.
struct Field {
    steps: Vec<Step>,
    wrong: Vec<Value>,
}

impl Field {
    /// As violations name it.
    fn path(&self) -> String {
        self.steps.iter().fold(String::new(), |path, step| match step {
            Step::Member(name) if path.is_empty() => name.clone(),
            Step::Member(name) => format!("{path}.{name}"),
            Step::First => format!("{path}[0]"),
        })
    }

    /// A body with this field alone.
    fn body(&self, value: &Value) -> Value {
        self.steps.iter().rev().fold(value.clone(), |value, step| match step {
            Step::Member(name) => json!({ name: value }),
            Step::First => json!([value]),
        })
    }
}

/// The schema behind references, without what only allows for its absence.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(document, document.pointer(reference.strip_prefix('#').unwrap()).unwrap());
    }
    let alternatives = schema["oneOf"].as_array();
    match alternatives.and_then(|all| all.iter().find(|one| one["type"] != "null")) {
        Some(one) => resolved(document, one),
        None => schema,
    }
}

fn is_type(schema: &Value, name: &str) -> bool {
    schema["type"] == name || schema["type"].as_array().is_some_and(|names| names.contains(&json!(name)))
}

fn collect(document: &Value, schema: &Value, steps: &[Step], fields: &mut Vec<Field>) {
    let schema = resolved(document, schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        collect(document, part, steps, fields);
    }
    if let Some(wrong) = wrong_values(schema) {
        fields.push(Field { steps: steps.to_vec(), wrong: wrong.as_array().unwrap().clone() });
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        collect(document, member, &[steps, &[Step::Member(name.clone())]].concat(), fields);
    }
    if is_type(schema, "array") {
        collect(document, &schema["items"], &[steps, &[Step::First]].concat(), fields);
    }
}

/// What a field of this schema cannot be; `None` for one that is made of others.
fn wrong_values(schema: &Value) -> Option<Value> {
    Some(if is_type(schema, "object") {
        json!(["text", 7, [1]])
    } else if is_type(schema, "array") {
        json!(["text", 7, { "a": 1 }])
    } else if is_type(schema, "integer") {
        json!(["text", 1.5, [], {}, true])
    } else if is_type(schema, "number") {
        json!(["text", [], {}, true])
    } else if is_type(schema, "boolean") {
        json!(["yes", 1, [], {}])
    } else if is_type(schema, "string") && (schema["format"].is_string() || schema["enum"].is_array()) {
        json!(["no such value", 7, [], {}, true])
    } else if is_type(schema, "string") {
        json!([7, ["a"], { "a": 1 }, true])
    } else {
        // A geometry is a text or an object: what it is, is for the rules.
        return None;
    })
}

/// Whether a refusal names a field; in the contract what belongs to a measure is named within it.
fn names(refused: &Problem, path: &str) -> bool {
    refused.violations.iter().flatten().any(|one| {
        one.property_path == path
            || one.measure_index == Some(0) && path.strip_prefix("measures[0].") == Some(one.property_path.as_str())
    })
}

async fn refusal(caller: &TestCaller, method: &str, path: &str, body: &Value) -> (u16, Problem) {
    let request = caller.request(method.to_uppercase().parse::<Method>().unwrap(), path).header("If-Match", "\"1\"");
    let answer = caller.send(request.json(body)).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn a_value_of_a_wrong_type_is_told_on_its_field_by_every_operation() {
    let app = TestApp::builder().variable("API_RATE_LIMIT", "1000000").start().await;
    let (member, client) = (app.member().await, app.api_client());
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    let mut operations = 0;
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            // It tells parameters, in its own words: `nearby_streets_names_what_it_cannot_use`.
            if schema.is_null() || template == "/api/nearby-streets" {
                continue;
            }
            operations += 1;
            let path = template
                .replace("/organizations/{uuid}", &format!("/organizations/{}", demo::ORGANIZATION))
                .replace("{uuid}", &Uuid::nil().to_string())
                .replace("{measure}", &Uuid::nil().to_string())
                .replace("{identifier}", "A1");
            let caller = if path.starts_with("/api/regulations") { &client } else { &member };
            let mut fields = Vec::new();
            collect(&document, schema, &[], &mut fields);
            assert!(!fields.is_empty(), "{method} {path}");
            for field in &fields {
                for wrong in &field.wrong {
                    let body = field.body(wrong);
                    let (status, refused) = refusal(caller, method, &path, &body).await;
                    let said = format!("{method} {path} {body}: {status} {refused:?}");
                    assert_eq!(status, 422, "{said}");
                    assert!(names(&refused, &field.path()), "{} is not named: {said}", field.path());
                }
            }
        }
    }
    assert!(operations >= 11, "{operations} operations have a JSON body");
}

#[tokio::test]
async fn a_geometry_that_is_neither_text_nor_object_is_told_on_its_field() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for (road_type, section) in [
        ("rawGeoJSON", json!({ "label": "Parvis" })),
        ("zone", json!({ "label": "Centre" })),
        ("lane", json!({ "cityCode": "00001", "cityLabel": "Démoville", "roadName": "Rue Haute" })),
        ("departmentalRoad", json!({ "administrator": "Nièvre", "roadNumber": "D31" })),
    ] {
        let name = if road_type == "lane" { "namedStreet" } else { road_type };
        for wrong in [json!(7), json!(true), json!([1]), json!("text"), json!({ "type": "River" })] {
            let mut body = crate::orders::bodies::regulation("A1", "draft");
            let mut section = section.clone();
            section["geometry"] = wrong.clone();
            body["measures"][0]["locations"] = json!([{ "roadType": road_type, name: section }]);
            let (status, refused) = refusal(&client, "post", "/api/regulations", &body).await;
            let path = format!("measures[0].locations[0].{name}.geometry");
            assert!(status == 422 && names(&refused, &path), "{road_type} {wrong}: {status} {refused:?}");
        }
    }
}

#[tokio::test]
async fn nearby_streets_names_what_it_cannot_use() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let here = json!({ "type": "Point", "coordinates": [2.18, 47.56] });
    for (body, told) in [
        (json!("text"), "GeoJSON geometry required"),
        (json!({ "geometry": 7 }), "Invalid GeoJSON geometry"),
        (json!({ "geometry": { "type": "Point", "coordinates": "a" } }), "Invalid GeoJSON geometry"),
        (json!({ "geometry": here, "radius": "10" }), "Invalid \"radius\" parameter"),
        (json!({ "geometry": here, "radius": 1.5 }), "Invalid \"radius\" parameter"),
        (json!({ "geometry": here, "limit": [] }), "Invalid \"limit\" parameter"),
    ] {
        let refused = client.post("/api/nearby-streets", &body).await.problem(400, "invalid_parameter");
        assert_eq!(refused.error.as_deref(), Some(told), "{body}");
    }
}
