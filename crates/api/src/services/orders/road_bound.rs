//! A numbered road that cannot be found, on the field that the writer can correct.

use dialog_domain::{LocationDescription, RoadSide, Violation, ViolationCode};
use dialog_geocoder::{Bound, LocateError};

/// The broken rule, on a field of the section that `asked` fills.
pub(super) fn violation(error: &LocateError, asked: &LocationDescription) -> Violation {
    let section = match asked {
        LocationDescription::NationalRoad(_) => "nationalRoad",
        _ => "departmentalRoad",
    };
    plain(error).under(section)
}

/// The same on the field alone.
pub(crate) fn plain(error: &LocateError) -> Violation {
    match error {
        LocateError::UnknownReferencePoint { bound, number, suggestions } => {
            let violation = Violation::new(field(*bound, "PointNumber"), ViolationCode::UnknownReferencePoint)
                .with("number", number);
            if suggestions.is_empty() { violation } else { violation.with("suggestions", suggestions.join(",")) }
        }
        LocateError::UnknownSide { bound, sides } => {
            let sides: Vec<&str> = sides.iter().map(|side| letter(*side)).collect();
            Violation::new(field(*bound, "Side"), ViolationCode::UnknownSide).with("sides", sides.join(","))
        }
        LocateError::AmbiguousReferencePoint { bound, departments } => {
            Violation::new(field(*bound, "DepartmentCode"), ViolationCode::AmbiguousReferencePoint)
                .with("departments", departments.join(","))
        }
        LocateError::AbscissaOutOfRange { bound, number, min_m, max_m } => {
            Violation::new(field(*bound, "Abscissa"), ViolationCode::AbscissaOutOfRange)
                .with("number", number)
                .with("min", min_m)
                .with("max", max_m)
        }
        LocateError::UnknownStorageArea => Violation::new("storageAreaUuid", ViolationCode::NotAChoice),
        LocateError::NoRoadPath => Violation::new("toPointNumber", ViolationCode::NoRoadPath),
        _ => Violation::new("roadNumber", ViolationCode::UnknownRoad),
    }
}

fn field(bound: Bound, of: &str) -> String {
    format!("{bound}{of}")
}

const fn letter(side: RoadSide) -> &'static str {
    match side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    }
}
