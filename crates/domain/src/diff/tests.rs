use proptest::prelude::*;

use super::*;

pub(crate) mod contents;
mod mutations;

use contents::{content, shuffled};
use mutations::MUTATIONS;

/// The words of the changes: `title`, `measureChanged/periodAdded`.
fn words(difference: &Difference) -> Vec<String> {
    let value = serde_json::to_value(difference).unwrap();
    let mut words = Vec::new();
    for change in value["changes"].as_array().unwrap() {
        let word = change["type"].as_str().unwrap();
        match change["measure"]["changes"].as_array() {
            None => words.push(word.to_owned()),
            Some(changes) => {
                words.extend(changes.iter().map(|change| format!("{word}/{}", change["type"].as_str().unwrap())));
            }
        }
    }
    words
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(content in content()) {
        prop_assert!(difference(&content, &content).is_empty());
    }

    #[test]
    fn order_of_elements_means_nothing(content in content(), seed in any::<u64>()) {
        let other = shuffled(&content, seed);
        prop_assert_eq!(words(&difference(&content, &other)), Vec::<String>::new());
    }

    #[test]
    fn when_a_measure_was_written_means_nothing(content in content()) {
        let mut other = content.clone();
        for measure in &mut other.measures {
            measure.created_at += chrono::TimeDelta::days(1);
        }
        prop_assert!(difference(&content, &other).is_empty());
    }

    #[test]
    fn each_change_is_found_and_nothing_else(content in content(), seed in any::<u64>(), at in any::<prop::sample::Index>()) {
        for (word, mutate) in MUTATIONS {
            let mut other = content.clone();
            if mutate(&mut other, at).is_some() {
                let other = shuffled(&other, seed);
                prop_assert_eq!(words(&difference(&content, &other)), vec![(*word).to_owned()]);
                prop_assert_eq!(words(&difference(&other, &content)), vec![mutations::opposite(word)]);
            }
        }
    }

    #[test]
    fn several_changes_are_all_found(
        content in content(),
        picked in prop::sample::subsequence(MUTATIONS.to_vec(), 1..6),
        at in any::<prop::sample::Index>(),
    ) {
        let mut other = content.clone();
        // What is added or removed would hide what changed inside it.
        let inside = picked.iter().filter(|(word, _)| !word.contains("Added") && !word.contains("Removed"));
        let mut expected: Vec<&str> =
            inside.filter_map(|(word, mutate)| mutate(&mut other, at).map(|()| *word)).collect();
        expected.sort_unstable();
        expected.dedup();
        let mut found = words(&difference(&content, &other));
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn difference_comes_back_from_json(content in content(), at in any::<prop::sample::Index>()) {
        for (_, mutate) in MUTATIONS {
            let mut other = content.clone();
            let _ = mutate(&mut other, at);
            let difference = difference(&content, &other);
            let text = serde_json::to_string(&difference).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Difference>(&text).unwrap(), &difference);
        }
    }
}

#[test]
fn both_sides_of_a_change_are_told() {
    let old = contents::sample();
    let mut new = old.clone();
    new.title = "Travaux de voirie".into();
    new.measures[0].max_speed_kmh = Some(30);
    new.measures[0].periods[0].end = None;
    let json = serde_json::to_value(difference(&old, &new)).unwrap();
    assert_eq!(json["changes"][0], serde_json::json!({"type": "title", "old": old.title, "new": "Travaux de voirie"}));
    let measure = &json["changes"][1]["measure"];
    assert_eq!(measure["id"], serde_json::json!(old.measures[0].id));
    assert_eq!(measure["maxSpeedKmh"], 30);
    assert_eq!(measure["changes"][0]["old"], serde_json::Value::Null);
    assert_eq!(measure["changes"][0]["new"], 30);
    assert_eq!(measure["changes"][1]["old"], serde_json::to_value(&old.measures[0].periods[0]).unwrap());
    assert_eq!(measure["changes"][1]["new"]["end"], serde_json::Value::Null);
}

#[test]
fn measure_that_looks_like_another_is_told_by_its_place() {
    let old = contents::sample();
    let mut new = old.clone();
    let place = |difference: &Difference| match difference.changes.first() {
        Some(Change::MeasureChanged { measure }) => measure.place,
        other => panic!("{other:?}"),
    };
    new.measures[1].periods.clear();
    assert_eq!(place(&difference(&old, &new)), None);
    new.measures[0].kind = new.measures[1].kind;
    new.measures[0].max_speed_kmh = new.measures[1].max_speed_kmh;
    assert_eq!(place(&difference(&old, &new)), Some(1));
}
