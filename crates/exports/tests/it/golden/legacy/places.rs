use dialog_domain::{Direction, Location};
use dialog_exports::{LossCode, PublishedOrder};
use roxmltree::{Document, Node};

use super::with;
use crate::{
    golden::locations::{COLLECTION, THREE_PARTS, at, l1, l2, l3, l4, l5, l6, l7, l8, l9},
    support::{LINE, all, kind, legacy, legacy_document, one, orders as orders_of, street, text},
};

pub fn orders() -> Vec<PublishedOrder> {
    let places = [
        vec![l1()],
        vec![l2(Direction::BToA)],
        vec![l3()],
        vec![l4()],
        vec![l5()],
        vec![l6()],
        vec![l7()],
        vec![l8()],
        l9(),
    ];
    places.map(|locations| with(at(locations))).to_vec()
}

/// Runs `check` on the `locationByOrder` of the only location.
fn with_place(location: Location, check: impl FnOnce(Node<'_, '_>)) {
    let xml = legacy_document(&with(at(vec![location])));
    let document = Document::parse(&xml).expect("XML");
    let conditions = all(orders_of(&document)[0], "trafficRegulation/condition/conditions/conditions");
    let condition = conditions.into_iter().find(|node| kind(*node) == "LocationCondition").expect("a location");
    let place = one(condition, "locationByOrder");
    assert_eq!(kind(place), "loc:LinearLocation", "whatever the kind of place");
    assert_eq!(place.children().filter(Node::is_element).count(), 2, "a name and a geometry");
    check(place);
}

const GEO_JSON: &str = "_linearLocationExtension/linearLocationExtended/geoJsonGeometry";
const ROAD: &str = "supplementaryPositionalDescription/roadInformation";
const LABEL: &str = "supplementaryPositionalDescription/locationDescription/values/value";

#[test]
fn l1_street_in_the_old_layout() {
    with_place(l1(), |place| {
        assert_eq!(text(place, &format!("{ROAD}/roadName")), "Rue Claude Monet");
        assert_eq!(text(place, GEO_JSON), THREE_PARTS, "parts in their order");
    });
}

#[test]
fn l2_departmental_road_in_the_old_layout() {
    for direction in [Direction::Both, Direction::AToB, Direction::BToA] {
        with_place(l2(direction), |place| {
            assert_eq!(text(place, &format!("{ROAD}/roadNumber")), "D14");
            assert_eq!(text(place, GEO_JSON), LINE, "whatever the direction");
        });
    }
}

#[test]
fn l3_drawing_in_the_old_layout() {
    with_place(l3(), |place| {
        assert_eq!(text(place, LABEL), "ROUTE 147 (NOYELLES-LÈS-SECLIN) DU PR7 +779 AU PR8 +413");
        assert!(all(place, ROAD).is_empty());
    });
}

#[test]
fn l4_street_without_name_in_the_old_layout() {
    with_place(l4(), |place| assert_eq!(text(place, &format!("{ROAD}/roadName")), ""));
}

#[test]
fn l5_collection_in_the_old_layout() {
    with_place(l5(), |place| assert_eq!(text(place, GEO_JSON), COLLECTION));
}

#[test]
fn l6_national_road_in_the_old_layout() {
    with_place(l6(), |place| assert_eq!(text(place, &format!("{ROAD}/roadNumber")), "N176"));
}

#[test]
fn l7_whole_city_in_the_old_layout() {
    with_place(l7(), |place| {
        assert_eq!((text(place, LABEL), text(place, GEO_JSON)), ("Lyon (69003)", THREE_PARTS));
    });
}

#[test]
fn l8_zone_in_the_old_layout() {
    with_place(l8(), |place| assert_eq!((text(place, LABEL), text(place, GEO_JSON)), ("Centre", THREE_PARTS)));
}

#[test]
fn l9_each_location_is_one_condition_in_the_old_layout() {
    let xml = legacy_document(&with(at(l9())));
    let document = Document::parse(&xml).expect("XML");
    let sets = all(orders_of(&document)[0], "trafficRegulation/condition/conditions");
    assert_eq!((text(sets[1], "operator"), all(sets[1], "conditions").len()), ("or", 4));
}

#[test]
fn l10_location_without_geometry_in_the_old_layout() {
    let lost = || Location { found: None, ..street("Rue Perdue", LINE) };
    let xml = legacy_document(&with(at(vec![lost(), street("Rue Trouvée", LINE)])));
    assert!(!xml.contains("Rue Perdue") && xml.contains("Rue Trouvée"));
    let exported = legacy(&with(at(vec![lost()])));
    assert_eq!(exported.value, None);
    let codes: Vec<LossCode> = exported.losses.iter().map(|loss| loss.code).collect();
    assert_eq!(codes, [LossCode::NotLocated, LossCode::MeasureLeftOut]);
}

#[test]
fn what_is_no_geometry_is_left_out_of_the_old_layout() {
    let half = r#"{"type":"MultiLineString","coordinates":[[[2.3,48.1]],[[2.2,48.2],[2.21,48.2]]]}"#;
    let exported = legacy(&with(at(vec![street("Rue A", half)])));
    assert!(exported.value.expect("the other part").contains("[[[2.2,48.2],[2.21,48.2]]]"));
    assert_eq!(exported.losses[0].code, LossCode::DegenerateGeometry);
}
