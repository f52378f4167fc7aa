//! Who may call what: every operation of the OpenAPI document, called by everybody.

mod stage;
mod strangers;
mod table;

use std::collections::BTreeSet;

use dialog_test_support::TestResponse;
use serde_json::Value;

use stage::{Stage, Subject, tells_no_secret};
use table::{CALLERS, Row, STRANGERS, rows};

/// The operations of the document: method, path and the operation itself.
fn operations() -> Vec<(String, String, Value)> {
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            operations.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    operations
}

#[test]
fn every_operation_of_the_document_is_in_the_table_and_no_other() {
    let documented: BTreeSet<String> =
        operations().into_iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    let listed: BTreeSet<String> = rows().iter().map(Row::operation).collect();
    let missing: Vec<_> = documented.difference(&listed).collect();
    assert!(missing.is_empty(), "say in authorisation/table.rs who may call {missing:?}");
    let gone: Vec<_> = listed.difference(&documented).collect();
    assert!(gone.is_empty(), "no operation any more: {gone:?}");
}

#[tokio::test]
async fn every_operation_answers_everybody_what_the_table_says() {
    let mut stage = Stage::set().await;
    let mut wrong = Vec::new();
    for row in rows() {
        let mut subject: Option<Subject> = None;
        for (caller, expected) in CALLERS.into_iter().zip(row.expected) {
            if subject.is_none() && row.state != "any" {
                subject = Some(stage.subject(&row).await);
            }
            let answer = play(&mut stage, &row, caller, subject.as_ref()).await;
            let status = answer.status.as_u16();
            if !matches(expected, status) {
                wrong.push(format!("{} ({}) by {caller}: {status}, not {expected}", row.operation(), row.state));
            }
            if row.method != "GET" && answer.status.is_success() {
                // It changed: the next caller gets another one.
                subject = None;
            }
        }
        if ["/api/login", "/api/logout"].contains(&row.path()) {
            stage.enter().await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One call, and what holds whatever it answers.
async fn play(stage: &mut Stage, row: &Row, name: &str, subject: Option<&Subject>) -> TestResponse {
    let caller = stage.caller(name).clone();
    let path = stage.path(row, subject).await;
    let request = stage.request(&caller, row, &path, subject).await;
    let answer = caller.send(request).await;
    if let Some(subject) = subject {
        if STRANGERS.contains(&name) {
            let sent = format!("{} {path} {}", row.method, if row.method == "PUT" { &subject.identifier } else { "" });
            tells_no_secret(&answer, &sent, &subject.secrets);
        }
        if !answer.status.is_success() {
            assert_eq!(stage.revision(subject).await, Some(subject.revision), "{} by {name}", row.operation());
        }
    }
    if row.method == "GET" {
        let head = caller.send(stage.request(&caller, &Row { method: "HEAD", ..*row }, &path, subject).await).await;
        assert_eq!((head.status, head.body.len()), (answer.status, 0), "HEAD {path} by {name}");
    }
    answer
}

fn matches(expected: &str, status: u16) -> bool {
    if expected == "2xx" { (200..300).contains(&status) } else { expected == status.to_string() }
}

#[tokio::test]
async fn nothing_is_written_by_a_session_without_its_anti_forgery_token() {
    let mut stage = Stage::set().await;
    for row in rows() {
        let is_personal = row.path().starts_with("/api/app/") || row.path() == "/api/logout";
        if row.method == "GET" || !is_personal {
            continue;
        }
        let subject = if row.state == "any" { None } else { Some(stage.subject(&row).await) };
        let path = stage.path(&row, subject.as_ref()).await;
        for caller in [
            stage.caller("clerk").clone().without_header("x-csrf-token"),
            stage.caller("owner").clone().with_header("x-csrf-token", "0000"),
        ] {
            let request = stage.request(&caller, &row, &path, subject.as_ref()).await;
            caller.send(request).await.problem(403, "invalid_csrf_token");
        }
        if let Some(subject) = &subject {
            assert_eq!(stage.revision(subject).await, Some(subject.revision), "{}", row.operation());
        }
    }
}

#[tokio::test]
async fn edits_on_screen_say_which_revision_they_change() {
    let mut stage = Stage::set().await;
    let required: Vec<(String, String)> = operations()
        .into_iter()
        .filter(|(_, path, operation)| {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            path.starts_with("/api/app/")
                && parameters.iter().any(|parameter| parameter["name"] == "If-Match" && parameter["required"] == true)
        })
        .map(|(method, path, _)| (method, path))
        .collect();
    assert!(required.len() >= 9, "{required:?}");
    for row in rows() {
        if row.state != "draft" || !required.contains(&(row.method.to_owned(), row.path().to_owned())) {
            continue;
        }
        let subject = stage.subject(&row).await;
        let path = stage.path(&row, Some(&subject)).await;
        let clerk = stage.caller("clerk").clone();
        for (tag, status, code) in [
            (None, 428, "precondition_required"),
            (Some("\"999\""), 412, "stale_revision"),
            (Some("*"), 412, "stale_revision"),
        ] {
            let tag = tag.map(str::to_owned);
            let request = stage.request_on(&clerk, &row, &path, Some(&subject), tag).await;
            let problem = clerk.send(request).await.problem(status, code);
            assert_eq!(problem.current.is_some(), status == 412, "{}", row.operation());
        }
        assert_eq!(stage.revision(&subject).await, Some(subject.revision), "{}", row.operation());
    }
}
