//! §12.1 and §12.2: general information and speed.

use super::*;
use dialog_domain::Subject;

#[test]
fn case_11_identifier_keeps_slash_and_accent() {
    assert_eq!(general(json!({"identifier": "F2025/publié"})).unwrap().identifier, "F2025/publié");
}

#[test]
fn case_25_three_lengths() {
    let long = json!({
        "identifier": "é".repeat(61), "title": "é".repeat(256),
        "subject": "other", "otherCategoryText": "é".repeat(101),
    });
    let too_long = |max| format!("Cette chaîne est trop longue. Elle doit avoir au maximum {max} caractères.");
    assert_eq!(
        on_the_wire(&general(long).unwrap_err()),
        [
            format!("generalInfo.identifier: {}", too_long(60)),
            format!("generalInfo.otherCategoryText: {}", too_long(100)),
            format!("generalInfo.title: {}", too_long(255)),
        ]
    );
}

/// *Ours*: a form shows one message per field; an integrator gets both.
#[test]
fn case_26_empty_category() {
    let empty = json!({"identifier": "F01", "category": "", "title": "Titre", "measures": []});
    let violations = order(Face::Integrator, empty.clone()).unwrap_err();
    assert_eq!(
        on_the_wire(&violations)[1..],
        [
            format!("generalInfo.category: {REQUIRED}"),
            "generalInfo.category: Cette valeur doit être l'un des choix proposés.".to_owned(),
        ]
    );
    let violations = order(Face::Form, empty).unwrap_err();
    assert_eq!(on_screen(&violations), ["category: Choisissez la nature de l'arrêté."]);
}

#[test]
fn case_27_other_subject_without_text() {
    let violations = general(json!({"subject": "other", "otherCategoryText": ""})).unwrap_err();
    assert_eq!(on_the_wire(&violations), [format!("generalInfo.otherCategoryText: {REQUIRED}")]);
}

#[test]
fn case_28_known_subject_drops_the_text() {
    let info = general(json!({"subject": "event", "otherCategoryText": "Tournage"})).unwrap();
    assert_eq!((info.subject, info.other_category_text), (Some(Subject::Event), None));
}

#[test]
fn case_29_five_paths() {
    let body = json!({"identifier": "", "category": "invalid", "subject": "other", "title": ""});
    let violations = order(Face::Integrator, body).unwrap_err();
    assert_eq!(
        on_the_wire(&violations),
        [
            format!("measureDtos: {REQUIRED}"),
            format!("generalInfo.identifier: {REQUIRED}"),
            "generalInfo.category: Cette valeur doit être l'un des choix proposés.".to_owned(),
            format!("generalInfo.otherCategoryText: {REQUIRED}"),
            format!("generalInfo.title: {REQUIRED}"),
        ]
    );
}

#[test]
fn case_30_speed_out_of_range() {
    for (speed, title) in [
        (json!(-10), "Cette valeur doit être strictement positive."),
        (json!(150), "Cette valeur doit être inférieure ou égale à 130."),
        (json!(null), REQUIRED),
    ] {
        let violations = measure(Face::Integrator, json!({"type": "speedLimitation", "maxSpeed": speed})).unwrap_err();
        assert_eq!(on_the_wire(&violations), [format!("maxSpeed: {title}")]);
    }
}

#[test]
fn case_31_other_types_drop_the_speed() {
    for face in FACES {
        assert_eq!(measure(face, json!({"maxSpeed": 50})).unwrap().max_speed_kmh, None);
    }
}
