//! Rules of a city, chosen from the list by its INSEE code.

use super::{
    Face,
    report::{Report, trimmed},
};
use crate::{Violation, ViolationCode};

/// Characters of an INSEE code.
pub const CITY_CODE_LENGTH: usize = 5;
/// Longest name of a city, in characters.
pub const CITY_LABEL_MAX: usize = 255;

/// A checked city.
#[derive(Clone, Default)]
pub(super) struct City {
    pub(super) code: String,
    pub(super) label: String,
}

pub(super) fn check(code: Option<&str>, label: Option<&str>, face: Face, report: &mut Report) -> Option<City> {
    let code = trimmed(code);
    match code {
        None => report.add("cityCode", ViolationCode::CityNotChosen),
        Some(code) if code.chars().count() != CITY_CODE_LENGTH => {
            report.push(Violation::new("cityCode", ViolationCode::WrongLength).with("length", CITY_CODE_LENGTH));
        }
        Some(_) => {}
    }
    // On screen the label is the field and the code is behind it: one message is enough.
    let label = if code.is_none() && face == Face::Form {
        report.at_most("cityLabel", label, CITY_LABEL_MAX)
    } else {
        report.required("cityLabel", label, CITY_LABEL_MAX)
    };
    Some(City { code: code?.to_owned(), label: label? })
}
