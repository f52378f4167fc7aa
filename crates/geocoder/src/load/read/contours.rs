//! Outlines of communes: one GeoJSON feature a line.

use std::path::Path;

use dialog_db::reference::load::NewContour;
use dialog_geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserialize;

use super::{Input, bad_line, is_insee};
use crate::load::{LoadError, Progress, Stage};

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Outline,
}

#[derive(Deserialize)]
struct Properties {
    code: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Outline {
    Polygon(Rings),
    MultiPolygon(Vec<Rings>),
}

type Rings = Vec<Vec<[f64; 2]>>;

/// Reads every outline of a file.
pub(in crate::load) fn read(path: &Path, progress: &mut Progress<'_>) -> Result<Vec<NewContour>, LoadError> {
    let mut contours = Vec::new();
    Input::open(path, Stage::ReadingContours)?.each_line(progress, |number, line| {
        let feature: Feature = serde_json::from_str(line).map_err(|error| bad_line(path, number, error.to_string()))?;
        let insee = feature.properties.code;
        if !is_insee(&insee) {
            return Err(bad_line(path, number, format!("code {insee:?} is no code of a commune")));
        }
        let polygons = match feature.geometry {
            Outline::Polygon(rings) => vec![rings],
            Outline::MultiPolygon(polygons) => polygons,
        };
        let polygons = polygons.into_iter().map(polygon).collect::<Option<_>>();
        let polygons = polygons.ok_or_else(|| bad_line(path, number, "a ring is not closed or has no surface"))?;
        contours.push(NewContour { insee, geometry: MultiPolygon::new(polygons) });
        Ok(())
    })?;
    Ok(contours)
}

fn polygon(rings: Rings) -> Option<Polygon> {
    let mut rings = rings.into_iter().map(|ring| {
        let is_ring = ring.len() >= 4 && ring.first() == ring.last();
        is_ring.then(|| LineString::new(ring.into_iter().map(|[x, y]| Coord { x, y }).collect()))
    });
    let outer = rings.next()??;
    Some(Polygon::new(outer, rings.collect::<Option<_>>()?))
}
