use dialog_domain::{Day, Measure, Period};
use roxmltree::{Document, Node};

use crate::support::{all, document_of, kind, measure, one, orders, period, recurring, text, texts};

pub fn documents() -> Vec<String> {
    let overnight = vec![recurring(Some(&[Day::Friday]), &[("22:00", "06:00")])];
    [v1(), v2(), v3(), v4(), v5(), v6(), v7(), v8(), overnight].map(|periods| document_of(with(periods))).to_vec()
}

fn with(periods: Vec<Period>) -> Measure {
    Measure { periods, ..measure() }
}

fn v1() -> Vec<Period> {
    vec![period("2023-07-03T00:00", Some("2023-11-10T23:59"))]
}

fn v2() -> Vec<Period> {
    vec![period("2023-07-03T00:00", Some("2023-07-10T23:59")), period("2023-08-03T00:00", Some("2023-08-10T23:59"))]
}

fn v3() -> Vec<Period> {
    vec![recurring(Some(&[Day::Tuesday, Day::Thursday]), &[("08:00", "10:00")])]
}

fn v4() -> Vec<Period> {
    vec![recurring(Some(&[Day::Tuesday]), &[("12:00", "14:00"), ("19:00", "21:00")])]
}

fn v5() -> Vec<Period> {
    vec![recurring(Some(&Day::ALL), &[("19:00", "23:00")])]
}

fn v6() -> Vec<Period> {
    vec![recurring(None, &[("08:00", "16:00")])]
}

fn v7() -> Vec<Period> {
    vec![recurring(Some(&[Day::Sunday]), &[])]
}

fn v8() -> Vec<Period> {
    Vec::new()
}

/// What each set of the condition holds, as words.
fn sets(periods: Vec<Period>) -> Vec<Vec<String>> {
    let xml = document_of(with(periods));
    let document = Document::parse(&xml).expect("XML");
    let condition = one(orders(&document)[0], "trafficRegulation/condition");
    all(condition, "conditions")
        .into_iter()
        .map(|set| all(set, "conditions").into_iter().map(|condition| kind(condition).to_owned()).collect())
        .collect()
}

/// Bounds and valid periods of the only period: hours, then days.
type Written = (String, Option<String>, Vec<(Vec<String>, Vec<String>)>);

fn written(periods: Vec<Period>) -> Written {
    let xml = document_of(with(periods));
    let document = Document::parse(&xml).expect("XML");
    let conditions = all(orders(&document)[0], "trafficRegulation/condition/conditions/conditions");
    let validity = conditions.into_iter().find(|node| kind(*node) == "ValidityCondition").expect("a validity");
    assert_eq!(text(validity, "validityByOrder/validityStatus"), "definedByValidityTimeSpec");
    let specification = one(validity, "validityByOrder/validityTimeSpecification");
    let valid_period = |node: Node<'_, '_>| {
        let hours = all(node, "recurringTimePeriodOfDay")
            .into_iter()
            .map(|slot| format!("{}-{}", text(slot, "startTimeOfPeriod"), text(slot, "endTimeOfPeriod")));
        let days = texts(node, "recurringDayWeekMonthPeriod/applicableDay");
        (hours.collect(), days.into_iter().map(str::to_owned).collect())
    };
    (
        text(specification, "overallStartTime").to_owned(),
        texts(specification, "overallEndTime").first().map(|&end| end.to_owned()),
        all(specification, "validPeriod").into_iter().map(valid_period).collect(),
    )
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn v1_period_without_recurrence_has_bounds_alone() {
    let expected = ("2023-07-03T00:00:00+02:00".to_owned(), Some("2023-11-11T00:00:00+01:00".to_owned()), vec![]);
    assert_eq!(written(v1()), expected);
}

#[test]
fn v2_each_period_is_one_validity_of_the_or_set() {
    assert_eq!(sets(v2()), [vec!["ValidityCondition"; 2], vec!["LocationCondition"]]);
}

#[test]
fn v3_days_and_hours_are_one_valid_period() {
    let (start, end, periods) = written(v3());
    assert_eq!((start.as_str(), end.as_deref()), ("2023-06-03T10:00:00+02:00", Some("2023-06-05T12:00:00+02:00")));
    assert_eq!(periods, [(strings(&["08:00:00-10:00:00"]), strings(&["tuesday", "thursday"]))]);
}

#[test]
fn v4_several_hours_come_before_the_day() {
    assert_eq!(written(v4()).2, [(strings(&["12:00:00-14:00:00", "19:00:00-21:00:00"]), strings(&["tuesday"]))]);
}

#[test]
fn v5_seven_days_are_seven_days_and_hours_are_local() {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    assert_eq!(written(v5()).2, [(strings(&["19:00:00-23:00:00"]), strings(&days))]);
}

#[test]
fn v6_hours_without_days() {
    assert_eq!(written(v6()).2, [(strings(&["08:00:00-16:00:00"]), vec![])]);
}

#[test]
fn v7_days_without_hours() {
    assert_eq!(written(v7()).2, [(vec![], strings(&["sunday"]))]);
}

#[test]
fn v8_measure_without_period_has_no_validity() {
    assert_eq!(sets(v8()), [vec!["LocationCondition"]]);
}

#[test]
fn overnight_slot_is_an_evening_and_the_following_morning() {
    let friday = written(vec![recurring(Some(&[Day::Friday]), &[("22:00", "06:00")])]).2;
    assert_eq!(
        friday,
        [
            (strings(&["22:00:00-24:00:00"]), strings(&["friday"])),
            (strings(&["00:00:00-06:00:00"]), strings(&["saturday"]))
        ]
    );
    let every_day = written(vec![recurring(None, &[("22:00", "06:00")])]).2;
    assert_eq!(every_day, [(strings(&["22:00:00-24:00:00", "00:00:00-06:00:00"]), vec![])]);
    let sunday = written(vec![recurring(Some(&[Day::Sunday]), &[("22:00", "00:00")])]).2;
    assert_eq!(sunday, [(strings(&["22:00:00-24:00:00"]), strings(&["sunday"]))]);
}

#[test]
fn slot_of_24_hours_is_split_and_a_whole_day_needs_no_hours() {
    let from_eight = written(vec![recurring(Some(&[Day::Sunday]), &[("08:00", "08:00")])]).2;
    assert_eq!(
        from_eight,
        [
            (strings(&["08:00:00-24:00:00"]), strings(&["sunday"])),
            (strings(&["00:00:00-08:00:00"]), strings(&["monday"]))
        ]
    );
    for whole in [("00:00", "00:00"), ("00:00", "23:59")] {
        assert_eq!(written(vec![recurring(Some(&[Day::Sunday]), &[whole])]).2, [(vec![], strings(&["sunday"]))]);
        assert_eq!(written(vec![recurring(None, &[whole])]).2, []);
    }
}

#[test]
fn same_hours_are_written_the_same_in_winter_and_in_summer() {
    let hours = |month: &str| {
        let dates = period(&format!("2023-{month}-01T00:00"), Some(&format!("2023-{month}-20T00:00")));
        let period = Period { time_slots: recurring(None, &[("19:00", "23:00")]).time_slots, ..dates };
        written(vec![period]).2
    };
    assert_eq!(hours("01"), hours("07"));
    assert_eq!(hours("01"), [(strings(&["19:00:00-23:00:00"]), vec![])]);
}
