use chrono_tz::{Europe::Paris, Tz};
use uuid::Uuid;

use super::*;
use crate::{Day, Measure, MeasureId, MeasureType, OrderCategory, PeriodId, VehicleSet};

mod oracle;

const WORKING_DAYS: [Day; 5] = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    local(text).and_utc()
}

fn slot(start: &str, end: &str) -> TimeSlot {
    let time = |text| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
    TimeSlot { start: time(start), end: time(end) }
}

fn period(start: &str, end: Option<&str>, days: &[Day], time_slots: &[TimeSlot]) -> Period {
    Period {
        id: PeriodId(Uuid::nil()),
        start: local(start),
        end: end.map(local),
        recurrence: if days.is_empty() { Recurrence::EveryDay } else { Recurrence::CertainDays(days.to_vec()) },
        time_slots: time_slots.to_vec(),
    }
}

/// Intervals as UTC texts, over a window large enough for every period of these tests.
fn all(period: &Period) -> Vec<(String, String)> {
    let text = |at: DateTime<Utc>| at.format("%m-%d %H:%M").to_string();
    intervals(period, &Paris, utc("2026-01-01 00:00"), utc("2027-01-01 00:00"))
        .into_iter()
        .map(|(start, end)| (text(start), text(end)))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(start, end)| ((*start).to_owned(), (*end).to_owned())).collect()
}

#[test]
fn local_times_follow_the_clocks_of_the_territory() {
    for (zone, at, expected) in [
        (Paris, "2026-01-15 09:30", "2026-01-15 08:30"),
        (Paris, "2026-07-15 09:30", "2026-07-15 07:30"),
        // Skipped by summer time: the instant of the change.
        (Paris, "2026-03-29 02:30", "2026-03-29 01:00"),
        (Paris, "2026-03-29 02:00", "2026-03-29 01:00"),
        // Shown twice: the first.
        (Paris, "2026-10-25 02:30", "2026-10-25 00:30"),
        (Paris, "2026-10-25 03:00", "2026-10-25 02:00"),
        (Tz::Indian__Reunion, "2026-07-15 09:30", "2026-07-15 05:30"),
        (Tz::America__Miquelon, "2026-07-15 09:30", "2026-07-15 11:30"),
        // A whole day that never was.
        (Tz::Pacific__Apia, "2011-12-30 12:00", "2011-12-30 10:00"),
    ] {
        assert_eq!(instant(local(at), &zone), utc(expected), "{at} in {zone}");
    }
}

#[test]
fn an_end_at_23_59_is_the_end_of_that_day() {
    let whole = period("2026-12-01 00:00", Some("2026-12-30 23:59"), &[], &[]);
    assert_eq!(bounds(&whole, &Paris), (utc("2026-11-30 23:00"), Some(utc("2026-12-30 23:00"))));
    assert!(is_active(&whole, &Paris, utc("2026-12-30 22:59") + TimeDelta::seconds(59)));
    assert!(!is_active(&whole, &Paris, utc("2026-12-30 23:00")));

    let evening = period("2026-12-01 00:00", Some("2026-12-02 23:59"), &[], &[slot("20:00", "23:59")]);
    assert_eq!(all(&evening), pairs(&[("12-01 19:00", "12-01 23:00"), ("12-02 19:00", "12-02 23:00")]));
}

#[test]
fn an_end_at_midnight_leaves_out_the_day_it_names() {
    let whole = period("2026-12-01 00:00", Some("2026-12-30 00:00"), &[], &[]);
    assert_eq!(bounds(&whole, &Paris).1, Some(utc("2026-12-29 23:00")));
}

#[test]
fn the_demonstration_period_applies_on_working_mornings() {
    let period = period("2026-11-24 00:00", Some("2026-12-23 23:59"), &WORKING_DAYS, &[slot("07:00", "10:00")]);
    // A Wednesday, a Saturday.
    assert!(is_active(&period, &Paris, utc("2026-11-25 06:00")));
    assert!(!is_active(&period, &Paris, utc("2026-11-25 09:00")));
    assert!(!is_active(&period, &Paris, utc("2026-11-28 06:30")));
    assert_eq!(all(&period).len(), 22);
}

#[test]
fn an_overnight_slot_belongs_to_the_day_on_which_it_starts() {
    let friday = period("2026-12-01 00:00", Some("2026-12-12 23:59"), &[Day::Friday], &[slot("22:00", "06:00")]);
    assert_eq!(all(&friday), pairs(&[("12-04 21:00", "12-05 05:00"), ("12-11 21:00", "12-12 05:00")]));
}

#[test]
fn an_overnight_slot_is_clipped_by_the_period() {
    let nights = period("2026-12-01 00:00", Some("2026-12-02 23:59"), &[], &[slot("22:00", "06:00")]);
    assert_eq!(
        all(&nights),
        // The end of the night before, a whole night, and the beginning of the last one.
        pairs(&[("11-30 23:00", "12-01 05:00"), ("12-01 21:00", "12-02 05:00"), ("12-02 21:00", "12-02 23:00")])
    );
}

#[test]
fn a_slot_whose_ends_are_equal_lasts_24_hours() {
    let monday = period("2026-12-02 00:00", Some("2026-12-12 23:59"), &[Day::Monday], &[slot("08:00", "08:00")]);
    assert_eq!(all(&monday), pairs(&[("12-07 07:00", "12-08 07:00")]));
    let always = period("2026-12-01 00:00", Some("2026-12-31 23:59"), &[], &[slot("08:00", "08:00")]);
    assert_eq!(all(&always), pairs(&[("11-30 23:00", "12-31 23:00")]));
}

#[test]
fn slots_and_days_that_touch_are_one_stretch() {
    let slots = [slot("12:00", "14:00"), slot("08:00", "12:00"), slot("13:00", "15:00")];
    let day = period("2026-12-01 00:00", Some("2026-12-01 23:59"), &[], &slots);
    assert_eq!(all(&day), pairs(&[("12-01 07:00", "12-01 14:00")]));
    let weekend = period("2026-12-01 00:00", Some("2026-12-07 23:59"), &[Day::Saturday, Day::Sunday], &[]);
    assert_eq!(all(&weekend), pairs(&[("12-04 23:00", "12-06 23:00")]));
}

#[test]
fn a_slot_keeps_its_local_hours_over_a_change_of_the_clocks() {
    let spring = period("2026-03-28 00:00", Some("2026-03-30 23:59"), &[], &[slot("19:00", "23:00")]);
    assert_eq!(
        all(&spring),
        pairs(&[("03-28 18:00", "03-28 22:00"), ("03-29 17:00", "03-29 21:00"), ("03-30 17:00", "03-30 21:00")])
    );
    // The night of the change is one hour shorter, or longer.
    let night = |start, end| period(start, Some(end), &[], &[slot("22:00", "06:00")]);
    assert_eq!(all(&night("2026-03-28 12:00", "2026-03-29 12:00")), pairs(&[("03-28 21:00", "03-29 04:00")]));
    assert_eq!(all(&night("2026-10-24 12:00", "2026-10-25 12:00")), pairs(&[("10-24 20:00", "10-25 05:00")]));
    // A slot that the change skips entirely.
    let skipped = period("2026-03-29 00:00", Some("2026-03-29 23:59"), &[], &[slot("02:10", "02:50")]);
    assert!(all(&skipped).is_empty());
}

#[test]
fn an_empty_period_never_applies() {
    let empty = period("2026-12-01 08:00", Some("2026-12-01 08:00"), &[], &[]);
    assert!(all(&empty).is_empty());
    assert!(!is_active(&empty, &Paris, utc("2026-12-01 07:00")));
    assert_eq!(next_change(&empty, &Paris, utc("2026-01-01 00:00")), None);
}

#[test]
fn the_next_change_is_the_next_start_or_stop() {
    let period = period("2026-11-24 00:00", Some("2026-12-23 23:59"), &WORKING_DAYS, &[slot("07:00", "10:00")]);
    let next = |after| next_change(&period, &Paris, utc(after));
    assert_eq!(next("2026-01-01 00:00"), Some(utc("2026-11-24 06:00")));
    assert_eq!(next("2026-11-24 06:00"), Some(utc("2026-11-24 09:00")));
    assert_eq!(next("2026-11-24 09:00"), Some(utc("2026-11-25 06:00")));
    assert_eq!(next("2026-11-27 09:00"), Some(utc("2026-11-30 06:00")), "over the week-end");
    assert_eq!(next("2026-12-23 08:00"), Some(utc("2026-12-23 09:00")));
    assert_eq!(next("2026-12-23 09:00"), None);
}

#[test]
fn a_period_without_break_changes_at_its_end_only() {
    let after = utc("2026-06-01 00:00");
    let closed = period("2026-01-01 00:00", Some("2026-12-31 23:59"), &[], &[slot("08:00", "08:00")]);
    assert_eq!(next_change(&closed, &Paris, after), Some(utc("2026-12-31 23:00")));
    let open = period("2026-01-01 00:00", None, &Day::ALL, &[]);
    assert_eq!(next_change(&open, &Paris, after), None);
    assert_eq!(next_change(&open, &Paris, utc("2025-01-01 00:00")), Some(utc("2025-12-31 23:00")));
}

#[test]
fn an_order_lasts_from_its_first_start_to_its_last_end() {
    let measure = |periods| Measure {
        id: MeasureId(Uuid::nil()),
        kind: MeasureType::NoEntry,
        max_speed_kmh: None,
        vehicle_set: VehicleSet::default(),
        periods,
        locations: vec![],
        created_at: DateTime::UNIX_EPOCH,
    };
    let order = |measures| OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: None,
        other_category_text: None,
        title: String::new(),
        measures,
        repeal: None,
    };
    let december = period("2026-12-01 00:00", Some("2026-12-10 23:59"), &[], &[]);
    let summer = period("2026-07-01 08:00", Some("2026-07-01 18:00"), &[], &[]);
    let open = period("2026-08-01 00:00", None, &[], &[]);

    assert_eq!(order_bounds(&order(vec![]), &Paris), None);
    let closed = order(vec![measure(vec![december.clone()]), measure(vec![summer.clone()])]);
    assert_eq!(order_bounds(&closed, &Paris), Some((utc("2026-07-01 06:00"), Some(utc("2026-12-10 23:00")))),);
    // Domain sheet §13.4, 50: one open period leaves the whole order open.
    let open = order(vec![measure(vec![december, open, summer])]);
    assert_eq!(order_bounds(&open, &Paris), Some((utc("2026-07-01 06:00"), None)));
}

#[test]
fn a_window_clips_and_may_be_empty() {
    let open = period("2026-01-01 00:00", None, &[], &[]);
    let (from, until) = (utc("2026-05-01 00:00"), utc("2026-05-02 00:00"));
    assert_eq!(intervals(&open, &Paris, from, until), vec![(from, until)]);
    assert!(intervals(&open, &Paris, until, from).is_empty());
    assert!(intervals(&open, &Paris, from, from).is_empty());
}
