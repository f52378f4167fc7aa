//! The days on which periods apply, as the clerk wrote them.
//!
//! A calendar shows local days and hours: the zone of the territory only matters for exact instants, which the server
//! computes. The time compiler is run on clocks that never change, and its answer read as local time.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use dialog_domain::{Period, time};

/// A day of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    /// Which.
    pub date: NaiveDate,
    /// Whether the periods apply that day, and when.
    pub hours: DayHours,
}

/// When periods apply on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayHours {
    /// Never.
    None,
    /// From midnight to midnight.
    Whole,
    /// At these hours, in French.
    Part(String),
}

/// First of the month in which the periods start, or of today's when they have started already.
pub fn first_month(periods: &[Period], today: NaiveDate) -> NaiveDate {
    let start = periods.iter().map(|period| period.start.date()).min().unwrap_or(today);
    let last = periods.iter().map(|period| period.end.map_or(NaiveDate::MAX, |end| end.date())).max();
    let shown = if last.is_some_and(|last| last < today) { start } else { start.max(today) };
    shown.with_day(1).unwrap_or(shown)
}

/// The month before or after.
pub fn other_month(first: NaiveDate, later: bool) -> NaiveDate {
    let month = Months::new(1);
    let other = if later { first.checked_add_months(month) } else { first.checked_sub_months(month) };
    other.unwrap_or(first)
}

/// The days of a month and when the periods apply on each.
pub fn days(periods: &[Period], first: NaiveDate) -> Vec<CalendarDay> {
    let end = other_month(first, true);
    let all: Vec<_> =
        periods.iter().flat_map(|period| time::intervals(period, &Utc, midnight(first), midnight(end))).collect();
    first
        .iter_days()
        .take_while(|date| *date < end)
        .map(|date| CalendarDay { date, hours: hours(&all, date) })
        .collect()
}

/// How far two periods are compared, days.
const COMPARED: i64 = 366;

/// Places of the first two periods that apply at the same moment, within a year of the later beginning.
pub fn overlap(periods: &[Option<Period>]) -> Option<(usize, usize)> {
    let known: Vec<_> =
        periods.iter().enumerate().filter_map(|(rank, period)| Some((rank, period.as_ref()?))).collect();
    known.iter().enumerate().find_map(|(at, (rank, period))| {
        let others = known.get(at + 1..).unwrap_or_default();
        others.iter().find(|(_, other)| meet(period, other)).map(|(other, _)| (*rank, *other))
    })
}

fn meet(one: &Period, other: &Period) -> bool {
    let from = one.start.max(other.start);
    let until = from.checked_add_signed(TimeDelta::days(COMPARED)).unwrap_or(from);
    let end = [one.end, other.end].into_iter().flatten().fold(until, |until, end| until.min(end + TimeDelta::days(1)));
    let (from, end) = (from.and_utc() - TimeDelta::days(1), end.and_utc());
    let both = [one, other].into_iter().enumerate();
    let mut all: Vec<_> = both
        .flat_map(|(whose, period)| {
            time::intervals(period, &Utc, from, end).into_iter().map(move |(start, end)| (start, end, whose))
        })
        .collect();
    all.sort_unstable();
    // Those of one period follow each other: two that meet are of both.
    all.windows(2).any(|pair| matches!(pair, [(_, end, one), (start, _, other)] if start < end && one != other))
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc()
}

fn hours(intervals: &[(DateTime<Utc>, DateTime<Utc>)], date: NaiveDate) -> DayHours {
    let (from, until) = (midnight(date), midnight(date) + TimeDelta::days(1));
    let mut parts: Vec<_> = intervals
        .iter()
        .map(|(start, end)| ((*start).max(from), (*end).min(until)))
        .filter(|(start, end)| start < end)
        .collect();
    parts.sort_unstable();
    let mut merged: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for (start, end) in parts {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    match merged.as_slice() {
        [] => DayHours::None,
        [(start, end)] if *start == from && *end == until => DayHours::Whole,
        parts => {
            let hour = |at: DateTime<Utc>| if at == until { "24h".to_owned() } else { at.format("%Hh%M").to_string() };
            let said: Vec<_> = parts.iter().map(|(start, end)| format!("{}-{}", hour(*start), hour(*end))).collect();
            DayHours::Part(said.join(", "))
        }
    }
}

/// Empty cells before the first of a month in a week that begins on Monday.
pub fn blanks(first: NaiveDate) -> u32 {
    first.weekday().num_days_from_monday()
}

/// Name of a month with its year.
pub fn month_name(first: NaiveDate) -> String {
    let names = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let name = names.get(usize::try_from(first.month0()).unwrap_or_default()).copied().unwrap_or_default();
    format!("{name} {}", first.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{
        PeriodDraft,
        period::{Preset, complete},
    };

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn nights() -> Vec<Period> {
        let mut draft = PeriodDraft::new(0);
        draft.set_start_date("2026-12-01".to_owned());
        draft.end_date = "2026-12-03".to_owned();
        draft.preset(Preset::Nights, || 1);
        vec![complete(&draft, false).unwrap()]
    }

    #[test]
    fn a_night_is_told_on_both_its_days() {
        let days = days(&nights(), date("2026-12-01"));
        assert_eq!(days.len(), 31);
        assert_eq!(days[1].hours, DayHours::Part("00h00-06h00, 20h00-24h".to_owned()));
        assert_eq!(days[4].hours, DayHours::None);
    }

    #[test]
    fn a_day_without_hours_is_whole_and_weeks_begin_on_monday() {
        let mut draft = PeriodDraft::new(0);
        draft.set_start_date("2026-12-05".to_owned());
        let periods = vec![complete(&draft, false).unwrap()];
        assert_eq!(days(&periods, date("2026-12-01"))[4].hours, DayHours::Whole);
        assert_eq!(blanks(date("2026-12-01")), 1);
        assert_eq!(month_name(date("2026-12-01")), "décembre 2026");
    }

    #[test]
    fn periods_that_say_the_same_moment_twice_are_found() {
        let period = |start: &str, end: &str, preset| {
            let mut draft = PeriodDraft::new(0);
            draft.set_start_date(start.to_owned());
            draft.end_date = end.to_owned();
            draft.preset(preset, || 1);
            complete(&draft, false)
        };
        let days = period("2026-12-01", "2026-12-31", Preset::DayTime);
        let nights = period("2026-12-01", "2026-12-31", Preset::Nights);
        let later = period("2027-01-01", "2027-01-31", Preset::DayTime);
        let whole = period("2026-12-31", "2027-01-01", Preset::WholeDays);
        assert_eq!(overlap(&[days.clone(), nights.clone(), later.clone()]), None);
        assert_eq!(overlap(&[days.clone(), None, days.clone()]), Some((0, 2)));
        assert_eq!(overlap(&[nights, later, whole]), Some((0, 2)));
        assert_eq!(overlap(&[days]), None);
    }

    #[test]
    fn the_calendar_opens_where_something_applies() {
        assert_eq!(first_month(&nights(), date("2026-11-23")), date("2026-12-01"));
        assert_eq!(first_month(&nights(), date("2027-03-03")), date("2026-12-01"));
    }
}
