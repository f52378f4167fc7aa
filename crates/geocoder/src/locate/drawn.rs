//! Geometries that were drawn, or sent in place of a computation.

use dialog_domain::{Confidence, Found, Geometry, LocatingMethod};
use dialog_geo::{Coord, LineString, MultiPolygon, Polygon, geodesic_length_m};
use geojson::{GeometryValue, Position};

use super::LocateError;

/// The geometry as it is, with its length.
pub(super) fn found(geometry: &Geometry) -> Result<Found, LocateError> {
    let length_m = length_m(&geometry.0.value)?.ok_or(LocateError::InvalidGeometry)?;
    Ok(Found {
        geometry: geometry.clone(),
        length_m,
        segments: Vec::new(),
        method: LocatingMethod::Drawn,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area: None,
    })
}

/// Length of the lines of a geometry; `None` when there is nothing in it.
fn length_m(value: &GeometryValue) -> Result<Option<f64>, LocateError> {
    match value {
        GeometryValue::Point { coordinates } => coord(coordinates).map(|_| Some(0.0)),
        GeometryValue::MultiPoint { coordinates } => {
            let coords = coordinates.iter().map(coord).collect::<Result<Vec<_>, _>>()?;
            Ok((!coords.is_empty()).then_some(0.0))
        }
        GeometryValue::LineString { coordinates } => line(coordinates).map(Some),
        GeometryValue::MultiLineString { coordinates } => total(coordinates.iter().map(|part| line(part).map(Some))),
        GeometryValue::Polygon { coordinates } => rings(coordinates),
        GeometryValue::MultiPolygon { coordinates } => total(coordinates.iter().map(|part| rings(part))),
        GeometryValue::GeometryCollection { geometries } => {
            total(geometries.iter().map(|geometry| length_m(&geometry.value)))
        }
    }
}

/// Sum of the parts that have something in them.
fn total(mut parts: impl Iterator<Item = Result<Option<f64>, LocateError>>) -> Result<Option<f64>, LocateError> {
    parts.try_fold(None, |sum: Option<f64>, part| {
        Ok(match (sum, part?) {
            (Some(sum), Some(part)) => Some(sum + part),
            (sum, part) => sum.or(part),
        })
    })
}

fn line(positions: &[Position]) -> Result<f64, LocateError> {
    if positions.len() < 2 {
        return Err(LocateError::InvalidGeometry);
    }
    let coords = positions.iter().map(coord).collect::<Result<Vec<_>, _>>()?;
    Ok(geodesic_length_m(&LineString::new(coords)))
}

/// A polygon has no length along the ground, only its coordinates are read.
fn rings(rings: &[Vec<Position>]) -> Result<Option<f64>, LocateError> {
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(LocateError::InvalidGeometry);
        }
        ring.iter().try_for_each(|position| coord(position).map(drop))?;
    }
    Ok((!rings.is_empty()).then_some(0.0))
}

fn coord(position: &Position) -> Result<Coord, LocateError> {
    match position.as_slice() {
        [x, y, ..] if (-180.0..=180.0).contains(x) && (-90.0..=90.0).contains(y) => Ok(Coord { x: *x, y: *y }),
        _ => Err(LocateError::InvalidGeometry),
    }
}

/// More positions than this are no drawing of a person, and too many to be laid on the network.
const MAX_POSITIONS: usize = 20_000;

/// The polygons of a geometry that [`found`] has read.
pub(super) fn area(geometry: &Geometry) -> Result<MultiPolygon, LocateError> {
    let mut polygons = Vec::new();
    let mut positions = 0;
    each(&geometry.0.value, &mut |value| {
        let polygon = |rings: &[Vec<Position>]| {
            let mut rings =
                rings.iter().map(|ring| LineString::new(ring.iter().filter_map(|p| coord(p).ok()).collect()));
            rings.next().map(|exterior| Polygon::new(exterior, rings.collect()))
        };
        match value {
            GeometryValue::Polygon { coordinates } => polygons.extend(polygon(coordinates)),
            GeometryValue::MultiPolygon { coordinates } => {
                polygons.extend(coordinates.iter().filter_map(|rings| polygon(rings)));
            }
            _ => {}
        }
        positions += count(value);
    });
    if positions > MAX_POSITIONS { Err(LocateError::TooManyRoads) } else { Ok(MultiPolygon::new(polygons)) }
}

/// The lines of a geometry that [`found`] has read.
pub(super) fn lines(geometry: &Geometry) -> Vec<LineString> {
    let mut lines = Vec::new();
    let line = |positions: &[Position]| LineString::new(positions.iter().filter_map(|p| coord(p).ok()).collect());
    each(&geometry.0.value, &mut |value| match value {
        GeometryValue::LineString { coordinates } => lines.push(line(coordinates)),
        GeometryValue::MultiLineString { coordinates } => lines.extend(coordinates.iter().map(|part| line(part))),
        _ => {}
    });
    lines
}

/// Some polygons as the text of a GeoJSON geometry.
pub(super) fn area_text(area: &MultiPolygon) -> String {
    let ring = |ring: &LineString| ring.0.iter().map(|vertex| [vertex.x, vertex.y]).collect::<Vec<_>>();
    let rings = |polygon: &Polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>()
    };
    let polygons: Vec<_> = area.0.iter().map(rings).collect();
    serde_json::json!({ "type": "MultiPolygon", "coordinates": polygons }).to_string()
}

/// Visits a geometry, or each of those it collects.
fn each(value: &GeometryValue, visit: &mut impl FnMut(&GeometryValue)) {
    if let GeometryValue::GeometryCollection { geometries } = value {
        for geometry in geometries {
            each(&geometry.value, visit);
        }
    } else {
        visit(value);
    }
}

/// Number of positions.
fn count(value: &GeometryValue) -> usize {
    let rings = |rings: &[Vec<Position>]| rings.iter().map(Vec::len).sum::<usize>();
    match value {
        GeometryValue::Point { .. } => 1,
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => coordinates.len(),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => rings(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().map(|polygon| rings(polygon)).sum(),
        GeometryValue::GeometryCollection { .. } => 0,
    }
}

/// Reads a geometry that is looked around: the wider of its two extents, in degrees.
pub(crate) fn checked(geometry: &Geometry) -> Result<f64, LocateError> {
    length_m(&geometry.0.value)?.ok_or(LocateError::InvalidGeometry)?;
    let mut bounds = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
    let mut positions = 0;
    let mut visit = |position: &Position| {
        if let [x, y, ..] = *position.as_slice() {
            bounds = [bounds[0].min(x), bounds[1].max(x), bounds[2].min(y), bounds[3].max(y)];
        }
    };
    each(&geometry.0.value, &mut |value| {
        positions += count(value);
        match value {
            GeometryValue::Point { coordinates } => visit(coordinates),
            GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
                coordinates.iter().for_each(&mut visit);
            }
            GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
                coordinates.iter().flatten().for_each(&mut visit);
            }
            GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().flatten().for_each(&mut visit),
            GeometryValue::GeometryCollection { .. } => {}
        }
    });
    if positions > MAX_POSITIONS {
        return Err(LocateError::TooManyRoads);
    }
    Ok((bounds[1] - bounds[0]).max(bounds[3] - bounds[2]))
}
