//! What can be said and done of a drawn geometry without the server.

use dialog_domain::Geometry;
use geojson::GeometryValue;
use serde_json::{Value, json};

use super::numbers::decimal_text;

const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Length of the lines of a geometry along the ground, metres; 0 for points and areas.
pub fn length_m(Geometry(geometry): &Geometry) -> f64 {
    value_length_m(&geometry.value)
}

fn value_length_m(value: &GeometryValue) -> f64 {
    match value {
        GeometryValue::LineString { coordinates } => {
            line_length_m(coordinates.iter().map(|position| position.as_slice()))
        }
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().map(|line| line_length_m(line.iter().map(|position| position.as_slice()))).sum()
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().map(|geometry| value_length_m(&geometry.value)).sum()
        }
        _ => 0.0,
    }
}

fn line_length_m<'a>(mut positions: impl Iterator<Item = &'a [f64]>) -> f64 {
    let Some(mut previous) = positions.next() else { return 0.0 };
    let mut length = 0.0;
    for position in positions {
        length += distance_m(previous, position);
        previous = position;
    }
    length
}

fn distance_m(from: &[f64], to: &[f64]) -> f64 {
    let ([lng1, lat1, ..], [lng2, lat2, ..]) = (from, to) else { return 0.0 };
    let (lat1, lat2) = (lat1.to_radians(), lat2.to_radians());
    let half_lat = ((lat2 - lat1) / 2.0).sin();
    let half_lng = ((lng2 - lng1).to_radians() / 2.0).sin();
    let chord = half_lat.mul_add(half_lat, lat1.cos() * lat2.cos() * half_lng * half_lng);
    2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
}

/// Places of a drawing that can be changed one by one: its lines, or the outline of its areas without the place that
/// closes it. Nothing for points, areas with holes, and what mixes several kinds.
pub fn vertices(Geometry(geometry): &Geometry) -> Option<Vec<Vec<[f64; 2]>>> {
    let place = |position: &[f64]| <[f64; 2]>::try_from(position.get(..2)?).ok();
    let line = |line: &[geojson::Position]| line.iter().map(|position| place(position.as_slice())).collect();
    let outline = |rings: &[Vec<geojson::Position>]| match rings {
        [ring] => line(ring.split_last().map_or(&[][..], |(_, open)| open)),
        _ => None,
    };
    match &geometry.value {
        GeometryValue::LineString { coordinates } => Some(vec![line(coordinates)?]),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().map(|part| line(part)).collect(),
        GeometryValue::Polygon { coordinates } => Some(vec![outline(coordinates)?]),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().map(|part| outline(part)).collect(),
        _ => None,
    }
}

/// The GeoJSON text of lines, or of areas; empty without any.
pub fn written(parts: &[Vec<[f64; 2]>], is_area: bool) -> String {
    let closed = |part: &Vec<[f64; 2]>| part.iter().chain(part.first()).copied().collect::<Vec<_>>();
    let geometry: Value = match (parts, is_area) {
        ([], _) => return String::new(),
        ([line], false) => json!({ "type": "LineString", "coordinates": line }),
        (lines, false) => json!({ "type": "MultiLineString", "coordinates": lines }),
        ([area], true) => json!({ "type": "Polygon", "coordinates": [closed(area)] }),
        (areas, true) => {
            let areas: Vec<_> = areas.iter().map(|area| [closed(area)]).collect();
            json!({ "type": "MultiPolygon", "coordinates": areas })
        }
    };
    geometry.to_string()
}

/// A coordinate as the list of places writes it: a centimetre is enough.
pub fn degrees(coordinate: f64) -> String {
    decimal_text((coordinate * 1e7).round() / 1e7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let line = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2,48],[2,49]]}"#).unwrap();
        assert!((length_m(&line) - 111_195.0).abs() < 5.0);
    }

    #[test]
    fn parts_add_up_and_points_have_no_length() {
        let parts = r#"{"type":"MultiLineString","coordinates":[[[2,48],[2,49]],[[3,48],[3,49]]]}"#;
        assert!((length_m(&Geometry::from_text(parts).unwrap()) - 222_390.0).abs() < 10.0);
        assert_eq!(length_m(&Geometry::from_text(r#"{"type":"Point","coordinates":[2,48]}"#).unwrap()), 0.0);
    }

    #[test]
    fn places_are_read_and_written_back() {
        for (text, is_area, places) in [
            (r#"{"type":"LineString","coordinates":[[2.0,48.0],[2.0,49.0]]}"#, false, 2),
            (r#"{"type":"Polygon","coordinates":[[[2.0,48.0],[2.0,49.0],[3.0,49.0],[2.0,48.0]]]}"#, true, 3),
        ] {
            let geometry = Geometry::from_text(text).unwrap();
            let parts = vertices(&geometry).unwrap();
            assert_eq!(parts[0].len(), places);
            assert_eq!(Geometry::from_text(&written(&parts, is_area)).unwrap(), geometry);
        }
        assert_eq!(vertices(&Geometry::from_text(r#"{"type":"Point","coordinates":[2,48]}"#).unwrap()), None);
        assert_eq!(written(&[], true), "");
    }
}
