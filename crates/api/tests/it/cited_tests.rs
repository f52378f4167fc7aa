//! The decisions that name tests name tests that exist.

use std::fs;
use std::path::{Path, PathBuf};

/// Every test that a text names, with its crate: `` `api` `one_test`, `another` ``. Crates are named in short, the
/// browser application as `front end`.
fn cited(text: &str) -> Vec<(String, String)> {
    let mut current = String::new();
    let mut cited = Vec::new();
    for word in text.split('`').skip(1).step_by(2) {
        if CRATES.iter().any(|(name, _)| *name == word) {
            word.clone_into(&mut current);
        } else if word.matches('_').count() >= 2
            && word.chars().all(|c| c.is_ascii_lowercase() || "_0123456789".contains(c))
        {
            cited.push((current.clone(), word.to_owned()));
        }
    }
    cited
}

const CRATES: [(&str, &str); 8] = [
    ("api", "crates/api"),
    ("db", "crates/db"),
    ("domain", "crates/domain"),
    ("exports", "crates/exports"),
    ("geo", "crates/geo"),
    ("geocoder", "crates/geocoder"),
    ("text", "crates/text"),
    ("front end", "frontend"),
];

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("dist") {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_test_named_by_the_table_of_defects_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table = fs::read_to_string(root.join("docs/adr/0012-defects-of-the-reference.md")).unwrap();
    let cited = cited(&table);
    assert!(cited.len() > 80, "the table is read: {}", cited.len());
    let missing: Vec<String> = CRATES
        .iter()
        .flat_map(|(name, folder)| {
            let mut code = String::new();
            sources(&root.join(folder), &mut code);
            let missing = cited.iter().filter(move |(of, test)| of == name && !code.contains(&format!("fn {test}(")));
            missing.map(|(of, test)| format!("{of} {test}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(missing.is_empty(), "the table names tests that do not exist: {missing:#?}");
    let homeless: Vec<_> = cited.iter().filter(|(of, _)| of.is_empty()).collect();
    assert!(homeless.is_empty(), "name the crate before the test: {homeless:?}");
}
