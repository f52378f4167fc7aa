use dialog_domain::{
    Direction, FoundSegment, Location, LocationDescription, Measure, NumberedRoad, ReferencePointBound, RoadSide,
    StreetBound, WholeCityException,
};
use roxmltree::{Document, Node};

use crate::support::{
    LINE, all, document_of, geometry, kind, located, measure, named_street, one, orders, street, text, texts,
};

pub const THREE_PARTS: &str = r#"{"type":"MultiLineString","coordinates":[[[2.3,48.1],[2.31,48.1]],[[2.2,48.2],[2.21,48.2]],[[2.1,48.3],[2.11,48.3]]]}"#;
pub const COLLECTION: &str = r#"{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[2.3,48.1],[2.31,48.1]]},{"type":"Point","coordinates":[2.5,48.5]}]}"#;
const POLYGON: &str = r#"{"type":"Polygon","coordinates":[[[1,44],[1.1,44],[1.1,44.1],[1,44]],[[1.05,44.01],[1.06,44.01],[1.06,44.02],[1.05,44.01]]]}"#;

pub fn documents() -> Vec<String> {
    let places = [
        vec![l1()],
        vec![l2(Direction::Both)],
        vec![l2(Direction::BToA)],
        vec![l3()],
        vec![l4()],
        vec![l5()],
        vec![l6()],
        vec![l7()],
        vec![l8()],
        l9(),
        vec![one_way(Direction::AToB)],
        vec![one_way(Direction::BToA)],
        vec![drawing(POLYGON)],
    ];
    places.map(|locations| document_of(at(locations))).to_vec()
}

pub fn at(locations: Vec<Location>) -> Measure {
    Measure { locations, ..measure() }
}

pub fn l1() -> Location {
    street("Rue Claude Monet", THREE_PARTS)
}

pub fn road(number: &str, direction: Direction) -> NumberedRoad {
    let bound = |point_number: &str, abscissa_m| ReferencePointBound {
        point_number: point_number.to_owned(),
        department_code: Some("46".to_owned()),
        side: RoadSide::D,
        abscissa_m,
    };
    NumberedRoad {
        administrator: "Lot".to_owned(),
        road_number: number.to_owned(),
        from: bound("1", 120),
        to: bound("4", -5),
        storage_area_id: None,
        direction,
        geometry: None,
    }
}

pub fn l2(direction: Direction) -> Location {
    let mut location = located(LocationDescription::DepartmentalRoad(road("D14", direction)), LINE);
    let segments = ["TRONROUT0000000001:0", "TRONROUT0000000001:1", "TRONROUT0000000002"];
    let segment = |id: &str| FoundSegment { segment_id: id.to_owned(), from_fraction: 0.0, to_fraction: 1.0 };
    if let Some(found) = &mut location.found {
        found.edition = Some("bdtopo:046:2026-09-15".to_owned());
        found.segments = segments.map(segment).to_vec();
    }
    location
}

fn drawing(geometry_text: &str) -> Location {
    let label = "ROUTE 147 (NOYELLES-LÈS-SECLIN) DU PR7 +779 AU PR8 +413".to_owned();
    located(LocationDescription::RawGeoJson { label, geometry: geometry(geometry_text) }, geometry_text)
}

pub fn l3() -> Location {
    drawing(LINE)
}

pub fn l4() -> Location {
    street("", LINE)
}

pub fn l5() -> Location {
    street("Rue Albert Dhalenne", COLLECTION)
}

pub fn l6() -> Location {
    located(LocationDescription::NationalRoad(road("N176", Direction::Both)), LINE)
}

pub fn l7() -> Location {
    let city_label = "Lyon (69003)".to_owned();
    let exceptions = vec![
        WholeCityException::NamedStreet(named_street("Boulevard Exempté")),
        WholeCityException::RawGeoJson { label: "Parc".to_owned(), geometry: geometry(POLYGON) },
    ];
    located(LocationDescription::WholeCity { city_code: "69383".to_owned(), city_label, exceptions }, THREE_PARTS)
}

pub fn l8() -> Location {
    located(LocationDescription::Zone { label: "Centre".to_owned(), geometry: geometry(POLYGON) }, THREE_PARTS)
}

pub fn l9() -> Vec<Location> {
    vec![street("Rue A", LINE), street("Rue B", LINE), l2(Direction::Both), l5()]
}

fn one_way(direction: Direction) -> Location {
    let mut street = named_street("Rue Claude Monet");
    street.direction = direction;
    located(LocationDescription::NamedStreet(street), LINE)
}

/// Runs `check` on the `locationByOrder` of the only location.
fn with_location(location: Location, check: impl FnOnce(Node<'_, '_>)) {
    let xml = document_of(at(vec![location]));
    let document = Document::parse(&xml).expect("XML");
    let conditions = all(orders(&document)[0], "trafficRegulation/condition/conditions/conditions");
    let condition = conditions.into_iter().find(|node| kind(*node) == "LocationCondition").expect("a location");
    check(one(condition, "locationByOrder"));
}

const GEO_JSON: &str = "_linearLocationExtension/linearLocationExtended/geoJsonGeometry";
const ROAD: &str = "supplementaryPositionalDescription/roadInformation";
const LABEL: &str = "supplementaryPositionalDescription/locationDescription/values/value";

#[test]
fn l1_parts_of_a_street_are_a_group_in_their_order() {
    with_location(l1(), |location| {
        assert_eq!(kind(location), "loc:LocationGroupByList");
        let parts = all(location, "locationContainedInGroup");
        assert_eq!(parts.len(), 3);
        for part in &parts {
            assert_eq!(kind(*part), "loc:LinearLocation");
            assert_eq!(text(*part, &format!("{ROAD}/roadName")), "Rue Claude Monet");
            let codes = texts(*part, "externalReferencing/externalLocationCode");
            let systems = texts(*part, "externalReferencing/externalReferencingSystem");
            assert_eq!((codes, systems), (vec!["93066", "93066_2142"], vec!["INSEE:commune", "BAN:voie"]));
        }
        assert_eq!(text(parts[1], "gmlLineString/posList"), "48.2000000 2.2000000 48.2000000 2.2100000");
        assert_eq!(text(parts[2], GEO_JSON), r#"{"type":"LineString","coordinates":[[2.1,48.3],[2.11,48.3]]}"#);
    });
}

#[test]
fn l2_departmental_road_between_reference_points() {
    with_location(l2(Direction::Both), |location| {
        assert_eq!(kind(location), "loc:SingleRoadLinearLocation");
        assert_eq!(text(location, &format!("{ROAD}/roadNumber")), "D14");
        assert_eq!(text(location, GEO_JSON), LINE);
        let line = one(location, "gmlLineString");
        assert_eq!(line.attribute("srsName"), Some("EPSG:4326"));
        assert_eq!(text(line, "posList"), "48.9119861 2.3442413 48.9088458 2.3441827");
        let section = one(location, "linearWithinLinearElement");
        assert_eq!(text(section, "directionRelativeOnLinearSection"), "both");
        assert_eq!(text(section, "administrativeAreaOfLinearSection/values/value"), "Lot");
        assert_eq!(text(section, "linearElement/roadNumber"), "D14");
        assert_eq!(text(section, "linearElement/linearElementReferenceModel"), "PR");
        assert_eq!(text(section, "linearElement/linearElementReferenceModelVersion"), "bdtopo:046:2026-09-15");
        assert_eq!(text(section, "fromPoint/fromReferent/referentName"), "PR 1");
        assert_eq!(text(section, "fromPoint/fromReferent/_referentExtension/side"), "D");
        assert_eq!(text(section, "fromPoint/distanceAlong"), "120");
        assert_eq!(text(section, "fromPoint/fromReferent/referentIdentifier"), "46PR1D");
        assert_eq!(text(section, "toPoint/distanceAlong"), "-5");
        assert_eq!(text(section, "toPoint/fromReferent/referentIdentifier"), "46PR4D");
    });
    for (direction, expected) in [(Direction::AToB, "aligned"), (Direction::BToA, "opposite")] {
        with_location(l2(direction), |location| {
            assert_eq!(text(location, "linearWithinLinearElement/directionRelativeOnLinearSection"), expected);
        });
    }
}

#[test]
fn l2_section_in_several_pieces_keeps_its_reference_points() {
    let mut location = l2(Direction::AToB);
    location.found.as_mut().expect("found").geometry = geometry(THREE_PARTS);
    with_location(location, |location| {
        let parts = all(location, "locationContainedInGroup");
        let kinds: Vec<&str> = parts.iter().map(|part| kind(*part)).collect();
        assert_eq!(kinds, ["loc:SingleRoadLinearLocation"; 4]);
        assert_eq!(
            text(parts[0], "linearWithinLinearElement/linearElement/gmlLineString/posList").split(' ').count(),
            4
        );
        assert!(all(parts[3], "gmlLineString").is_empty(), "the section as a whole is not drawn again");
        assert_eq!(text(parts[3], "linearWithinLinearElement/fromPoint/fromReferent/referentIdentifier"), "46PR1D");
        assert_eq!(text(parts[3], "linearWithinLinearElement/directionRelativeOnLinearSection"), "aligned");
    });
}

#[test]
fn l2_reference_points_that_cannot_be_compared_leave_the_direction_to_the_line() {
    let mut numbered = road("D14", Direction::BToA);
    numbered.from.point_number = "12A".to_owned();
    with_location(located(LocationDescription::DepartmentalRoad(numbered), LINE), |location| {
        let directions = texts(location, "linearWithinLinearElement/directionRelativeOnLinearSection");
        assert_eq!(directions, ["unknown", "aligned"]);
        assert_eq!(text(location, "gmlLineString/posList"), "48.9088458 2.3441827 48.9119861 2.3442413");
    });
}

#[test]
fn segments_that_others_know_are_external_references() {
    with_location(l2(Direction::Both), |location| {
        let codes = texts(location, "externalReferencing/externalLocationCode");
        assert_eq!(codes, ["TRONROUT0000000001", "TRONROUT0000000002"]);
        assert_eq!(texts(location, "externalReferencing/externalReferencingSystem"), ["BDTOPO:cleabs"; 2]);
    });
    for (edition, segment, expected) in
        [("osm:75104:2014-11-23", "osm:1234:2", Some("1234")), ("town:00001:2026-01-01", "00001-7:1", None)]
    {
        let mut location = street("Rue Claude Monet", LINE);
        let found = location.found.as_mut().expect("found");
        found.edition = Some(edition.to_owned());
        found.segments = vec![FoundSegment { segment_id: segment.to_owned(), from_fraction: 1.0, to_fraction: 0.5 }];
        with_location(location, |location| {
            let codes = texts(location, "externalReferencing/externalLocationCode");
            assert_eq!(codes.get(2).copied(), expected, "after the commune and the street");
        });
    }
}

#[test]
fn l3_drawing_has_its_label_and_no_road() {
    with_location(l3(), |location| {
        assert_eq!(text(location, LABEL), "ROUTE 147 (NOYELLES-LÈS-SECLIN) DU PR7 +779 AU PR8 +413");
        assert!(all(location, ROAD).is_empty());
    });
}

#[test]
fn l4_street_without_name_has_an_empty_name() {
    with_location(l4(), |location| assert_eq!(text(location, &format!("{ROAD}/roadName")), ""));
}

#[test]
fn l5_collection_is_a_group_of_its_kinds() {
    with_location(l5(), |location| {
        let parts = all(location, "locationContainedInGroup");
        let kinds: Vec<&str> = parts.iter().map(|part| kind(*part)).collect();
        assert_eq!(kinds, ["loc:LinearLocation", "loc:PointLocation"]);
        assert_eq!(text(parts[1], "pointByCoordinates/pointCoordinates/latitude"), "48.5000000");
        assert_eq!(
            text(parts[1], "_pointLocationExtension/geoJsonGeometry"),
            r#"{"type":"Point","coordinates":[2.5,48.5]}"#
        );
    });
}

#[test]
fn l6_national_road() {
    with_location(l6(), |location| assert_eq!(text(location, &format!("{ROAD}/roadNumber")), "N176"));
}

#[test]
fn l7_whole_city_is_an_area_without_what_stays_free() {
    let xml = document_of(at(vec![l7()]));
    let document = Document::parse(&xml).expect("XML");
    let city = all(orders(&document)[0], "trafficRegulation/condition/conditions/conditions")[1];
    assert_eq!((kind(city), text(city, "operator")), ("ConditionSet", "and"));
    let parts = all(city, "conditions");
    let area = one(parts[0], "locationByOrder");
    assert_eq!(kind(area), "loc:AreaLocation");
    assert_eq!(text(area, "externalReferencing/externalLocationCode"), "69383");
    assert_eq!(text(area, "namedArea/areaName/values/value"), "Lyon (69003)");
    assert_eq!(text(area, "namedArea/namedAreaType"), "municipality");
    assert_eq!(text(area, "_areaLocationExtension/geoJsonGeometry"), THREE_PARTS);
    assert!(all(area, "gmlMultiPolygon").is_empty(), "no contour is known");
    assert_eq!((text(parts[1], "negate"), text(parts[1], "operator")), ("true", "or"));
    assert_eq!(texts(parts[1], &format!("conditions/locationByOrder/{ROAD}/roadName")), ["Boulevard Exempté"]);
}

#[test]
fn l7_whole_city_has_its_contour_beside_its_streets() {
    let mut city = l7();
    city.found.as_mut().expect("found").contour = Some(geometry(POLYGON));
    let xml = document_of(at(vec![city]));
    let document = Document::parse(&xml).expect("XML");
    let city = all(orders(&document)[0], "trafficRegulation/condition/conditions/conditions")[1];
    let area = one(all(city, "conditions")[0], "locationByOrder");
    assert_eq!(text(area, "externalReferencing/externalLocationCode"), "69383");
    assert_eq!(all(area, "gmlMultiPolygon/gmlPolygon").len(), 1);
    assert_eq!(
        text(area, "_areaLocationExtension/geoJsonGeometry"),
        THREE_PARTS,
        "readers of the extension draw streets"
    );
}

#[test]
fn l8_zone_is_an_area_with_its_perimeter() {
    with_location(l8(), |location| {
        assert_eq!(kind(location), "loc:AreaLocation");
        assert_eq!(text(location, "namedArea/areaName/values/value"), "Centre");
        let polygon = one(location, "gmlMultiPolygon/gmlPolygon");
        assert!(text(polygon, "exterior/posList").starts_with("44.0000000 1.0000000 44.0000000 1.1000000"));
        assert_eq!(all(polygon, "interior").len(), 1);
    });
}

#[test]
fn l9_each_location_is_one_condition_of_the_or_set() {
    let xml = document_of(at(l9()));
    let document = Document::parse(&xml).expect("XML");
    let sets = all(orders(&document)[0], "trafficRegulation/condition/conditions");
    assert_eq!((text(sets[1], "operator"), all(sets[1], "conditions").len()), ("or", 4));
}

#[test]
fn l10_location_without_geometry_is_absent() {
    let lost = Location { found: None, ..street("Rue Perdue", LINE) };
    let xml = document_of(at(vec![lost, street("Rue Trouvée", LINE)]));
    let document = Document::parse(&xml).expect("XML");
    let sets = all(orders(&document)[0], "trafficRegulation/condition/conditions");
    assert_eq!(all(sets[1], "conditions").len(), 1);
    assert!(!xml.contains("Rue Perdue"));
}

#[test]
fn one_way_street_is_drawn_in_the_direction_of_travel() {
    let reversed = "48.9088458 2.3441827 48.9119861 2.3442413";
    for (direction, positions) in
        [(Direction::AToB, "48.9119861 2.3442413 48.9088458 2.3441827"), (Direction::BToA, reversed)]
    {
        with_location(one_way(direction), |location| {
            assert_eq!(kind(location), "loc:SingleRoadLinearLocation");
            assert_eq!(text(location, "gmlLineString/posList"), positions);
            let section = one(location, "linearWithinLinearElement");
            assert_eq!(text(section, "directionRelativeOnLinearSection"), "aligned");
            assert_eq!(text(section, "linearElement/gmlLineString/posList"), positions);
            assert_eq!(text(section, "fromPoint/percentageDistanceAlong"), "0");
            assert_eq!(text(section, "toPoint/percentageDistanceAlong"), "100");
        });
    }
}

#[test]
fn two_way_street_is_drawn_from_its_first_bound_and_described() {
    with_location(street("Rue Claude Monet", LINE), |location| {
        assert_eq!(kind(location), "loc:LinearLocation");
        assert_eq!(text(location, LABEL), "Rue Claude Monet du n° 2 au n° 20 à Saint-Denis");
        assert_eq!(text(location, "gmlLineString/posList"), "48.9119861 2.3442413 48.9088458 2.3441827");
    });
}

#[test]
fn ends_of_a_section_are_told_as_the_order_names_them() {
    let mut location = street("Rue Claude Monet", LINE);
    let LocationDescription::NamedStreet(asked) = &mut location.asked else { panic!("a street") };
    let road_name = "Rue Édouard Manet".to_owned();
    asked.to = Some(StreetBound::Intersection { road_name, road_ban_id: None, crossing: Some(2) });
    let xml = document_of(at(vec![location]));
    assert!(xml.contains(r#"<dlg:from kind="houseNumber">2</dlg:from>"#));
    assert!(xml.contains(r#"<dlg:to kind="intersection">Rue Édouard Manet</dlg:to>"#));
    assert!(!document_of(at(vec![l2(Direction::Both)])).contains("dlg:from"), "reference points tell");
}

#[test]
fn drawn_polygon_is_an_area() {
    with_location(drawing(POLYGON), |location| {
        assert_eq!(kind(location), "loc:AreaLocation");
        assert_eq!(all(location, "gmlMultiPolygon/gmlPolygon").len(), 1);
    });
}
