//! Rules of a period.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{
    Context, Face,
    report::{Report, trimmed, word},
    vehicle::words,
};
use crate::{
    Day, Period, PeriodId, Recurrence, TimeSlot, Violation, ViolationCode,
    input::{PeriodInput, TimeSlotInput},
    time::end_of_day,
};

/// First year a date may have.
pub const YEAR_MIN: i32 = 1900;
/// Last year a date may have.
pub const YEAR_MAX: i32 = 2200;

pub(super) fn check(input: &PeriodInput, context: &mut Context<'_>, report: &mut Report) -> Option<Period> {
    let start_date = required(report, "startDate", input.start_date);
    let start_date = within_years(report, "startDate", start_date);
    let start_time = match input.start_time {
        None if input.is_permanent => Some(NaiveTime::MIN),
        time => required(report, "startTime", time),
    };
    let start = start_date.zip(start_time).map(|(date, time)| date.and_time(to_the_minute(time)));
    let end = end(input, start, context.face, report);

    let recurrence = recurrence(input, context.face, report);
    let time_slots = report.each("timeSlots", &input.time_slots, |report, slot| time_slot(slot, report));

    Some(Period {
        id: input.uuid.unwrap_or_else(|| PeriodId((context.new_id)())),
        start: start?,
        end: end?,
        recurrence: recurrence?,
        time_slots: time_slots?,
    })
}

/// `Some(None)`: no end. A permanent period drops the end that a form hides; the contract keeps a complete one.
fn end(
    input: &PeriodInput,
    start: Option<NaiveDateTime>,
    face: Face,
    report: &mut Report,
) -> Option<Option<NaiveDateTime>> {
    if input.is_permanent {
        let kept = face == Face::Integrator;
        let Some((date, time)) = input.end_date.zip(input.end_time).filter(|_| kept) else { return Some(None) };
        let date = within_years(report, "endDate", Some(date))?;
        return after_start(input, start, date, time, face, report).map(Some);
    }

    let date = required(report, "endDate", input.end_date);
    if date.is_none() && input.start_date.is_some() && face == Face::Integrator {
        // The contract compares what is missing too.
        report.add("endDate", ViolationCode::EndDateBeforeStart);
    }
    let date = within_years(report, "endDate", date);
    let (date, time) = match (date, input.end_time) {
        // The dates alone can already be compared.
        (Some(date), None) => {
            if input.start_date.is_some_and(|start| date < start) {
                report.add("endDate", ViolationCode::EndDateBeforeStart);
            }
            report.add("endTime", ViolationCode::Required);
            return None;
        }
        (None, None) => {
            report.add("endTime", ViolationCode::Required);
            return None;
        }
        (date, Some(time)) => (date?, time),
    };
    after_start(input, start, date, time, face, report).map(Some)
}

fn after_start(
    input: &PeriodInput,
    start: Option<NaiveDateTime>,
    date: NaiveDate,
    time: NaiveTime,
    face: Face,
    report: &mut Report,
) -> Option<NaiveDateTime> {
    if input.start_date.is_some_and(|start| date < start) {
        report.add("endDate", ViolationCode::EndDateBeforeStart);
        return None;
    }
    let end = date.and_time(to_the_minute(time));
    if let Some(start) = start {
        // A form refuses an empty period, which the contract lets through.
        let refused = match face {
            Face::Form => end_of_day(end) <= start,
            Face::Integrator => end < start,
        };
        if refused {
            report.add("endTime", ViolationCode::EndTimeBeforeStart);
            return None;
        }
    }
    Some(end)
}

fn recurrence(input: &PeriodInput, face: Face, report: &mut Report) -> Option<Recurrence> {
    let certain_days = match trimmed(input.recurrence_type.as_deref()) {
        None => {
            report.add("recurrenceType", ViolationCode::Required);
            None
        }
        Some(text) => report.choice("recurrenceType", text, |text| match text {
            "everyDay" => Some(false),
            "certainDays" => Some(true),
            _ => None,
        }),
    };
    if certain_days != Some(true) && face == Face::Form {
        return certain_days.map(|_| Recurrence::EveryDay);
    }
    let days_required = certain_days == Some(true) && !input.days_optional;
    if days_required && input.applicable_days.is_empty() {
        report.add("applicableDays", ViolationCode::Required);
    }
    let mut days = words("applicableDays", &input.applicable_days, word::<Day>, report);
    days.sort_unstable();
    match certain_days? {
        true if !days.is_empty() => Some(Recurrence::CertainDays(days)),
        true if days_required => None,
        _ => Some(Recurrence::EveryDay),
    }
}

/// Any two times make a slot: the end may be on the following day.
fn time_slot(input: &TimeSlotInput, report: &mut Report) -> Option<TimeSlot> {
    let start = required(report, "startTime", input.start_time);
    let end = required(report, "endTime", input.end_time);
    Some(TimeSlot { start: to_the_minute(start?), end: to_the_minute(end?) })
}

pub(super) fn required<T>(report: &mut Report, path: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        report.add(path, ViolationCode::Required);
    }
    value
}

pub(super) fn within_years(report: &mut Report, path: &str, date: Option<NaiveDate>) -> Option<NaiveDate> {
    let date = date?;
    if (YEAR_MIN..=YEAR_MAX).contains(&date.year()) {
        return Some(date);
    }
    report.push(Violation::new(path, ViolationCode::DateOutOfRange).with("min", YEAR_MIN).with("max", YEAR_MAX));
    None
}

pub(super) fn to_the_minute(time: NaiveTime) -> NaiveTime {
    NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
}
