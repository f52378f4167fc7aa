//! Lorry waiting areas: CSV.

use std::path::Path;

use dialog_domain::RoadSide;

use super::roads::{each_row, side};
use crate::load::{LoadError, Progress};

/// A waiting area as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) struct StorageAreaLine {
    pub(in crate::load) id: String,
    pub(in crate::load) description: String,
    /// Looked for among those that have the road, when the file does not say it.
    pub(in crate::load) administrator: Option<String>,
    pub(in crate::load) road_number: String,
    pub(in crate::load) from: Place,
    pub(in crate::load) to: Place,
}

/// A reference point and a distance from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::load) struct Place {
    pub(in crate::load) department: String,
    pub(in crate::load) number: String,
    pub(in crate::load) side: RoadSide,
    pub(in crate::load) abscissa_m: i32,
}

/// Reads every line of a file. Only national roads and motorways have waiting areas: other lines are left out.
pub(in crate::load) fn storage_areas(
    path: &Path,
    progress: &mut Progress<'_>,
) -> Result<Vec<StorageAreaLine>, LoadError> {
    const COLUMNS: [&str; 9] = [
        "id",
        "description",
        "gestionnaire",
        "route",
        "pr_debut",
        "abscisse_debut",
        "pr_fin",
        "abscisse_fin",
        "longueur",
    ];
    let mut lines = Vec::new();
    each_row(path, &COLUMNS, progress, |cells| {
        let [id, description, administrator, road, from, from_m, to, to_m, length_m] = cells else { return Ok(()) };
        let road_number = road_number(road);
        if !road_number.starts_with(['N', 'A']) {
            return Ok(());
        }
        if !(1..=64).contains(&id.chars().count()) || !(1..=255).contains(&description.chars().count()) {
            return Err("a waiting area has an id of 64 characters and a description of 255 at most".to_owned());
        }
        let from = place(from, from_m)?;
        let to = if to.is_empty() {
            Place { abscissa_m: from.abscissa_m.saturating_add(metres(length_m)?), ..from.clone() }
        } else {
            place(to, to_m)?
        };
        lines.push(StorageAreaLine {
            id: (*id).to_owned(),
            description: (*description).to_owned(),
            administrator: (!administrator.is_empty()).then(|| (*administrator).to_owned()),
            road_number,
            from,
            to,
        });
        Ok(())
    })?;
    Ok(lines)
}

/// `71PR50D` is reference point 50 of département 71, right-hand side.
fn place(text: &str, abscissa: &str) -> Result<Place, String> {
    let wrong = || format!("{text:?} is no reference point like 71PR50D");
    let (department, rest) = text.split_once("PR").ok_or_else(wrong)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, letter) = rest.split_at(digits);
    // The file of the ministry adds a letter for how the road is managed.
    let side = letter.get(..1).and_then(side).ok_or_else(wrong)?;
    if department.is_empty() || !(1..=5).contains(&number.len()) {
        return Err(wrong());
    }
    Ok(Place { department: department.to_owned(), number: number.to_owned(), side, abscissa_m: metres(abscissa)? })
}

fn metres(text: &str) -> Result<i32, String> {
    if text.is_empty() { Ok(0) } else { text.parse().map_err(|_| format!("{text:?} is no number of metres")) }
}

/// `N0079` is told as `N79`.
fn road_number(text: &str) -> String {
    let text = text.trim().to_uppercase();
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let letters = text.strip_suffix(digits).unwrap_or_default();
    format!("{letters}{}", digits.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<StorageAreaLine>, LoadError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("areas.csv");
        let header = "id;description;gestionnaire;route;pr_debut;abscisse_debut;pr_fin;abscisse_fin;longueur";
        std::fs::write(&path, format!("{header}\n{rows}")).expect("a file");
        storage_areas(&path, &mut |_, _, _| {})
    }

    #[test]
    fn example_52_both_ends_are_read() {
        let lines = read("A;Aire;;N0079;71PR50D;600;71PR51D;150;\n").expect("a line");
        let place = |number: &str, abscissa_m| Place {
            department: "71".to_owned(),
            number: number.to_owned(),
            side: RoadSide::D,
            abscissa_m,
        };
        assert_eq!(lines[0].road_number, "N79");
        assert_eq!((&lines[0].from, &lines[0].to), (&place("50", 600), &place("51", 150)));
    }

    #[test]
    fn example_53_missing_end_is_as_far_as_the_area_is_long() {
        let lines = read("A;Aire;;N0079;71PR29D;200;;;100\n").expect("a line");
        assert_eq!((lines[0].to.number.as_str(), lines[0].to.abscissa_m), ("29", 300));
    }

    #[test]
    fn lines_that_cannot_be_read_are_refused_and_other_roads_left_out() {
        for row in [
            "A;Aire;;N79;PR50;600;;;\n",
            "A;Aire;;N79;71PR50X;600;;;\n",
            "A;Aire;;N79;71PR50D;far;;;\n",
            ";x;;N7;1PR1U;;;;\n",
        ] {
            assert!(read(row).is_err(), "{row}");
        }
        assert_eq!(read("A;Aire;;D12;71PR50D;600;;;\n").expect("nothing"), []);
    }
}
