//! From a GeoJSON geometry to the parts that a document can hold.

use dialog_domain::Geometry;
use geojson::{GeometryValue, Position};

use crate::{
    datex::model::{Line, Polygon, Ring},
    loss::{LossCode, Losses},
};

/// A part of a geometry.
pub(super) enum Part {
    Line(Line),
    Point([f64; 2]),
    Polygon(Polygon),
}

/// Every part of `geometry`, in its order; what is too small to be one is reported.
pub(super) fn parts(geometry: &Geometry, path: &str, losses: &mut Losses) -> Vec<Part> {
    let mut parts = Vec::new();
    collect(&geometry.0, &mut parts, &mut |kind| losses.add(path, LossCode::DegenerateGeometry, kind));
    parts
}

/// The polygons of `geometry` alone.
pub(super) fn polygons(geometry: &Geometry, path: &str, losses: &mut Losses) -> Vec<Polygon> {
    let only_polygons = |part| match part {
        Part::Polygon(polygon) => Some(polygon),
        Part::Line(_) | Part::Point(_) => None,
    };
    parts(geometry, path, losses).into_iter().filter_map(only_polygons).collect()
}

fn collect(geometry: &geojson::Geometry, parts: &mut Vec<Part>, degenerate: &mut dyn FnMut(&str)) {
    match &geometry.value {
        GeometryValue::Point { coordinates } => push(parts, point(coordinates), "Point", degenerate),
        GeometryValue::MultiPoint { coordinates } => {
            for coordinates in coordinates {
                push(parts, point(coordinates), "Point", degenerate);
            }
        }
        GeometryValue::LineString { coordinates } => push(parts, line(coordinates), "LineString", degenerate),
        GeometryValue::MultiLineString { coordinates } => {
            for coordinates in coordinates {
                push(parts, line(coordinates), "LineString", degenerate);
            }
        }
        GeometryValue::Polygon { coordinates } => push(parts, polygon(coordinates), "Polygon", degenerate),
        GeometryValue::MultiPolygon { coordinates } => {
            for coordinates in coordinates {
                push(parts, polygon(coordinates), "Polygon", degenerate);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                collect(geometry, parts, degenerate);
            }
        }
    }
}

fn push(parts: &mut Vec<Part>, part: Option<Part>, kind: &str, degenerate: &mut dyn FnMut(&str)) {
    match part {
        Some(part) => parts.push(part),
        None => degenerate(kind),
    }
}

fn point(position: &Position) -> Option<Part> {
    plane(position).map(Part::Point)
}

fn line(positions: &[Position]) -> Option<Part> {
    Line::new(plane_all(positions)?).map(Part::Line)
}

/// A polygon without its first ring is nothing; without one of its holes it is larger, so a bad hole spoils it all.
fn polygon(rings: &[Vec<Position>]) -> Option<Part> {
    let mut rings = rings.iter().map(|ring| Ring::new(plane_all(ring)?));
    let exterior = rings.next()??;
    let interiors = rings.collect::<Option<Vec<_>>>()?;
    Some(Part::Polygon(Polygon { exterior, interiors }))
}

fn plane_all(positions: &[Position]) -> Option<Vec<[f64; 2]>> {
    positions.iter().map(plane).collect()
}

/// Longitude and latitude; altitudes are dropped, no format of ours has them.
fn plane(position: &Position) -> Option<[f64; 2]> {
    match position.as_slice() {
        [longitude, latitude, ..] if longitude.is_finite() && latitude.is_finite() => Some([*longitude, *latitude]),
        _ => None,
    }
}
