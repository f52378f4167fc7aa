use dialog_domain::{CritAir, ExemptedVehicles, Measure, RestrictedVehicles, VehicleSet};
use roxmltree::{Document, Node};

use crate::support::{all, document_of, kind, measure, orders, text, texts};

pub fn documents() -> Vec<String> {
    [everything(), VehicleSet::default(), VehicleSet { restricted: Vec::new(), ..everything() }]
        .map(|set| document_of(of(set)))
        .to_vec()
}

pub fn of(vehicle_set: VehicleSet) -> Measure {
    Measure { vehicle_set, ..measure() }
}

pub fn restricted(restricted: Vec<RestrictedVehicles>) -> VehicleSet {
    VehicleSet { restricted, exempted: Vec::new() }
}

pub fn exempted(exempted: Vec<ExemptedVehicles>) -> VehicleSet {
    VehicleSet { restricted: Vec::new(), exempted }
}

pub fn lorries(max_weight_t: Option<f64>) -> RestrictedVehicles {
    RestrictedVehicles::HeavyGoodsVehicle { max_weight_t }
}

pub fn everything() -> VehicleSet {
    VehicleSet {
        restricted: vec![
            lorries(Some(3.5)),
            RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: Some(12.0), max_height_m: Some(2.4) },
            RestrictedVehicles::CritAir { classes: vec![CritAir::Class4, CritAir::Class5] },
            RestrictedVehicles::HazardousMaterials,
        ],
        exempted: vec![
            ExemptedVehicles::Pedestrians,
            ExemptedVehicles::EmergencyServices,
            ExemptedVehicles::Other { text: "Convois exceptionnels".to_owned() },
        ],
    }
}

/// Each set after validity and location: whether it is negated, and each condition as its kind and its leaves.
fn sets(set: VehicleSet) -> Vec<(bool, Vec<String>)> {
    let xml = document_of(of(set));
    let document = Document::parse(&xml).expect("XML");
    let all_sets = all(orders(&document)[0], "trafficRegulation/condition/conditions");
    all_sets[2..]
        .iter()
        .map(|set| {
            assert_eq!(text(*set, "operator"), "or");
            (texts(*set, "negate") == ["true"], all(*set, "conditions").into_iter().map(words).collect())
        })
        .collect()
}

pub fn words(condition: Node<'_, '_>) -> String {
    let leaves = condition.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
    std::iter::once(kind(condition)).chain(leaves).collect::<Vec<_>>().join(" ")
}

fn only(set: VehicleSet) -> (bool, Vec<String>) {
    let sets = sets(set);
    assert_eq!(sets.len(), 1, "{sets:?}");
    sets[0].clone()
}

pub fn said(conditions: &[&str]) -> Vec<String> {
    conditions.iter().map(|&condition| condition.to_owned()).collect()
}

#[test]
fn w1_lorries_above_a_weight() {
    let expected = said(&["VehicleCondition heavyGoodsVehicle greaterThan 3.5 maximumPermitted"]);
    assert_eq!(only(restricted(vec![lorries(Some(3.5))])), (false, expected));
}

#[test]
fn w1_light_or_unweighed_lorries_are_told_by_both_words() {
    let light = said(&[
        "VehicleCondition heavyGoodsVehicle greaterThan 2 maximumPermitted",
        "VehicleCondition _extended greaterThan 2 maximumPermitted",
    ]);
    assert_eq!(only(restricted(vec![lorries(Some(2.0))])), (false, light));
    let any = said(&["VehicleCondition heavyGoodsVehicle", "VehicleCondition _extended"]);
    assert_eq!(only(restricted(vec![lorries(None)])), (false, any));
    let xml = document_of(of(restricted(vec![lorries(None)])));
    assert!(xml.contains(r#"<com:vehicleType _extendedValue="goodsVehicles">_extended</com:vehicleType>"#));
}

#[test]
fn w2_each_dimension_is_a_condition_of_its_own() {
    let sizes = RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: Some(12.0), max_height_m: Some(2.4) };
    let expected = said(&["VehicleCondition greaterThan 2.4", "VehicleCondition greaterThan 12"]);
    assert_eq!(only(restricted(vec![sizes])), (false, expected));
}

#[test]
fn w3_w13_each_class_is_a_condition_of_its_own() {
    let classes = vec![CritAir::Class4, CritAir::Class5, CritAir::Without];
    let expected = said(&["VehicleCondition critair4", "VehicleCondition critair5", "VehicleCondition critairWithout"]);
    assert_eq!(only(restricted(vec![RestrictedVehicles::CritAir { classes }])), (false, expected));
}

#[test]
fn w4_vehicles_in_words() {
    let set = restricted(vec![
        RestrictedVehicles::CritAir { classes: vec![CritAir::Class3] },
        RestrictedVehicles::Other { text: "Trottinettes".to_owned() },
    ]);
    assert_eq!(only(set.clone()), (false, said(&["VehicleCondition critair3", "VehicleCondition Trottinettes"])));
    let hook = "<com:_vehicleCharacteristicsExtension><com:vehicleCharacteristicsExtended><dx:otherVehicleType>";
    assert!(document_of(of(set)).contains(hook));
}

#[test]
fn w5_to_w12_each_exemption_has_its_word() {
    for (exemption, expected) in [
        (ExemptedVehicles::Pedestrians, "NonVehicularRoadUserCondition pedestrians"),
        (ExemptedVehicles::EmergencyServices, "VehicleCondition emergencyServices"),
        (
            ExemptedVehicles::Other { text: "Convois exceptionnels".to_owned() },
            "VehicleCondition Convois exceptionnels",
        ),
        (ExemptedVehicles::Police, "VehicleCondition emergencyServices"),
        (ExemptedVehicles::RoadMaintenanceOrConstruction, "VehicleCondition roadMaintenanceOrConstruction"),
        (ExemptedVehicles::DesserteLocale, "AccessCondition destinationTraffic"),
        (ExemptedVehicles::LocalResident, "DriverCondition localResident"),
        (ExemptedVehicles::Commercial, "VehicleCondition commercial"),
        (ExemptedVehicles::Taxi, "VehicleCondition taxi"),
        (ExemptedVehicles::CarSharing, "VehicleCondition carSharing"),
        (ExemptedVehicles::CityLogistics, "VehicleCondition cityLogistics"),
        (ExemptedVehicles::Bicycle, "VehicleCondition bicycle"),
    ] {
        assert_eq!(only(exempted(vec![exemption])), (true, said(&[expected])));
    }
}

#[test]
fn w14_restrictions_are_one_set_and_exemptions_another() {
    let found = sets(everything());
    assert_eq!(found.len(), 2);
    let restrictions = said(&[
        "VehicleCondition heavyGoodsVehicle greaterThan 3.5 maximumPermitted",
        "VehicleCondition greaterThan 2.4",
        "VehicleCondition greaterThan 12",
        "VehicleCondition critair4",
        "VehicleCondition critair5",
        "VehicleCondition hazardousMaterials",
    ]);
    let exemptions = said(&[
        "NonVehicularRoadUserCondition pedestrians",
        "VehicleCondition emergencyServices",
        "VehicleCondition Convois exceptionnels",
    ]);
    assert_eq!(found, [(false, restrictions), (true, exemptions)]);
}

#[test]
fn w15_everybody_has_no_vehicle_condition() {
    assert_eq!(sets(VehicleSet::default()), []);
}

#[test]
fn police_and_emergency_services_are_said_once() {
    let both = vec![ExemptedVehicles::EmergencyServices, ExemptedVehicles::Police];
    assert_eq!(only(exempted(both)), (true, said(&["VehicleCondition emergencyServices"])));
}
