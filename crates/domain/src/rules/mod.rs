//! The rule book: from what was typed to what is kept, or to the list of what is wrong.
//!
//! The same functions run in the browser while a clerk types, on the server, and in the importers. They never stop at
//! the first mistake. Paths are those of the input (`measures[0].periods[1].endDate`); [`wire_path()`] turns them into
//! those of the integrators' contract.
//!
//! Texts are trimmed and an empty text is an absent one, whoever writes.

use uuid::Uuid;

use crate::{
    Location, Measure, OrderCategory, OrderContent, Subject, Violation, ViolationCode,
    input::{GeneralInfoInput, LocationInput, MeasureInput, OrderInput, RepealInput},
};

mod city;
mod document;
mod general_info;
mod geometry;
mod location;
mod measure;
mod named_street;
mod numbered_road;
mod period;
mod publication;
mod repeal;
mod report;
mod vehicle;
mod wire_path;

pub use document::{CheckedDocument, document};
pub use geometry::is_swapped;
use report::Report;
pub use wire_path::wire_path;

/// Every limit of the rule book, for the attributes of form fields.
pub mod limits {
    pub use super::{
        city::{CITY_CODE_LENGTH, CITY_LABEL_MAX},
        document::{FILE_TITLE_MAX, LINK_MAX, LINK_TITLE_MAX},
        general_info::{IDENTIFIER_MAX, OTHER_CATEGORY_TEXT_MAX, TITLE_MAX},
        location::{RAW_LABEL_MAX, ZONE_LABEL_MAX},
        measure::SPEED_MAX_KMH,
        named_street::{HOUSE_NUMBER_MAX, ROAD_BAN_ID_MAX, ROAD_NAME_MAX},
        numbered_road::{ADMINISTRATOR_MAX, DEPARTMENT_CODE_MAX, POINT_NUMBER_MAX, ROAD_NUMBER_MAX},
        period::{YEAR_MAX, YEAR_MIN},
        repeal::REPEAL_REASON_MAX,
        vehicle::{HEIGHT_MAX_M, LENGTH_MAX_M, OTHER_EXEMPTED_MAX, OTHER_RESTRICTED_MAX, WEIGHT_MAX_T, WIDTH_MAX_M},
    };
}

/// Who is writing: forms ask for more than the integrators' contract does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A form on screen: streets are chosen from the list, every measure has a location.
    Form,
    /// The REST API of integrators: streets are given by name, a measure may have no location.
    Integrator,
}

/// General information that passed the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralInfo {
    /// The organization's own number.
    pub identifier: String,
    /// Permanent or temporary.
    pub category: OrderCategory,
    /// Why.
    pub subject: Option<Subject>,
    /// With [`Subject::Other`].
    pub other_category_text: Option<String>,
    /// Short reason.
    pub title: String,
}

/// Everything a rule needs that is not in the input. Pure: the caller brings the identifiers and the clock.
pub struct Context<'a> {
    /// Who is writing.
    pub face: Face,
    /// Gives the identifier of whatever is new.
    pub new_id: &'a mut dyn FnMut() -> Uuid,
    /// The present, for `created_at`.
    pub now: chrono::DateTime<chrono::Utc>,
}

/// Checks the general information typed in a form.
///
/// # Errors
/// Every broken rule, in the order of the fields.
pub fn general_info(input: &GeneralInfoInput) -> Result<GeneralInfo, Vec<Violation>> {
    let mut report = Report::default();
    let checked = general_info::check(input, Face::Form, &mut report);
    report.finish(checked)
}

/// Checks one measure; paths are relative to it.
///
/// # Errors
/// Every broken rule: type, speed, vehicles, periods, locations.
pub fn measure(input: &MeasureInput, context: &mut Context<'_>) -> Result<Measure, Vec<Violation>> {
    let mut report = Report::default();
    let checked = measure::check(input, context, &mut report);
    report.finish(checked)
}

/// Checks a measure but its locations, which a form judges one by one with [`location()`] while somebody types. The
/// measure has none.
///
/// # Errors
/// The broken rules; paths are relative to the measure.
pub fn measure_without_locations(input: &MeasureInput, context: &mut Context<'_>) -> Result<Measure, Vec<Violation>> {
    let mut report = Report::default();
    let checked = measure::check_without_locations(input, context, &mut report);
    report.finish(checked)
}

/// Checks one location on its own, before its measure is written; paths are relative to it.
///
/// # Errors
/// Every broken rule of the section that it fills.
pub fn location(input: &LocationInput, context: &mut Context<'_>) -> Result<Location, Vec<Violation>> {
    let mut report = Report::default();
    let checked = location::check(input, context, &mut report);
    report.finish(checked)
}

/// Checks a whole order. [`Face::Integrator`] needs at least one measure.
///
/// # Errors
/// Every broken rule of every part: presence of measures, general information, then each measure below `measures[i]`.
pub fn order(input: &OrderInput, context: &mut Context<'_>) -> Result<(GeneralInfo, OrderContent), Vec<Violation>> {
    let mut report = Report::default();
    if input.measures.is_empty() && context.face == Face::Integrator {
        report.add("measures", ViolationCode::Required);
        if input.measures_sent_empty {
            report.push(Violation::new("measures", ViolationCode::TooFewItems).with("min", 1));
        }
    }
    let general = general_info::check(&input.general, context.face, &mut report);
    let measures = report.each("measures", &input.measures, |report, input| measure::check(input, context, report));
    let checked = general.zip(measures).map(|(general, measures)| {
        let content = OrderContent {
            category: general.category,
            subject: general.subject,
            other_category_text: general.other_category_text.clone(),
            title: general.title.clone(),
            measures,
            repeal: None,
        };
        (general, content)
    });
    report.finish(checked)
}

/// What keeps a content from being published: no feed could express it.
#[must_use]
pub fn publication(content: &OrderContent) -> Vec<Violation> {
    let mut report = Report::default();
    publication::check(content, &mut report);
    report.finish::<()>(None).err().unwrap_or_default()
}

/// What the last version of an order says when it is repealed: `content` is what the public version says.
///
/// Nothing applies from the end on: periods that go beyond it stop there, those that begin at it or later are gone, and
/// so is a measure without any period left. The end may be in the past, for a repeal that is entered after it was
/// signed.
///
/// # Errors
/// Every broken rule. An order that has not begun by then is not repealed but deleted; a temporary one that has ended
/// needs no repeal.
pub fn repeal(input: &RepealInput, content: &OrderContent) -> Result<OrderContent, Vec<Violation>> {
    let mut report = Report::default();
    let repealed = repeal::check(input, content, &mut report);
    report.finish(repealed)
}

#[cfg(test)]
mod tests;
