//! The OpenAPI document and the page that shows it.

use std::path::Path;

use dialog_test_support::TestApp;
use serde_json::Value;

#[test]
fn the_checked_in_document_is_what_the_handlers_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/openapi.json");
    let known = std::fs::read_to_string(&file).unwrap();
    // Not assert_eq: the two texts are long.
    assert!(known == dialog_api::openapi::json().unwrap(), "openapi/openapi.json has drifted: run `make openapi`");
}

#[test]
fn every_operation_says_who_may_call_it_and_what_an_error_looks_like() {
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    let schemes = document["components"]["securitySchemes"].as_object().unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{method} {path}");
            let security = operation["security"].as_array().unwrap_or_else(|| panic!("{name} has no security"));
            for scheme in security.iter().flat_map(|requirement| requirement.as_object().unwrap().keys()) {
                assert!(schemes.contains_key(scheme), "{name}: {scheme}");
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("429") && responses.contains_key("default"), "{name}");
            assert!(operation["operationId"].is_string() && operation["tags"][0].is_string(), "{name}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|value| references(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn the_page_and_its_assets_come_from_us() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let page = caller.get("/api/doc").await.expect(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let text = page.text();
    let assets: Vec<&str> = text.split('"').filter(|part| part.starts_with("/api/doc/")).collect();
    assert!(assets.len() >= 4 && !text.contains("//cdn"), "{text}");
    for asset in assets {
        assert!(!caller.get(asset).await.expect(200).body.is_empty(), "{asset}");
    }
    assert!(caller.get("/api/doc/swagger-initializer.js").await.text().contains("/api/doc.json"));
    caller.get("/api/doc/none.js").await.problem(404, "not_found");
}

#[tokio::test]
async fn the_served_document_is_the_checked_in_one_and_answers_conditional_requests() {
    let app = TestApp::start().await;
    let served = app.anonymous().get("/api/doc.json").await.expect(200);
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.text(), dialog_api::openapi::json().unwrap());
    let tag = served.header("etag").to_owned();
    app.anonymous().with_header("if-none-match", &tag).get("/api/doc.json").await.expect(304);
}
