//! House numbers as they are stored: one row for each, with its suffix spelt out.

use std::collections::{BTreeMap, BTreeSet};

use dialog_db::reference::load::NewAddress;

use crate::house_number::latin_suffix;
use crate::load::Report;

/// Suffixes longer than this are remarks of the surveyor.
const MAX_SUFFIX: usize = 6;

/// Spells out suffixes, and keeps the first of several rows for one number.
///
/// `b`, `t` and `q` mean *bis*, *ter* and *quater*, but in a number that is lettered: one that also has an `a` or a `c`.
pub(super) fn house_numbers(addresses: Vec<NewAddress>, report: &mut Report) -> Vec<NewAddress> {
    let mut suffixes: BTreeMap<(String, i32), BTreeSet<String>> = BTreeMap::new();
    for address in &addresses {
        let number = (address.street_id.clone(), address.number);
        suffixes.entry(number).or_default().insert(address.suffix.clone());
    }
    let (mut known, mut repeated, mut odd) = (BTreeSet::new(), 0, 0);
    let mut kept = Vec::with_capacity(addresses.len());
    for mut address in addresses {
        let number = (address.street_id.clone(), address.number);
        let is_lettered = suffixes.get(&number).is_some_and(|all| all.contains("a") || all.contains("c"));
        if let (Some(word), false) = (latin_suffix(&address.suffix), is_lettered) {
            word.clone_into(&mut address.suffix);
        }
        if address.suffix.chars().count() > MAX_SUFFIX || !address.suffix.chars().all(char::is_alphanumeric) {
            odd += 1;
        } else if known.insert((number, address.suffix.clone())) {
            kept.push(address);
        } else {
            repeated += 1;
        }
    }
    report.remark("numéros présents plusieurs fois, gardés une fois", repeated);
    report.remark("indices de répétition illisibles, ignorés", odd);
    kept
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
