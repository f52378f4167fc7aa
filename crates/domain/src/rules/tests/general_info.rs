use super::*;

fn check(input: Value) -> Result<GeneralInfo, Vec<Violation>> {
    general_info(&serde_json::from_value(input).unwrap())
}

fn valid(changes: Value) -> Value {
    merged(json!({"identifier": "F01/2026", "category": "temporaryRegulation", "title": "Marché de Noël"}), changes)
}

#[test]
fn the_least_general_information_is_accepted() {
    let info = check(valid(json!({}))).unwrap();
    assert_eq!(info.identifier, "F01/2026");
    assert_eq!(info.category, OrderCategory::TemporaryRegulation);
    assert_eq!(info.subject, None);
}

// 25.
#[test]
fn lengths_count_characters() {
    let long = valid(json!({
        "identifier": "é".repeat(61), "title": "é".repeat(256),
        "subject": "other", "otherCategoryText": "é".repeat(101),
    }));
    assert_eq!(
        broken(check(long)),
        ["identifier: too_long max=60", "otherCategoryText: too_long max=100", "title: too_long max=255"]
    );
    let longest = valid(json!({
        "identifier": "é".repeat(60), "title": "é".repeat(255),
        "subject": "other", "otherCategoryText": "é".repeat(100),
    }));
    assert!(check(longest).is_ok());
}

// 26.
#[test]
fn an_empty_form_names_every_required_field() {
    assert_eq!(
        broken(check(json!({"category": ""}))),
        ["identifier: required", "category: required", "title: required"]
    );
}

#[test]
fn blanks_are_nothing_and_are_trimmed() {
    assert_eq!(
        broken(check(valid(json!({"identifier": "  ", "title": "\t"})))),
        ["identifier: required", "title: required"]
    );
    assert_eq!(check(valid(json!({"identifier": " F01/2026 "}))).unwrap().identifier, "F01/2026");
}

// 27.
#[test]
fn another_subject_needs_its_text() {
    assert_eq!(broken(check(valid(json!({"subject": "other"})))), ["otherCategoryText: required"]);
    let info = check(valid(json!({"subject": "other", "otherCategoryText": "Tournage"}))).unwrap();
    assert_eq!(info.other_category_text.as_deref(), Some("Tournage"));
}

// 28.
#[test]
fn the_text_of_another_subject_is_dropped_with_a_known_one() {
    let info = check(valid(json!({"subject": "event", "otherCategoryText": "Tournage"}))).unwrap();
    assert_eq!(info.subject, Some(Subject::Event));
    assert_eq!(info.other_category_text, None);
    // Its length is checked all the same.
    let long = valid(json!({"subject": "event", "otherCategoryText": "x".repeat(101)}));
    assert_eq!(broken(check(long)), ["otherCategoryText: too_long max=100"]);
}

#[test]
fn unknown_words_are_refused() {
    assert_eq!(
        broken(check(valid(json!({"category": "N/C", "subject": "holiday"})))),
        ["category: not_a_choice", "subject: not_a_choice"]
    );
}

// 11.
#[test]
fn identifiers_keep_slashes_and_accents() {
    assert_eq!(check(valid(json!({"identifier": "F2025/publié"}))).unwrap().identifier, "F2025/publié");
}

// 29.
#[test]
fn an_integrator_is_told_about_measures_first() {
    let check = |changes: Value, sent_empty| {
        let base = json!({"identifier": "", "category": "invalid", "subject": "other", "title": ""});
        let mut input: OrderInput = serde_json::from_value(merged(base, changes)).unwrap();
        input.measures_sent_empty = sent_empty;
        with_context(Face::Integrator, |context| order(&input, context))
    };
    let general = ["identifier: required", "category: not_a_choice", "otherCategoryText: required", "title: required"];
    assert_eq!(broken(check(json!({}), false)), [["measures: required"].as_slice(), &general].concat());
    let empty = ["measures: required", "measures: too_few_items min=1"];
    assert_eq!(broken(check(json!({}), true)), [empty.as_slice(), &general].concat());
    assert!(broken(check(json!({"category": ""}), false)).contains(&"category: not_a_choice".to_owned()));
}

#[test]
fn a_draft_on_screen_may_have_no_measure() {
    let input: OrderInput = serde_json::from_value(valid(json!({}))).unwrap();
    let (info, content) = with_context(Face::Form, |context| order(&input, context)).unwrap();
    assert_eq!(content.title, info.title);
    assert!(content.measures.is_empty());
}

#[test]
fn the_measures_of_an_order_are_checked_below_their_index() {
    let input: OrderInput = serde_json::from_value(valid(json!({
        "title": "", "measures": [measure_with(json!({})), measure_with(json!({"periods": []}))],
    })))
    .unwrap();
    for face in FACES {
        assert_eq!(
            broken(with_context(face, |context| order(&input, context))),
            ["title: required", "measures[1].periods: no_period"]
        );
    }
}
