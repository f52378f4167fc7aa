//! A network, and its numbered roads, from IGN's BD TOPO.

use std::path::{Path, PathBuf};

use dialog_db::reference::EditionKind;

use super::network::{Material, write};
use super::read::bdtopo::{NAMED, NEEDED, NamedStreets, OPTIONAL, RENAMED};
use super::read::gdal::Layer;
use super::read::roads::{Sided, add_roads};
use super::roads::{RoadMaterial, write as write_roads};
use super::{LoadError, Options, Origin, Progress, Report, Stage, Territory, read};

/// Files of a network of BD TOPO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BdTopoFiles {
    /// Where they come from.
    pub origin: Origin,
    /// GeoPackage with the layers `troncon_de_route` and `voie_nommee`; with reference points if it has
    /// `section_de_points_de_repere` and `point_de_repere`, and whole roads if it has `route_numerotee_ou_nommee`.
    pub geopackage: PathBuf,
    /// House numbers of the national address base.
    pub addresses: Option<PathBuf>,
    /// Département that the file covers: says the projection it should be in, and which house numbers to take out of a
    /// file of the whole country.
    pub department: Option<String>,
}

/// Loads segments and streets of BD TOPO, and house numbers.
///
/// # Errors
/// See [`LoadError`].
pub async fn bdtopo(
    database_url: &str,
    files: &BdTopoFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Network)?;
    let path = &files.geopackage;
    let missing = |column| LoadError::MissingColumn { path: path.clone(), column };
    // Everything is described before anything is read.
    let segments = Layer::describe(path, "troncon_de_route")?.ok_or(missing("layer troncon_de_route"))?;
    segments.need(&NEEDED)?;
    let mut columns = NEEDED.to_vec();
    for names in RENAMED {
        let newest = names.first().copied().unwrap_or_default();
        columns.push(segments.column(names).ok_or(missing(newest))?);
    }
    columns.extend(OPTIONAL.iter().filter_map(|names| segments.column(names)));
    RoadLayers::describe(path)?;
    let streets = Layer::describe(path, "voie_nommee")?;
    if let Some(streets) = &streets {
        streets.need(&NAMED)?;
    }
    let Some(epsg) = segments.epsg else {
        let reason = "layer troncon_de_route has no coordinate system".to_owned();
        return Err(LoadError::Broken { path: path.clone(), reason });
    };
    let mut report = Report::default();
    let territory = files.department.as_deref().and_then(Territory::of);
    let is_unusual = territory.is_some_and(|territory| territory.epsg != epsg);
    report.remark("fichier dans une autre projection que celle du territoire", u64::from(is_unusual));

    let addresses = read::addresses::read_all(files.addresses.as_deref(), files.department.as_deref(), progress)?;
    let mut named = NamedStreets::default();
    if let Some(streets) = streets {
        streets.each_feature(&NAMED, Stage::ReadingNames, progress, |number, line| named.add(path, number, line))?;
    }
    let mut ways = Vec::new();
    segments.each_feature(&columns, Stage::ReadingStreets, progress, |number, line| {
        ways.push(named.way(path, number, line)?);
        Ok(())
    })?;
    let material = Material { ways, addresses, ..Material::default() };
    write(database_url, &edition, vec![material], options, report, progress).await
}

/// Columns of `section_de_points_de_repere`.
const SECTION: [&str; 5] =
    ["identifiant_de_section", "numero_de_route", "gestionnaire", "code_insee_du_departement", "cote"];
/// Columns of `point_de_repere`.
const POINT: [&str; 9] = [
    "route",
    "numero",
    "abscisse",
    "ordre",
    "cote",
    "type_de_pr",
    "identifiant_de_section",
    "code_insee_du_departement",
    "gestionnaire",
];
/// Columns of `route_numerotee_ou_nommee`.
const ROAD: [&str; 3] = ["numero", "gestionnaire", "type_de_route"];

/// The layers of numbered roads, each with its columns.
struct RoadLayers {
    sections: Layer,
    points: Layer,
    roads: Option<Layer>,
}

impl RoadLayers {
    /// The layers, when the file has reference points. One that lacks a column is refused.
    fn describe(path: &Path) -> Result<Option<Self>, LoadError> {
        let sections = Layer::describe(path, "section_de_points_de_repere")?;
        let points = Layer::describe(path, "point_de_repere")?;
        let (Some(sections), Some(points)) = (sections, points) else { return Ok(None) };
        sections.need(&SECTION)?;
        points.need(&POINT)?;
        let roads = Layer::describe(path, "route_numerotee_ou_nommee")?;
        if let Some(roads) = &roads {
            roads.need(&ROAD)?;
        }
        Ok(Some(Self { sections, points, roads }))
    }
}

/// Loads the numbered roads and the reference points of the same file, an edition of their own; `None` when it has none.
///
/// # Errors
/// See [`LoadError`].
pub async fn bdtopo_roads(
    database_url: &str,
    files: &BdTopoFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Option<Report>, LoadError> {
    let edition = files.origin.edition(EditionKind::Roads)?;
    let path = &files.geopackage;
    let Some(layers) = RoadLayers::describe(path)? else { return Ok(None) };
    let (mut sections, mut points, mut roads) = (Sided::default(), Sided::default(), Vec::new());
    let stage = Stage::ReadingRoads;
    layers
        .sections
        .each_feature(&SECTION, stage, progress, |number, line| sections.add_sections(path, number, line))?;
    layers.points.each_feature(&POINT, stage, progress, |number, line| points.add_point(path, number, line))?;
    if let Some(layer) = layers.roads {
        layer.each_feature(&ROAD, stage, progress, |number, line| add_roads(&mut roads, path, number, line))?;
    }
    let mut report = Report::default();
    report.remark("tronçons et PR sans côté, ignorés", sections.without_side + points.without_side);
    let (sections, points) = (sections.rows, points.rows);
    let material = RoadMaterial { administrators: Vec::new(), roads, sections, points };
    write_roads(database_url, &edition, material, options, report, progress).await.map(Some)
}
