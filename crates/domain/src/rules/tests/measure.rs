use super::*;
use crate::{MeasureId, MeasureType};

#[test]
fn both_faces_accept_the_five_types() {
    for face in FACES {
        for kind in MeasureType::ALL {
            let speed = (kind == MeasureType::SpeedLimitation).then_some(30);
            let measure = measure_with(json!({"type": kind.as_str(), "maxSpeed": speed}));
            assert_eq!(check_measure(face, measure).unwrap().kind, kind);
        }
    }
}

#[test]
fn a_type_is_needed_and_known() {
    for face in FACES {
        assert_eq!(broken(check_measure(face, measure_with(json!({"type": null})))), ["type: required"]);
        assert_eq!(broken(check_measure(face, measure_with(json!({"type": "toll"})))), ["type: not_a_choice"]);
    }
}

// 30.
#[test]
fn a_speed_limit_is_between_1_and_130() {
    for face in FACES {
        for (speed, expected) in [
            (json!(null), "maxSpeed: required"),
            (json!(-10), "maxSpeed: not_positive"),
            (json!(0), "maxSpeed: not_positive"),
            (json!(150), "maxSpeed: too_large max=130"),
            (json!(9_000_000_000_i64), "maxSpeed: too_large max=130"),
        ] {
            let measure = measure_with(json!({"type": "speedLimitation", "maxSpeed": speed}));
            assert_eq!(broken(check_measure(face, measure)), [expected]);
        }
        for speed in [1, 130] {
            let measure = measure_with(json!({"type": "speedLimitation", "maxSpeed": speed}));
            assert_eq!(check_measure(face, measure).unwrap().max_speed_kmh, Some(speed));
        }
    }
}

// 31.
#[test]
fn other_types_drop_the_speed() {
    for face in FACES {
        let measure = check_measure(face, measure_with(json!({"maxSpeed": 50}))).unwrap();
        assert_eq!(measure.max_speed_kmh, None);
    }
    // The contract checks it whatever the type; a form hides it.
    let fast = measure_with(json!({"maxSpeed": 150}));
    assert_eq!(broken(check_measure(Face::Integrator, fast.clone())), ["maxSpeed: too_large max=130"]);
    assert!(check_measure(Face::Form, fast).is_ok());
}

// 62.
#[test]
fn a_measure_has_a_period() {
    for face in FACES {
        assert_eq!(broken(check_measure(face, measure_with(json!({"periods": []})))), ["periods: no_period"]);
    }
}

// 87.
#[test]
fn only_a_form_asks_for_a_location() {
    let measure = measure_with(json!({"locations": []}));
    assert_eq!(broken(check_measure(Face::Form, measure.clone())), ["locations: no_location"]);
    assert!(check_measure(Face::Integrator, measure).unwrap().locations.is_empty());
}

#[test]
fn everything_wrong_is_told_in_the_order_of_the_fields() {
    let measure = json!({
        "vehicleSet": {"allVehicles": false},
        "periods": [{"timeSlots": [{"endTime": "08:00"}]}],
        "locations": [{}],
    });
    assert_eq!(
        broken(check_measure(Face::Form, measure)),
        [
            "type: required",
            "vehicleSet.restrictedTypes: no_vehicle",
            "periods[0].startDate: required",
            "periods[0].startTime: required",
            "periods[0].endDate: required",
            "periods[0].endTime: required",
            "periods[0].recurrenceType: required",
            "periods[0].timeSlots[0].startTime: required",
            "locations[0].roadType: required",
        ]
    );
}

#[test]
fn identities_are_kept_and_given() {
    let known = Uuid::from_u128(42);
    let measure = measure_with(json!({
        "uuid": known,
        "periods": [period_with(json!({"uuid": known})), period_with(json!({}))],
        "locations": [
            {"uuid": known, "roadType": "lane", "namedStreet": street_with(json!({}))},
            {"roadType": "lane", "namedStreet": street_with(json!({}))},
        ],
    }));
    let measure = check_measure(Face::Form, measure).unwrap();
    assert_eq!(measure.id, MeasureId(known));
    assert_eq!(measure.periods[0].id.0, known);
    assert_eq!(measure.locations[0].id.0, known);
    assert_ne!(measure.periods[1].id.0, measure.locations[1].id.0);
}

#[test]
fn a_measure_was_written_now_unless_it_says_when() {
    let measure = check_measure(Face::Integrator, measure_with(json!({}))).unwrap();
    assert_eq!(measure.created_at, now());
    let dated = measure_with(json!({"createdAt": "2031-01-01T00:00:00Z"}));
    assert_eq!(check_measure(Face::Integrator, dated).unwrap().created_at.to_rfc3339(), "2031-01-01T00:00:00+00:00");
}

#[test]
fn no_vehicle_set_means_everybody() {
    for face in FACES {
        let measure = check_measure(face, measure_with(json!({"vehicleSet": null}))).unwrap();
        assert_eq!(measure.vehicle_set, Default::default());
    }
}
