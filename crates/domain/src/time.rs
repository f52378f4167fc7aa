//! The time compiler: from local wall-clock periods to exact instants.
//!
//! A period is a weekly pattern of local days and hours, clipped by the two bounds of the period. A slot belongs to
//! the day on which it starts, even when it runs past midnight; the pattern has no beginning, so that a period that
//! starts in the morning catches the end of the night before. Everything is half-open and to the minute; an end at
//! 23:59 means the end of that day.
//!
//! A local time stands for the first instant at which the clocks of the zone show that time or a later one: a time
//! that a change to summer time skips is the instant of the change, one that occurs twice in autumn is the first.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};

use crate::{OrderContent, Period, Recurrence, TimeSlot};

/// How far to look for the next change: two whole weeks, one of which may contain a change of the clocks.
const HORIZON: TimeDelta = TimeDelta::days(15);

/// First instant at which the clocks of `zone` show `local` or later.
#[must_use]
pub fn instant<Z: TimeZone>(local: NaiveDateTime, zone: &Z) -> DateTime<Utc> {
    if let Some(found) = zone.from_local_datetime(&local).earliest() {
        return found.with_timezone(&Utc);
    }
    // The clocks skip this time. No zone is further than a day from UTC, and none skips more than a day.
    let shows = |at: DateTime<Utc>| at.with_timezone(zone).naive_local();
    let (mut before, mut after) = (local.and_utc() - TimeDelta::days(3), local.and_utc() + TimeDelta::days(3));
    while after - before > TimeDelta::seconds(1) {
        let middle = before + (after - before) / 2;
        if shows(middle) < local { before = middle } else { after = middle }
    }
    after.with_nanosecond(0).unwrap_or(after)
}

/// The local time at which an end written as `end` really falls: 23:59 means the following midnight.
#[must_use]
pub fn end_of_day(end: NaiveDateTime) -> NaiveDateTime {
    match (end.hour(), end.minute()) {
        (23, 59) => end.date().checked_add_days(Days::new(1)).map_or(end, |day| day.and_time(NaiveTime::MIN)),
        _ => end,
    }
}

/// Exact bounds of a period: from the first instant, up to but without the second one; open when there is none.
#[must_use]
pub fn bounds<Z: TimeZone>(period: &Period, zone: &Z) -> (DateTime<Utc>, Option<DateTime<Utc>>) {
    (instant(period.start, zone), period.end.map(|end| instant(end_of_day(end), zone)))
}

/// Bounds of an order: the earliest start, and the latest end when every period has one. `None` without period.
#[must_use]
pub fn order_bounds<Z: TimeZone>(content: &OrderContent, zone: &Z) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    content.measures.iter().flat_map(|measure| &measure.periods).map(|period| bounds(period, zone)).reduce(
        |(start, end), (other_start, other_end)| {
            (start.min(other_start), end.zip(other_end).map(|(end, other)| end.max(other)))
        },
    )
}

/// Every stretch of `[from, until)` during which the period applies: sorted, disjoint, half-open, as long as possible.
#[must_use]
pub fn intervals<Z: TimeZone>(
    period: &Period,
    zone: &Z,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let (start, end) = bounds(period, zone);
    let from = from.max(start);
    let until = end.map_or(until, |end| end.min(until));
    if from >= until {
        return Vec::new();
    }
    if period.recurrence == Recurrence::EveryDay && period.time_slots.is_empty() {
        return vec![(from, until)];
    }
    let mut found: Vec<_> = days(from, until, zone)
        .filter(|day| recurs_on(&period.recurrence, *day))
        .flat_map(|day| stretches(day, &period.time_slots))
        .map(|(start, end)| (instant(start, zone).max(from), instant(end, zone).min(until)))
        .filter(|(start, end)| start < end)
        .collect();
    found.sort_unstable();
    merge(found)
}

/// Whether the period applies at `at`.
#[must_use]
pub fn is_active<Z: TimeZone>(period: &Period, zone: &Z, at: DateTime<Utc>) -> bool {
    intervals(period, zone, at, at + TimeDelta::seconds(1)).first().is_some_and(|(start, _)| *start <= at)
}

/// The first instant after `after` at which the period starts or stops applying; `None` when it never changes again.
#[must_use]
pub fn next_change<Z: TimeZone>(period: &Period, zone: &Z, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (start, end) = bounds(period, zone);
    let from = after.max(start);
    let until = from + HORIZON;
    let (first_start, first_end) = intervals(period, zone, from, until).first().copied()?;
    if first_start > after {
        return Some(first_start);
    }
    if first_end < until || !is_active(period, zone, until) {
        return Some(first_end);
    }
    // It applies for two whole weeks without a break: until the end of the period.
    end
}

/// The local days whose slots can touch `[from, until)`: those of the window, and one before for what runs past
/// midnight (a slot may end as late as the end of the following day).
fn days<Z: TimeZone>(from: DateTime<Utc>, until: DateTime<Utc>, zone: &Z) -> impl Iterator<Item = NaiveDate> {
    let date = |at: DateTime<Utc>| at.with_timezone(zone).date_naive();
    let last = date(until);
    let first = date(from);
    let first = first.checked_sub_days(Days::new(2)).unwrap_or(first);
    first.iter_days().take_while(move |day| *day <= last)
}

fn recurs_on(recurrence: &Recurrence, date: NaiveDate) -> bool {
    match recurrence {
        Recurrence::EveryDay => true,
        Recurrence::CertainDays(days) => days.iter().any(|day| day.weekday() == date.weekday()),
    }
}

/// Local stretches that start on `day`.
fn stretches(day: NaiveDate, slots: &[TimeSlot]) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let Some(next) = day.checked_add_days(Days::new(1)) else { return Vec::new() };
    if slots.is_empty() {
        return vec![(day.and_time(NaiveTime::MIN), next.and_time(NaiveTime::MIN))];
    }
    slots
        .iter()
        .map(|slot| {
            let end = if slot.end > slot.start { end_of_day(day.and_time(slot.end)) } else { next.and_time(slot.end) };
            (day.and_time(slot.start), end)
        })
        .collect()
}

fn merge(sorted: Vec<(DateTime<Utc>, DateTime<Utc>)>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut merged: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::with_capacity(sorted.len());
    for (start, end) in sorted {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
