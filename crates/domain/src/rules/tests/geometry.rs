use super::*;
use crate::{Geometry, LocationDescription};

fn check(text: &str) -> Result<Geometry, String> {
    let locations = json!([{"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Parvis", "geometry": text}}]);
    match check_measure(Face::Integrator, measure_with(json!({"locations": locations}))) {
        Ok(measure) => match &measure.locations[0].asked {
            LocationDescription::RawGeoJson { geometry, .. } => Ok(geometry.clone()),
            other => panic!("{other:?}"),
        },
        Err(violations) => {
            assert_eq!(violations.len(), 1);
            assert_eq!(violations[0].path, "locations[0].rawGeoJSON.geometry");
            assert_eq!(violations[0].code, ViolationCode::InvalidGeometry);
            Err(violations[0].parameters["reason"].clone())
        }
    }
}

// 78.
#[test]
fn what_is_not_a_geometry_is_unreadable() {
    for text in [
        "{notvalidjson",
        "geom",
        "[]",
        "{}",
        r#"{"type":"Point"}"#,
        r#"{"type":"Circle","coordinates":[2.3,48.8]}"#,
        r#"{"type":"LineString","coordinates":[2.3,48.8]}"#,
        r#"{"type":"Point","coordinates":[2.3]}"#,
        r#"{"type":"Point","coordinates":["2.3","48.8"]}"#,
        r#"{"type":"Point","coordinates":[2.3,null]}"#,
        r#"{"type":"Point","coordinates":[2.3,1e999]}"#,
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[2.3,48.8]}}"#,
        r#"{"type":"FeatureCollection","features":[]}"#,
    ] {
        assert_eq!(check(text), Err("unreadable".to_owned()), "{text}");
    }
}

// 79.
#[test]
fn every_kind_of_geometry_may_be_drawn() {
    for text in [
        r#"{"type":"Point","coordinates":[2.3,48.8]}"#,
        r#"{"type":"MultiPoint","coordinates":[[2.3,48.8]]}"#,
        r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.8]]}"#,
        r#"{"type":"MultiLineString","coordinates":[[[2.3,48.8],[2.4,48.8]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.4,48.9],[2.3,48.8]]]}"#,
        r#"{"type":"MultiPolygon","coordinates":[[[[2.3,48.8],[2.4,48.8],[2.4,48.9],[2.3,48.8]]]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[2.3,48.8]}]}"#,
    ] {
        assert_eq!(check(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_geometry_has_points() {
    for text in [
        r#"{"type":"MultiPoint","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"MultiLineString","coordinates":[]}"#,
        r#"{"type":"MultiLineString","coordinates":[[[2.3,48.8],[2.4,48.8]],[]]}"#,
        r#"{"type":"Polygon","coordinates":[]}"#,
        r#"{"type":"Polygon","coordinates":[[]]}"#,
        r#"{"type":"GeometryCollection","geometries":[]}"#,
    ] {
        assert_eq!(check(text), Err("empty".to_owned()), "{text}");
    }
}

#[test]
fn coordinates_are_degrees_longitude_first() {
    for (text, reason) in [
        (r#"{"type":"Point","coordinates":[181,48.8]}"#, "out_of_range"),
        (r#"{"type":"Point","coordinates":[652000.1,6862000.5]}"#, "out_of_range"),
        (r#"{"type":"Point","coordinates":[12.5,95]}"#, "swapped"),
        (r#"{"type":"LineString","coordinates":[[2.3,48.8],[48.8,-120.3]]}"#, "swapped"),
    ] {
        assert_eq!(check(text), Err(reason.to_owned()), "{text}");
    }
    assert!(check(r#"{"type":"Point","coordinates":[-180,90]}"#).is_ok());
}

#[test]
fn lines_have_two_points_and_rings_three_and_an_end() {
    for (text, reason) in [
        (r#"{"type":"LineString","coordinates":[[2.3,48.8]]}"#, "too_few_points"),
        (r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.3,48.8]]}"#, "too_few_points"),
        (r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.3,48.8]]]}"#, "too_few_points"),
        (r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.4,48.9]]]}"#, "open_ring"),
    ] {
        assert_eq!(check(text), Err(reason.to_owned()), "{text}");
    }
}

#[test]
fn what_no_consumer_reads_is_dropped() {
    let kept = check(
        r#"{"type":"LineString","bbox":[0,0,1,1],"crs":{"type":"name"},"coordinates":[[2.3,48.8,35.0],[2.4,48.8,36]]}"#,
    );
    assert_eq!(kept.unwrap().to_string(), r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.8]]}"#);
}

#[test]
fn nine_decimals_are_kept_so_that_what_is_read_can_be_sent_back() {
    let sent = r#"{"type":"LineString","coordinates":[[2.34424128312345,48.9],[2.3442412831,48.91000000004]]}"#;
    let kept = check(sent).unwrap().to_string();
    assert_eq!(kept, r#"{"type":"LineString","coordinates":[[2.344241283,48.9],[2.344241283,48.91]]}"#);
    assert_eq!(check(&kept).unwrap().to_string(), kept);
    let dot = r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.30000000000001,48.8]]}"#;
    assert_eq!(check(dot), Err("too_few_points".to_owned()), "a line shorter than a hair");
}

fn check_street(geometry: &str) -> Result<String, String> {
    let street = street_with(json!({"geometry": geometry}));
    let locations = json!([{"roadType": "lane", "namedStreet": street}]);
    match check_measure(Face::Integrator, measure_with(json!({"locations": locations}))) {
        Ok(measure) => match &measure.locations[0].asked {
            LocationDescription::NamedStreet(street) => Ok(street.geometry.as_ref().unwrap().to_string()),
            other => panic!("{other:?}"),
        },
        Err(violations) => Err(violations[0].parameters["reason"].clone()),
    }
}

#[test]
fn a_section_in_several_parts_may_be_a_collection_of_lines() {
    let line = r#"{"type":"LineString","coordinates":[[2.3,48.8],[2.4,48.8]]}"#;
    let lines = r#"{"type":"MultiLineString","coordinates":[[[2.5,48.8],[2.6,48.8]]]}"#;
    let of = |parts: &str| format!(r#"{{"type":"GeometryCollection","geometries":[{parts}]}}"#);
    assert_eq!(
        check_street(&of(&format!("{line},{lines}"))).unwrap(),
        r#"{"type":"MultiLineString","coordinates":[[[2.3,48.8],[2.4,48.8]],[[2.5,48.8],[2.6,48.8]]]}"#
    );
    assert_eq!(check_street(&of("")), Err("empty".to_owned()));
    let point = r#"{"type":"Point","coordinates":[2.3,48.8]}"#;
    assert_eq!(check_street(&of(&format!("{line},{point}"))), Err("not_a_line".to_owned()));
    assert_eq!(check_street(point), Err("not_a_line".to_owned()));
}
