//! Rules of the general information (identifier, category, subject, title).

use super::{
    Face, GeneralInfo,
    report::{Report, trimmed, word},
};
use crate::{OrderCategory, Subject, ViolationCode, input::GeneralInfoInput};

/// Longest identifier, in characters.
pub const IDENTIFIER_MAX: usize = 60;
/// Longest free subject, in characters.
pub const OTHER_CATEGORY_TEXT_MAX: usize = 100;
/// Longest title, in characters.
pub const TITLE_MAX: usize = 255;

pub(super) fn check(input: &GeneralInfoInput, face: Face, report: &mut Report) -> Option<GeneralInfo> {
    let identifier = report.required("identifier", input.identifier.as_deref(), IDENTIFIER_MAX);
    let category = category(input, face, report);
    let subject = trimmed(input.subject.as_deref()).map(|text| report.choice("subject", text, word::<Subject>));
    let is_other = matches!(subject, Some(Some(Subject::Other)));

    let other = input.other_category_text.as_deref();
    let other_category_text = if is_other {
        report.required("otherCategoryText", other, OTHER_CATEGORY_TEXT_MAX)
    } else {
        // Checked although it will be dropped: the contract reports it.
        report.at_most("otherCategoryText", other, OTHER_CATEGORY_TEXT_MAX);
        None
    };
    let title = report.required("title", input.title.as_deref(), TITLE_MAX);

    Some(GeneralInfo {
        identifier: identifier?,
        category: category?,
        // `?` on the inner option: an unknown word was reported.
        subject: match subject {
            None => None,
            Some(known) => Some(known?),
        },
        other_category_text,
        title: title?,
    })
}

fn category(input: &GeneralInfoInput, face: Face, report: &mut Report) -> Option<OrderCategory> {
    match trimmed(input.category.as_deref()) {
        Some(text) => report.choice("category", text, word),
        None => {
            report.add("category", ViolationCode::Required);
            // Integrators who send an empty text, rather than nothing, get both messages.
            if face == Face::Integrator && input.category.is_some() {
                report.add("category", ViolationCode::NotAChoice);
            }
            None
        }
    }
}
