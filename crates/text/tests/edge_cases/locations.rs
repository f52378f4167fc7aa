//! §12.4: locations, up to what was asked.

use super::*;
use dialog_domain::{Location, NumberedRoad, StreetBound};

fn refused(face: Face, input: Value) -> Vec<String> {
    told(face, &location(face, input).unwrap_err())
        .into_iter()
        .map(|line| line.replacen("locations[0]", "", 1))
        .collect()
}

#[test]
fn case_66_lane_without_town() {
    let input = lane(json!({"cityCode": null, "cityLabel": null}));
    assert_eq!(refused(Face::Form, input), [".namedStreet.cityCode: Choisissez une ville dans la liste."]);
}

#[test]
fn case_67_house_numbers_blank() {
    let section = json!({"isEntireStreet": false, "fromPointType": "houseNumber", "toPointType": "houseNumber"});
    assert_eq!(
        refused(Face::Form, lane(section)),
        [".namedStreet.fromHouseNumber: Saisissez le numéro.", ".namedStreet.toHouseNumber: Saisissez le numéro."]
    );
}

/// *Ours*: one message, to choose the street, instead of two for the same field.
#[test]
fn case_68_intersection_blank() {
    let section = json!({"isEntireStreet": false, "fromHouseNumber": "2", "toPointType": "intersection"});
    assert_eq!(refused(Face::Form, lane(section)), [".namedStreet.toRoadBanId: Choisissez une voie dans la liste."]);
}

/// *Ours*: an abscissa is a number or nothing; a letter does not get as far as the rules.
#[test]
fn case_73_numbered_road_blank() {
    let input = json!({"roadType": "departmentalRoad", "departmentalRoad": {
        "roadNumber": "", "fromSide": "A", "toSide": "A",
    }});
    let (point, side) = ("Veuillez choisir un PR parmi la liste.", "Cette valeur doit être l'un des choix proposés.");
    assert_eq!(
        refused(Face::Integrator, input),
        [
            format!(".departmentalRoad.administrator: {REQUIRED}"),
            format!(".departmentalRoad.roadNumber: {REQUIRED}"),
            format!(".departmentalRoad.fromPointNumber: {point}"),
            format!(".departmentalRoad.toPointNumber: {point}"),
            format!(".departmentalRoad.fromSide: {side}"),
            format!(".departmentalRoad.toSide: {side}"),
        ]
    );
}

/// *Ours* for 76: point and département are two fields, nothing has to be decoded.
#[test]
fn cases_75_and_76_point_zero_is_a_point() {
    let input = json!({"roadType": "nationalRoad", "nationalRoad": {
        "administrator": "DIR Ouest", "roadNumber": "N12", "fromPointNumber": "0", "fromSide": "U",
        "fromDepartmentCode": "22", "toPointNumber": "00", "toSide": "U",
    }});
    for face in FACES {
        let Ok(LocationDescription::NationalRoad(NumberedRoad { from, to, .. })) = location(face, input.clone()) else {
            panic!()
        };
        assert_eq!((from.point_number.as_str(), from.department_code.as_deref()), ("0", Some("22")));
        assert_eq!((to.point_number.as_str(), to.department_code.as_deref()), ("00", None));
    }
}

#[test]
fn cases_78_to_80_drawings() {
    let raw = |label: &str, geometry: &str| json!({"roadType": "rawGeoJSON", "rawGeoJSON": {"label": label, "geometry": geometry}});
    for broken in ["{notvalidjson", r#"{"type":"Point"}"#, "geom"] {
        let lines = refused(Face::Integrator, raw("Parvis", broken));
        let title =
            ".rawGeoJSON.geometry: Cette valeur doit être une géométrie GeoJSON valide (LineString, Polygon, etc).";
        assert!(lines.len() == 1 && lines[0].starts_with(title), "{lines:?}");
    }
    assert!(location(Face::Integrator, raw("Parvis", r#"{"type":"Point","coordinates":[2.3,48.8]}"#)).is_ok());
    assert_eq!(
        refused(Face::Integrator, raw(&"x".repeat(5001), LINE)),
        [".rawGeoJSON.label: Cette chaîne est trop longue. Elle doit avoir au maximum 5000 caractères."]
    );
}

/// A measure with these locations, which replaces one where everything was found.
fn replaced(before: Value, after: Value) -> (Vec<Location>, Vec<Location>) {
    let found = || {
        let geometry = dialog_domain::Geometry::from_text(LINE).unwrap();
        dialog_domain::Found {
            geometry,
            length_m: 77.0,
            segments: vec![],
            method: dialog_domain::LocatingMethod::WholeStreet,
            confidence: dialog_domain::Confidence::Exact,
            edition: None,
            contour: None,
            storage_area: None,
        }
    };
    let mut old = measure(Face::Form, json!({"locations": before})).unwrap();
    for location in &mut old.locations {
        location.found = Some(found());
    }
    let mut new = measure(Face::Form, json!({"locations": after})).unwrap();
    dialog_domain::identity::keep_measure(&mut new, &old, &mut Uuid::now_v7);
    (old.locations, new.locations)
}

#[test]
fn case_81_drawing_replaced_by_a_lane() {
    let raw = json!({"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Parvis", "geometry": LINE}});
    let (_, new) = replaced(json!([raw]), json!([lane(json!({}))]));
    assert_eq!(new.len(), 1);
    assert!(matches!(new[0].asked, LocationDescription::NamedStreet(_)));
    assert_eq!(new[0].found, None, "to be located");
}

fn city(changes: Value) -> Value {
    let city = json!({"cityCode": "75104", "cityLabel": "Paris 4e"});
    json!({"roadType": "wholeCity", "wholeCity": merged(city, changes)})
}

#[test]
fn case_82_exceptions_of_a_whole_town_are_streets_and_sections() {
    let whole = lane(json!({}));
    let section = lane(json!({"fromHouseNumber": "2", "toHouseNumber": "8"}));
    let asked = location(Face::Form, city(json!({"exceptions": [whole, section]}))).unwrap();
    assert_eq!(dialog_text::exceptions(&asked), ["Rue des Rosiers", "Rue des Rosiers du n° 2 au n° 8"]);
}

/// What has to be located again; the geometry is the geocoder's.
#[test]
fn cases_83_and_84_only_what_changed_is_located_again() {
    let zone = |longitude: f64| {
        let ring = format!("[[{longitude},48.85],[2.36,48.85],[2.36,48.86],[{longitude},48.85]]");
        let geometry = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
        json!({"roadType": "zone", "zone": {"label": "Centre", "geometry": geometry}})
    };
    let exception = json!({"exceptions": [lane(json!({}))]});
    for (before, after, kept) in [
        (city(json!({})), city(json!({})), true),
        (city(json!({})), city(json!({"cityCode": "75103", "cityLabel": "Paris 3e"})), false),
        (city(json!({})), city(exception), false),
        (zone(2.35), zone(2.35), true),
        (zone(2.35), zone(2.34), false),
    ] {
        let (old, new) = replaced(json!([before]), json!([after]));
        assert_eq!(new[0].found.is_some(), kept, "{after}");
        assert_eq!(new[0].id, old[0].id);
    }
}

#[test]
fn case_85_location_without_section() {
    assert_eq!(
        refused(Face::Integrator, json!({"roadType": "lane"})),
        [
            ": Un seul type de localisation doit être renseigné (voie nommée, route départementale, route nationale ou \
             GeoJSON brut).",
            ".roadType: La section de localisation doit correspondre à la valeur de type de voie (roadType).",
        ]
    );
}

/// Without their section, which the contract did not have.
#[test]
fn case_86_whole_city_and_zone_on_the_wire() {
    for road_type in ["wholeCity", "zone"] {
        assert_eq!(refused(Face::Integrator, json!({"roadType": road_type})).len(), 2);
    }
}

#[test]
fn case_87_measure_without_location() {
    let violations = measure(Face::Form, json!({"locations": []})).unwrap_err();
    assert_eq!(on_screen(&violations), ["locations: Ajoutez au moins une localisation."]);
    assert!(measure(Face::Integrator, json!({"locations": []})).unwrap().locations.is_empty());
}

#[test]
fn case_88_only_the_third_location_is_sent() {
    let street = |number: &str| lane(json!({"fromHouseNumber": number, "toHouseNumber": "99"}));
    let (old, new) = replaced(json!([street("1"), street("3"), street("5")]), json!([street("5")]));
    assert_eq!(new, [old[2].clone()]);
}

#[test]
fn case_90_lengths_of_a_street() {
    let long = lane(json!({
        "cityCode": "751044", "cityLabel": "x".repeat(256), "roadBanId": "x".repeat(21), "roadName": "x".repeat(256),
        "fromHouseNumber": "123456789", "toHouseNumber": "2",
    }));
    let too_long = |max| format!("Cette chaîne est trop longue. Elle doit avoir au maximum {max} caractères.");
    assert_eq!(
        refused(Face::Integrator, long),
        [
            ".namedStreet.cityCode: Cette chaîne doit avoir exactement 5 caractères.".to_owned(),
            format!(".namedStreet.cityLabel: {}", too_long(255)),
            format!(".namedStreet.roadBanId: {}", too_long(20)),
            format!(".namedStreet.roadName: {}", too_long(255)),
            format!(".namedStreet.fromHouseNumber: {}", too_long(8)),
        ]
    );
    let section = lane(json!({"fromHouseNumber": "12345678", "toHouseNumber": "2"}));
    let Ok(LocationDescription::NamedStreet(street)) = location(Face::Integrator, section) else { panic!() };
    assert_eq!(street.from, Some(StreetBound::HouseNumber { number: "12345678".into() }));
}
