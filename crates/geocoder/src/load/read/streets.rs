//! Ways and segments: one GeoJSON feature a line.

use std::path::Path;

use dialog_geo::{Coord, LineString, RoadClass};
use serde::Deserialize;

use super::bdtopo::NamedStreets;
use super::{Input, bad_line, is_insee};
use crate::load::{LoadError, Progress, Stage};
use crate::name::COMMUNAL_ROADS;

/// A way or a segment.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::load) struct Way {
    /// Identifier of its segments, but for their rank.
    pub(in crate::load) id: String,
    pub(in crate::load) left: Side,
    pub(in crate::load) right: Side,
    /// `None`: it is no road, but its line was right.
    pub(in crate::load) class: Option<RoadClass>,
    pub(in crate::load) level: i16,
    pub(in crate::load) oneway: i16,
    pub(in crate::load) road_number: Option<String>,
    /// Node of each vertex, when the source names them.
    pub(in crate::load) nodes: Option<Vec<i64>>,
    pub(in crate::load) line: LineString,
}

impl Way {
    /// A communal road without a name is called by its number, as people do: `VC 12`, `C 74`. It then is a street, and no
    /// numbered road.
    pub(in crate::load) fn call_by_its_number(&mut self) {
        let sides = [&mut self.left, &mut self.right];
        if sides.iter().any(|side| side.name.is_some()) || sides.iter().all(|side| side.insee.is_none()) {
            return;
        }
        let Some(name) = self.road_number.as_deref().and_then(communal_name) else { return };
        for side in sides.into_iter().filter(|side| side.insee.is_some()) {
            side.name = Some(name.clone());
        }
        self.road_number = None;
    }
}

/// `VC12` is `VC 12`; `None` for a road that is no commune's.
fn communal_name(number: &str) -> Option<String> {
    let (kind, rest) = number.split_at(number.find(|c: char| c.is_ascii_digit())?);
    COMMUNAL_ROADS.contains(&kind.to_lowercase().as_str()).then(|| format!("{kind} {rest}"))
}

/// What a way is on one of its sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::load) struct Side {
    pub(in crate::load) name: Option<String>,
    pub(in crate::load) insee: Option<String>,
    pub(in crate::load) ban_id: Option<String>,
    /// House numbers from where the way begins to where it ends.
    pub(in crate::load) numbers: Option<(i32, i32)>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

/// A geometry that should be a line.
#[derive(Deserialize)]
pub(super) struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    coordinates: Vec<Vec<f64>>,
}

impl Geometry {
    /// The line, when it is one in longitude and latitude.
    pub(super) fn line(&self) -> Result<LineString, &'static str> {
        if self.kind != "LineString" {
            return Err("the geometry is no LineString");
        }
        let line = self.coordinates.iter().map(|position| match position.as_slice() {
            [x, y, ..] if (-180.0..=180.0).contains(x) && (-90.0..=90.0).contains(y) => Ok(Coord { x: *x, y: *y }),
            _ => Err("a position is no longitude and latitude"),
        });
        Ok(LineString::new(line.collect::<Result<_, _>>()?))
    }
}

#[derive(Deserialize)]
struct Properties {
    id: Option<String>,
    osm_id: Option<i64>,
    name: Option<String>,
    name_left: Option<String>,
    name_right: Option<String>,
    insee: Option<String>,
    insee_left: Option<String>,
    insee_right: Option<String>,
    ban_id: Option<String>,
    ban_id_left: Option<String>,
    ban_id_right: Option<String>,
    highway: Option<String>,
    oneway: Option<TextOrNumber>,
    layer: Option<TextOrNumber>,
    bridge: Option<String>,
    tunnel: Option<String>,
    #[serde(rename = "ref")]
    reference: Option<String>,
    nodes: Option<Vec<i64>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrNumber {
    Text(String),
    Number(f64),
    Boolean(bool),
}

impl TextOrNumber {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_lowercase(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(true) => "yes".to_owned(),
            Self::Boolean(false) => "no".to_owned(),
        }
    }
}

/// Reads every feature of a file: of the exchange format, or segments of BD TOPO.
pub(in crate::load) fn read(
    path: &Path,
    default_insee: Option<&str>,
    named: &NamedStreets,
    progress: &mut Progress<'_>,
) -> Result<Vec<Way>, LoadError> {
    let mut ways: Vec<Way> = Vec::new();
    Input::open(path, Stage::ReadingStreets)?.each_line(progress, |number, line| {
        let bad = |reason: String| bad_line(path, number, reason);
        let way = if line.contains("\"cleabs\"") {
            named.way(path, number, line)?
        } else {
            let feature: Feature = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
            way(feature, default_insee).map_err(|error| match error {
                WayError::Missing(column) => LoadError::MissingColumn { path: path.to_owned(), column },
                WayError::Wrong(reason) => bad(reason),
            })?
        };
        // Topology comes from one or the other, for all.
        if ways.first().is_some_and(|first| first.nodes.is_some() != way.nodes.is_some()) {
            return Err(bad("\"nodes\" is on some features only".to_owned()));
        }
        ways.push(way);
        Ok(())
    })?;
    Ok(ways)
}

enum WayError {
    Missing(&'static str),
    Wrong(String),
}

fn way(feature: Feature, default_insee: Option<&str>) -> Result<Way, WayError> {
    let Feature { properties, geometry } = feature;
    let wrong = |reason: &'static str| WayError::Wrong(reason.to_owned());
    let id = match (&properties.id, properties.osm_id) {
        (Some(id), _) => id.clone(),
        (None, Some(osm_id)) => format!("osm:{osm_id}"),
        (None, None) => return Err(WayError::Missing("\"id\" or \"osm_id\"")),
    };
    let highway = properties.highway.as_deref().ok_or(WayError::Missing("\"highway\""))?;
    let line = geometry.line().map_err(wrong)?;
    if properties.nodes.as_ref().is_some_and(|nodes| nodes.len() != line.0.len()) {
        return Err(wrong("\"nodes\" has not one node for each position"));
    }
    let side = |name: &Option<String>, insee: &Option<String>, ban_id: &Option<String>| {
        let either = |own: &Option<String>, both: &Option<String>| {
            own.as_deref().or(both.as_deref()).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let insee = either(insee, &properties.insee).or_else(|| default_insee.map(str::to_owned));
        if insee.as_deref().is_some_and(|code| !is_insee(code)) {
            return Err(wrong("\"insee\" is no code of a commune"));
        }
        let name = either(name, &properties.name);
        if name.is_some() && insee.is_none() {
            return Err(WayError::Missing("\"insee\" of a named way"));
        }
        let ban_id = either(ban_id, &properties.ban_id).map(|id| id.to_lowercase());
        if ban_id.as_deref().is_some_and(|id| !(6..=20).contains(&id.chars().count())) {
            return Err(wrong("\"ban_id\" has 6 to 20 characters"));
        }
        Ok(Side { name, insee, ban_id, numbers: None })
    };
    Ok(Way {
        id,
        left: side(&properties.name_left, &properties.insee_left, &properties.ban_id_left)?,
        right: side(&properties.name_right, &properties.insee_right, &properties.ban_id_right)?,
        class: RoadClass::read(highway),
        level: level(&properties),
        oneway: properties.oneway.as_ref().map_or(0, oneway),
        road_number: properties.reference.as_deref().and_then(road_number),
        nodes: properties.nodes,
        line,
    })
}

fn level(properties: &Properties) -> i16 {
    let is_set = |value: &Option<String>| value.as_deref().is_some_and(|value| value != "no");
    match properties.layer.as_ref().map(|layer| layer.text().parse()) {
        Some(Ok(level)) => level,
        _ if is_set(&properties.bridge) => 1,
        _ if is_set(&properties.tunnel) => -1,
        _ => 0,
    }
}

fn oneway(value: &TextOrNumber) -> i16 {
    oneway_text(&value.text())
}

/// 1 along the drawing, -1 against it, 0 both ways.
pub(super) fn oneway_text(value: &str) -> i16 {
    match value {
        "yes" | "true" | "1" => 1,
        "-1" | "reverse" => -1,
        _ => 0,
    }
}

/// `D 31;D 7` is told as `D31`.
pub(super) fn road_number(reference: &str) -> Option<String> {
    let first = reference.split(';').next().unwrap_or_default();
    let number: String = first.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (!number.is_empty()).then_some(number)
}
