//! House numbers as people write them: the form knows those of the street, and says at once when one does not exist.

/// A number and its suffix in lower case.
type Parts = (u32, String);

/// Most suggestions.
const SHOWN: usize = 3;

fn parts(text: &str) -> Option<Parts> {
    let text = text.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, suffix) = text.split_at_checked(digits)?;
    let suffix = suffix.trim().to_lowercase();
    // `37 b` is the usual way of writing `37bis`, where there is one.
    Some((number.parse().ok()?, suffix))
}

fn long_suffix(suffix: &str) -> &str {
    match suffix {
        "b" => "bis",
        "t" => "ter",
        "q" => "quater",
        other => other,
    }
}

/// Whether the street has this number, however it is written.
pub fn exists(number: &str, known: &[String]) -> bool {
    let Some((asked, suffix)) = parts(number) else { return false };
    known
        .iter()
        .filter_map(|other| parts(other))
        .any(|(other, other_suffix)| other == asked && (other_suffix == suffix || other_suffix == long_suffix(&suffix)))
}

/// The numbers of the street that are the nearest to one that it does not have, the same side first.
pub fn closest(number: &str, known: &[String]) -> Vec<String> {
    let Some((asked, _)) = parts(number) else { return Vec::new() };
    let mut candidates: Vec<(u32, usize, &String)> = known
        .iter()
        .enumerate()
        .filter_map(|(rank, other)| {
            let gap = parts(other)?.0.abs_diff(asked);
            // The other side of the street counts as a few numbers further.
            Some((gap.saturating_add(if gap % 2 == 0 { 0 } else { 4 }), rank, other))
        })
        .collect();
    candidates.sort();
    candidates.truncate(SHOWN);
    // Back in the order of the street.
    candidates.sort_by_key(|(_, rank, _)| *rank);
    candidates.into_iter().map(|(_, _, other)| other.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn street() -> Vec<String> {
        ["1", "2", "3", "20", "22bis", "24a"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_number_is_known_however_it_is_written() {
        for text in ["22bis", "22 Bis", " 22 b", "24A", "1"] {
            assert!(exists(text, &street()), "{text}");
        }
        for text in ["22", "24b", "4", "bis", ""] {
            assert!(!exists(text, &street()), "{text}");
        }
    }

    #[test]
    fn the_same_side_of_the_street_is_suggested_first() {
        assert_eq!(closest("18", &street()), ["20", "22bis", "24a"]);
        assert_eq!(closest("5", &street()), ["1", "2", "3"]);
        assert_eq!(closest("999", &street()), ["20", "22bis", "24a"]);
        assert!(closest("place", &street()).is_empty());
    }
}
