//! The rule book: from what was typed to what is kept, or to the list of what is wrong.
//!
//! The same functions run in the browser while a clerk types, on the server, and in the importers. They never stop at
//! the first mistake. Paths are those of the input (`measures[0].periods[1].endDate`).

use uuid::Uuid;

use crate::{
    Measure, OrderCategory, OrderContent, Subject, Violation,
    input::{GeneralInfoInput, MeasureInput, OrderInput},
};

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

/// Checks the general information.
///
/// # Errors
/// Every broken rule, in the order of the fields.
pub fn general_info(input: &GeneralInfoInput) -> Result<GeneralInfo, Vec<Violation>> {
    let _ = input;
    unimplemented!()
}

/// Checks one measure; paths are relative to it.
///
/// # Errors
/// Every broken rule: type, speed, vehicles, periods, locations.
pub fn measure(input: &MeasureInput, context: &mut Context<'_>) -> Result<Measure, Vec<Violation>> {
    let _ = (input, context);
    unimplemented!()
}

/// Checks a whole order. [`Face::Integrator`] needs at least one measure.
///
/// # Errors
/// Every broken rule of every part; measures are below `measures[i]`.
pub fn order(input: &OrderInput, context: &mut Context<'_>) -> Result<(GeneralInfo, OrderContent), Vec<Violation>> {
    let _ = (input, context);
    unimplemented!()
}

/// What keeps a content from being published: no feed could express it.
#[must_use]
pub fn publication(content: &OrderContent) -> Vec<Violation> {
    let _ = content;
    unimplemented!()
}
