use dialog_domain::{FoundStorageArea, LocationDescription, Measure, MeasureType, RestrictedVehicles, VehicleSet};
use roxmltree::Document;
use uuid::Uuid;

use super::locations::l6;
use crate::support::{all, document_of, geometry, kind, measure, one, orders, period, text};

/// A road with its lorry waiting area.
pub fn m4() -> Measure {
    let mut location = l6();
    let id = Uuid::from_u128(5);
    if let LocationDescription::NationalRoad(road) = &mut location.asked {
        road.storage_area_id = Some(id);
    }
    if let Some(found) = &mut location.found {
        found.storage_area = Some(FoundStorageArea {
            id,
            description: "Aire de la Touche".to_owned(),
            road_number: "N12".to_owned(),
            geometry: geometry(r#"{"type":"LineString","coordinates":[[2.1,48.1],[2.2,48.2]]}"#),
        });
    }
    Measure {
        periods: vec![period("2025-01-15T00:00", Some("2025-01-30T23:59"))],
        locations: vec![location],
        ..measure()
    }
}

pub fn documents() -> Vec<String> {
    let types = MeasureType::ALL.map(|measure_type| document_of(of(measure_type))).to_vec();
    [types, vec![document_of(m4())]].concat()
}

pub fn of(measure_type: MeasureType) -> Measure {
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
fn m4_waiting_area_follows_its_measure() {
    let xml = document_of(m4());
    let document = Document::parse(&xml).expect("XML");
    let [ban, waiting] = all(orders(&document)[0], "trafficRegulation")[..] else { panic!("{xml}") };
    assert_eq!(text(ban, "typeOfRegulation/accessRestrictionType"), "noEntry");
    assert_eq!(kind(one(waiting, "typeOfRegulation")), "MandatoryRoadOrCarriagewayOrLaneUsage");
    assert_eq!(text(waiting, "typeOfRegulation/otherObligation/values/value"), "Aire de stockage");
    let sets = [ban, waiting].map(|regulation| all(one(regulation, "condition"), "conditions"));
    assert_eq!(xml[sets[0][0].range()], xml[sets[1][0].range()], "at the same times");
    let validity = one(sets[1][0], "conditions/validityByOrder/validityTimeSpecification");
    assert_eq!(text(validity, "overallStartTime"), "2025-01-15T00:00:00+01:00");
    assert_eq!(text(validity, "overallEndTime"), "2025-01-31T00:00:00+01:00");
    let place = one(sets[1][1], "conditions/locationByOrder");
    assert_eq!(text(place, "supplementaryPositionalDescription/roadInformation/roadNumber"), "N12");
    assert_eq!(text(place, "gmlLineString/posList"), "48.1000000 2.1000000 48.2000000 2.2000000");
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
