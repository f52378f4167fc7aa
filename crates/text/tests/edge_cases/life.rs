//! §12.1: identifiers, duplicates, replacement and publication, as far as they are rules.

use super::*;
use dialog_domain::{OrderContent, diff, identifier, identity};

fn content(measures: Value) -> OrderContent {
    let input = json!({
        "identifier": "F01", "category": "temporaryRegulation", "title": "Essai", "measures": measures,
    });
    order(Face::Form, input).unwrap().1
}

fn parking() -> Value {
    json!({"type": "parkingProhibited", "periods": [period(json!({}))], "locations": [lane(json!({}))]})
}

fn no_entry() -> Value {
    merged(parking(), json!({"type": "noEntry"}))
}

#[test]
fn cases_8_and_9_duplicates_are_numbered_and_holes_stay() {
    let mut used = vec!["FO3/2023".to_owned()];
    let mut duplicate = |original: &str| {
        let identifier = identifier::duplicate(original, used.iter().map(String::as_str));
        used.push(identifier.clone());
        identifier
    };
    assert_eq!(duplicate("FO3/2023"), "FO3/2023-1");
    assert_eq!(duplicate("FO3/2023"), "FO3/2023-2");
    assert_eq!(duplicate("FO3/2023-1"), "FO3/2023-1-1");
    assert_eq!(identifier::duplicate("FO3/2023", ["FO3/2023", "FO3/2023-2"]), "FO3/2023-3");
}

#[test]
fn case_10_duplicate_without_measure_or_location() {
    let nothing = content(json!([]));
    assert_eq!(identity::duplicate(&nothing, &mut Uuid::now_v7), nothing);
    let mut nowhere = content(json!([parking()]));
    nowhere.measures[0].locations.clear();
    assert_eq!(identity::duplicate(&nowhere, &mut Uuid::now_v7).measures.len(), 1);
}

#[test]
fn case_12_publish_without_measure() {
    let violations = rules::publication(&content(json!([])));
    assert_eq!(on_screen(&violations), ["measures: Ajoutez au moins une mesure avant de publier."]);
}

#[test]
fn case_15_replacement_leaves_what_it_says_and_nothing_else() {
    let before = content(json!([no_entry(), parking()]));
    let mut after = content(json!([parking()]));
    identity::keep(&mut after, &before, &mut Uuid::now_v7);
    assert_eq!(after.measures.len(), 1);
    assert_eq!(after.measures[0].id, before.measures[1].id);
    let sentences = dialog_text::difference(&diff::difference(&before, &after));
    assert_eq!(sentences.len(), 1);
    assert!(sentences[0].starts_with("Mesure supprimée : circulation interdite "), "{sentences:?}");
}

#[test]
fn case_22_there_is_something_to_publish_after_a_change_only() {
    let public = content(json!([parking()]));
    assert!(diff::difference(&public, &public).is_empty());
    let mut changed = public.clone();
    changed.title.push('!');
    assert!(!diff::difference(&public, &changed).is_empty());
}
