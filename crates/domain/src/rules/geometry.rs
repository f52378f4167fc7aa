//! Rules of a geometry that was drawn or sent.

use geojson::{GeometryValue, Position};

use super::report::{Report, trimmed};
use crate::{Geometry, Violation, ViolationCode};

/// What a geometry is for, hence which kinds are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Accepted {
    /// A drawing: any kind.
    Any,
    /// A stretch of road: lines only.
    Lines,
    /// A perimeter: polygons only.
    Polygons,
}

/// Why a geometry is refused: the `reason` parameter of [`ViolationCode::InvalidGeometry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Unreadable,
    Empty,
    OutOfRange,
    Swapped,
    TooFewPoints,
    OpenRing,
    NotALine,
    NotAPolygon,
}

impl Refusal {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Empty => "empty",
            Self::OutOfRange => "out_of_range",
            Self::Swapped => "swapped",
            Self::TooFewPoints => "too_few_points",
            Self::OpenRing => "open_ring",
            Self::NotALine => "not_a_line",
            Self::NotAPolygon => "not_a_polygon",
        }
    }
}

/// A geometry that must be there.
pub(super) fn required(path: &str, text: Option<&str>, accepted: Accepted, report: &mut Report) -> Option<Geometry> {
    let Some(text) = trimmed(text) else {
        report.add(path, ViolationCode::Required);
        return None;
    };
    check(path, text, accepted, report)
}

/// A geometry that may be absent; `None` when it is refused.
pub(super) fn optional(
    path: &str,
    text: Option<&str>,
    accepted: Accepted,
    report: &mut Report,
) -> Option<Option<Geometry>> {
    match trimmed(text) {
        None => Some(None),
        Some(text) => check(path, text, accepted, report).map(Some),
    }
}

/// A place of the map; `None` when it is no longitude and latitude.
pub(super) fn place(path: &str, coordinates: [f64; 2], report: &mut Report) -> Option<[f64; 2]> {
    match degrees(coordinates) {
        Ok(coordinates) => Some(coordinates),
        Err(refusal) => {
            let violation = Violation::new(path, ViolationCode::InvalidGeometry);
            report.push(violation.with("reason", refusal.as_str()));
            None
        }
    }
}

fn check(path: &str, text: &str, accepted: Accepted, report: &mut Report) -> Option<Geometry> {
    match read(text, accepted) {
        Ok(geometry) => Some(geometry),
        Err(refusal) => {
            let violation = Violation::new(path, ViolationCode::InvalidGeometry);
            report.push(violation.with("reason", refusal.as_str()));
            None
        }
    }
}

fn read(text: &str, accepted: Accepted) -> Result<Geometry, Refusal> {
    let Geometry(geometry) = Geometry::from_text(text).map_err(|_| Refusal::Unreadable)?;
    let value = match accepted {
        Accepted::Lines => without_collection(geometry.value),
        Accepted::Any | Accepted::Polygons => geometry.value,
    };
    let is_accepted = match accepted {
        Accepted::Any => true,
        Accepted::Lines => {
            matches!(value, GeometryValue::LineString { .. } | GeometryValue::MultiLineString { .. })
        }
        Accepted::Polygons => {
            matches!(value, GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. })
        }
    };
    if !is_accepted {
        return Err(if accepted == Accepted::Lines { Refusal::NotALine } else { Refusal::NotAPolygon });
    }
    Ok(Geometry(plain(value)?))
}

/// A collection of lines as one geometry of several lines: that is how DiaLog (PHP) gave sections in several parts.
fn without_collection(value: GeometryValue) -> GeometryValue {
    let GeometryValue::GeometryCollection { geometries } = value else { return value };
    let mut lines = Vec::new();
    for geometry in &geometries {
        match &geometry.value {
            GeometryValue::LineString { coordinates } => lines.push(coordinates.clone()),
            GeometryValue::MultiLineString { coordinates } => lines.extend(coordinates.iter().cloned()),
            _ => return GeometryValue::GeometryCollection { geometries },
        }
    }
    GeometryValue::MultiLineString { coordinates: lines }
}

/// The checked geometry in two dimensions, without bounding box or foreign members: what every consumer can read.
fn plain(value: GeometryValue) -> Result<geojson::Geometry, Refusal> {
    let value = match value {
        GeometryValue::Point { coordinates } => GeometryValue::Point { coordinates: position(&coordinates)? },
        GeometryValue::MultiPoint { coordinates } => {
            GeometryValue::MultiPoint { coordinates: all(coordinates, |point| position(&point))? }
        }
        GeometryValue::LineString { coordinates } => GeometryValue::LineString { coordinates: line(coordinates)? },
        GeometryValue::MultiLineString { coordinates } => {
            GeometryValue::MultiLineString { coordinates: all(coordinates, line)? }
        }
        GeometryValue::Polygon { coordinates } => GeometryValue::Polygon { coordinates: all(coordinates, ring)? },
        GeometryValue::MultiPolygon { coordinates } => {
            GeometryValue::MultiPolygon { coordinates: all(coordinates, |rings| all(rings, ring))? }
        }
        GeometryValue::GeometryCollection { geometries } => {
            GeometryValue::GeometryCollection { geometries: all(geometries, |geometry| plain(geometry.value))? }
        }
    };
    Ok(geojson::Geometry { bbox: None, value, foreign_members: None })
}

fn all<I, O>(elements: Vec<I>, check: impl Fn(I) -> Result<O, Refusal>) -> Result<Vec<O>, Refusal> {
    if elements.is_empty() {
        return Err(Refusal::Empty);
    }
    elements.into_iter().map(check).collect()
}

/// Boxes around the French territories: west, south, east, north.
const TERRITORIES: [[f64; 4]; 9] = [
    // The mainland and Corsica.
    [-5.6, 41.0, 10.0, 51.6],
    // Guadeloupe, Martinique, Saint-Martin and Saint-Barthélemy.
    [-63.4, 14.2, -60.7, 18.3],
    // French Guiana.
    [-54.8, 2.0, -51.4, 6.0],
    // Réunion.
    [55.1, -21.5, 56.0, -20.8],
    // Mayotte.
    [44.9, -13.2, 45.4, -12.5],
    // Saint-Pierre-et-Miquelon.
    [-56.6, 46.6, -56.0, 47.3],
    // New Caledonia.
    [163.0, -23.0, 169.0, -19.0],
    // French Polynesia.
    [-155.0, -28.0, -134.0, -7.0],
    // Wallis and Futuna.
    [-178.5, -14.5, -176.0, -13.0],
];

/// Whether a place given as longitude and latitude is in France once these are swapped, and is not as it is written.
#[must_use]
pub fn is_swapped([longitude, latitude]: [f64; 2]) -> bool {
    let is_french = |x: f64, y: f64| {
        TERRITORIES
            .iter()
            .any(|[west, south, east, north]| (*west..=*east).contains(&x) && (*south..=*north).contains(&y))
    };
    is_french(latitude, longitude) && !is_french(longitude, latitude)
}

fn position(position: &Position) -> Result<Position, Refusal> {
    let &[longitude, latitude, ..] = position.as_slice() else { return Err(Refusal::Empty) };
    degrees([longitude, latitude]).map(Position::from)
}

/// A place to a tenth of a millimetre, nine decimals: what is read of it, sent back, is the same place.
fn degrees([longitude, latitude]: [f64; 2]) -> Result<[f64; 2], Refusal> {
    const DECIMALS: f64 = 1e9;
    let rounded = |degrees: f64| (degrees * DECIMALS).round() / DECIMALS;
    let fits = |longitude: f64, latitude: f64| longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
    if is_swapped([longitude, latitude]) {
        return Err(Refusal::Swapped);
    }
    if fits(longitude, latitude) {
        return Ok([rounded(longitude), rounded(latitude)]);
    }
    // Not a number fits neither way.
    Err(if fits(latitude, longitude) { Refusal::Swapped } else { Refusal::OutOfRange })
}

fn line(coordinates: Vec<Position>) -> Result<Vec<Position>, Refusal> {
    let points = all(coordinates, |point| position(&point))?;
    if distinct(&points) < 2 {
        return Err(Refusal::TooFewPoints);
    }
    Ok(points)
}

fn ring(coordinates: Vec<Position>) -> Result<Vec<Position>, Refusal> {
    let points = all(coordinates, |point| position(&point))?;
    if points.first() != points.last() {
        return Err(Refusal::OpenRing);
    }
    if distinct(&points) < 3 {
        return Err(Refusal::TooFewPoints);
    }
    Ok(points)
}

/// Number of different points, counted up to three.
fn distinct(points: &[Position]) -> usize {
    let mut found: Vec<&Position> = Vec::with_capacity(3);
    for point in points {
        if !found.contains(&point) {
            found.push(point);
        }
        if found.len() == 3 {
            break;
        }
    }
    found.len()
}
