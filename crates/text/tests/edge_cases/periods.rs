//! §12.3: periods, days and slots.

use super::*;
use dialog_domain::{Day, OrderCategory, OrderContent, Period, Recurrence};

fn check(face: Face, input: Value) -> Result<Period, Vec<Violation>> {
    measure(face, json!({"periods": [input]})).map(|measure| measure.periods[0].clone())
}

fn refused(face: Face, input: Value) -> Vec<String> {
    told(face, &check(face, input).unwrap_err()).into_iter().map(|line| line.replacen("periods[0].", "", 1)).collect()
}

#[test]
fn case_45_end_date_before_start_date() {
    let input = period(json!({"startDate": "2026-10-30", "endDate": "2026-10-29"}));
    assert_eq!(refused(Face::Integrator, input), ["endDate: La date de fin doit être supérieure à la date de début."]);
}

#[test]
fn case_46_end_time_before_start_time() {
    let input = period(json!({"endDate": "2026-11-24", "startTime": "10:00", "endTime": "08:00"}));
    assert_eq!(refused(Face::Integrator, input), ["endTime: L'heure de fin doit être supérieure à l'heure de début."]);
}

#[test]
fn case_47_temporary_and_blank() {
    assert_eq!(
        refused(Face::Form, json!({"recurrenceType": "everyDay"})),
        [
            "startDate: Choisissez la date de début.",
            "startTime: Choisissez l'heure de début.",
            "endDate: Choisissez la date de fin.",
            "endTime: Choisissez l'heure de fin.",
        ]
    );
}

#[test]
fn case_48_permanent_with_its_start_date_only() {
    for face in FACES {
        let input = json!({"isPermanent": true, "startDate": "2026-11-24", "recurrenceType": "everyDay"});
        assert!(check(face, input).unwrap().is_permanent());
    }
}

#[test]
fn case_49_permanent_without_start_date() {
    assert_eq!(
        refused(Face::Form, json!({"isPermanent": true, "recurrenceType": "everyDay"})),
        ["startDate: Choisissez la date de début."]
    );
}

#[test]
fn case_50_certain_days_without_day() {
    assert_eq!(
        refused(Face::Form, period(json!({"recurrenceType": "certainDays"}))),
        ["applicableDays: Choisissez au moins un jour."]
    );
}

#[test]
fn case_51_from_certain_days_to_every_day() {
    let input = period(json!({
        "applicableDays": ["monday"], "timeSlots": [{"startTime": "08:00", "endTime": "18:00"}],
    }));
    let period = check(Face::Form, input).unwrap();
    assert_eq!(period.recurrence, Recurrence::EveryDay);
    assert!(dialog_text::period(&period).ends_with(" (08h00-18h00)"));
}

#[test]
fn case_52_slots_are_taken_away() {
    let slots = json!([{"startTime": "08:00", "endTime": "18:00"}]);
    let before = measure(Face::Form, json!({"periods": [period(json!({"timeSlots": slots}))]})).unwrap();
    let mut after = measure(Face::Form, json!({"periods": [period(json!({"timeSlots": []}))]})).unwrap();
    dialog_domain::identity::keep_measure(&mut after, &before, &mut Uuid::now_v7);
    assert_eq!(after.periods[0].id, before.periods[0].id);
    assert!(after.periods[0].time_slots.is_empty());
}

#[test]
fn case_53_one_period_of_three_goes() {
    let in_month = |month: &str| period(json!({"startDate": format!("2026-{month}-01")}));
    let three = json!({"periods": [in_month("09"), in_month("10"), in_month("11")]});
    let before = measure(Face::Form, three).unwrap();
    let mut after = measure(Face::Form, json!({"periods": [in_month("09"), in_month("11")]})).unwrap();
    dialog_domain::identity::keep_measure(&mut after, &before, &mut Uuid::now_v7);
    assert_eq!(after.periods, [before.periods[0].clone(), before.periods[2].clone()]);
}

#[test]
fn cases_54_to_58_days_are_sorted_grouped_and_known() {
    let on = |days: Value| period(json!({"recurrenceType": "certainDays", "applicableDays": days}));
    let text = |days: Value| {
        let text = dialog_text::period(&check(Face::Form, on(days)).unwrap());
        text.split_once(", ").unwrap().1.to_owned()
    };
    assert_eq!(text(json!(["monday", "sunday"])), "le lundi et le dimanche");
    assert_eq!(text(json!(["monday", "tuesday", "wednesday", "friday"])), "du lundi au mercredi et le vendredi");
    let week = ["sunday", "saturday", "friday", "thursday", "wednesday", "tuesday", "monday"];
    assert_eq!(text(json!(week)), "du lundi au dimanche");
    assert_eq!(
        check(Face::Form, on(json!(week))).unwrap().recurrence,
        Recurrence::CertainDays(Day::ALL.to_vec()),
        "stored from Monday on"
    );
    assert_eq!(
        refused(Face::Integrator, on(json!(["lundi"]))),
        ["dailyRange.applicableDays: Une ou plusieurs des valeurs soumises sont invalides."]
    );
}

#[test]
fn case_60_every_day_drops_the_days() {
    let period = check(Face::Integrator, period(json!({"applicableDays": ["monday"]}))).unwrap();
    assert_eq!(period.recurrence, Recurrence::EveryDay);
}

#[test]
fn case_61_permanent_and_nothing_else() {
    assert_eq!(
        refused(Face::Integrator, json!({"isPermanent": true})),
        [format!("startDate: {REQUIRED}"), format!("recurrenceType: {REQUIRED}")]
    );
}

#[test]
fn case_62_measure_without_period() {
    let violations = measure(Face::Integrator, json!({"periods": []})).unwrap_err();
    assert_eq!(on_the_wire(&violations), ["periods: Veuillez définir au moins une période d'application."]);
}

#[test]
fn case_65_order_that_ends_today_is_not_past() {
    let content = OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: None,
        other_category_text: None,
        title: "Essai".into(),
        measures: vec![measure(Face::Form, json!({})).unwrap()],
        repeal: None,
    };
    let progress = |day: &str| dialog_text::order_progress(&content, day.parse().unwrap());
    assert_eq!(progress("2026-12-23"), Some("en cours"));
    assert_eq!(progress("2026-12-24"), Some("passé"));
}
