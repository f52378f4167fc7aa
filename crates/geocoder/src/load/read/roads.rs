//! Numbered roads: their sections (GeoJSON), their reference points and managers (CSV), with the names of BD TOPO.

use std::path::Path;

use csv::StringRecord;
use dialog_db::reference::RoadKind;
use dialog_db::reference::load::{NewNumberedRoad, NewReferencePoint, NewRoadSection};
use dialog_domain::RoadSide;
use dialog_geo::reference_points::{PointKind, ReferencePoint, RoadSection};
use dialog_geo::{Coord, LineString};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Input, bad_line};
use crate::load::{LoadError, Progress, Stage};

/// A line of the file: one feature, or all of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Features<P> {
    All { features: Vec<Feature<P>> },
    One(Feature<P>),
}

#[derive(Deserialize)]
struct Feature<P> {
    properties: P,
    geometry: Geometry,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    LineString { coordinates: Vec<Vec<f64>> },
    MultiLineString { coordinates: Vec<Vec<Vec<f64>>> },
}

#[derive(Deserialize)]
struct SectionProperties {
    identifiant_de_section: String,
    numero_de_route: String,
    gestionnaire: String,
    code_insee_du_departement: String,
    cote: Option<String>,
}

#[derive(Deserialize)]
struct RoadProperties {
    /// None for a road that has a name only.
    numero: Option<String>,
    gestionnaire: Option<String>,
    type_de_route: Option<String>,
}

/// Rows that were read, and how many were left out because they have no side.
#[derive(Debug)]
pub(in crate::load) struct Sided<R> {
    pub(in crate::load) rows: Vec<R>,
    pub(in crate::load) without_side: u64,
}

impl<R> Default for Sided<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), without_side: 0 }
    }
}

impl Sided<NewRoadSection> {
    /// Adds the sections on a line of GeoJSON.
    pub(in crate::load) fn add_sections(&mut self, path: &Path, number: u64, line: &str) -> Result<(), LoadError> {
        each_feature(path, number, line, |properties: SectionProperties, mut lines| {
            let Some(side) = properties.cote.as_deref().and_then(side) else {
                self.without_side += 1;
                return Ok(());
            };
            let [line] = lines.as_mut_slice() else { return Err("a section is one line".to_owned()) };
            self.rows.push(NewRoadSection {
                administrator: properties.gestionnaire.trim().to_owned(),
                road_number: road_number(&properties.numero_de_route).ok_or("numero_de_route is empty")?,
                section: RoadSection {
                    id: properties.identifiant_de_section,
                    department: properties.code_insee_du_departement,
                    side,
                    line: std::mem::replace(line, LineString::new(Vec::new())),
                },
            });
            Ok(())
        })
    }
}

/// Sections.
pub(in crate::load) fn sections(path: &Path, progress: &mut Progress<'_>) -> Result<Sided<NewRoadSection>, LoadError> {
    let mut sections = Sided::default();
    Input::open(path, Stage::ReadingRoads)?
        .each_line(progress, |number, line| sections.add_sections(path, number, line))?;
    Ok(sections)
}

/// Whole roads.
pub(in crate::load) fn roads(path: &Path, progress: &mut Progress<'_>) -> Result<Vec<NewNumberedRoad>, LoadError> {
    let mut roads = Vec::new();
    Input::open(path, Stage::ReadingRoads)?
        .each_line(progress, |number, line| add_roads(&mut roads, path, number, line))?;
    Ok(roads)
}

/// Adds the roads on a line of GeoJSON.
pub(in crate::load) fn add_roads(
    roads: &mut Vec<NewNumberedRoad>,
    path: &Path,
    number: u64,
    line: &str,
) -> Result<(), LoadError> {
    each_feature(path, number, line, |properties: RoadProperties, lines| {
        let (Some(number), Some(administrator)) = (properties.numero, properties.gestionnaire) else { return Ok(()) };
        let number = road_number(&number).ok_or("numero is empty")?;
        let kind = properties.type_de_route.as_deref().map_or_else(|| kind_of_number(&number), kind);
        roads.push(NewNumberedRoad { administrator: administrator.trim().to_owned(), number, kind, lines });
        Ok(())
    })
}

/// Calls `read` with each feature of a line.
fn each_feature<P: DeserializeOwned>(
    path: &Path,
    number: u64,
    line: &str,
    mut read: impl FnMut(P, Vec<LineString>) -> Result<(), String>,
) -> Result<(), LoadError> {
    let bad = |reason: String| bad_line(path, number, reason);
    let features = match serde_json::from_str(line) {
        Ok(Features::All { features }) => features,
        Ok(Features::One(feature)) => vec![feature],
        // What is wrong with a feature is said better without the alternative.
        Err(_) => match serde_json::from_str::<Feature<P>>(line) {
            Ok(feature) => vec![feature],
            Err(error) => return Err(bad(error.to_string())),
        },
    };
    for Feature { properties, geometry } in features {
        let lines = match geometry {
            Geometry::LineString { coordinates } => vec![coordinates],
            Geometry::MultiLineString { coordinates } => coordinates,
        };
        let lines: Result<Vec<LineString>, String> = lines.iter().map(|line| vertices(line)).collect();
        read(properties, lines.map_err(bad)?).map_err(bad)?;
    }
    Ok(())
}

fn vertices(positions: &[Vec<f64>]) -> Result<LineString, String> {
    let place = |position: &Vec<f64>| match position.as_slice() {
        [x, y, ..] => coord(*x, *y),
        _ => None,
    };
    let vertices: Option<Vec<Coord>> = positions.iter().map(place).collect();
    let vertices = vertices.ok_or("a position is no longitude and latitude")?;
    if vertices.len() < 2 { Err("a line has two positions at least".to_owned()) } else { Ok(LineString::new(vertices)) }
}

fn coord(x: f64, y: f64) -> Option<Coord> {
    ((-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y)).then_some(Coord { x, y })
}

/// A reference point as a feature of GeoJSON.
#[derive(Deserialize)]
struct PointFeature {
    properties: PointProperties,
    geometry: PointGeometry,
}

#[derive(Deserialize)]
struct PointGeometry {
    coordinates: Vec<f64>,
}

#[derive(Deserialize)]
struct PointProperties {
    route: String,
    numero: String,
    abscisse: Option<f64>,
    ordre: Option<f64>,
    cote: Option<String>,
    type_de_pr: String,
    identifiant_de_section: Option<String>,
    code_insee_du_departement: String,
    gestionnaire: Option<String>,
}

impl Sided<NewReferencePoint> {
    /// Adds the point on a line of GeoJSON.
    pub(in crate::load) fn add_point(&mut self, path: &Path, number: u64, line: &str) -> Result<(), LoadError> {
        let bad = |reason: String| bad_line(path, number, reason);
        let PointFeature { properties, geometry } =
            serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
        let Some(side) = properties.cote.as_deref().and_then(side) else {
            self.without_side += 1;
            return Ok(());
        };
        let place = match geometry.coordinates.as_slice() {
            [x, y, ..] => coord(*x, *y),
            _ => None,
        };
        let point = ReferencePoint {
            number: properties.numero.trim().to_owned(),
            department: properties.code_insee_du_departement.trim().to_owned(),
            side,
            kind: PointKind::read(&properties.type_de_pr),
            rank: properties.ordre.unwrap_or_default(),
            abscissa_m: properties.abscisse.map(whole),
            section_id: properties.identifiant_de_section.unwrap_or_default(),
            place: place.ok_or_else(|| bad("no longitude and latitude".to_owned()))?,
        };
        check_point(&point).map_err(bad)?;
        self.rows.push(NewReferencePoint {
            administrator: properties.gestionnaire.unwrap_or_default().trim().to_owned(),
            road_number: road_number(&properties.route).ok_or_else(|| bad("route is empty".to_owned()))?,
            point,
        });
        Ok(())
    }
}

fn check_point(point: &ReferencePoint) -> Result<(), String> {
    if point.number.is_empty() || point.department.is_empty() || point.number.chars().count() > 5 {
        return Err("a reference point has a number of 5 characters at most, and a département".to_owned());
    }
    Ok(())
}

/// Reference points.
pub(in crate::load) fn points(path: &Path, progress: &mut Progress<'_>) -> Result<Sided<NewReferencePoint>, LoadError> {
    const COLUMNS: [&str; 11] = [
        "route",
        "numero",
        "abscisse",
        "ordre",
        "cote",
        "type_de_pr",
        "identifiant_de_section",
        "code_insee_du_departement",
        "gestionnaire",
        "lon",
        "lat",
    ];
    let mut points = Sided::default();
    each_row(path, &COLUMNS, progress, |cells| {
        let [route, number, abscissa, rank, letter, kind, section, department, administrator, lon, lat] = cells else {
            return Ok(());
        };
        let Some(side) = side(letter) else {
            points.without_side += 1;
            return Ok(());
        };
        let metres = |text: &str| text.parse::<f64>().map_err(|_| format!("{text:?} is no number"));
        let optional = |text: &str| if text.is_empty() { Ok(None) } else { metres(text).map(Some) };
        let place = coord(metres(lon)?, metres(lat)?).ok_or("no longitude and latitude")?;
        let point = ReferencePoint {
            number: (*number).to_owned(),
            department: (*department).to_owned(),
            side,
            kind: PointKind::read(kind),
            rank: optional(rank)?.unwrap_or_default(),
            abscissa_m: optional(abscissa)?.map(whole),
            section_id: (*section).to_owned(),
            place,
        };
        check_point(&point)?;
        points.rows.push(NewReferencePoint {
            administrator: (*administrator).to_owned(),
            road_number: road_number(route).ok_or("route is empty")?,
            point,
        });
        Ok(())
    })?;
    Ok(points)
}

/// Managers of roads, each with the kind of roads it manages.
pub(in crate::load) fn administrators(
    path: &Path,
    progress: &mut Progress<'_>,
) -> Result<Vec<(RoadKind, String)>, LoadError> {
    let mut administrators = Vec::new();
    each_row(path, &["gestionnaire", "type_de_route"], progress, |cells| {
        if let [name, kind_of_road] = cells
            && !name.is_empty()
        {
            administrators.push((kind(kind_of_road), (*name).to_owned()));
        }
        Ok(())
    })?;
    Ok(administrators)
}

/// Calls `read` with the cells of each row, in the order of `names`.
pub(super) fn each_row(
    path: &Path,
    names: &[&'static str],
    progress: &mut Progress<'_>,
    mut read: impl FnMut(&[&str]) -> Result<(), String>,
) -> Result<(), LoadError> {
    let mut reader = Input::open(path, Stage::ReadingRoads)?.into_reader();
    let mut header = String::new();
    reader.read_line(&mut header).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
    let header = header.trim_start_matches('\u{feff}').trim_end();
    let delimiter = if header.contains(';') { ';' } else { ',' };
    let header: Vec<&str> = header.split(delimiter).map(|name| name.trim_matches('"')).collect();
    let missing = |column: &'static str| LoadError::MissingColumn { path: path.to_owned(), column };
    let find = |name: &&'static str| header.iter().position(|column| column == name).ok_or_else(|| missing(name));
    let columns = names.iter().map(find).collect::<Result<Vec<usize>, _>>()?;
    let delimiter = if delimiter == ';' { b';' } else { b',' };
    let mut csv = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(reader);
    // The header was the first line.
    for (number, record) in (2..).zip(csv.records()) {
        let record: StringRecord = record.map_err(|error| bad_line(path, number, error.to_string()))?;
        let cells: Vec<&str> = columns.iter().map(|column| record.get(*column).unwrap_or_default().trim()).collect();
        read(&cells).map_err(|reason| bad_line(path, number, reason))?;
        if number % 4096 == 0 {
            progress(Stage::ReadingRoads, number, None);
        }
    }
    Ok(())
}

pub(super) fn side(letter: &str) -> Option<RoadSide> {
    match letter.trim() {
        "U" => Some(RoadSide::U),
        "D" => Some(RoadSide::D),
        "G" => Some(RoadSide::G),
        _ => None,
    }
}

/// The kind of road that BD TOPO calls so.
fn kind(name: &str) -> RoadKind {
    match name.trim() {
        "Départementale" => RoadKind::Departmental,
        "Nationale" => RoadKind::National,
        "Autoroute" => RoadKind::Motorway,
        "Route intercommunale" => RoadKind::Intercommunal,
        "Voie verte" => RoadKind::Greenway,
        _ => RoadKind::Other,
    }
}

/// The kind of road that a number tells.
pub(in crate::load) fn kind_of_number(number: &str) -> RoadKind {
    match number.chars().next() {
        Some('D') => RoadKind::Departmental,
        Some('N') => RoadKind::National,
        Some('A') => RoadKind::Motorway,
        Some('M') => RoadKind::Intercommunal,
        _ => RoadKind::Other,
    }
}

/// `d 31` is told as `D31`.
fn road_number(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (!number.is_empty()).then_some(number)
}

fn whole(metres: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "no road is two million kilometres long")]
    {
        metres.round() as i32
    }
}
