//! The table of reference cases of the documentation, against the tests that there are.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every number of the study, and of its checklist.
fn expected() -> BTreeSet<String> {
    [('D', 10), ('V', 8), ('L', 10), ('M', 6), ('W', 15), ('C', 20), ('A', 12)]
        .into_iter()
        .flat_map(|(letter, last)| (1..=last).map(move |number| format!("{letter}{number}")))
        .collect()
}

/// The numbers of a first cell: `M1, M3`, `W5–W11`.
fn numbers(cell: &str) -> Vec<String> {
    let number = |text: &str| {
        let (letter, number) = text.split_at(1);
        (letter.to_owned(), number.parse::<u32>().unwrap_or_else(|error| panic!("{text}: {error}")))
    };
    let one = |part: &str| match part.split_once('–') {
        Some((first, last)) => {
            let ((letter, first), (_, last)) = (number(first), number(last));
            (first..=last).map(|number| format!("{letter}{number}")).collect::<Vec<_>>()
        }
        None => vec![part.to_owned()],
    };
    cell.split(", ").flat_map(one).collect()
}

/// Every function of a crate.
fn functions(part: &str) -> BTreeSet<String> {
    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let names = text.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
                found.extend(names.map(str::to_owned));
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(&root().join("crates").join(part), &mut found);
    found
}

/// The tests that a row names: words in code style, the name of a crate before those of its tests.
fn cited(row: &str) -> Vec<(String, String)> {
    let (mut part, mut tests) = (None, Vec::new());
    for word in row.split('`').skip(1).step_by(2) {
        if root().join("crates").join(word).join("Cargo.toml").is_file() {
            part = Some(word.to_owned());
        } else if word.contains('_') {
            tests.push((part.clone().unwrap_or_else(|| panic!("no crate before {word}")), word.to_owned()));
        }
    }
    tests
}

#[test]
fn every_reference_case_is_in_the_table_and_every_test_of_it_exists() {
    let page = fs::read_to_string(root().join("docs/feed-cases.md")).expect("the table");
    let rows =
        || page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #") && !line.starts_with("| -"));
    let mut numbered = Vec::new();
    let mut known = ["exports", "api", "db"].map(|part| (part, functions(part)));
    known.sort();
    for row in rows() {
        numbered.extend(numbers(row.split('|').nth(1).expect("a first cell").trim()));
        let tests = cited(row);
        assert!(!tests.is_empty(), "no test in {row}");
        for (part, test) in tests {
            let (_, functions) = known.iter().find(|(name, _)| *name == part).unwrap_or_else(|| panic!("{part}"));
            assert!(functions.contains(&test), "{part} has no {test}");
        }
    }
    let once: BTreeSet<String> = numbered.iter().cloned().collect();
    assert_eq!(once.len(), numbered.len(), "each number once");
    assert_eq!(once, expected());
}
