//! House numbers as they are stored: one row for each, with its suffix spelt out.

use std::collections::HashSet;

use dialog_db::reference::load::NewAddress;

use crate::house_number::latin_suffix;
use crate::load::Report;

/// Suffixes longer than this are remarks of the surveyor.
const MAX_SUFFIX: usize = 6;

/// What becomes of a row.
enum Fate {
    Kept,
    /// Kept with another suffix.
    Spelt(&'static str),
    LeftOut,
}

/// Spells out suffixes, and keeps the first of several rows for one number.
///
/// `b`, `t` and `q` mean *bis*, *ter* and *quater*, but in a number that is lettered: one that also has an `a` or a `c`.
pub(super) fn house_numbers(addresses: Vec<NewAddress>, report: &mut Report) -> Vec<NewAddress> {
    let letters = addresses.iter().filter(|address| matches!(address.suffix.as_str(), "a" | "c"));
    let lettered: HashSet<(&str, i32)> = letters.map(|address| (address.street_id.as_str(), address.number)).collect();
    let (mut known, mut repeated, mut odd) = (HashSet::with_capacity(addresses.len()), 0, 0);
    let fate = |address| {
        let NewAddress { street_id, number, suffix, .. }: &NewAddress = address;
        let number = (street_id.as_str(), *number);
        let word = latin_suffix(suffix).filter(|_| !lettered.contains(&number));
        let suffix = word.unwrap_or(suffix);
        if suffix.chars().count() > MAX_SUFFIX || !suffix.chars().all(char::is_alphanumeric) {
            odd += 1;
            Fate::LeftOut
        } else if known.insert((number, suffix)) {
            word.map_or(Fate::Kept, Fate::Spelt)
        } else {
            repeated += 1;
            Fate::LeftOut
        }
    };
    let fates: Vec<Fate> = addresses.iter().map(fate).collect();
    report.remark("numéros présents plusieurs fois, gardés une fois", repeated);
    report.remark("indices de répétition illisibles, ignorés", odd);
    let kept = addresses.into_iter().zip(fates).filter_map(|(mut address, fate)| match fate {
        Fate::Kept => Some(address),
        Fate::Spelt(word) => {
            word.clone_into(&mut address.suffix);
            Some(address)
        }
        Fate::LeftOut => None,
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use dialog_geo::Coord;

    use super::*;

    #[test]
    fn letters_mean_bis_and_ter_unless_the_number_is_lettered() {
        let address = |number, suffix: &str| NewAddress {
            street_id: "75104_x".to_owned(),
            number,
            suffix: suffix.to_owned(),
            place: Coord { x: 2.0, y: 48.0 },
        };
        let lines = [(2, ""), (2, "b"), (2, "bis"), (4, "a"), (4, "b"), (6, "t"), (8, "(cour)")];
        let mut report = Report::default();
        let kept = house_numbers(lines.map(|(number, suffix)| address(number, suffix)).to_vec(), &mut report);
        let kept: Vec<String> = kept.iter().map(|address| format!("{}{}", address.number, address.suffix)).collect();
        assert_eq!(kept, ["2", "2bis", "4a", "4b", "6ter"]);
        assert_eq!(report.remarks.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 1]);
    }
}
