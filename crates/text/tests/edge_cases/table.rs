//! The tables of the documentation that name tests, against the tests that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Numbers of the reference that are about orders.
fn ours() -> BTreeSet<u32> {
    (1..=96).chain(109..=112).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every function of a part of the project, named as the tables name it.
fn functions(part: &str) -> BTreeSet<String> {
    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let names = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
                found.extend(names.map(str::to_owned));
            }
        }
    }
    let folder = match part {
        "front end" => root().join("frontend/src"),
        part => root().join("crates").join(part),
    };
    let mut found = BTreeSet::new();
    collect(&folder, &mut found);
    found
}

/// The tests that a cell or a row names: words in code style, the name of a part before those of its tests.
fn cited(row: &str) -> Vec<(String, String)> {
    let words = row.split('`').skip(1).step_by(2);
    let mut part = None;
    let mut tests = Vec::new();
    for word in words {
        if word == "front end" || root().join("crates").join(word).join("Cargo.toml").is_file() {
            part = Some(word.to_owned());
        } else if word.matches('_').count() >= 2 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            tests.push((part.clone().unwrap_or_else(|| panic!("no crate before {word}")), word.to_owned()));
        }
    }
    tests
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| #") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
}

/// `37–39`, `1, 2`, `40`.
fn numbers(cell: &str) -> Vec<u32> {
    cell.split(", ")
        .flat_map(|part| {
            let (first, last) = part.split_once('–').unwrap_or((part, part));
            let number = |text: &str| text.parse::<u32>().unwrap_or_else(|_| panic!("{cell}"));
            number(first)..=number(last)
        })
        .collect()
}

#[test]
fn every_edge_case_is_in_the_table_and_every_test_of_it_exists() {
    let text = read("docs/edge-cases.md");
    let mut listed = BTreeSet::new();
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    check(rows(&text), &mut listed, &mut known);
    assert_eq!(listed, ours());
}

/// Notes the numbers of rows, each once, and looks for every test that they name.
fn check<'a>(
    rows: impl Iterator<Item = Vec<&'a str>>,
    listed: &mut BTreeSet<u32>,
    known: &mut BTreeMap<String, BTreeSet<String>>,
) {
    for row in rows {
        for number in numbers(row[0]) {
            assert!(listed.insert(number), "{number} twice");
        }
        let tests = cited(row[2]);
        assert!(!tests.is_empty(), "{row:?}");
        for (part, test) in tests {
            let functions = known.entry(part.clone()).or_insert_with(|| functions(&part));
            assert!(functions.contains(&test), "there is no {test} in {part}");
        }
    }
}

#[test]
fn every_geocoding_example_and_every_expected_value_is_in_the_table_and_every_test_of_it_exists() {
    let text = read("docs/geocoding-examples.md");
    let (examples, values) = text.split_once("\n## Expected values").expect("two tables");
    let mut known = BTreeMap::new();
    for (table, count) in [(examples, 70), (values, 13)] {
        let mut listed = BTreeSet::new();
        check(rows(table), &mut listed, &mut known);
        assert_eq!(listed, (1..=count).collect());
    }
}

#[test]
fn every_test_that_answers_a_defect_exists() {
    let text = read("docs/adr/0012-defects-of-the-reference.md");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut missing = Vec::new();
    for (part, test) in text.lines().filter(|line| line.starts_with("| ")).flat_map(cited) {
        let functions = known.entry(part.clone()).or_insert_with(|| functions(&part));
        if !functions.contains(&test) {
            missing.push(format!("{part} {test}"));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Words in code style after the name of a file of browser tests are words of it; after a crate, names of functions.
#[test]
fn every_test_that_the_screens_name_exists() {
    let text = read("docs/screens.md");
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut file, mut part) = (None, None);
    let mut checked = 0;
    for line in text.lines() {
        if line.starts_with("| ") {
            (file, part) = (None, None);
        }
        for word in line.split('`').skip(1).step_by(2) {
            if word.ends_with(".test.mjs") {
                (file, part) = (Some(read(&format!("tests/browser/{word}"))), None);
            } else if word == "front end" || root().join("crates").join(word).join("Cargo.toml").is_file() {
                (file, part) = (None, Some(word));
            } else if let Some(file) = &file {
                assert!(file.contains(word), "no browser test says « {word} »");
                checked += 1;
            } else if let (Some(part), true) = (part, word.matches('_').count() >= 2) {
                let functions = known.entry(part.to_owned()).or_insert_with(|| functions(part));
                assert!(functions.contains(word), "there is no {word} in {part}");
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}
