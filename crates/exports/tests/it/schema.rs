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

use crate::support::{config, export, legacy};

/// Orders in one document.
const PER_DOCUMENT: usize = 500;
/// How often a failing order is made smaller.
const SHRINKS: usize = 300;

const EXTENDED: &str = "DATEXII_3_D2Payload.xsd";
const STANDARD: &str = "standard-v3.3/DATEXII_3_D2Payload.xsd";

/// Random orders per run.
fn order_count() -> usize {
    config(1000).cases as usize
}

/// Fails when a document of these fragments is not valid; skipped by name without schemas.
pub fn validate(test: &str, fragments: &[String]) {
    let Some(folder) = schemas(test) else { return };
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    for (index, fragments) in fragments.chunks(PER_DOCUMENT).enumerate() {
        let document = datex::document(now, fragments.iter().map(String::as_str));
        let complaints = complaints(&folder.join(EXTENDED), &document, &format!("{}-{index}", &test[..5]));
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

/// How orders are written: every state of each in the current layout, or the old one.
type Layout = fn(&PublishedOrder) -> Vec<String>;

fn current(order: &PublishedOrder) -> Vec<String> {
    export(order).value.into_iter().map(|fragment| fragment.body).collect()
}

fn old(order: &PublishedOrder) -> Vec<String> {
    legacy(order).value.into_iter().collect()
}

/// One document per state: a document holds each order once.
fn documents(orders: &[PublishedOrder], layout: Layout) -> Vec<String> {
    let bodies: Vec<Vec<String>> = orders.iter().map(layout).collect();
    let states = bodies.iter().map(Vec::len).max().unwrap_or_default();
    let of_state = |state| {
        let bodies = bodies.iter().filter_map(|bodies: &Vec<String>| bodies.get(state));
        datex::document(orders[0].published_at, bodies.map(String::as_str))
    };
    (0..states).map(of_state).collect()
}

/// Fails with the smallest order that is not valid in a layout, among `count` random ones that `is_meant` lets through.
fn assert_valid(test: &str, schema: &str, layout: Layout, is_meant: fn(&PublishedOrder) -> bool) {
    let Some(folder) = schemas(test) else { return };
    let schema = folder.join(schema);
    let name = test.chars().filter(char::is_ascii_alphabetic).take(60).collect::<String>();
    let complaints_of = |orders: &[PublishedOrder]| {
        let documents = documents(orders, layout);
        documents.iter().map(|document| complaints(&schema, document, &name)).find(|complaints| !complaints.is_empty())
    };
    let (mut runner, strategy) = (TestRunner::deterministic(), arbitrary::published_order());
    let (count, mut meant) = (order_count(), 0);
    for start in (0..count).step_by(PER_DOCUMENT) {
        let size = PER_DOCUMENT.min(count - start);
        let trees: Vec<_> = (0..size).map(|_| strategy.new_tree(&mut runner).expect("an order")).collect();
        let orders: Vec<_> = trees.iter().map(ValueTree::current).filter(is_meant).collect();
        meant += orders.len();
        let Some(all) = complaints_of(&orders) else { continue };
        let is_bad = |order: PublishedOrder| is_meant(&order) && complaints_of(&[order]).is_some();
        let bad = trees.into_iter().find(|tree| is_bad(tree.current()));
        let smallest = bad.map(|tree| smallest(tree, is_bad)).unwrap_or_else(|| panic!("only together: {all}"));
        panic!("{:?}\n{smallest:#?}\n{:#?}", complaints_of(std::slice::from_ref(&smallest)), layout(&smallest));
    }
    assert!(meant > count / 20, "{meant} orders of {count}");
}

/// The smallest order that is still bad.
fn smallest<T: Clone>(mut tree: impl ValueTree<Value = T>, is_bad: impl Fn(T) -> bool) -> T {
    let mut smallest = tree.current();
    for _ in 0..SHRINKS {
        let changed = if is_bad(tree.current()) {
            smallest = tree.current();
            tree.simplify()
        } else {
            tree.complicate()
        };
        if !changed {
            break;
        }
    }
    smallest
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
    let name = "random_orders_are_valid_against_the_extended_schemas_in_every_state";
    assert_valid(name, EXTENDED, current, |order| {
        assert_eq!(dialog_domain::rules::publication(&order.content), [], "every random order can be published");
        assert!(!export(order).value.is_empty(), "every random order is exported");
        true
    });
}

#[test]
fn random_orders_without_vehicles_in_words_are_valid_against_the_standard_schemas_too() {
    let name = "random_orders_without_vehicles_in_words_are_valid_against_the_standard_schemas_too";
    assert_valid(name, STANDARD, current, |order| !speaks_in_words(order));
}

#[test]
fn random_orders_are_valid_in_the_old_layout_or_reported_as_left_out() {
    let name = "random_orders_are_valid_in_the_old_layout_or_reported_as_left_out";
    assert_valid(name, EXTENDED, old, |order| {
        let exported = legacy(order);
        assert!(exported.value.is_some() || !exported.losses.is_empty(), "left out without a word");
        exported.value.is_some()
    });
}

#[test]
fn smallest_failing_order_is_found() {
    let (mut runner, strategy) = (TestRunner::deterministic(), arbitrary::published_order());
    let is_bad = |order: PublishedOrder| order.content.measures.iter().any(|one| one.max_speed_kmh.is_some());
    let mut trees = (0..100).map(|_| strategy.new_tree(&mut runner).expect("an order"));
    let tree = trees.find(|tree| is_bad(tree.current())).expect("one with a speed");
    let before = tree.current().content.measures[0].locations.len();
    let smallest = smallest(tree, is_bad);
    assert!(is_bad(smallest.clone()) && smallest.content.measures[0].locations.len() <= before);
    assert_eq!(smallest.content.measures.len(), 1, "{smallest:#?}");
}

#[test]
fn publication_without_order_is_valid() {
    let Some(folder) = schemas("publication_without_order_is_valid") else { return };
    let now = "2026-12-01T00:00:00Z".parse().expect("a date-time");
    for document in [datex::empty(now), datex::document(now, []), datex::legacy::empty(now)] {
        for schema in [EXTENDED, STANDARD] {
            let complaints = complaints(&folder.join(schema), &document, "empty");
            assert!(complaints.is_empty(), "{complaints}");
        }
    }
}

#[test]
fn broken_publication_is_refused() {
    let Some(folder) = schemas("broken_publication_is_refused") else { return };
    let empty_container = datex::opening("2026-12-01T00:00:00Z".parse().expect("a date-time")) + datex::closing();
    let complaints = complaints(&folder.join(EXTENDED), &empty_container, "broken");
    assert!(complaints.contains("trafficRegulationsFromCompetentAuthorities"), "{complaints}");
}

#[test]
fn reference_cases_are_valid() {
    let Some(folder) = schemas("reference_cases_are_valid") else { return };
    for (index, document) in crate::golden::documents().into_iter().enumerate() {
        let complaints = complaints(&folder.join(EXTENDED), &document, &format!("golden-{index}"));
        assert!(complaints.is_empty(), "{complaints}\n{document}");
    }
}

#[test]
fn hostile_base_url_stays_well_formed() {
    let mut runner = TestRunner::deterministic();
    let order = arbitrary::published_order().new_tree(&mut runner).expect("an order").current();
    let context = dialog_exports::FeedContext { base_url: "https://x\"<&\u{0}".to_owned() };
    let fragments = datex::fragments(&order, &context).value;
    let document = datex::document(order.published_at, fragments.iter().take(1).map(|fragment| fragment.body.as_str()));
    roxmltree::Document::parse(&document).expect("well-formed");
}
