use super::*;
use crate::{Direction, LocationDescription, NamedStreet, NumberedRoad, RoadSide, StreetBound, WholeCityException};

fn check(face: Face, location: Value) -> Result<LocationDescription, Vec<Violation>> {
    check_measure(face, measure_with(json!({"locations": [location]})))
        .map(|measure| measure.locations[0].asked.clone())
}

fn refused(face: Face, location: Value) -> Vec<String> {
    broken(check(face, location)).into_iter().map(|line| line.replacen("locations[0]", "", 1)).collect()
}

fn lane(changes: Value) -> Value {
    json!({"roadType": "lane", "namedStreet": street_with(changes)})
}

fn street(face: Face, changes: Value) -> NamedStreet {
    match check(face, lane(changes)).unwrap() {
        LocationDescription::NamedStreet(street) => street,
        other => panic!("{other:?}"),
    }
}

const LINE: &str = r#"{"type":"LineString","coordinates":[[2.3580,48.8570],[2.3590,48.8572]]}"#;
const POLYGON: &str = r#"{"type":"Polygon","coordinates":[[[2.35,48.85],[2.36,48.85],[2.36,48.86],[2.35,48.85]]]}"#;

// 85, and API sheet §17.
#[test]
fn an_integrator_fills_the_section_of_the_road_type_and_no_other() {
    assert_eq!(
        refused(Face::Integrator, json!({"roadType": "lane"})),
        [": location_not_exclusive", ".roadType: location_mismatch"]
    );
    let two = merged(lane(json!({})), json!({"rawGeoJSON": {"label": "Parvis", "geometry": LINE}}));
    assert_eq!(refused(Face::Integrator, two.clone()), [": location_not_exclusive"]);
    // A form forgets the sections that it hides.
    assert!(check(Face::Form, two).is_ok());
    let other = merged(lane(json!({})), json!({"roadType": "zone"}));
    assert_eq!(refused(Face::Integrator, other), [".roadType: location_mismatch"]);
    assert_eq!(refused(Face::Integrator, json!({})), [": location_not_exclusive", ".roadType: required"]);
}

// API sheet §17.
#[test]
fn the_worked_example_of_the_contract_gives_its_violations_in_order() {
    let measure = json!({
        "type": "speedLimitation", "maxSpeed": 30,
        "periods": [{"isPermanent": true}], "locations": [{"roadType": "lane"}],
    });
    assert_eq!(
        broken(check_measure(Face::Integrator, measure)),
        [
            "periods[0].startDate: required",
            "periods[0].recurrenceType: required",
            "locations[0]: location_not_exclusive",
            "locations[0].roadType: location_mismatch",
        ]
    );
}

// 86: the sections do not exist on the wire, so these always end like that.
#[test]
fn a_whole_city_without_section_is_refused_on_the_wire() {
    for road_type in ["wholeCity", "zone"] {
        assert_eq!(
            refused(Face::Integrator, json!({"roadType": road_type})),
            [": location_not_exclusive", ".roadType: location_mismatch"]
        );
    }
}

// 66.
#[test]
fn an_empty_street_form_says_what_to_choose() {
    assert_eq!(
        refused(Face::Form, json!({"roadType": "lane"})),
        [".namedStreet.cityCode: city_not_chosen", ".namedStreet.roadBanId: street_not_chosen"]
    );
    let empty = json!({"roadType": "lane", "namedStreet": {"roadName": ""}});
    assert_eq!(
        refused(Face::Integrator, empty),
        [
            ".namedStreet.cityCode: city_not_chosen",
            ".namedStreet.cityLabel: required",
            ".namedStreet.roadName: required",
        ]
    );
}

#[test]
fn a_form_chooses_the_street_and_the_wire_names_it() {
    let by_name = lane(json!({"roadBanId": null}));
    assert_eq!(refused(Face::Form, by_name.clone()), [".namedStreet.roadBanId: street_not_chosen"]);
    assert!(check(Face::Integrator, by_name).is_ok());
}

// 90.
#[test]
fn each_text_of_a_street_has_its_length() {
    for face in FACES {
        let long = lane(json!({
            "cityCode": "751044", "cityLabel": "x".repeat(256), "roadBanId": "x".repeat(21),
            "roadName": "x".repeat(256), "fromHouseNumber": "123456789",
            "toPointType": "intersection", "toRoadName": "x".repeat(256), "toRoadBanId": "x".repeat(21),
        }));
        assert_eq!(
            refused(face, long),
            [
                ".namedStreet.cityCode: wrong_length length=5",
                ".namedStreet.cityLabel: too_long max=255",
                ".namedStreet.roadBanId: too_long max=20",
                ".namedStreet.roadName: too_long max=255",
                ".namedStreet.fromHouseNumber: too_long max=8",
                ".namedStreet.toRoadBanId: too_long max=20",
                ".namedStreet.toRoadName: too_long max=255",
            ]
        );
    }
}

#[test]
fn a_street_without_bounds_is_whole() {
    for face in FACES {
        let whole = street(face, json!({"fromPointType": "houseNumber", "fromHouseNumber": "", "toRoadName": ""}));
        assert!(whole.is_whole());
        assert_eq!(whole.direction, Direction::Both);
    }
    let ticked =
        street(Face::Form, json!({"isEntireStreet": true, "fromHouseNumber": "2", "toRoadName": "Rue Malher"}));
    assert!(ticked.is_whole(), "the box wins over what it hides");
}

#[test]
fn a_section_has_numbers_or_crossings() {
    for face in FACES {
        let section = street(
            face,
            json!({
                "fromPointType": "houseNumber", "fromHouseNumber": " 37bis ", "fromRoadName": "dropped",
                "toPointType": "intersection", "toRoadName": "Rue Malher", "toRoadBanId": "75104_5896", "toCrossing": 2,
                "direction": "A_TO_B",
            }),
        );
        assert_eq!(section.from, Some(StreetBound::HouseNumber { number: "37bis".into() }));
        assert_eq!(
            section.to,
            Some(StreetBound::Intersection {
                road_name: "Rue Malher".into(),
                road_ban_id: Some("75104_5896".into()),
                crossing: Some(2),
            })
        );
        assert_eq!(section.direction, Direction::AToB);
        // The kind of bound goes without saying.
        let section = street(face, json!({"fromHouseNumber": "2", "toHouseNumber": "zzz"}));
        assert_eq!(section.to, Some(StreetBound::HouseNumber { number: "zzz".into() }), "read by the geocoder");
    }
}

// 67, 68.
#[test]
fn a_bound_that_was_begun_is_finished() {
    for face in FACES {
        let numbers = json!({"fromPointType": "houseNumber", "toPointType": "houseNumber", "toHouseNumber": "20"});
        assert_eq!(refused(face, lane(numbers)), [".namedStreet.fromHouseNumber: required"]);
    }
    let sections = json!({
        "isEntireStreet": false, "fromPointType": "houseNumber", "toPointType": "intersection",
    });
    assert_eq!(
        refused(Face::Form, lane(sections)),
        [".namedStreet.fromHouseNumber: required", ".namedStreet.toRoadBanId: street_not_chosen"]
    );
    let crossing = json!({"fromHouseNumber": "2", "toPointType": "intersection"});
    assert_eq!(refused(Face::Integrator, lane(crossing)), [".namedStreet.toRoadName: required"]);
    let typed = json!({"fromHouseNumber": "2", "toRoadName": "Rue Malher"});
    assert_eq!(refused(Face::Form, lane(typed)), [".namedStreet.toRoadBanId: street_not_chosen"]);
}

#[test]
fn a_single_bound_is_refused() {
    for face in FACES {
        assert_eq!(refused(face, lane(json!({"fromHouseNumber": "2"}))), [".namedStreet.toPointType: missing_bound"]);
        assert_eq!(
            refused(face, lane(json!({"toRoadName": "Rue Malher", "toRoadBanId": "75104_5896"}))),
            [".namedStreet.fromPointType: missing_bound"]
        );
    }
    assert_eq!(
        refused(Face::Form, lane(json!({"isEntireStreet": false}))),
        [".namedStreet.fromPointType: required", ".namedStreet.toPointType: required"]
    );
}

#[test]
fn kinds_of_bounds_are_known() {
    for face in FACES {
        let section = json!({"fromPointType": "bridge", "fromHouseNumber": "2", "toHouseNumber": "4"});
        assert_eq!(refused(face, lane(section)), [".namedStreet.fromPointType: not_a_choice"]);
    }
}

#[test]
fn the_geometry_of_a_street_is_a_line() {
    for face in FACES {
        assert!(street(face, json!({"geometry": LINE})).geometry.is_some());
        assert_eq!(
            refused(face, lane(json!({"geometry": POLYGON}))),
            [".namedStreet.geometry: invalid_geometry reason=not_a_line"]
        );
    }
}

fn road(changes: Value) -> Value {
    merged(
        json!({
            "administrator": "Ardèche", "roadNumber": "d906",
            "fromPointNumber": "0", "fromSide": "U", "toPointNumber": "00", "toSide": "D", "toAbscissa": -20,
        }),
        changes,
    )
}

// 75.
#[test]
fn a_numbered_road_lies_between_two_reference_points() {
    for face in FACES {
        let storage = Uuid::from_u128(7);
        let changes = json!({"storageAreaUuid": storage, "direction": "B_TO_A", "toDepartmentCode": "07"});
        let departmental = json!({"roadType": "departmentalRoad", "departmentalRoad": road(changes.clone())});
        let LocationDescription::DepartmentalRoad(found) = check(face, departmental).unwrap() else { panic!() };
        let NumberedRoad { road_number, from, to, storage_area_id, direction, .. } = found;
        assert_eq!(road_number, "D906");
        assert_eq!((from.point_number.as_str(), from.side, from.abscissa_m), ("0", RoadSide::U, 0));
        assert_eq!((to.point_number.as_str(), to.side, to.abscissa_m), ("00", RoadSide::D, -20));
        assert_eq!(to.department_code.as_deref(), Some("07"));
        assert_eq!(direction, Direction::BToA);
        assert_eq!(storage_area_id, None, "only national roads have storage areas");

        let national = json!({"roadType": "nationalRoad", "nationalRoad": road(changes)});
        let LocationDescription::NationalRoad(found) = check(face, national).unwrap() else { panic!() };
        assert_eq!(found.storage_area_id, Some(storage));
    }
}

// 73, and API sheet §7.5 rule 3.
#[test]
fn what_a_numbered_road_misses_is_told_before_what_is_wrong() {
    for (road_type, section) in [("departmentalRoad", "departmentalRoad"), ("nationalRoad", "nationalRoad")] {
        let empty = json!({"roadType": road_type, section: {"roadNumber": "", "fromSide": "A"}});
        for face in FACES {
            assert_eq!(
                refused(face, empty.clone()),
                [
                    format!(".{section}.administrator: required"),
                    format!(".{section}.roadNumber: required"),
                    format!(".{section}.fromPointNumber: reference_point_not_chosen"),
                    format!(".{section}.toPointNumber: reference_point_not_chosen"),
                    format!(".{section}.fromSide: not_a_choice"),
                    format!(".{section}.toSide: required"),
                ]
            );
        }
    }
}

#[test]
fn each_text_of_a_numbered_road_has_its_length() {
    for face in FACES {
        let long = road(json!({
            "administrator": "x".repeat(256), "roadNumber": "x".repeat(51),
            "fromPointNumber": "123456", "toDepartmentCode": "123456", "geometry": POLYGON,
        }));
        assert_eq!(
            refused(face, json!({"roadType": "nationalRoad", "nationalRoad": long})),
            [
                ".nationalRoad.administrator: too_long max=255",
                ".nationalRoad.roadNumber: too_long max=50",
                ".nationalRoad.fromPointNumber: too_long max=5",
                ".nationalRoad.toDepartmentCode: too_long max=5",
                ".nationalRoad.geometry: invalid_geometry reason=not_a_line",
            ]
        );
    }
}

// 80.
#[test]
fn a_drawing_has_a_label_and_a_geometry() {
    let raw = |section: Value| json!({"roadType": "rawGeoJSON", "rawGeoJSON": section});
    for face in FACES {
        assert!(check(face, raw(json!({"label": "é".repeat(5000), "geometry": LINE}))).is_ok());
        assert_eq!(
            refused(face, raw(json!({"label": "é".repeat(5001)}))),
            [".rawGeoJSON.label: too_long max=5000", ".rawGeoJSON.geometry: required"]
        );
        assert_eq!(
            refused(face, raw(json!({"label": "", "geometry": "geom"}))),
            [".rawGeoJSON.label: required", ".rawGeoJSON.geometry: invalid_geometry reason=unreadable"]
        );
    }
}

#[test]
fn a_zone_is_a_named_polygon() {
    let zone = |section: Value| json!({"roadType": "zone", "zone": section});
    for face in FACES {
        assert!(check(face, zone(json!({"label": "Centre", "geometry": POLYGON}))).is_ok());
        assert_eq!(
            refused(face, zone(json!({"label": "é".repeat(256), "geometry": LINE}))),
            [".zone.label: too_long max=255", ".zone.geometry: invalid_geometry reason=not_a_polygon"]
        );
    }
    assert_eq!(refused(Face::Form, json!({"roadType": "zone"})), [".zone.label: required", ".zone.geometry: required"]);
}

// 82.
#[test]
fn a_whole_city_lends_itself_to_its_exceptions() {
    let city = json!({"roadType": "wholeCity", "wholeCity": {
        "cityCode": "75104", "cityLabel": "Paris 4e",
        "exceptions": [
            {"namedStreet": {"roadBanId": "75104_8409", "roadName": "Rue des Rosiers", "cityCode": "ignored"}},
            {"roadType": "lane", "namedStreet": street_with(json!({"fromHouseNumber": "2", "toHouseNumber": "8"}))},
            {"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Le port", "geometry": POLYGON}},
        ],
    }});
    for face in FACES {
        let LocationDescription::WholeCity { city_code, exceptions, .. } = check(face, city.clone()).unwrap() else {
            panic!()
        };
        assert_eq!(city_code, "75104");
        let WholeCityException::NamedStreet(street) = &exceptions[0] else { panic!() };
        assert_eq!((street.city_code.as_str(), street.city_label.as_str()), ("75104", "Paris 4e"));
        assert_eq!(exceptions.len(), 3);
    }
}

#[test]
fn the_exceptions_of_a_whole_city_are_checked_whatever_the_city() {
    let city = json!({"roadType": "wholeCity", "wholeCity": {
        "cityCode": "",
        "exceptions": [
            {"namedStreet": {"roadBanId": "75104_8409"}},
            {"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "é".repeat(256), "geometry": POLYGON}},
            {"roadType": "zone"},
        ],
    }});
    assert_eq!(
        refused(Face::Form, city),
        [
            ".wholeCity.cityCode: city_not_chosen",
            ".wholeCity.exceptions[0].namedStreet.roadName: required",
            ".wholeCity.exceptions[1].rawGeoJSON.label: too_long max=255",
            ".wholeCity.exceptions[2].roadType: not_a_choice",
        ]
    );
}
