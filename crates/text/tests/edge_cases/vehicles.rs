//! §12.2: vehicles.

use super::*;
use dialog_domain::{ExemptedVehicles, RestrictedVehicles, VehicleSet};

fn set(face: Face, input: Value) -> Result<VehicleSet, Vec<Violation>> {
    measure(face, json!({"vehicleSet": input})).map(|measure| measure.vehicle_set)
}

fn refused(input: Value) -> Vec<String> {
    on_the_wire(&set(Face::Integrator, input).unwrap_err())
        .into_iter()
        .map(|line| line.replacen("vehicleSet.", "", 1))
        .collect()
}

#[test]
fn case_32_all_vehicles_keep_exemptions_only() {
    let input = json!({
        "allVehicles": true, "restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": 3.5,
        "exemptedTypes": ["commercial"],
    });
    for face in FACES {
        let set = set(face, input.clone()).unwrap();
        assert_eq!(set, VehicleSet { restricted: vec![], exempted: vec![ExemptedVehicles::Commercial] });
    }
}

#[test]
fn case_33_some_vehicles_but_which() {
    assert_eq!(
        refused(json!({"allVehicles": false})),
        ["restrictedTypes: Veuillez spécifier un ou plusieurs véhicules concernés."]
    );
}

#[test]
fn case_34_dimensions_without_any() {
    assert_eq!(
        refused(json!({"allVehicles": false, "restrictedTypes": ["dimensions"]})),
        ["restrictedTypes: Veuillez spécifier le gabarit des véhicules concernés."]
    );
}

#[test]
fn case_35_zeros_are_nothing() {
    let input = json!({
        "allVehicles": false, "restrictedTypes": ["dimensions"],
        "maxWidth": 0.0, "maxLength": -0.0, "maxHeight": 2.50,
    });
    let sizes = [RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: Some(2.5) }];
    for face in FACES {
        assert_eq!(set(face, input.clone()).unwrap().restricted, sizes);
    }
}

#[test]
fn case_37_negative_sizes() {
    let title = "Cette valeur doit être supérieure ou égale à zéro.";
    assert_eq!(
        refused(json!({
            "allVehicles": false, "restrictedTypes": ["dimensions"],
            "maxWidth": -0.1, "maxLength": -2.3, "maxHeight": -12.0,
        })),
        [
            "restrictedTypes: Veuillez spécifier le gabarit des véhicules concernés.".to_owned(),
            format!("maxWidth: {title}"),
            format!("maxLength: {title}"),
            format!("maxHeight: {title}"),
        ]
    );
}

#[test]
fn case_38_lorries_without_weight_in_a_form() {
    let violations =
        set(Face::Form, json!({"allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle"]})).unwrap_err();
    assert_eq!(on_screen(&violations), ["vehicleSet.heavyweightMaxWeight: Indiquez le poids maximum."]);
}

#[test]
fn case_39_weight_zero_on_the_wire() {
    let input = json!({
        "allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": 0,
        "maxWidth": 0, "maxLength": 0, "maxHeight": 0,
    });
    assert_eq!(
        set(Face::Integrator, input).unwrap().restricted,
        [RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None }]
    );
}

/// *Ours*: a form accepts any weight up to 44 tonnes, as the contract does, and proposes these.
#[test]
fn case_40_usual_weights() {
    for weight in [3.5, 7.5, 12.0, 15.0, 19.0, 26.0, 32.0, 44.0] {
        let input = json!({
            "allVehicles": false, "restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": weight,
        });
        let restricted = vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(weight) }];
        for face in FACES {
            assert_eq!(set(face, input.clone()).unwrap().restricted, restricted);
        }
    }
}

#[test]
fn case_41_crit_air_without_or_with_unknown_classes() {
    assert_eq!(
        refused(json!({"allVehicles": false, "restrictedTypes": ["critair"]})),
        [format!("critairTypes: {REQUIRED}")]
    );
    assert_eq!(
        refused(json!({"allVehicles": false, "restrictedTypes": ["critair"], "critairTypes": ["critair6"]})),
        ["critairTypes: Une ou plusieurs des valeurs soumises sont invalides."]
    );
}

#[test]
fn case_42_free_texts_too_long() {
    assert_eq!(
        refused(json!({
            "allVehicles": false, "restrictedTypes": ["other"], "otherRestrictedTypeText": "x".repeat(101),
            "exemptedTypes": ["other"], "otherExemptedTypeText": "x".repeat(301),
        })),
        [
            "otherRestrictedTypeText: Cette chaîne est trop longue. Elle doit avoir au maximum 100 caractères.",
            "otherExemptedTypeText: Cette chaîne est trop longue. Elle doit avoir au maximum 300 caractères.",
        ]
    );
}

#[test]
fn case_43_what_no_chosen_type_uses_is_dropped() {
    let input = json!({
        "allVehicles": false, "restrictedTypes": ["other"], "otherRestrictedTypeText": "Convois",
        "heavyweightMaxWeight": 3.5, "maxWidth": 2.0, "maxLength": 12.0, "maxHeight": 2.4,
    });
    for face in FACES {
        let restricted = set(face, input.clone()).unwrap().restricted;
        assert_eq!(restricted, [RestrictedVehicles::Other { text: "Convois".into() }]);
    }
}

#[test]
fn case_44_sentence_of_a_vehicle_set() {
    let input = json!({
        "allVehicles": false, "restrictedTypes": ["hazardousMaterials", "critair"], "critairTypes": ["critair5"],
        "exemptedTypes": ["commercial", "bicycle", "other"], "otherExemptedTypeText": "VÉHICULES DE MARCHÉ",
    });
    assert_eq!(
        dialog_text::vehicles(&set(Face::Form, input).unwrap()),
        "pour les véhicules transportant des matières dangereuses et les véhicules Crit'Air 5, sauf transports en \
         commun, vélos et véhicules de marché"
    );
}
