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

/// The geometry as GeoJSON with nine decimals at most, as existing readers know it. What is too small to be a part is
/// left out and reported; `None` when nothing remains.
pub(crate) fn geo_json(geometry: &Geometry, path: &str, losses: &mut Losses) -> Option<String> {
    let kept = kept(&geometry.0.value, &mut |kind| losses.add(path, LossCode::DegenerateGeometry, kind))?;
    Some(geojson::Geometry::new(kept).to_string())
}

fn kept(value: &GeometryValue, degenerate: &mut dyn FnMut(&str)) -> Option<GeometryValue> {
    let mut checked = |part: Option<Part>, kind: &str| {
        if part.is_none() {
            degenerate(kind);
        }
        part.is_some()
    };
    let kept = match value {
        GeometryValue::Point { coordinates } => {
            checked(point(coordinates), "Point").then(|| GeometryValue::Point { coordinates: rounded(coordinates) })?
        }
        GeometryValue::MultiPoint { coordinates } => {
            let points = coordinates.iter().filter(|&position| checked(point(position), "Point"));
            GeometryValue::MultiPoint { coordinates: some(points.map(rounded))? }
        }
        GeometryValue::LineString { coordinates } => checked(line(coordinates), "LineString")
            .then(|| GeometryValue::LineString { coordinates: rounded_all(coordinates) })?,
        GeometryValue::MultiLineString { coordinates } => {
            let lines = coordinates.iter().filter(|positions| checked(line(positions), "LineString"));
            GeometryValue::MultiLineString { coordinates: some(lines.map(|line| rounded_all(line)))? }
        }
        GeometryValue::Polygon { coordinates } => checked(polygon(coordinates), "Polygon")
            .then(|| GeometryValue::Polygon { coordinates: rounded_rings(coordinates) })?,
        GeometryValue::MultiPolygon { coordinates } => {
            let polygons = coordinates.iter().filter(|rings| checked(polygon(rings), "Polygon"));
            GeometryValue::MultiPolygon { coordinates: some(polygons.map(|rings| rounded_rings(rings)))? }
        }
        GeometryValue::GeometryCollection { geometries } => {
            let parts = geometries.iter().filter_map(|geometry| kept(&geometry.value, degenerate));
            GeometryValue::GeometryCollection { geometries: some(parts.map(geojson::Geometry::new))? }
        }
    };
    Some(kept)
}

fn some<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

fn rounded(position: &Position) -> Position {
    let round = |value: &f64| (value * 1e9).round() / 1e9;
    Position::from(position.as_slice().iter().take(2).map(round).collect::<Vec<_>>())
}

fn rounded_all(positions: &[Position]) -> Vec<Position> {
    positions.iter().map(rounded).collect()
}

fn rounded_rings(rings: &[Vec<Position>]) -> Vec<Vec<Position>> {
    rings.iter().map(|ring| rounded_all(ring)).collect()
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

/// Longitude and latitude, on Earth; altitudes are dropped, no format of ours has them.
fn plane(position: &Position) -> Option<[f64; 2]> {
    match position.as_slice() {
        [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
            Some([*longitude, *latitude])
        }
        _ => None,
    }
}
