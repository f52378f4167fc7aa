use dialog_domain::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};
use dialog_exports::{LossCode, PublishedOrder};
use roxmltree::{Document, Node};

use super::with;
use crate::{
    golden::vehicles::{everything, exempted, lorries, of, restricted, said, words},
    support::{all, legacy, legacy_document, orders as orders_of, text},
};

pub fn orders() -> Vec<PublishedOrder> {
    let sets = [everything(), VehicleSet::default(), VehicleSet { restricted: Vec::new(), ..everything() }];
    sets.map(|set| with(of(set))).to_vec()
}

/// Each member of the only set of vehicles: its negation, its kind, its leaves.
fn members(set: VehicleSet) -> Vec<String> {
    let xml = legacy_document(&with(of(set)));
    let document = Document::parse(&xml).expect("XML");
    let sets = all(orders_of(&document)[0], "trafficRegulation/condition/conditions");
    let member = |condition: Node<'_, '_>| words(condition);
    match sets[2..] {
        [] => Vec::new(),
        [set] => {
            assert_eq!(text(set, "operator"), "or");
            all(set, "conditions").into_iter().map(member).collect()
        }
        _ => panic!("{xml}"),
    }
}

fn other(text: &str) -> ExemptedVehicles {
    ExemptedVehicles::Other { text: text.to_owned() }
}

#[test]
fn w1_lorries_in_the_old_layout() {
    let expected = said(&["VehicleCondition false heavyGoodsVehicle lessThanOrEqualTo 3.5 maximumPermitted"]);
    assert_eq!(members(restricted(vec![lorries(Some(3.5))])), expected);
    assert_eq!(members(restricted(vec![lorries(None)])), said(&["VehicleCondition false heavyGoodsVehicle"]));
}

#[test]
fn w2_dimensions_are_one_condition_in_the_old_layout() {
    let sizes = RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: Some(12.0), max_height_m: Some(2.4) };
    let expected = said(&["VehicleCondition false lessThanOrEqualTo 2.4 lessThanOrEqualTo 12"]);
    assert_eq!(members(restricted(vec![sizes])), expected);
}

#[test]
fn w3_classes_in_the_old_layout() {
    let classes = vec![CritAir::Class4, CritAir::Class5];
    let expected = said(&["VehicleCondition false critair4", "VehicleCondition false critair5"]);
    assert_eq!(members(restricted(vec![RestrictedVehicles::CritAir { classes }])), expected);
}

#[test]
fn w4_vehicles_in_words_in_the_old_layout() {
    let set = restricted(vec![
        RestrictedVehicles::CritAir { classes: vec![CritAir::Class3, CritAir::Class4] },
        RestrictedVehicles::Other { text: "Trottinettes".to_owned() },
    ]);
    let words = ["critair3", "critair4", "Trottinettes"].map(|word| format!("VehicleCondition false {word}"));
    assert_eq!(members(set), words);
}

#[test]
fn w5_to_w11_exemptions_are_negated_members_in_the_old_layout() {
    for (exemption, expected) in [
        (ExemptedVehicles::Pedestrians, "NonVehicularRoadUserCondition true pedestrians"),
        (ExemptedVehicles::EmergencyServices, "VehicleCondition true emergencyServices"),
        (other("Convois exceptionnels"), "VehicleCondition true Convois exceptionnels"),
        (ExemptedVehicles::Police, "VehicleCondition true emergencyServices"),
        (ExemptedVehicles::RoadMaintenanceOrConstruction, "VehicleCondition true roadMaintenanceOrConstruction"),
        (ExemptedVehicles::DesserteLocale, "AccessCondition true destinationTraffic"),
        (ExemptedVehicles::LocalResident, "DriverCondition true localResident"),
        (ExemptedVehicles::Bicycle, "VehicleCondition true bicycle"),
    ] {
        assert_eq!(members(exempted(vec![exemption])), [expected]);
    }
    let both = vec![ExemptedVehicles::EmergencyServices, ExemptedVehicles::Police];
    assert_eq!(members(exempted(both)).len(), 2, "twice the same, as it was");
}

#[test]
fn w12_w13_words_that_the_schema_lacks_are_left_out_of_the_old_layout() {
    let sets = [
        exempted(vec![ExemptedVehicles::Commercial]),
        exempted(vec![ExemptedVehicles::Taxi]),
        exempted(vec![ExemptedVehicles::CarSharing]),
        exempted(vec![ExemptedVehicles::CityLogistics]),
        restricted(vec![RestrictedVehicles::CritAir { classes: vec![CritAir::Class5, CritAir::Without] }]),
    ];
    for set in sets {
        let exported = legacy(&with(of(set)));
        assert_eq!(exported.value, None);
        let codes: Vec<LossCode> = exported.losses.iter().map(|loss| loss.code).collect();
        assert_eq!(codes, [LossCode::VehiclesLeftOut, LossCode::MeasureLeftOut]);
    }
}

#[test]
fn w14_restrictions_and_exemptions_are_one_set_in_the_old_layout() {
    let expected = said(&[
        "VehicleCondition false heavyGoodsVehicle lessThanOrEqualTo 3.5 maximumPermitted",
        "VehicleCondition false lessThanOrEqualTo 2.4 lessThanOrEqualTo 12",
        "VehicleCondition false critair4",
        "VehicleCondition false critair5",
        "VehicleCondition false hazardousMaterials",
        "NonVehicularRoadUserCondition true pedestrians",
        "VehicleCondition true emergencyServices",
        "VehicleCondition true Convois exceptionnels",
    ]);
    assert_eq!(members(everything()), expected);
}

#[test]
fn w15_everybody_in_the_old_layout() {
    assert_eq!(members(VehicleSet::default()), Vec::<String>::new());
}
