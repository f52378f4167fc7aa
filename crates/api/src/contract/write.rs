//! From a body to a checked order.
//!
//! Two kinds of mistakes, as existing clients know them. A word that is none of an enumeration is a mistake of type:
//! its path is that of the body (`measures[0].type`) and the rules are not run. Everything else is a broken rule, on
//! the paths of [`violations`].

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use dialog_api_types::{
    problem::{Parameters, ViolationView},
    wire::{WriteMeasure, WritePeriod, WriteRegulation, WriteTimeSlot},
};
use dialog_domain::{
    MeasureId, OrderContent, OrderStatus, PeriodId, Violation, ViolationCode,
    input::{GeneralInfoInput, MeasureInput, OrderInput, PeriodInput, TimeSlotInput},
    rules::{self, Context, GeneralInfo},
};
use serde::{Deserialize, de::value::StrDeserializer};

mod location;

use super::{body::wrong_type, date_time, violations};

const STATUSES: &str = r#""draft"|"published""#;
const MEASURE_TYPES: &str = r#""alternateRoad"|"noOvertaking"|"noEntry"|"speedLimitation"|"parkingProhibited""#;
const RECURRENCE_TYPES: &str = r#""everyDay"|"certainDays""#;

/// An order that passed the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Whether it is to be published.
    pub status: OrderStatus,
    /// General information.
    pub general: GeneralInfo,
    /// What it says; nothing is located yet.
    pub content: OrderContent,
}

/// Checks a body. Dates and times become the wall-clock time of `zone`.
///
/// # Errors
/// Every broken rule, worded as in the contract.
pub fn check(body: &WriteRegulation, zone: Tz, context: &mut Context<'_>) -> Result<Checked, Vec<ViolationView>> {
    let mut mapping = Mapping::new(zone);
    let (status, input) = mapping.order(body);
    if !mapping.wrong_types.is_empty() {
        return Err(mapping.wrong_types);
    }
    let checked = rules::order(&input, context).map_err(|broken| merge(broken, &mapping.unreadable));
    match (status, checked) {
        (Some(status), Ok((general, content))) if mapping.unreadable.is_empty() => {
            Ok(Checked { status, general, content })
        }
        (_, Ok(_)) => Err(violations::on_the_wire(&mapping.unreadable)),
        (_, Err(broken)) => Err(violations::on_the_wire(&broken)),
    }
}

/// The words of a body that are none of their enumeration, and the absence of a status: what existing clients are told
/// before anything else is looked at.
#[must_use]
pub fn mistakes_of_type(body: &WriteRegulation, zone: Tz) -> Vec<ViolationView> {
    let mut mapping = Mapping::new(zone);
    mapping.order(body);
    mapping.wrong_types
}

/// A date that cannot be read was taken as missing by the rules: say instead what is wrong with it.
pub(super) fn merge(mut broken: Vec<Violation>, unreadable: &[Violation]) -> Vec<Violation> {
    for violation in unreadable {
        // What stands for both was missed twice; and what is missing was compared.
        let paths = match violation.path.strip_suffix("DateTime") {
            Some(part) => vec![format!("{part}Date"), format!("{part}Time")],
            None => vec![violation.path.clone()],
        };
        let is_about = |rule: &Violation| {
            matches!(rule.code, ViolationCode::Required | ViolationCode::EndDateBeforeStart)
                && paths.contains(&rule.path)
        };
        let place = broken.iter().position(is_about).unwrap_or(broken.len());
        broken.retain(|rule| !is_about(rule));
        broken.insert(place, violation.clone());
    }
    broken
}

/// The instant that stands for a date and a time, when both are missing.
pub(super) fn whole<'a>(date: &Option<String>, time: &Option<String>, whole: &'a Option<String>) -> Option<&'a str> {
    let is_blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    whole.as_deref().filter(|_| is_blank(date) && is_blank(time))
}

pub(super) fn split(at: Option<NaiveDateTime>) -> (Option<NaiveDate>, Option<NaiveTime>) {
    (at.map(|at| at.date()), at.map(|at| at.time()))
}

/// A body on its way to the rules.
pub(super) struct Mapping {
    zone: Tz,
    wrong_types: Vec<ViolationView>,
    unreadable: Vec<Violation>,
}

impl Mapping {
    pub(super) const fn new(zone: Tz) -> Self {
        Self { zone, wrong_types: Vec::new(), unreadable: Vec::new() }
    }

    /// What could not be read, on the paths of the body.
    pub(super) fn unreadable(self) -> Vec<Violation> {
        self.unreadable
    }

    fn order(&mut self, body: &WriteRegulation) -> (Option<OrderStatus>, OrderInput) {
        if body.status.is_none() {
            self.wrong_types.push(ViolationView {
                property_path: "status".to_owned(),
                title: "Cette valeur ne doit pas être nulle.".to_owned(),
                parameters: Parameters::default(),
                code: violations::code_word(ViolationCode::Required),
                measure_index: None,
            });
        }
        let status = self.word("status", body.status.as_deref(), STATUSES);
        let measures = body.measures.as_deref().unwrap_or_default();
        let input = OrderInput {
            general: GeneralInfoInput {
                identifier: body.identifier.clone(),
                category: body.category.clone(),
                subject: body.subject.clone(),
                other_category_text: body.other_category_text.clone(),
                title: body.title.clone(),
            },
            measures: measures.iter().enumerate().map(|(i, m)| self.measure(m, &format!("measures[{i}]"))).collect(),
            measures_sent_empty: body.measures.as_ref().is_some_and(Vec::is_empty),
        };
        (status, input)
    }

    fn measure(&mut self, measure: &WriteMeasure, path: &str) -> MeasureInput {
        self.word::<dialog_domain::MeasureType>(&format!("{path}.type"), measure.kind.as_deref(), MEASURE_TYPES);
        let periods = measure.periods.iter().enumerate();
        let periods = periods.map(|(i, period)| self.period(period, &format!("{path}.periods[{i}]"))).collect();
        let locations = measure.locations.iter().enumerate();
        let locations = locations.map(|(i, place)| self.location(place, &format!("{path}.locations[{i}]"))).collect();
        MeasureInput {
            uuid: measure.uuid.map(MeasureId),
            kind: measure.kind.clone(),
            max_speed: measure.max_speed,
            vehicle_set: measure.vehicle_set.clone(),
            periods,
            locations,
            // The contract: what cannot be read is now.
            created_at: measure.created_at.as_deref().and_then(date_time::read_instant),
        }
    }

    fn period(&mut self, period: &WritePeriod, path: &str) -> PeriodInput {
        self.recurrence(&format!("{path}.recurrenceType"), period.recurrence_type.as_deref());
        let range = period.daily_range.as_ref();
        let range_type = range.and_then(|range| range.recurrence_type.as_deref());
        self.recurrence(&format!("{path}.dailyRange.recurrenceType"), range_type);

        let is_permanent = period.is_permanent.unwrap_or(false);
        let (start_date, start_time) = self.start(period, path, is_permanent);
        let (end_date, end_time) = match whole(&period.end_date, &period.end_time, &period.end_date_time) {
            Some(end) => split(self.read(format!("{path}.endDateTime"), Some(end), date_time::read_date_time)),
            None => (
                self.read(format!("{path}.endDate"), period.end_date.as_deref(), date_time::read_date),
                self.read(format!("{path}.endTime"), period.end_time.as_deref(), date_time::read_time),
            ),
        };
        let slots = period.time_slots.iter().flatten().enumerate();
        PeriodInput {
            uuid: period.uuid.map(PeriodId),
            start_date,
            start_time,
            end_date,
            end_time,
            is_permanent,
            recurrence_type: period.recurrence_type.clone(),
            applicable_days: range.map(|range| range.applicable_days.clone()).unwrap_or_default(),
            // Days are only asked for when the range says so itself.
            days_optional: range_type != Some("certainDays"),
            time_slots: slots.map(|(i, slot)| self.time_slot(slot, &format!("{path}.timeSlots[{i}]"))).collect(),
        }
    }

    fn start(
        &mut self,
        period: &WritePeriod,
        path: &str,
        is_permanent: bool,
    ) -> (Option<NaiveDate>, Option<NaiveTime>) {
        if let Some(start) = whole(&period.start_date, &period.start_time, &period.start_date_time) {
            return split(self.read(format!("{path}.startDateTime"), Some(start), date_time::read_date_time));
        }
        let start_date = period.start_date.as_deref();
        if is_permanent {
            // A permanent period starts at the very instant of its date.
            return split(self.read(format!("{path}.startDate"), start_date, date_time::read_date_time));
        }
        (
            self.read(format!("{path}.startDate"), start_date, date_time::read_date),
            self.read(format!("{path}.startTime"), period.start_time.as_deref(), date_time::read_time),
        )
    }

    fn time_slot(&mut self, slot: &WriteTimeSlot, path: &str) -> TimeSlotInput {
        TimeSlotInput {
            start_time: self.read(format!("{path}.startTime"), slot.start_time.as_deref(), date_time::read_time),
            end_time: self.read(format!("{path}.endTime"), slot.end_time.as_deref(), date_time::read_time),
        }
    }

    fn recurrence(&mut self, path: &str, text: Option<&str>) {
        if text.is_some_and(|text| !matches!(text, "everyDay" | "certainDays")) {
            self.wrong_types.push(wrong_type(path.to_owned(), RECURRENCE_TYPES));
        }
    }

    /// A word of an enumeration, spelt as serde spells it; any other is a mistake of type.
    fn word<T: for<'de> Deserialize<'de>>(&mut self, path: &str, text: Option<&str>, expected: &str) -> Option<T> {
        let text = text?;
        let word = known(text);
        if word.is_none() {
            self.wrong_types.push(wrong_type(path.to_owned(), expected));
        }
        word
    }

    /// A date or a time; an empty text is a missing one.
    pub(super) fn read<T>(
        &mut self,
        path: impl Into<String>,
        text: Option<&str>,
        read: impl FnOnce(&str, Tz) -> Option<T>,
    ) -> Option<T> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        let value = read(text, self.zone);
        if value.is_none() {
            self.unreadable.push(Violation::new(path, ViolationCode::Malformed));
        }
        value
    }
}

/// A word of an enumeration.
fn known<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(text)).ok()
}

#[cfg(test)]
mod tests;
