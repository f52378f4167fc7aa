//! Documents against the schemas of the shared folder.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use dialog_domain::{ExemptedVehicles, RestrictedVehicles};
use dialog_exports::{PublishedOrder, arbitrary, datex};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use crate::support::{config, export};

/// Orders in one document.
const PER_DOCUMENT: usize = 500;

/// Random orders per run.
fn order_count() -> usize {
    config(300).cases as usize
}

/// Fails when a document of these fragments is not valid; skipped by name without schemas.
pub fn validate(test: &str, fragments: &[String]) {
    let Some(folder) = schemas(test) else { return };
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    for (index, fragments) in fragments.chunks(PER_DOCUMENT).enumerate() {
        let document = datex::document(now, fragments.iter().map(String::as_str));
        let complaints =
            complaints(&folder.join("DATEXII_3_D2Payload.xsd"), &document, &format!("{}-{index}", &test[..5]));
        assert!(complaints.is_empty(), "{complaints}");
    }
}

/// The folder of the schemas, when there is one and `xmllint` to use it.
pub fn schemas(test: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("DIALOG_SHARED_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("schemas/datex2");
    let skipped = if !folder.is_dir() {
        format!("no schemas in {}", folder.display())
    } else if Command::new("xmllint").arg("--version").output().is_err() {
        "xmllint is not installed".to_owned()
    } else {
        return Some(folder);
    };
    println!("skipped: {test}: {skipped}");
    None
}

/// What `xmllint` says of a document; empty when it is valid.
pub fn complaints(schema: &Path, document: &str, name: &str) -> String {
    let file = tempfile(name);
    std::fs::write(&file, document).expect("a file to validate");
    let output = Command::new("xmllint")
        .args(["--noout", "--huge", "--schema"])
        .arg(schema)
        .arg(&file)
        .output()
        .expect("xmllint runs");
    std::fs::remove_file(&file).expect("the file is there");
    if output.status.success() { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() }
}

fn tempfile(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("dialog-exports-{}-{name}.xml", std::process::id()))
}

fn random_orders(count: usize) -> Vec<PublishedOrder> {
    let mut runner = TestRunner::deterministic();
    let strategy = arbitrary::published_order();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("an order").current()).collect()
}

/// Every state of every order; a document holds each order once.
fn documents(orders: &[PublishedOrder]) -> Vec<String> {
    let of_some = |orders: &[PublishedOrder]| {
        let fragments: Vec<_> = orders.iter().map(|order| export(order).value).collect();
        [0, 1, 2].map(|state| {
            let bodies = fragments.iter().filter_map(|fragments| fragments.get(state));
            datex::document(orders[0].published_at, bodies.map(|fragment| fragment.body.as_str()))
        })
    };
    orders.chunks(PER_DOCUMENT).flat_map(of_some).collect()
}

fn speaks_in_words(order: &PublishedOrder) -> bool {
    order.content.measures.iter().any(|measure| {
        let set = &measure.vehicle_set;
        set.restricted.iter().any(|restricted| matches!(restricted, RestrictedVehicles::Other { .. }))
            || set.exempted.iter().any(|exempted| matches!(exempted, ExemptedVehicles::Other { .. }))
    })
}

#[test]
fn random_orders_are_valid_against_the_extended_schemas_in_every_state() {
    let Some(folder) = schemas("random_orders_are_valid_against_the_extended_schemas_in_every_state") else { return };
    let orders = random_orders(order_count());
    for order in &orders {
        assert_eq!(dialog_domain::rules::publication(&order.content), [], "every random order can be published");
        assert!(!export(order).value.is_empty(), "every random order is exported");
    }
    for (state, document) in documents(&orders).iter().enumerate() {
        let complaints = complaints(&folder.join("DATEXII_3_D2Payload.xsd"), document, &format!("extended-{state}"));
        assert!(complaints.is_empty(), "{complaints}");
    }
}

#[test]
fn random_orders_without_vehicles_in_words_are_valid_against_the_standard_schemas_too() {
    let name = "random_orders_without_vehicles_in_words_are_valid_against_the_standard_schemas_too";
    let Some(folder) = schemas(name) else { return };
    let count = order_count();
    let orders: Vec<_> = random_orders(count).into_iter().filter(|order| !speaks_in_words(order)).collect();
    assert!(orders.len() > count / 20, "{} orders", orders.len());
    for (state, document) in documents(&orders).iter().enumerate() {
        let schema = folder.join("standard-v3.3/DATEXII_3_D2Payload.xsd");
        let complaints = complaints(&schema, document, &format!("standard-{state}"));
        assert!(complaints.is_empty(), "{complaints}");
    }
}

#[test]
fn publication_without_order_is_valid() {
    let Some(folder) = schemas("publication_without_order_is_valid") else { return };
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    for document in [datex::empty(now), datex::document(now, [])] {
        for schema in ["DATEXII_3_D2Payload.xsd", "standard-v3.3/DATEXII_3_D2Payload.xsd"] {
            let complaints = complaints(&folder.join(schema), &document, "empty");
            assert!(complaints.is_empty(), "{complaints}");
        }
    }
}

#[test]
fn broken_publication_is_refused() {
    let Some(folder) = schemas("broken_publication_is_refused") else { return };
    let empty_container = datex::opening("2026-12-01T00:00:00Z".parse().expect("a date-time")) + datex::closing();
    let complaints = complaints(&folder.join("DATEXII_3_D2Payload.xsd"), &empty_container, "broken");
    assert!(complaints.contains("trafficRegulationsFromCompetentAuthorities"), "{complaints}");
}

#[test]
fn reference_cases_are_valid() {
    let Some(folder) = schemas("reference_cases_are_valid") else { return };
    for (index, document) in crate::golden::documents().into_iter().enumerate() {
        let complaints = complaints(&folder.join("DATEXII_3_D2Payload.xsd"), &document, &format!("golden-{index}"));
        assert!(complaints.is_empty(), "{complaints}\n{document}");
    }
}

#[test]
fn hostile_base_url_stays_well_formed() {
    let order = &random_orders(1)[0];
    let context = dialog_exports::FeedContext { base_url: "https://x\"<&\u{0}".to_owned() };
    let fragments = datex::fragments(order, &context).value;
    let document = datex::document(order.published_at, fragments.iter().take(1).map(|fragment| fragment.body.as_str()));
    roxmltree::Document::parse(&document).expect("well-formed");
}
