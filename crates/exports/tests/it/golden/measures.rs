use dialog_domain::{Measure, MeasureType, RestrictedVehicles, VehicleSet};
use roxmltree::Document;

use crate::support::{document_of, kind, measure, one, orders, text};

pub fn documents() -> Vec<String> {
    MeasureType::ALL.map(|measure_type| document_of(of(measure_type))).to_vec()
}

fn of(measure_type: MeasureType) -> Measure {
    let max_speed_kmh = (measure_type == MeasureType::SpeedLimitation).then_some(50);
    Measure { kind: measure_type, max_speed_kmh, ..measure() }
}

/// Kind of the regulation, then the texts at some paths below it.
fn regulation(measure: Measure, paths: &[&str]) -> Vec<String> {
    let xml = document_of(measure);
    let document = Document::parse(&xml).expect("XML");
    let regulation = one(orders(&document)[0], "trafficRegulation/typeOfRegulation");
    let mut found = vec![kind(regulation).to_owned()];
    found.extend(paths.iter().map(|path| text(regulation, path).to_owned()));
    found
}

#[test]
fn m1_no_entry() {
    assert_eq!(regulation(of(MeasureType::NoEntry), &["accessRestrictionType"]), ["AccessRestriction", "noEntry"]);
}

#[test]
fn m2_speed_limit() {
    let restricted = vec![RestrictedVehicles::HazardousMaterials];
    let measure = Measure {
        vehicle_set: VehicleSet { restricted, exempted: Vec::new() },
        periods: Vec::new(),
        ..of(MeasureType::SpeedLimitation)
    };
    let paths = ["maxValue/numericValue", "maxValue/unitOfMeasure"];
    assert_eq!(regulation(measure.clone(), &paths), ["SpeedLimit", "50", "kilometresPerHour"]);
    let xml = document_of(measure);
    assert!(xml.contains("<com:loadType>hazardousMaterials</com:loadType>"));
    assert!(!xml.contains("ValidityCondition"));
}

#[test]
fn m3_parking_prohibited() {
    let found = regulation(of(MeasureType::ParkingProhibited), &["standingOrParkingRestrictionType"]);
    assert_eq!(found, ["StandingOrParkingRestriction", "parkingProhibited"]);
}

#[test]
fn m5_alternate_traffic_is_a_priority_rule_that_our_extension_names() {
    let found = regulation(of(MeasureType::AlternateRoad), &["priorityRuleType"]);
    assert_eq!(found, ["PriorityRule", "giveWayToOncomingVehicles"]);
    assert!(document_of(of(MeasureType::AlternateRoad)).contains("<dlg:measureType>alternateRoad</dlg:measureType>"));
}

#[test]
fn m6_no_overtaking() {
    assert_eq!(regulation(of(MeasureType::NoOvertaking), &[]), ["OvertakingBan"]);
}
