use super::*;
use crate::{Day, Period, Recurrence};

fn check(face: Face, period: Value) -> Result<Period, Vec<Violation>> {
    check_measure(face, measure_with(json!({"periods": [period]}))).map(|measure| measure.periods[0].clone())
}

fn refused(face: Face, period: Value) -> Vec<String> {
    broken(check(face, period)).into_iter().map(|line| line.replacen("periods[0].", "", 1)).collect()
}

#[test]
fn a_period_is_kept_as_the_clerk_wrote_it() {
    for face in FACES {
        let period = check(face, period_with(json!({}))).unwrap();
        assert_eq!(period.start.to_string(), "2026-11-24 00:00:00");
        assert_eq!(period.end.unwrap().to_string(), "2026-12-23 23:59:00");
        assert_eq!(period.recurrence, Recurrence::EveryDay);
    }
}

// 45.
#[test]
fn an_end_date_before_the_start_date_is_refused() {
    for face in FACES {
        let period = period_with(json!({"startDate": "2026-10-30", "endDate": "2026-10-29"}));
        assert_eq!(refused(face, period), ["endDate: end_date_before_start"]);
        let period = period_with(json!({"startDate": "2026-10-30", "endDate": "2026-10-29", "endTime": null}));
        assert_eq!(refused(face, period), ["endDate: end_date_before_start", "endTime: required"]);
    }
}

// 46.
#[test]
fn on_the_same_day_the_end_time_is_after_the_start_time() {
    let on_one_day =
        |start: &str, end: &str| period_with(json!({"endDate": "2026-11-24", "startTime": start, "endTime": end}));
    for face in FACES {
        assert_eq!(refused(face, on_one_day("10:00", "08:00")), ["endTime: end_time_before_start"]);
        assert!(check(face, on_one_day("08:00", "08:01")).is_ok());
        assert!(check(face, on_one_day("23:59", "23:59")).is_ok(), "the last minute of the day");
    }
    // Nothing lasts from 8 to 8: a form says so, the contract accepts it.
    assert_eq!(refused(Face::Form, on_one_day("08:00", "08:00")), ["endTime: end_time_before_start"]);
    assert!(check(Face::Integrator, on_one_day("08:00", "08:00")).is_ok());
}

// 47.
#[test]
fn a_temporary_period_needs_four_values() {
    for face in FACES {
        assert_eq!(
            refused(face, json!({"recurrenceType": "everyDay"})),
            ["startDate: required", "startTime: required", "endDate: required", "endTime: required"]
        );
    }
}

// API sheet §7.4: what is missing is compared too.
#[test]
fn a_missing_end_date_is_told_twice_on_the_wire() {
    let period = period_with(json!({"endDate": null}));
    assert_eq!(refused(Face::Integrator, period.clone()), ["endDate: required", "endDate: end_date_before_start"]);
    assert_eq!(refused(Face::Form, period), ["endDate: required"]);
}

// 48, 49, 61.
#[test]
fn a_permanent_period_needs_its_first_day_only() {
    for face in FACES {
        let only_start = json!({"isPermanent": true, "startDate": "2026-11-24", "recurrenceType": "everyDay"});
        let period = check(face, only_start).unwrap();
        assert_eq!(period.start.to_string(), "2026-11-24 00:00:00");
        assert_eq!(period.end, None);
        assert_eq!(refused(face, json!({"isPermanent": true})), ["startDate: required", "recurrenceType: required"]);
    }
}

#[test]
fn a_permanent_period_keeps_its_start_time_and_on_the_wire_a_whole_end() {
    let both = period_with(json!({"isPermanent": true, "startTime": "08:30"}));
    for face in FACES {
        assert_eq!(check(face, both.clone()).unwrap().start.to_string(), "2026-11-24 08:30:00");
    }
    assert_eq!(check(Face::Form, both.clone()).unwrap().end, None);
    assert!(check(Face::Integrator, both.clone()).unwrap().end.is_some());
    let half = merged(both, json!({"endTime": null}));
    assert_eq!(check(Face::Integrator, half).unwrap().end, None);
    let inverted = period_with(json!({"isPermanent": true, "endDate": "2026-11-23"}));
    assert_eq!(refused(Face::Integrator, inverted), ["endDate: end_date_before_start"]);
}

#[test]
fn years_are_between_1900_and_2200() {
    for face in FACES {
        assert_eq!(
            refused(face, period_with(json!({"startDate": "1899-12-31", "endDate": "2201-01-01"}))),
            ["startDate: date_out_of_range max=2200 min=1900", "endDate: date_out_of_range max=2200 min=1900"]
        );
        assert!(check(face, period_with(json!({"startDate": "1900-01-01", "endDate": "2200-12-31"}))).is_ok());
    }
}

// 50.
#[test]
fn certain_days_means_at_least_one() {
    for face in FACES {
        let period = period_with(json!({"recurrenceType": "certainDays"}));
        assert_eq!(refused(face, period), ["applicableDays: required"]);
    }
}

// API sheet §7.4: `certainDays` without `dailyRange`.
#[test]
fn certain_days_without_any_is_every_day_where_the_contract_accepts_it() {
    let mut input: MeasureInput = serde_json::from_value(measure_with(
        json!({"periods": [period_with(json!({"recurrenceType": "certainDays"}))]}),
    ))
    .unwrap();
    input.periods[0].days_optional = true;
    let measure = with_context(Face::Integrator, |context| measure(&input, context)).unwrap();
    assert_eq!(measure.periods[0].recurrence, Recurrence::EveryDay);
}

// 51, 60.
#[test]
fn every_day_drops_days_and_keeps_slots() {
    for face in FACES {
        let period = period_with(json!({
            "applicableDays": ["monday"], "timeSlots": [{"startTime": "08:00", "endTime": "18:00"}],
        }));
        let period = check(face, period).unwrap();
        assert_eq!(period.recurrence, Recurrence::EveryDay);
        assert_eq!(period.time_slots.len(), 1);
    }
}

// 57, 58.
#[test]
fn days_are_known_sorted_and_kept_once() {
    for face in FACES {
        let on = |days: Value| period_with(json!({"recurrenceType": "certainDays", "applicableDays": days}));
        assert_eq!(
            check(face, on(json!(["sunday", "monday", "friday", "monday"]))).unwrap().recurrence,
            Recurrence::CertainDays(vec![Day::Monday, Day::Friday, Day::Sunday])
        );
        assert_eq!(refused(face, on(json!(["monday", "lundi"]))), ["applicableDays: not_choices"]);
        assert_eq!(refused(face, on(json!(["lundi"]))), ["applicableDays: not_choices"]);
    }
}

#[test]
fn a_recurrence_is_known() {
    for face in FACES {
        assert_eq!(refused(face, period_with(json!({"recurrenceType": "weekend"}))), ["recurrenceType: not_a_choice"]);
    }
}

// Design §4.6: overnight and 24 h slots are valid.
#[test]
fn a_slot_may_end_on_the_next_day_but_has_two_ends() {
    for face in FACES {
        let with = |slots: Value| period_with(json!({"timeSlots": slots}));
        let slots = json!([
            {"startTime": "22:00", "endTime": "06:00"},
            {"startTime": "08:00", "endTime": "08:00"},
            {"startTime": "08:00:30", "endTime": "10:00"},
        ]);
        let period = check(face, with(slots)).unwrap();
        assert_eq!(period.time_slots.len(), 3);
        assert_eq!(period.time_slots[2].start.to_string(), "08:00:00", "to the minute");
        assert_eq!(
            refused(face, with(json!([{"startTime": "08:00"}, {}]))),
            ["timeSlots[0].endTime: required", "timeSlots[1].startTime: required", "timeSlots[1].endTime: required"]
        );
    }
}
