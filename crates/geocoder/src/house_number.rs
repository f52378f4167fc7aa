//! House numbers: reading, ordering and listing them.

use std::cmp::Ordering;

use dialog_db::Connection;
use dialog_db::reference::{self, HouseNumber};
use diesel::QueryResult;

use crate::outside::MissingNumber;

/// The house numbers of a street in natural order (`1`, `2`, `2bis`, `10`); `None` when the street is unknown.
///
/// # Errors
/// When the database does not answer.
pub async fn house_numbers(connection: &mut Connection, street_id: &str) -> QueryResult<Option<Vec<String>>> {
    let Some(street) = reference::find_street(connection, street_id).await? else { return Ok(None) };
    let mut numbers = reference::house_numbers(connection, street.edition_id, &street.street_id).await?;
    numbers.sort_by(natural_order);
    Ok(Some(numbers.iter().map(label).collect()))
}

/// House numbers of a street for what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseNumbers {
    numbers: Vec<HouseNumber>,
    /// The number that is typed, when the loaded data lack it.
    pub missing: Option<MissingNumber>,
}

impl HouseNumbers {
    /// The number that is typed exists: another source has it.
    pub fn add_missing(&mut self) {
        if let Some(missing) = self.missing.take() {
            self.numbers.push(missing.number().clone());
        }
    }

    /// In natural order.
    #[must_use]
    pub fn labels(mut self) -> Vec<String> {
        self.numbers.sort_by(natural_order);
        self.numbers.iter().map(label).collect()
    }
}

/// The house numbers of a street that begin as what is typed: `1` finds `1`, `1bis`, `12`; `None` when the street is
/// unknown.
///
/// # Errors
/// When the database does not answer.
pub async fn search_house_numbers(
    connection: &mut Connection,
    street_id: &str,
    typed: &str,
) -> QueryResult<Option<HouseNumbers>> {
    let Some(street) = reference::find_street(connection, street_id).await? else { return Ok(None) };
    let mut numbers = reference::house_numbers(connection, street.edition_id, &street.street_id).await?;
    let asked = parse(typed);
    let missing = asked.filter(|asked| !is_among(asked, &numbers));
    let missing = missing.map(|number| MissingNumber::on(&street, number));
    let beginning: String = typed.to_lowercase().split_whitespace().collect();
    numbers.retain(|number| label(number).starts_with(&beginning));
    Ok(Some(HouseNumbers { numbers, missing }))
}

/// Whether a number is one of these, be its suffix shortened: `2b` is `2bis`.
pub(crate) fn is_among<'a>(asked: &HouseNumber, numbers: impl IntoIterator<Item = &'a HouseNumber>) -> bool {
    let latin = latin_suffix(&asked.suffix);
    let is_asked = |suffix: &str| suffix == asked.suffix || latin == Some(suffix);
    numbers.into_iter().any(|other| other.number == asked.number && is_asked(&other.suffix))
}

/// As people write it: `2bis`.
pub(crate) fn label(number: &HouseNumber) -> String {
    format!("{}{}", number.number, number.suffix)
}

pub(crate) fn natural_order(a: &HouseNumber, b: &HouseNumber) -> Ordering {
    let key = |number: &HouseNumber| (number.number, suffix_rank(&number.suffix));
    key(a).cmp(&key(b)).then_with(|| a.suffix.cmp(&b.suffix))
}

fn suffix_rank(suffix: &str) -> u8 {
    match suffix {
        "" => 0,
        "bis" => 1,
        "ter" => 2,
        "quater" => 3,
        "quinquies" => 4,
        _ => 5,
    }
}

/// Reads `37`, `37bis`, `37 BIS`, `37 b`; `None` when the text is no house number.
pub(crate) fn parse(text: &str) -> Option<HouseNumber> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, suffix) = text.split_at_checked(digits)?;
    let suffix = suffix.trim().to_lowercase();
    if suffix.chars().any(|c| !c.is_alphanumeric()) {
        return None;
    }
    Some(HouseNumber { number: number.parse().ok()?, suffix })
}

/// What a one-letter suffix stands for.
pub(crate) fn latin_suffix(letter: &str) -> Option<&'static str> {
    match letter {
        "b" => Some("bis"),
        "t" => Some("ter"),
        "q" => Some("quater"),
        _ => None,
    }
}

/// The numbers around one that does not exist, at most `apart` from each other; on the same side of the street when
/// there are some. `None` for a number that exists with another suffix: that is a slip of the pen.
pub(crate) fn neighbours<'a>(
    asked: &HouseNumber,
    numbers: &'a [HouseNumber],
    apart: i32,
) -> Option<[&'a HouseNumber; 2]> {
    if numbers.iter().any(|number| number.number == asked.number) {
        return None;
    }
    let around = |same_side: bool| {
        let side = || numbers.iter().filter(move |number| !same_side || (number.number - asked.number) % 2 == 0);
        let low = side().filter(|number| number.number < asked.number).max_by(|a, b| natural_order(a, b))?;
        let high = side().filter(|number| number.number > asked.number).min_by(|a, b| natural_order(a, b))?;
        (high.number.checked_sub(low.number)? <= apart).then_some([low, high])
    };
    around(true).or_else(|| around(false))
}

/// The valid numbers closest to one that does not exist, same side of the street first, at most five, in natural order.
pub(crate) fn closest(asked: &HouseNumber, numbers: &[HouseNumber]) -> Vec<String> {
    const SHOWN: usize = 5;
    let mut candidates: Vec<&HouseNumber> = numbers.iter().collect();
    candidates.sort_by(|a, b| {
        let distance = |number: &HouseNumber| {
            let gap = i64::from(number.number).abs_diff(i64::from(asked.number));
            // The other side of the street counts as a few numbers further.
            gap + if gap % 2 == 0 { 0 } else { 4 }
        };
        distance(a).cmp(&distance(b)).then_with(|| natural_order(a, b))
    });
    candidates.truncate(SHOWN);
    candidates.sort_by(|a, b| natural_order(a, b));
    candidates.into_iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(labels: &[&str]) -> Vec<HouseNumber> {
        labels.iter().map(|label| parse(label).expect("a house number")).collect()
    }

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for text in ["37bis", "37 bis", " 37BIS "] {
            assert_eq!(parse(text), Some(HouseNumber { number: 37, suffix: "bis".to_owned() }));
        }
        for text in ["", "bis", "12-14", "12/14", "99999999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn order_is_natural() {
        let mut sorted = numbers(&["10", "2", "6a", "6bis", "6ter", "1", "6"]);
        sorted.sort_by(natural_order);
        assert_eq!(sorted.iter().map(label).collect::<Vec<_>>(), ["1", "2", "6", "6bis", "6ter", "6a", "10"]);
    }

    #[test]
    fn missing_number_has_neighbours_on_its_side_of_the_street() {
        let street = numbers(&["1", "2", "2bis", "3", "8", "9", "90"]);
        let around = |text: &str| {
            let asked = numbers(&[text]);
            neighbours(&asked[0], &street, 60).map(|around| around.map(label))
        };
        assert_eq!(around("6"), Some(["2bis".to_owned(), "8".to_owned()]));
        assert_eq!(around("5"), Some(["3".to_owned(), "9".to_owned()]));
        assert_eq!(around("3bis"), None, "the 3 exists");
        assert_eq!(around("50"), None, "too far apart");
        assert_eq!(around("99"), None, "nothing beyond");
    }

    #[test]
    fn suggestions_stay_on_the_same_side_when_they_can() {
        let street = numbers(&["1", "2", "3", "4", "6", "8", "10", "11", "40"]);
        assert_eq!(closest(&numbers(&["7"])[0], &street), ["1", "3", "6", "8", "11"]);
        assert_eq!(closest(&numbers(&["12"])[0], &street), ["4", "6", "8", "10", "11"]);
        assert_eq!(closest(&numbers(&["12"])[0], &[]), Vec::<String>::new());
    }
}
