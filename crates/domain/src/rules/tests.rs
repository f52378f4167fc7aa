//! The tables of the domain sheet (§6, §12) and of the API sheet (§7, §17), item by item. Numbers in comments are
//! those of the domain sheet §12.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

mod document;
mod general_info;
mod geometry;
mod location;
mod measure;
mod never;
mod period;
mod publication;
mod repeal;
mod vehicle;
mod wire;

/// The present of every test.
fn now() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

/// Runs `check` with a context that numbers what is new.
fn with_context<T>(face: Face, check: impl FnOnce(&mut Context<'_>) -> T) -> T {
    let mut next = 0;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    check(&mut Context { face, new_id: &mut new_id, now: now() })
}

fn check_measure(face: Face, input: Value) -> Result<Measure, Vec<Violation>> {
    let input: MeasureInput = serde_json::from_value(input).expect("the body of a measure");
    with_context(face, |context| measure(&input, context))
}

/// A measure that both faces accept, with some members replaced.
fn measure_with(changes: Value) -> Value {
    merged(
        json!({
            "type": "noEntry",
            "vehicleSet": {"allVehicles": true},
            "periods": [period_with(json!({}))],
            "locations": [{"roadType": "lane", "namedStreet": street_with(json!({}))}],
        }),
        changes,
    )
}

fn period_with(changes: Value) -> Value {
    merged(
        json!({
            "startDate": "2026-11-24", "startTime": "00:00", "endDate": "2026-12-23", "endTime": "23:59",
            "recurrenceType": "everyDay",
        }),
        changes,
    )
}

fn street_with(changes: Value) -> Value {
    merged(
        json!({
            "cityCode": "75104", "cityLabel": "Paris 4e Arrondissement",
            "roadBanId": "75104_8409", "roadName": "Rue des Rosiers",
        }),
        changes,
    )
}

/// `base` with the members of `changes`; null removes one.
fn merged(mut base: Value, changes: Value) -> Value {
    let members = base.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    base
}

/// Paths and codes of the broken rules, one line each, in order.
fn broken<T: std::fmt::Debug>(result: Result<T, Vec<Violation>>) -> Vec<String> {
    lines(&result.expect_err("some rule is broken"))
}

fn lines(violations: &[Violation]) -> Vec<String> {
    violations
        .iter()
        .map(|violation| {
            let code = serde_json::to_value(violation.code).unwrap();
            let parameters: String =
                violation.parameters.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            format!("{}: {}{parameters}", violation.path, code.as_str().unwrap())
        })
        .collect()
}

/// Both faces, for rules that they share.
const FACES: [Face; 2] = [Face::Form, Face::Integrator];
