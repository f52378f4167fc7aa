use dialog_domain::{Measure, MeasureType, RestrictedVehicles, VehicleSet};
use dialog_exports::{LossCode, PublishedOrder, datex};
use roxmltree::Document;

use super::{ZONE, with};
use crate::{
    golden::{
        heads::{d1, d2, d3, d4, d5, d6},
        measures::{m4, of},
    },
    support::{LINE, all, kind, legacy, legacy_document, measure, one, orders as orders_of, text, texts},
};

pub fn orders() -> Vec<PublishedOrder> {
    let types = [MeasureType::NoEntry, MeasureType::SpeedLimitation, MeasureType::ParkingProhibited];
    let measures = types.map(|measure_type| with(of(measure_type)));
    [vec![d1(), d2(), d3(), d4(), d5(), d6(), with(m4())], measures.to_vec()].concat()
}

/// Overall start and end of the only order.
fn bounds(order: PublishedOrder) -> (String, Option<String>) {
    let xml = legacy_document(&PublishedOrder { time_zone: ZONE, ..order });
    let document = Document::parse(&xml).expect("XML");
    let specification = one(orders_of(&document)[0], "validityByOrder/validityTimeSpecification");
    let end = texts(specification, "overallEndTime").first().map(|&end| end.to_owned());
    (text(specification, "overallStartTime").to_owned(), end)
}

#[test]
fn d1_head_in_the_old_layout() {
    let mut order = d1();
    order.version = 7;
    let xml = legacy_document(&order);
    let document = Document::parse(&xml).expect("XML");
    let written = orders_of(&document)[0];
    assert_eq!(written.attribute("id"), Some("06549047-db9d-74bb-8000-754a6f2ff4c3"));
    assert_eq!(written.attribute("version"), Some("1"), "never another");
    let title = one(written, "description/values/value");
    assert_eq!((title.text(), title.attributes().len()), (Some("Arrêté exporté vers CIFS"), 0), "no language");
    assert_eq!(text(written, "issuingAuthority/values/value"), "Département de Seine-Saint-Denis");
    assert_eq!(text(written, "regulationId"), "F/CIFS/2023#8f9164ed-dc0f-4c98-ac18-2f590a1cfd22");
    assert_eq!(text(written, "status"), "madeAndImplemented");
    assert_eq!(text(written, "trafficRegulation/status"), "active");
    let extended = "_trafficRegulationOrderExtension/trafficRegulationOrderExtended";
    assert_eq!(text(written, &format!("{extended}/source")), "dialog");
    assert!(
        text(written, &format!("{extended}/publicUrl")).ends_with("/regulations/06549047-db9d-74bb-8000-754a6f2ff4c3")
    );
    assert_eq!(one(written, extended).next_sibling_element(), None, "nothing of our own");
}

#[test]
fn d2_identifier_with_a_hash_in_the_old_layout() {
    let xml = legacy_document(&d2());
    assert!(xml.contains("<regulationId>117374#24-A-0473#8f9164ed-dc0f-4c98-ac18-2f590a1cfd22</regulationId>"));
    assert!(xml.contains("<dx:source>litteralis</dx:source>"));
}

#[test]
fn d3_title_is_unchanged_but_escaped_in_the_old_layout() {
    let xml = legacy_document(&d3());
    assert!(!xml.contains("b=<2>"));
    let document = Document::parse(&xml).expect("XML");
    assert_eq!(text(orders_of(&document)[0], "description/values/value"), d3().content.title);
}

#[test]
fn d4_overall_validity_in_the_old_layout() {
    let expected = ("2023-06-01T23:00:00+00:00".to_owned(), Some("2023-06-10T22:59:00+00:00".to_owned()));
    assert_eq!(bounds(d4()), expected);
}

#[test]
fn d5_bounds_are_in_utc_in_the_old_layout() {
    let expected = ("2023-03-09T23:00:00+00:00".to_owned(), Some("2023-03-28T21:00:00+00:00".to_owned()));
    assert_eq!(bounds(d5()), expected);
}

#[test]
fn d6_permanent_order_has_no_end_in_the_old_layout() {
    assert_eq!(bounds(d6()).1, None);
}

#[test]
fn d7_publication_without_order_in_the_old_layout() {
    let xml = datex::legacy::document(d1().published_at, []);
    let document = Document::parse(&xml).expect("XML");
    assert!(all(document.root_element(), "trafficRegulationsFromCompetentAuthorities").is_empty());
}

#[test]
fn m1_m2_m3_types_in_the_old_layout() {
    for (measure_type, expected) in [
        (MeasureType::NoEntry, "AccessRestriction noEntry"),
        (MeasureType::SpeedLimitation, "SpeedLimit 50 kilometresPerHour"),
        (MeasureType::ParkingProhibited, "StandingOrParkingRestriction parkingProhibited"),
    ] {
        let xml = legacy_document(&with(of(measure_type)));
        let document = Document::parse(&xml).expect("XML");
        let written = one(orders_of(&document)[0], "trafficRegulation/typeOfRegulation");
        let leaves = written.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
        let words: Vec<&str> = std::iter::once(kind(written)).chain(leaves).collect();
        assert_eq!(words.join(" "), expected);
    }
}

#[test]
fn m2_measure_without_period_for_some_vehicles_in_the_old_layout() {
    let restricted = vec![RestrictedVehicles::HazardousMaterials];
    let vehicle_set = VehicleSet { restricted, exempted: Vec::new() };
    let measure = Measure { vehicle_set, periods: Vec::new(), ..of(MeasureType::SpeedLimitation) };
    let xml = legacy_document(&with(measure));
    assert!(xml.contains("<com:loadType>hazardousMaterials</com:loadType>"));
    assert!(!xml.contains("ValidityCondition"));
}

#[test]
fn m4_waiting_area_follows_its_measure_in_the_old_layout() {
    let xml = legacy_document(&with(m4()));
    let document = Document::parse(&xml).expect("XML");
    let [ban, waiting] = all(orders_of(&document)[0], "trafficRegulation")[..] else { panic!("{xml}") };
    assert_eq!(text(ban, "typeOfRegulation/accessRestrictionType"), "noEntry");
    assert_eq!(kind(one(waiting, "typeOfRegulation")), "MandatoryRoadOrCarriagewayOrLaneUsage");
    assert_eq!(text(waiting, "typeOfRegulation/otherObligation/values/value"), "Aire de stockage");
    let [of_the_ban, of_the_area] = [ban, waiting].map(|regulation| all(one(regulation, "condition"), "conditions"));
    assert_eq!(xml[of_the_ban[0].range()], xml[of_the_area[0].range()], "at the same times");
    let period = "conditions/validityByOrder/validityTimeSpecification";
    assert_eq!(text(of_the_area[0], &format!("{period}/overallStartTime")), "2025-01-14T23:00:00+00:00");
    assert_eq!(text(of_the_area[0], &format!("{period}/overallEndTime")), "2025-01-30T22:59:00+00:00");
    let place = one(of_the_area[1], "conditions/locationByOrder");
    assert_eq!(text(place, "supplementaryPositionalDescription/roadInformation/roadNumber"), "N12");
    assert!(!text(place, "_linearLocationExtension/linearLocationExtended/geoJsonGeometry").contains(LINE));
}

#[test]
fn m5_m6_types_that_the_schema_lacks_are_left_out_of_the_old_layout() {
    for (measure_type, words) in
        [(MeasureType::AlternateRoad, "Circulation alternée"), (MeasureType::NoOvertaking, "Interdiction de dépasser")]
    {
        let exported = legacy(&with(of(measure_type)));
        assert_eq!(exported.value, None);
        let losses: Vec<_> = exported.losses.iter().map(|loss| (loss.path.as_str(), loss.code)).collect();
        assert_eq!(losses, [("measures[0]", LossCode::MeasureLeftOut)]);
        assert_eq!(exported.losses[0].detail, words);
    }
    let mut order = with(of(MeasureType::NoOvertaking));
    order.content.measures.push(measure());
    let exported = legacy(&order);
    assert_eq!(exported.value.expect("the other measure").matches("<trafficRegulation>").count(), 1);
    assert_eq!(exported.losses.len(), 1);
}
