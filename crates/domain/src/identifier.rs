//! Identifiers that organizations give to their orders.

use std::collections::HashSet;

use crate::rules::limits::IDENTIFIER_MAX;

/// Longest number that counts as the number of a duplicate, in digits: anything longer was not counted by us.
const COUNT_DIGITS: usize = 9;

/// The identifier of a duplicate: the one of the original and the number after the highest one in use, `FO3/2023-1`, then
/// `FO3/2023-2`; a duplicate of a duplicate is `FO3/2023-1-1`. Holes are not filled: whoever deleted a duplicate does
/// not meet its number again as long as a later one lives.
///
/// `used` are the identifiers of the living orders of the organization. The answer is none of them and never too long:
/// the end of a long original gives way to the number.
#[must_use]
pub fn duplicate<'a>(original: &str, used: impl IntoIterator<Item = &'a str>) -> String {
    let used: HashSet<&str> = used.into_iter().collect();
    let mut number = used.iter().filter_map(|identifier| number_of_duplicate(original, identifier)).max().unwrap_or(0);
    loop {
        number += 1;
        let identifier = numbered(original, number);
        if identifier != original && !used.contains(identifier.as_str()) {
            return identifier;
        }
    }
}

/// 2 for `FO3/2023-2`, when the original is `FO3/2023`.
fn number_of_duplicate(original: &str, identifier: &str) -> Option<u64> {
    let number = identifier.strip_prefix(original)?.strip_prefix('-')?;
    let counts = (1..=COUNT_DIGITS).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| counts)
}

fn numbered(original: &str, number: u64) -> String {
    let suffix = format!("-{number}");
    let room = IDENTIFIER_MAX.saturating_sub(suffix.len());
    let beginning: String = original.chars().take(room).collect();
    format!("{beginning}{suffix}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number_again(original: &str, used: &[&str]) -> String {
        duplicate(original, used.iter().copied())
    }

    // 8.
    #[test]
    fn duplicates_are_numbered_and_so_are_their_own() {
        assert_eq!(number_again("FO3/2023", &["FO3/2023"]), "FO3/2023-1");
        assert_eq!(number_again("FO3/2023", &["FO3/2023", "FO3/2023-1"]), "FO3/2023-2");
        let used = ["FO3/2023", "FO3/2023-1", "FO3/2023-2"];
        assert_eq!(number_again("FO3/2023-1", &used), "FO3/2023-1-1");
        assert_eq!(number_again("FO3/2023", &[&used[..], &["FO3/2023-1-1"]].concat()), "FO3/2023-3");
    }

    // 9.
    #[test]
    fn holes_are_not_filled() {
        assert_eq!(number_again("FO3/2023", &["FO3/2023", "FO3/2023-2"]), "FO3/2023-3");
    }

    // §13, 19.
    #[test]
    fn characters_of_patterns_and_numbers_that_nobody_counted_do_no_harm() {
        assert_eq!(number_again("F(1)+.*", &["F(1)+.*", "F(1)+.*-1", "F11-7"]), "F(1)+.*-2");
        assert_eq!(number_again("F1%_", &["F1%_", "F1xx-4"]), "F1%_-1");
        let huge = format!("F1-{}", "9".repeat(40));
        assert_eq!(number_again("F1", &["F1", &huge, "F1-999999999"]), "F1-1000000000");
        assert_eq!(number_again("F1", &["F1", "F1-02", "F1-x", "F1-", "F1--3", "F1-+5"]), "F1-3");
    }

    // §13, 19.
    #[test]
    fn end_of_a_long_identifier_gives_way_to_the_number() {
        let long = "é".repeat(60);
        let first = number_again(&long, &[&long]);
        assert_eq!(first, format!("{}-1", "é".repeat(58)));
        assert_eq!(number_again(&long, &[&long, &first]), format!("{}-2", "é".repeat(58)));
        let almost = "x".repeat(58);
        let ten: Vec<String> = (1..=9).map(|number| format!("{almost}-{number}")).collect();
        assert_eq!(duplicate(&almost, ten.iter().map(String::as_str)), format!("{}-10", "x".repeat(57)));
    }

    proptest! {
        #[test]
        fn duplicate_is_free_and_never_too_long(
            original in "[F1é(+-]{1,60}",
            suffixes in prop::collection::vec("(-[0-9]{1,22}){0,2}", 0..20),
        ) {
            let used: Vec<String> = suffixes.iter().map(|suffix| format!("{original}{suffix}")).collect();
            let identifier = duplicate(&original, used.iter().map(String::as_str));
            prop_assert!(!used.contains(&identifier));
            prop_assert!(identifier != original);
            prop_assert!(identifier.chars().count() <= IDENTIFIER_MAX);
        }
    }
}
