//! Which methods each path answers, by the OpenAPI document.

use std::collections::BTreeSet;

use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

/// Paths that several templates of the document meet, or whose template leaves its extension free.
const OTHERS: [&str; 13] = [
    "/api/regulations.json",
    "/api/regulations/search",
    "/api/regulations/cifs",
    "/api/regulations/cifs.json",
    "/api/regulations/storage",
    "/api/regulations/a/b",
    "/api/regulations/a%2Fstorage",
    "/api/regulations//storage",
    "/api/regulations/publish/",
    "/api/regulations/publish/a/storage",
    "/api/regulations/repeal",
    "/api/regulations/repeal/a%2Fstorage",
    "/api/regulations/search/storage",
];

/// What describes the API, and is no part of it.
const OUTSIDE: [&str; 3] = ["/api/doc", "/api/doc.json", "/api/doc/index.css"];

/// Whether a path is one of a template; only an identifier may contain slashes.
fn is_of(template: &str, path: &str) -> bool {
    let Some((before, after)) = template.split_once('{') else { return template == path };
    let (name, after) = after.split_once('}').unwrap();
    let Some(path) = path.strip_prefix(before) else { return false };
    (1..=path.len()).filter(|end| path.is_char_boundary(*end)).any(|end| {
        let (value, rest) = path.split_at(end);
        (name == "identifier" || !value.contains('/')) && is_of(after, rest)
    })
}

/// The methods that the document has for a path. The extension of a feed of orders is free, and may be missing.
fn documented(document: &Value, path: &str) -> BTreeSet<String> {
    let path = path.replace("%2F", "/");
    let alike = match path.strip_prefix("/api/regulations") {
        Some("" | ".json") => "/api/regulations.xml",
        Some("/cifs" | "/cifs.json") => "/api/regulations/cifs.xml",
        _ => path.as_str(),
    };
    let paths = document["paths"].as_object().unwrap();
    let items = paths.iter().filter(|(template, _)| is_of(template, &path) || is_of(template, alike));
    let methods = items.flat_map(|(_, item)| item.as_object().unwrap().keys().map(|method| method.to_uppercase()));
    methods.collect()
}

/// The path of a template, about something that does not exist.
fn some_path(template: &str) -> String {
    let mut path = template.replace("{identifier}", "INCONNU").replace("{number}", "1");
    for (name, value) in [("{z}", "14"), ("{x}", "8291"), ("{y}", "5725"), ("{roadNumber}", "N7"), ("{roadBanId}", "x")]
    {
        path = path.replace(name, value);
    }
    for name in ["{uuid}", "{measure}", "{apiClientUuid}"] {
        path = path.replace(name, &Uuid::nil().to_string());
    }
    assert!(!path.contains('{'), "{path}: a parameter that this test does not know");
    path
}

async fn check(callers: [&TestCaller; 2], path: &str, mut expected: BTreeSet<String>) {
    if expected.contains("GET") {
        expected.insert("HEAD".to_owned());
    }
    let [anyone, member] = callers;
    for name in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        let method: Method = name.parse().unwrap();
        if expected.contains(name) {
            let answer = anyone.send(anyone.request(method, path)).await;
            assert_ne!(answer.status.as_u16(), 405, "{name} {path}");
            continue;
        }
        // Somebody known, because the session is judged first.
        let answer = member.send(member.request(method, path)).await;
        let allowed: BTreeSet<String> = answer.header("allow").split(", ").map(str::to_owned).collect();
        assert_eq!((answer.status.as_u16(), &allowed), (405, &expected), "{name} {path}");
        assert_eq!(answer.header("allow").split(", ").count(), expected.len(), "{path}: each of them once");
        if name != "HEAD" {
            answer.problem(405, "method_not_allowed");
        }
    }
}

#[tokio::test]
async fn every_path_takes_the_methods_of_the_document_and_says_them_for_any_other() {
    let app = TestApp::builder().variable("API_RATE_LIMIT", "1000000").start().await;
    let (anyone, member) = (app.anonymous(), app.member().await);
    let callers = [&anyone, &member];
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    for template in document["paths"].as_object().unwrap().keys() {
        let path = some_path(template);
        check(callers, &path, documented(&document, &path)).await;
    }
    for path in ["/api/regulations"].iter().chain(&OTHERS) {
        let methods = documented(&document, path);
        assert!(!methods.is_empty(), "{path}");
        check(callers, path, methods).await;
    }
    for path in OUTSIDE {
        check(callers, path, BTreeSet::from(["GET".to_owned()])).await;
    }
}

#[tokio::test]
async fn an_order_named_as_a_fixed_word_is_deleted_like_any_other() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for name in ["search", "cifs", "cifs.xml"] {
        crate::orders::bodies::create_by_client(&client, name, "published").await;
        client.delete(&format!("/api/regulations/{name}")).await.expect(204);
        client.delete(&format!("/api/regulations/{name}")).await.problem(404, "not_found");
    }
}
