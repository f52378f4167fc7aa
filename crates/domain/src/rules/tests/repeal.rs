use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Paris;
use proptest::prelude::*;

use super::*;
use crate::{
    Period, PeriodId, Repeal,
    diff::tests::contents,
    input::RepealInput,
    time::{end_of_day, instant, is_active},
};

/// Two measures: one from the 1st without end, one from the 1st to the 10th and from the 20th to the 30th of December.
fn order() -> OrderContent {
    let mut order = contents::sample();
    let closed = |id: u128, start: &str, end: &str| Period {
        id: PeriodId(Uuid::from_u128(id)),
        start: contents::at(start),
        end: Some(contents::at(end)),
        ..order.measures[0].periods[0].clone()
    };
    let two = vec![
        closed(100, "2026-12-01T00:00:00", "2026-12-10T23:59:00"),
        closed(101, "2026-12-20T00:00:00", "2026-12-30T23:59:00"),
    ];
    order.measures[0].periods[0].end = None;
    order.measures[1].periods = two;
    order
}

fn typed(changes: Value) -> RepealInput {
    let whole = json!({"endDate": "2026-12-05", "endTime": "18:00", "reason": "Les travaux sont finis"});
    serde_json::from_value(merged(whole, changes)).unwrap()
}

fn repealed(changes: Value) -> OrderContent {
    repeal(&typed(changes), &order()).unwrap()
}

fn refused(changes: Value) -> Vec<String> {
    broken(repeal(&typed(changes), &order()))
}

fn ends(content: &OrderContent) -> Vec<Vec<String>> {
    let end = |period: &Period| period.end.map_or_else(|| "open".to_owned(), |end| end.to_string());
    content.measures.iter().map(|measure| measure.periods.iter().map(end).collect()).collect()
}

#[test]
fn a_repeal_keeps_its_end_and_its_reason() {
    let repealed = repealed(json!({"reason": "  Les travaux sont finis "}));
    assert_eq!(
        repealed.repeal,
        Some(Repeal { end: contents::at("2026-12-05T18:00:00"), reason: "Les travaux sont finis".into() })
    );
    assert_eq!(OrderContent { repeal: None, measures: order().measures, ..repealed }, order());
}

#[test]
fn periods_stop_at_the_repeal_and_later_ones_are_gone() {
    assert_eq!(ends(&repealed(json!({}))), [["2026-12-05 18:00:00"], ["2026-12-05 18:00:00"]]);
    // What ended before stays as it was.
    let later = repealed(json!({"endDate": "2026-12-15", "endTime": "23:59"}));
    assert_eq!(ends(&later), [["2026-12-15 23:59:00"], ["2026-12-10 23:59:00"]]);
    let latest = repealed(json!({"endDate": "2026-12-20", "endTime": "00:01"}));
    assert_eq!(ends(&latest)[1], ["2026-12-10 23:59:00", "2026-12-20 00:01:00"]);
    let same_instant = repealed(json!({"endDate": "2026-12-20", "endTime": "00:00"}));
    assert_eq!(ends(&same_instant)[1], ["2026-12-10 23:59:00"], "a period that begins at the repeal never applies");
    let eve = repealed(json!({"endDate": "2026-12-19", "endTime": "23:59"}));
    assert_eq!(ends(&eve)[1], ["2026-12-10 23:59:00"], "23:59 is the end of the day");
}

#[test]
fn a_measure_that_had_not_begun_is_gone() {
    let mut order = order();
    order.measures[1].periods.remove(0);
    let repealed = repeal(&typed(json!({})), &order).unwrap();
    assert_eq!(repealed.measures.len(), 1);
    assert_eq!(repealed.measures[0].id, order.measures[0].id);
}

#[test]
fn a_repeal_needs_a_date_a_time_and_a_reason() {
    assert_eq!(
        refused(json!({"endDate": null, "endTime": null, "reason": " "})),
        ["endDate: required", "endTime: required", "reason: required"]
    );
    assert_eq!(refused(json!({"reason": "é".repeat(256)})), ["reason: too_long max=255"]);
    assert!(repeal(&typed(json!({"reason": "é".repeat(255)})), &order()).is_ok());
    assert_eq!(refused(json!({"endDate": "2201-01-01"})), ["endDate: date_out_of_range max=2200 min=1900"]);
}

#[test]
fn an_order_is_repealed_between_its_start_and_its_end() {
    let early = |date: &str, time: &str| refused(json!({"endDate": date, "endTime": time}));
    assert_eq!(early("2026-11-30", "08:00"), ["endDate: repeal_before_start start=2026-12-01T00:00"]);
    assert_eq!(early("2026-12-01", "00:00"), ["endTime: repeal_before_start start=2026-12-01T00:00"]);
    assert!(repeal(&typed(json!({"endDate": "2026-12-01", "endTime": "00:01"})), &order()).is_ok());

    let mut closed = order();
    closed.measures.remove(0);
    let late =
        |date: &str, time: &str| broken(repeal(&typed(json!({"endDate": date, "endTime": time})), &closed)).concat();
    assert_eq!(late("2027-01-01", "08:00"), "endDate: repeal_after_end end=2026-12-30T23:59");
    assert_eq!(late("2026-12-30", "23:59"), "endDate: repeal_after_end end=2026-12-30T23:59");
    assert!(repeal(&typed(json!({"endDate": "2026-12-30", "endTime": "23:58"})), &closed).is_ok());
    let permanent = OrderContent { category: OrderCategory::PermanentRegulation, ..closed.clone() };
    assert!(repeal(&typed(json!({"endDate": "2027-01-01"})), &permanent).is_ok(), "it lasts until it is repealed");
    assert_eq!(broken(repeal(&typed(json!({})), &OrderContent { measures: vec![], ..order() })), [": no_period"]);
}

#[test]
fn what_is_repealed_is_not_repealed_again() {
    assert_eq!(broken(repeal(&typed(json!({})), &repealed(json!({})))), [": already_repealed"]);
}

#[test]
fn no_period_goes_beyond_the_repeal_when_it_is_published() {
    let mut content = repealed(json!({}));
    let beyond = |content: &OrderContent| -> Vec<String> {
        lines(&publication(content)).into_iter().filter(|line| line.contains("beyond_repeal")).collect()
    };
    assert!(beyond(&content).is_empty());
    content.measures[1].periods[0].end = Some(contents::at("2026-12-05T18:01:00"));
    assert_eq!(beyond(&content), ["measures[1].periods[0].endDate: beyond_repeal"]);
    content.measures[1].periods[0].end = None;
    assert_eq!(beyond(&content), ["measures[1].periods[0].endDate: beyond_repeal"]);
    assert!(!lines(&publication(&content)).iter().any(|line| line.contains("no_end")));
}

#[test]
fn a_content_stored_before_there_were_repeals_is_still_read() {
    let mut stored = serde_json::to_value(order()).unwrap();
    stored.as_object_mut().unwrap().remove("repeal");
    assert_eq!(serde_json::from_value::<OrderContent>(stored).unwrap(), order());
}

proptest! {
    /// What applies after a repeal is what applied, up to the repeal.
    #[test]
    fn a_repeal_takes_away_what_comes_after_it_and_nothing_else(
        content in contents::content(),
        (day, minute) in (0_i64..35, 0_i64..1440),
        instants in prop::collection::vec((0_i64..40, 0_i64..1440), 1..20),
    ) {
        let content = OrderContent { repeal: None, ..content };
        let first = contents::at("2026-11-28T00:00:00");
        let moment = |(day, minute)| first + TimeDelta::days(day) + TimeDelta::minutes(minute);
        let end: NaiveDateTime = moment((day, minute));
        let input =
            RepealInput { end_date: Some(end.date()), end_time: Some(end.time()), reason: Some("Fin".into()) };
        let Ok(repealed) = repeal(&input, &content) else { return Ok(()) };
        prop_assert!(!repealed.measures.is_empty());
        prop_assert!(lines(&publication(&repealed)).iter().all(|line| !line.contains("beyond_repeal")));
        let limit = instant(end_of_day(end), &Paris);
        for at in instants.into_iter().map(|at| instant(moment(at), &Paris)) {
            for measure in &content.measures {
                let left = repealed.measures.iter().find(|left| left.id == measure.id);
                let applies = |periods: &[Period]| periods.iter().any(|period| is_active(period, &Paris, at));
                let expected = at < limit && applies(&measure.periods);
                prop_assert_eq!(left.is_some_and(|left| applies(&left.periods)), expected);
            }
        }
    }
}
