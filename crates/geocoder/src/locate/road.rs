//! A numbered road between two places measured from its reference points.

use dialog_db::Connection;
use dialog_db::reference;
use dialog_db::reference::storage_areas::{StorageArea, find_storage_area};
use dialog_domain::{
    Confidence, Found, FoundSegment, FoundStorageArea, Geometry, LocatingMethod, LocationDescription, NumberedRoad,
    ReferencePointBound, RoadType,
};
use dialog_geo::reference_points::{PointError, PointQuery, Position, Span, SpanError};
use dialog_geo::{LineString, Stretch, covering};
use geojson::GeometryValue;

use super::{Bound, LocateError, Located};
use crate::roads::{ReferencedRoad, find, kinds, referenced_road};

/// Finds a part of a numbered road.
pub(super) async fn locate(
    connection: &mut Connection,
    asked: &NumberedRoad,
    road_type: RoadType,
) -> Result<Located, LocateError> {
    let kinds = kinds(road_type).unwrap_or_default();
    let row = find(connection, &asked.administrator, &asked.road_number, kinds).await?;
    let row = row.ok_or(LocateError::UnknownRoad)?;
    let referenced = referenced_road(connection, &row).await?;
    let from = position(&referenced, Bound::From, &asked.from)?;
    let to = position(&referenced, Bound::To, &asked.to)?;
    let span = referenced.road.span(from, to).map_err(|error| match error {
        SpanError::NoPath | SpanError::Empty => LocateError::NoRoadPath,
    })?;
    let segments = segments(connection, &referenced, &row.number, &span).await?;
    let resolved =
        NumberedRoad { administrator: row.administrator.clone(), road_number: row.number.clone(), ..asked.clone() };
    let storage_area = storage_area(connection, asked).await?;
    let found = Found {
        geometry: geometry(&span.lines),
        length_m: span.length_m,
        segments,
        method: LocatingMethod::RoadSection,
        confidence: if span.is_exact { Confidence::Exact } else { Confidence::Approximate },
        edition: edition(&referenced, from, to),
        contour: None,
        storage_area,
    };
    let resolved = match road_type {
        RoadType::NationalRoad => LocationDescription::NationalRoad(resolved),
        _ => LocationDescription::DepartmentalRoad(resolved),
    };
    Ok(Located { found, resolved })
}

fn position(referenced: &ReferencedRoad, bound: Bound, asked: &ReferencePointBound) -> Result<Position, LocateError> {
    let ReferencePointBound { point_number, department_code, side, abscissa_m } = asked;
    let department = department_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let query = PointQuery { number: point_number, department, side: *side, abscissa_m: *abscissa_m };
    let number = || point_number.clone();
    referenced.road.position(query).map_err(|error| match error {
        PointError::UnknownPoint { neighbours } => {
            LocateError::UnknownReferencePoint { bound, number: number(), suggestions: neighbours }
        }
        PointError::UnknownSide { sides } => LocateError::UnknownSide { bound, sides },
        PointError::Ambiguous { departments } => LocateError::AmbiguousReferencePoint { bound, departments },
        PointError::OutOfRange { min_m, max_m } => {
            LocateError::AbscissaOutOfRange { bound, number: number(), min_m, max_m }
        }
    })
}

/// The segments of the network under the road, when a network is loaded there.
async fn segments(
    connection: &mut Connection,
    referenced: &ReferencedRoad,
    number: &str,
    span: &Span,
) -> Result<Vec<FoundSegment>, LocateError> {
    // About ten metres around.
    const MARGIN_DEG: f64 = 1e-4;
    let vertices = || span.lines.iter().flat_map(|line| &line.0);
    let least = |of: fn(&dialog_geo::Coord) -> f64| vertices().map(of).fold(f64::INFINITY, f64::min) - MARGIN_DEG;
    let most = |of: fn(&dialog_geo::Coord) -> f64| vertices().map(of).fold(f64::NEG_INFINITY, f64::max) + MARGIN_DEG;
    let around = [least(|v| v.x), least(|v| v.y), most(|v| v.x), most(|v| v.y)];
    let network = reference::road_segments(connection, &referenced.edition_ids, number, around).await?;
    let stretch =
        |Stretch { segment_id, from_fraction, to_fraction }| FoundSegment { segment_id, from_fraction, to_fraction };
    Ok(covering(&span.lines, &network).into_iter().map(stretch).collect())
}

/// The waiting area that is asked for, if any.
pub(super) async fn storage_area(
    connection: &mut Connection,
    asked: &NumberedRoad,
) -> Result<Option<FoundStorageArea>, LocateError> {
    let Some(id) = asked.storage_area_id else { return Ok(None) };
    let area = find_storage_area(connection, id).await?;
    let is_there = |area: &StorageArea| area.road_number.eq_ignore_ascii_case(&asked.road_number);
    let area = area.filter(is_there).ok_or(LocateError::UnknownStorageArea)?;
    Ok(Some(FoundStorageArea {
        id: area.id,
        description: area.description,
        road_number: area.road_number,
        geometry: Geometry::from_text(&area.geometry).map_err(|_| LocateError::InvalidGeometry)?,
    }))
}

/// The edition of the first bound, and the one of the second bound when it is another.
fn edition(referenced: &ReferencedRoad, from: Position, to: Position) -> Option<String> {
    let of = |position| referenced.editions.get(referenced.road.department(position)?);
    match (of(from), of(to)) {
        (Some(first), Some(second)) if first != second => Some(format!("{first}, {second}")),
        (first, second) => first.or(second).cloned(),
    }
}

fn geometry(lines: &[LineString]) -> Geometry {
    let positions = |line: &LineString| line.0.iter().map(|vertex| [vertex.x, vertex.y]).collect::<Vec<_>>();
    let value = match lines {
        [line] => GeometryValue::new_line_string(positions(line)),
        lines => GeometryValue::new_multi_line_string(lines.iter().map(positions)),
    };
    Geometry(geojson::Geometry::new(value))
}
