use chrono_tz::Tz;
use dialog_domain::{Day, Measure, Period};
use dialog_exports::PublishedOrder;
use roxmltree::{Document, Node};

use crate::support::{
    all, kind, legacy_document, measure, one, order, orders as orders_of, period, recurring, text, texts,
};

/// The study has these periods in UTC.
fn in_utc(periods: Vec<Period>) -> PublishedOrder {
    PublishedOrder { time_zone: Tz::UTC, ..order(vec![Measure { periods, ..measure() }]) }
}

/// From 3 June 08:00 to 5 June 10:00.
fn of_june(days: Option<&[Day]>, slots: &[(&str, &str)]) -> Period {
    let bounds = period("2023-06-03T08:00", Some("2023-06-05T10:00"));
    Period { start: bounds.start, end: bounds.end, ..recurring(days, slots) }
}

fn v1() -> Vec<Period> {
    vec![period("2023-07-02T23:00", Some("2023-11-10T22:59"))]
}

fn v2() -> Vec<Period> {
    vec![period("2023-08-03T00:00", Some("2023-08-10T23:59")), period("2023-07-03T00:00", Some("2023-07-10T23:59"))]
}

fn v3() -> Vec<Period> {
    vec![of_june(Some(&[Day::Tuesday, Day::Thursday]), &[("08:00", "10:00")])]
}

fn v4() -> Vec<Period> {
    vec![of_june(Some(&[Day::Tuesday]), &[("12:00", "14:00"), ("19:00", "21:00")])]
}

fn v5() -> Vec<Period> {
    vec![of_june(Some(&Day::ALL), &[("18:00", "22:00")])]
}

fn v6() -> Vec<Period> {
    vec![of_june(None, &[("08:00", "16:00")])]
}

fn v7() -> Vec<Period> {
    vec![of_june(Some(&[Day::Sunday]), &[])]
}

pub fn orders() -> Vec<PublishedOrder> {
    [v1(), v2(), v3(), v4(), v5(), v6(), v7(), Vec::new()].map(in_utc).to_vec()
}

/// Bounds, then what recurs: hours and days in the order in which they are written.
fn written(order: &PublishedOrder) -> Vec<(String, Option<String>, Vec<String>)> {
    let xml = legacy_document(order);
    let document = Document::parse(&xml).expect("XML");
    let conditions = all(orders_of(&document)[0], "trafficRegulation/condition/conditions/conditions");
    let validity = conditions.into_iter().filter(|node| kind(*node) == "ValidityCondition");
    let written = |condition: Node<'_, '_>| {
        assert_eq!(text(condition, "validityByOrder/validityStatus"), "definedByValidityTimeSpec");
        let specification = one(condition, "validityByOrder/validityTimeSpecification");
        let recurrence = |period: Node<'_, '_>| {
            let leaves = period.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
            leaves.collect::<Vec<_>>().join(" ")
        };
        (
            text(specification, "overallStartTime").to_owned(),
            texts(specification, "overallEndTime").first().map(|&end| end.to_owned()),
            all(specification, "validPeriod").into_iter().map(recurrence).collect(),
        )
    };
    validity.map(written).collect()
}

/// What recurs in the only period.
fn recurrence(periods: Vec<Period>) -> Vec<String> {
    written(&in_utc(periods)).remove(0).2
}

#[test]
fn v1_bounds_alone_in_the_old_layout() {
    let (start, end) = ("2023-07-02T23:00:00+00:00".to_owned(), Some("2023-11-10T22:59:00+00:00".to_owned()));
    assert_eq!(written(&in_utc(v1())), [(start, end, vec![])], "an end at a 59th minute stays there");
}

#[test]
fn v2_periods_are_sorted_by_their_start_in_the_old_layout() {
    let starts: Vec<String> = written(&in_utc(v2())).into_iter().map(|(start, ..)| start).collect();
    assert_eq!(starts, ["2023-07-03T00:00:00+00:00", "2023-08-03T00:00:00+00:00"]);
}

#[test]
fn v3_hours_then_days_in_the_old_layout() {
    let (start, end) = ("2023-06-03T08:00:00+00:00".to_owned(), Some("2023-06-05T10:00:00+00:00".to_owned()));
    let recurs = vec!["08:00:00+00:00 10:00:00+00:00 tuesday thursday".to_owned()];
    assert_eq!(written(&in_utc(v3())), [(start, end, recurs)]);
}

#[test]
fn v4_two_slots_and_a_day_in_the_old_layout() {
    let expected = "12:00:00+00:00 14:00:00+00:00 19:00:00+00:00 21:00:00+00:00 tuesday";
    assert_eq!(recurrence(v4()), [expected]);
}

#[test]
fn v5_seven_days_in_the_old_layout() {
    let expected = "18:00:00+00:00 22:00:00+00:00 monday tuesday wednesday thursday friday saturday sunday";
    assert_eq!(recurrence(v5()), [expected]);
}

#[test]
fn v5_hours_have_the_winter_offset_all_year_in_the_old_layout() {
    for month in ["01", "07"] {
        let bounds = period(&format!("2023-{month}-01T00:00"), Some(&format!("2023-{month}-20T00:00")));
        let slots = recurring(None, &[("19:00", "23:00"), ("00:30", "06:00")]).time_slots;
        let order = order(vec![Measure { periods: vec![Period { time_slots: slots, ..bounds }], ..measure() }]);
        let hours = "18:00:00+00:00 22:00:00+00:00 23:30:00+00:00 05:00:00+00:00";
        assert_eq!(written(&order)[0].2, [hours], "month {month}");
    }
}

#[test]
fn v6_hours_without_days_in_the_old_layout() {
    assert_eq!(recurrence(v6()), ["08:00:00+00:00 16:00:00+00:00"]);
}

#[test]
fn v7_days_without_hours_in_the_old_layout() {
    assert_eq!(recurrence(v7()), ["sunday"]);
}

#[test]
fn v8_measure_without_period_in_the_old_layout() {
    assert_eq!(written(&in_utc(Vec::new())), []);
}
