//! The edge cases of the reference (domain sheet §12), by number, as far as rules and sentences go: what is typed or
//! sent, and what is answered, in the words of the contract for an integrator and in ours for a form.
//!
//! `docs/edge-cases.md` says where the others are: those that need PostgreSQL, HTTP or reference data.
//!
//! Deliberate differences are marked *ours*.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests fail like tests")]

mod general;
mod life;
mod locations;
mod periods;
mod table;
mod vehicles;

use dialog_domain::{
    LocationDescription, Measure, Violation,
    input::{MeasureInput, OrderInput},
    rules::{self, Context, Face, GeneralInfo, wire_path},
};
use serde_json::{Value, json};
use uuid::Uuid;

const FACES: [Face; 2] = [Face::Form, Face::Integrator];

const LINE: &str = r#"{"type":"LineString","coordinates":[[2.3580,48.8570],[2.3590,48.8572]]}"#;

const REQUIRED: &str = "Cette valeur ne doit pas être vide.";

fn with_context<T>(face: Face, rule: impl FnOnce(&mut Context<'_>) -> T) -> T {
    rule(&mut Context { face, new_id: &mut Uuid::now_v7, now: "2026-11-20T08:00:00Z".parse().unwrap() })
}

/// What an integrator reads: `propertyPath: title`.
fn on_the_wire(violations: &[Violation]) -> Vec<String> {
    let line =
        |violation: &Violation| format!("{}: {}", wire_path(&violation.path).0, dialog_text::contract_title(violation));
    violations.iter().map(line).collect()
}

/// What a clerk reads beside the fields of a form.
fn on_screen(violations: &[Violation]) -> Vec<String> {
    let line = |violation: &Violation| {
        format!("{}: {}", violation.path.trim_start_matches("measures[0]."), dialog_text::violation(violation))
    };
    violations.iter().map(line).collect()
}

fn told(face: Face, violations: &[Violation]) -> Vec<String> {
    match face {
        Face::Form => on_screen(violations),
        Face::Integrator => on_the_wire(violations),
    }
}

fn general(changes: Value) -> Result<GeneralInfo, Vec<Violation>> {
    let valid = json!({"identifier": "F01/2026", "category": "temporaryRegulation", "title": "Marché de Noël"});
    rules::general_info(&serde_json::from_value(merged(valid, changes)).unwrap())
}

fn order(face: Face, input: Value) -> Result<(GeneralInfo, dialog_domain::OrderContent), Vec<Violation>> {
    let input: OrderInput = serde_json::from_value(input).unwrap();
    with_context(face, |context| rules::order(&input, context))
}

/// A measure that both faces accept, with some members replaced.
fn measure(face: Face, changes: Value) -> Result<Measure, Vec<Violation>> {
    let valid = json!({
        "type": "noEntry",
        "vehicleSet": {"allVehicles": true},
        "periods": [period(json!({}))],
        "locations": [lane(json!({}))],
    });
    let input: MeasureInput = serde_json::from_value(merged(valid, changes)).unwrap();
    with_context(face, |context| rules::measure(&input, context))
        .map_err(|violations| violations.into_iter().map(|violation| violation.under("measures[0]")).collect())
}

fn period(changes: Value) -> Value {
    merged(
        json!({
            "startDate": "2026-11-24", "startTime": "00:00", "endDate": "2026-12-23", "endTime": "23:59",
            "recurrenceType": "everyDay",
        }),
        changes,
    )
}

fn lane(changes: Value) -> Value {
    let street = json!({
        "cityCode": "75104", "cityLabel": "Paris 4e Arrondissement",
        "roadBanId": "75104_8409", "roadName": "Rue des Rosiers",
    });
    json!({"roadType": "lane", "namedStreet": merged(street, changes)})
}

fn location(face: Face, location: Value) -> Result<LocationDescription, Vec<Violation>> {
    measure(face, json!({"locations": [location]})).map(|measure| measure.locations[0].asked.clone())
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
