//! What a text says: a house number, a postcode, words.

use crate::house_number;
use crate::name::normalise;
use dialog_db::reference::HouseNumber;

/// A text taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query {
    /// `2 bis` at the beginning.
    pub(super) number: Option<HouseNumber>,
    /// Five digits.
    pub(super) postcode: Option<String>,
    /// Everything else, normalised, in order.
    pub(super) words: Vec<String>,
    /// The words of the number.
    number_words: Vec<String>,
}

impl Query {
    /// The same without a house number, when there seems to be one: `8 mai 1945` is the name of a street.
    pub(super) fn without_number(&self) -> Option<Self> {
        self.number.as_ref()?;
        let words = self.number_words.iter().chain(&self.words).cloned().collect();
        Some(Self { number: None, postcode: self.postcode.clone(), words, number_words: Vec::new() })
    }
}

/// Takes a text apart. Control characters and emoji are no words.
pub(super) fn parse(text: &str) -> Query {
    let normal = normalise(text);
    let mut words: Vec<String> = normal.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let is_postcode = |word: &str| word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
    let postcode = words.iter().rposition(|word| is_postcode(word)).map(|rank| words.remove(rank));
    let (mut number, mut number_words) = (None, Vec::new());
    if words.len() > 1
        && let Some(found) =
            words.first().and_then(|word| house_number::parse(word)).filter(|found| found.number < 10_000)
    {
        let suffix = words.get(1).filter(|word| found.suffix.is_empty() && is_suffix(word)).cloned();
        number_words = words.drain(..if suffix.is_some() { 2 } else { 1 }).collect();
        let suffix = suffix.unwrap_or(found.suffix);
        number = Some(HouseNumber { number: found.number, suffix });
    }
    Query { number, postcode, words, number_words }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "bis" | "ter" | "quater" | "quinquies")
        || (word.len() == 1 && word != "l" && word != "d" && word != "r")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Option<String>, Option<String>, String) {
        let Query { number, postcode, words, .. } = parse(text);
        (number.map(|number| house_number::label(&number)), postcode, words.join(" "))
    }

    #[test]
    fn number_postcode_and_words_are_told_apart() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            told("2 bis, rue des Rosiers 75004 Paris"),
            (some("2bis"), some("75004"), "rue des rosiers paris".to_owned())
        );
        assert_eq!(told("12b rue de Rivoli"), (some("12b"), None, "rue de rivoli".to_owned()));
        assert_eq!(told("1 l'Hôpital"), (some("1"), None, "l hopital".to_owned()));
        assert_eq!(told("38400"), (None, some("38400"), String::new()));
        assert_eq!(told("🚧\u{7}"), (None, None, String::new()));
    }
}
