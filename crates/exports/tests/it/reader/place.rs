//! Where a location is, from its standard members alone: GML lines and polygons, points, and what others call it.

use roxmltree::Node;

use crate::support::{all, kind, one, text, texts};

/// How far from a line one is still on it, in degrees: ten centimetres, ten times what seven decimals round.
const TOLERANCE: f64 = 1e-6;

/// Where somebody is, and which way they go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    pub longitude: f64,
    pub latitude: f64,
    /// East and north.
    pub heading: [f64; 2],
    /// INSEE code of the commune.
    pub city: String,
    /// The street by its identifier and its name.
    pub street: (Option<String>, String),
}

/// Whether somebody at a spot is in a location, on the side of traffic that it concerns.
pub fn is_in(location: Node<'_, '_>, spot: &Spot) -> bool {
    match kind(location) {
        "loc:LocationGroupByList" => {
            all(location, "locationContainedInGroup").into_iter().any(|part| is_in(part, spot))
        }
        "loc:LinearLocation" | "loc:SingleRoadLinearLocation" => match all(location, "gmlLineString")[..] {
            [] => is_named(location, spot),
            [line] => is_along(&positions(line), is_one_way(location), spot),
            _ => panic!("several lines in {location:?}"),
        },
        "loc:PointLocation" => {
            let point = one(location, "pointByCoordinates/pointCoordinates");
            let [longitude, latitude] = ["longitude", "latitude"].map(|name| number(text(point, name)));
            (spot.longitude - longitude).hypot(spot.latitude - latitude) <= TOLERANCE
        }
        "loc:AreaLocation" => match reference(location, "INSEE:commune") {
            Some(city) => city == spot.city,
            None => all(location, "gmlMultiPolygon/gmlPolygon").into_iter().any(|polygon| is_inside(polygon, spot)),
        },
        other => panic!("location {other}"),
    }
}

/// The code of a location in a system of references.
fn reference<'a>(location: Node<'a, '_>, system: &str) -> Option<&'a str> {
    let references = all(location, "externalReferencing");
    let reference = references.into_iter().find(|one| text(*one, "externalReferencingSystem") == system)?;
    Some(text(reference, "externalLocationCode"))
}

/// A street that is only named: by its identifier, or else by its name. A section between reference points alone is
/// not for a reader that has no reference points.
fn is_named(location: Node<'_, '_>, spot: &Spot) -> bool {
    let names = texts(location, "supplementaryPositionalDescription/roadInformation/roadName");
    match reference(location, "BAN:voie").or_else(|| reference(location, "DiaLog:voie")) {
        Some(id) => spot.street.0.as_deref() == Some(id),
        None => names.iter().any(|name| *name == super::without_controls(&spot.street.1)),
    }
}

/// Traffic in one direction follows the line as it is drawn: the direction relative to a linear element says that it is
/// one way, and the line says which.
fn is_one_way(location: Node<'_, '_>) -> bool {
    let directions = texts(location, "linearWithinLinearElement/directionRelativeOnLinearSection");
    assert!(directions.iter().all(|word| ["both", "aligned", "opposite", "unknown"].contains(word)), "{directions:?}");
    directions.iter().any(|&word| word == "aligned" || word == "opposite")
}

fn is_along(line: &[(f64, f64)], is_one_way: bool, spot: &Spot) -> bool {
    assert!(line.len() >= 2, "a line has two ends");
    line.windows(2).any(|ends| {
        let ((x, y), (to_x, to_y)) = (ends[0], ends[1]);
        let (dx, dy) = (to_x - x, to_y - y);
        let (px, py) = (spot.longitude - x, spot.latitude - y);
        let length = dx.hypot(dy);
        let gone = (px * dx + py * dy) / length;
        let aside = (px * dy - py * dx).abs() / length;
        let is_near = length > 0.0 && aside <= TOLERANCE && (-TOLERANCE..=length + TOLERANCE).contains(&gone);
        is_near && (!is_one_way || spot.heading[0] * dx + spot.heading[1] * dy > 0.0)
    })
}

fn is_inside(polygon: Node<'_, '_>, spot: &Spot) -> bool {
    let winds = |ring: Node<'_, '_>| winding(&positions(ring), spot) != 0;
    winds(one(polygon, "exterior")) && !all(polygon, "interior").into_iter().any(winds)
}

/// How often a ring turns around a spot.
fn winding(ring: &[(f64, f64)], spot: &Spot) -> i32 {
    assert_eq!(ring.first(), ring.last(), "a ring is closed");
    let turn = |ends: &[(f64, f64)]| {
        let ((x, y), (to_x, to_y)) = (ends[0], ends[1]);
        let left = (to_x - x) * (spot.latitude - y) - (spot.longitude - x) * (to_y - y);
        match (y <= spot.latitude, to_y <= spot.latitude) {
            (true, false) if left > 0.0 => 1,
            (false, true) if left < 0.0 => -1,
            _ => 0,
        }
    };
    ring.windows(2).map(turn).sum()
}

/// Longitudes and latitudes of a line; the standard writes the latitude first in EPSG:4326.
fn positions(line: Node<'_, '_>) -> Vec<(f64, f64)> {
    assert_eq!(line.attribute("srsName"), Some("EPSG:4326"));
    let numbers: Vec<f64> = text(line, "posList").split(' ').map(number).collect();
    assert_eq!(numbers.len() % 2, 0, "pairs");
    let pairs: Vec<(f64, f64)> = numbers.chunks(2).map(|pair| (pair[1], pair[0])).collect();
    assert!(pairs.iter().all(|(longitude, latitude)| longitude.abs() <= 180.0 && latitude.abs() <= 90.0), "{pairs:?}");
    pairs
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}
