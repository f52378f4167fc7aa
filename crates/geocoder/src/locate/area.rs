//! Whole cities and zones: every road inside, as segments of the network.

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::areas::{self, AreaSegment, Roads};
use dialog_db::reference::{commune_contours, commune_exists};
use dialog_domain::{
    Confidence, Found, FoundSegment, Geometry, LocatingMethod, LocationDescription, WholeCityException,
};
use dialog_geo::area::{parts_inside, without};
use dialog_geo::{LineString, LocalProjection, MeasuredLine, MultiPolygon, RoadClass};

use super::{LocateError, Located, drawn, street};
use crate::outside::Sources;

/// More roads than this are too many for one location.
const MAX_SEGMENTS: i32 = 40_000;
/// Roads that no restriction of an area is for: vehicles are not let in, or the area has no say there.
const LEFT_OUT: [RoadClass; 5] =
    [RoadClass::Motorway, RoadClass::Cycleway, RoadClass::Path, RoadClass::Steps, RoadClass::Ferry];

/// A road with the parts of it that are meant.
struct Road {
    segment: AreaSegment,
    line: MeasuredLine,
    /// Distances from its beginning, metres.
    parts: Vec<(f64, f64)>,
}

/// Every road of a commune, but its exceptions. A road at its limit is meant whole; one with several names is left out
/// as soon as one of them is.
pub(super) async fn whole_city(
    connection: &mut Connection,
    (city_code, exceptions): (&str, &[WholeCityException]),
    asked: &LocationDescription,
    sources: &Sources,
) -> Result<Located, LocateError> {
    let codes = areas::parts_of_city(connection, city_code).await?;
    let classes = classes();
    let segments = areas::segments_of_communes(connection, &codes, roads(&classes)).await?;
    if segments.is_empty() {
        let is_known = commune_exists(connection, city_code).await?;
        return Err(if is_known { LocateError::NoRoad } else { LocateError::UnknownCity });
    }
    let mut roads = measured(segments, None)?;
    let mut resolved = exceptions.to_vec();
    for (rank, exception) in resolved.iter_mut().enumerate() {
        let taken = taken(connection, exception, sources).await;
        let taken = taken.map_err(|source| match source {
            LocateError::Database(error) => LocateError::Database(error),
            source => LocateError::Exception { rank, source: Box::new(source) },
        })?;
        for road in &mut roads {
            if let Some(taken) = taken.get(&road.segment.segment_id) {
                let length_m = road.line.length_m();
                let taken: Vec<(f64, f64)> = taken.iter().map(|(a, b)| (a * length_m, b * length_m)).collect();
                road.parts = without(&road.parts, &taken);
            }
        }
    }
    let resolved = match asked {
        LocationDescription::WholeCity { city_code, city_label, .. } => LocationDescription::WholeCity {
            city_code: city_code.clone(),
            city_label: city_label.clone(),
            exceptions: resolved,
        },
        other => other.clone(),
    };
    let found = Found { contour: contour(connection, city_code).await?, ..found(&roads, LocatingMethod::WholeCity)? };
    Ok(Located { found, resolved })
}

/// The ground of a city; without contour it is known by its code alone.
async fn contour(connection: &mut Connection, city_code: &str) -> Result<Option<Geometry>, LocateError> {
    let contours = commune_contours(connection, &[city_code.to_owned()]).await?;
    Ok(contours.first().and_then(|(_, contour)| Geometry::from_text(contour).ok()))
}

/// Every road inside a perimeter, cut at its edges.
pub(super) async fn zone(
    connection: &mut Connection,
    geometry: &Geometry,
    asked: &LocationDescription,
) -> Result<Located, LocateError> {
    let area = drawn::area(geometry)?;
    let roads = inside(connection, geometry, &area).await?;
    Ok(Located { found: found(&roads, LocatingMethod::Zone)?, resolved: asked.clone() })
}

/// The segments under a drawing: inside its polygons, and along its lines. Empty where there is no road.
pub(super) async fn under(
    connection: &mut Connection,
    geometry: &Geometry,
) -> Result<(Vec<FoundSegment>, Option<String>), LocateError> {
    let (area, lines) = (drawn::area(geometry)?, drawn::lines(geometry));
    let mut edition = None;
    let mut segments = Vec::new();
    if !area.0.is_empty() {
        let roads = match inside(connection, geometry, &area).await {
            Ok(roads) => roads,
            // What is drawn stays what is meant: its roads are told when there are not too many.
            Err(LocateError::TooManyRoads) => return Ok((Vec::new(), None)),
            Err(error) => return Err(error),
        };
        edition = roads.first().map(|road| road.segment.edition.clone());
        segments = stretches(&roads);
    }
    if !lines.is_empty() {
        let along = along(connection, geometry, &lines).await?;
        edition = edition.or(along.1);
        segments.extend(along.0);
    }
    Ok((segments, edition))
}

/// The parts of segments that an exception takes away, by identifier, as fractions.
async fn taken(
    connection: &mut Connection,
    exception: &mut WholeCityException,
    sources: &Sources,
) -> Result<BTreeMap<String, Vec<(f64, f64)>>, LocateError> {
    let segments = match exception {
        WholeCityException::NamedStreet(named) => match named.geometry.clone() {
            Some(geometry) => under(connection, &geometry).await?.0,
            None => {
                let located = street::locate(connection, named, sources).await?.located;
                if let LocationDescription::NamedStreet(resolved) = located.resolved {
                    *named = resolved;
                }
                located.found.segments
            }
        },
        WholeCityException::RawGeoJson { geometry, .. } => under(connection, geometry).await?.0,
    };
    let mut taken: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for FoundSegment { segment_id, from_fraction, to_fraction } in segments {
        taken.entry(segment_id).or_default().push((from_fraction, to_fraction));
    }
    Ok(taken)
}

async fn inside(
    connection: &mut Connection,
    geometry: &Geometry,
    area: &MultiPolygon,
) -> Result<Vec<Road>, LocateError> {
    let text = drawn::area_text(area);
    if !areas::is_valid(connection, &geometry.to_string()).await? {
        return Err(LocateError::SelfCrossing);
    }
    let classes = classes();
    let segments = areas::segments_of_area(connection, &text, roads(&classes)).await?;
    measured(segments, Some(area))
}

/// The segments along drawn lines.
async fn along(
    connection: &mut Connection,
    geometry: &Geometry,
    lines: &[LineString],
) -> Result<(Vec<FoundSegment>, Option<String>), LocateError> {
    const NEAR_M: f64 = 5.0;
    /// Longer drawings are not laid on the network: those of a whole region, sent as they are by other systems.
    const MAX_LENGTH_M: f64 = 100_000.0;
    /// Beyond so many pairs of a vertex and a road the answer would take seconds.
    const MAX_PAIRS: usize = 2_000_000;
    if lines.iter().map(dialog_geo::geodesic_length_m).sum::<f64>() > MAX_LENGTH_M {
        return Ok((Vec::new(), None));
    }
    let classes: Vec<String> = RoadClass::ALL.iter().map(|class| class.as_str().to_owned()).collect();
    let segments = areas::segments_near(connection, &geometry.to_string(), NEAR_M, roads(&classes)).await?;
    let vertices: usize = lines.iter().map(|line| line.0.len()).sum();
    if vertices.saturating_mul(segments.len()) > MAX_PAIRS {
        return Ok((Vec::new(), None));
    }
    let edition = segments.first().map(|segment| segment.edition.clone());
    let drawings: Vec<(String, LineString)> =
        segments.into_iter().map(|segment| (segment.segment_id, segment.geometry)).collect();
    let stretches = street::segments(dialog_geo::covering(lines, &drawings));
    let edition = edition.filter(|_| !stretches.is_empty());
    Ok((stretches, edition))
}

fn classes() -> Vec<String> {
    let classes = RoadClass::ALL.into_iter().filter(|class| !LEFT_OUT.contains(class));
    classes.map(|class| class.as_str().to_owned()).collect()
}

const fn roads(classes: &[String]) -> Roads<'_> {
    Roads { classes, limit: MAX_SEGMENTS + 1 }
}

/// Measures roads, and cuts those that leave the area.
fn measured(segments: Vec<AreaSegment>, area: Option<&MultiPolygon>) -> Result<Vec<Road>, LocateError> {
    if segments.len() > usize::try_from(MAX_SEGMENTS).unwrap_or(usize::MAX) {
        return Err(LocateError::TooManyRoads);
    }
    let roads = segments.into_iter().filter_map(|segment| {
        let plane = LocalProjection::at(*segment.geometry.0.first()?);
        let line = MeasuredLine::new(&segment.geometry, |vertex| plane.to_metres(vertex))?;
        let parts = match area {
            Some(area) if !segment.is_covered => parts_inside(&line, area),
            _ => vec![(0.0, line.length_m())],
        };
        (!parts.is_empty()).then_some(Road { segment, line, parts })
    });
    Ok(roads.collect())
}

fn stretches(roads: &[Road]) -> Vec<FoundSegment> {
    let fraction = |along_m: f64, length_m: f64| ((along_m / length_m).clamp(0.0, 1.0) * 1e6).round() / 1e6;
    let of_road = |road: &Road| {
        let length_m = road.line.length_m();
        let told = |(from_m, to_m): &(f64, f64)| FoundSegment {
            segment_id: road.segment.segment_id.clone(),
            from_fraction: fraction(*from_m, length_m),
            to_fraction: fraction(*to_m, length_m),
        };
        road.parts.iter().map(told).collect::<Vec<_>>()
    };
    roads.iter().flat_map(of_road).collect()
}

fn found(roads: &[Road], method: LocatingMethod) -> Result<Found, LocateError> {
    let Some(first) = roads.iter().find(|road| !road.parts.is_empty()) else { return Err(LocateError::NoRoad) };
    let parts = || roads.iter().flat_map(|road| road.parts.iter().map(move |part| (road, *part)));
    let round = |value: f64| (value * 1e7).round() / 1e7;
    let lines: Vec<LineString> = parts()
        .map(|(road, (from_m, to_m))| {
            let vertices = road.line.between(from_m, to_m);
            LineString::new(vertices.into_iter().map(|v| dialog_geo::Coord { x: round(v.x), y: round(v.y) }).collect())
        })
        .collect();
    Ok(Found {
        geometry: street::lines(&lines),
        length_m: parts().map(|(_, (from_m, to_m))| to_m - from_m).sum(),
        segments: stretches(roads),
        method,
        confidence: Confidence::Exact,
        edition: Some(first.segment.edition.clone()),
        contour: None,
        storage_area: None,
    })
}
