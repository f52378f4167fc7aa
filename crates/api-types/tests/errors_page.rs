//! `docs/errors.md` is the page of every error code: it lists each of them, with its status, and no other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dialog_api_types::problem::ProblemCode;

#[test]
fn the_page_of_errors_lists_every_code_with_its_status() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let page = fs::read_to_string(page).unwrap();
    let documented: BTreeMap<&str, u16> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .map(|(code, rest)| (code, rest.split(' ').next().unwrap().parse().unwrap()))
        .collect();
    let known: BTreeMap<&str, u16> = ProblemCode::ALL.iter().map(|code| (code.as_str(), code.status())).collect();
    assert_eq!(documented, known);
}
