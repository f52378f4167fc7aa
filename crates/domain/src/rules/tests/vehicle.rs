use super::*;
use crate::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};

fn check(face: Face, set: Value) -> Result<VehicleSet, Vec<Violation>> {
    check_measure(face, measure_with(json!({"vehicleSet": set}))).map(|measure| measure.vehicle_set)
}

/// Broken rules, without the prefix that all of them share.
fn refused(face: Face, set: Value) -> Vec<String> {
    broken(check(face, set)).into_iter().map(|line| line.replacen("vehicleSet.", "", 1)).collect()
}

// 32.
#[test]
fn all_vehicles_drops_restrictions_and_keeps_exemptions() {
    let set = json!({
        "allVehicles": true, "restrictedTypes": ["heavyGoodsVehicle", "other"], "heavyweightMaxWeight": 3.5,
        "otherRestrictedTypeText": "Convois", "exemptedTypes": ["commercial"],
    });
    for face in FACES {
        let set = check(face, set.clone()).unwrap();
        assert_eq!(set, VehicleSet { restricted: vec![], exempted: vec![ExemptedVehicles::Commercial] });
    }
}

// §6.3: the contract judges the restrictions that it will drop; a form does not send what it hides.
#[test]
fn all_vehicles_with_incomplete_restrictions_is_refused_on_the_wire_only() {
    let set = json!({"allVehicles": true, "restrictedTypes": ["critair", "dimensions"], "maxWidth": -1.0});
    assert_eq!(
        refused(Face::Integrator, set.clone()),
        ["restrictedTypes: no_dimension", "critairTypes: required", "maxWidth: negative"]
    );
    assert!(check(Face::Form, set).is_ok());
}

// 33.
#[test]
fn some_vehicles_means_at_least_one() {
    for face in FACES {
        assert_eq!(refused(face, json!({"allVehicles": false})), ["restrictedTypes: no_vehicle"]);
        assert!(check(face, json!({"exemptedTypes": ["taxi"]})).is_ok(), "not saying takes the rest literally");
    }
}

// 34.
#[test]
fn sizes_need_one_that_is_not_zero() {
    for face in FACES {
        for sizes in [json!({}), json!({"maxWidth": 0.0, "maxLength": -0.0, "maxHeight": 0})] {
            let set = merged(json!({"allVehicles": false, "restrictedTypes": ["dimensions"]}), sizes);
            assert_eq!(refused(face, set), ["restrictedTypes: no_dimension"]);
        }
    }
}

// 35.
#[test]
fn zero_is_no_limit() {
    for face in FACES {
        let set = json!({
            "allVehicles": false, "restrictedTypes": ["dimensions"],
            "maxWidth": 0.0, "maxLength": -0.0, "maxHeight": 2.50,
        });
        assert_eq!(
            check(face, set).unwrap().restricted,
            [RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: Some(2.5) }]
        );
    }
}

// 37, and §14.
#[test]
fn limits_have_limits() {
    let types = json!({"allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle", "dimensions"]});
    for face in FACES {
        let negative = json!({
            "heavyweightMaxWeight": -0.1, "maxWidth": -2.3, "maxLength": -12.0, "maxHeight": 2.0,
        });
        assert_eq!(
            refused(face, merged(types.clone(), negative)),
            ["heavyweightMaxWeight: negative", "maxWidth: negative", "maxLength: negative"]
        );
        let large = json!({
            "heavyweightMaxWeight": 44.1, "maxWidth": 10.1, "maxLength": 50.1, "maxHeight": 10.1,
        });
        assert_eq!(
            refused(face, merged(types.clone(), large)),
            [
                "heavyweightMaxWeight: too_large max=44",
                "maxWidth: too_large max=10",
                "maxLength: too_large max=50",
                "maxHeight: too_large max=10",
            ]
        );
        let largest = json!({"heavyweightMaxWeight": 44, "maxWidth": 10, "maxLength": 50, "maxHeight": 10});
        assert!(check(face, merged(types.clone(), largest)).is_ok());
    }
}

// 38, 39, 40.
#[test]
fn a_weight_of_zero_is_an_answer_on_the_wire_and_an_empty_field_in_a_form() {
    let lorries = |weight: Value| json!({"allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": weight});
    for face in FACES {
        assert_eq!(refused(face, lorries(json!(null))), ["heavyweightMaxWeight: required"]);
        for weight in [3.5, 7.5, 12.0, 15.0, 19.0, 26.0, 32.0, 44.0] {
            assert_eq!(
                check(face, lorries(json!(weight))).unwrap().restricted,
                [RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(weight) }]
            );
        }
    }
    assert_eq!(refused(Face::Form, lorries(json!(0))), ["heavyweightMaxWeight: required"]);
    assert_eq!(
        check(Face::Integrator, lorries(json!(0))).unwrap().restricted,
        [RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None }]
    );
}

// 41.
#[test]
fn crit_air_needs_known_classes() {
    let set = |classes: Value| json!({"allVehicles": false, "restrictedTypes": ["critair"], "critairTypes": classes});
    for face in FACES {
        assert_eq!(refused(face, set(json!([]))), ["critairTypes: required"]);
        assert_eq!(refused(face, set(json!(["critair4", "critair9"]))), ["critairTypes: not_choices"]);
        let kept = check(face, set(json!(["critairWithout", "critair5", "critair4", "critair5"]))).unwrap();
        let classes = vec![CritAir::Class4, CritAir::Class5, CritAir::Without];
        assert_eq!(kept.restricted, [RestrictedVehicles::CritAir { classes }]);
    }
}

// 42.
#[test]
fn free_texts_are_needed_and_have_a_length() {
    for face in FACES {
        let set = json!({"allVehicles": false, "restrictedTypes": ["other"], "exemptedTypes": ["other"]});
        assert_eq!(
            refused(face, set.clone()),
            ["otherRestrictedTypeText: required", "otherExemptedTypeText: required"]
        );
        let long = json!({"otherRestrictedTypeText": "é".repeat(101), "otherExemptedTypeText": "é".repeat(301)});
        assert_eq!(
            refused(face, merged(set.clone(), long)),
            ["otherRestrictedTypeText: too_long max=100", "otherExemptedTypeText: too_long max=300"]
        );
        let longest = json!({"otherRestrictedTypeText": "é".repeat(100), "otherExemptedTypeText": "é".repeat(300)});
        assert!(check(face, merged(set, longest)).is_ok());
    }
}

// 43.
#[test]
fn what_no_chosen_type_uses_is_dropped() {
    let set = json!({
        "allVehicles": false, "restrictedTypes": ["other"], "otherRestrictedTypeText": "Convois",
        "heavyweightMaxWeight": 3.5, "maxHeight": 2.0, "critairTypes": ["critair4"],
        "otherExemptedTypeText": "Forains",
    });
    for face in FACES {
        assert_eq!(
            check(face, set.clone()).unwrap(),
            VehicleSet { restricted: vec![RestrictedVehicles::Other { text: "Convois".into() }], exempted: vec![] }
        );
    }
}

#[test]
fn types_are_known_and_kept_once_in_order() {
    for face in FACES {
        let set = json!({"restrictedTypes": ["taxi"], "exemptedTypes": ["critair", "police"]});
        assert_eq!(refused(face, set), ["restrictedTypes: not_choices", "exemptedTypes: not_choices"]);
        let set = json!({
            "allVehicles": false,
            "restrictedTypes": ["hazardousMaterials", "heavyGoodsVehicle", "hazardousMaterials"],
            "heavyweightMaxWeight": 12,
            "exemptedTypes": [
                "commercial", "emergencyServices", "bicycle", "pedestrians", "taxi", "carSharing",
                "roadMaintenanceOrConstruction", "cityLogistics", "police", "desserteLocale", "localResident",
                "other", "taxi",
            ],
            "otherExemptedTypeText": "Forains",
        });
        let set = check(face, set).unwrap();
        assert_eq!(
            set.restricted,
            [
                RestrictedVehicles::HazardousMaterials,
                RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(12.0) }
            ]
        );
        assert_eq!(set.exempted.len(), 12);
        assert_eq!(set.exempted[11], ExemptedVehicles::Other { text: "Forains".into() });
    }
}

#[test]
fn a_number_that_is_none_is_refused() {
    let input = MeasureInput {
        vehicle_set: Some(crate::input::VehicleSetInput {
            restricted_types: vec!["dimensions".into()],
            max_height: Some(f64::INFINITY),
            max_width: Some(f64::NAN),
            ..Default::default()
        }),
        ..serde_json::from_value(measure_with(json!({}))).unwrap()
    };
    assert_eq!(
        broken(with_context(Face::Form, |context| measure(&input, context))),
        ["vehicleSet.maxWidth: malformed", "vehicleSet.maxHeight: malformed"]
    );
}
