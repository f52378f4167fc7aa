//! Numbered roads and their reference points.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use dialog_db::reference::load::{
    Loader, NewEdition, NewNumberedRoad, NewReferencePoint, NewRoadAdministrator, NewRoadSection,
};
use dialog_db::reference::{EditionKind, RoadKind};
use dialog_geo::reference_points::PointKind;
use dialog_geo::{LocalProjection, MeasuredLine};

use super::network::{Copied, finish};
use super::read::roads as read;
use super::{LoadError, Options, Origin, Progress, Report, Stage};
use crate::name::normalise;

/// Farther from its section than this, a reference point is remarked upon, metres.
const FAR_M: f64 = 50.0;

/// Files of numbered roads; each may be compressed (`.gz`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoadFiles {
    /// Where they come from.
    pub origin: Origin,
    /// Sections, GeoJSON.
    pub sections: PathBuf,
    /// Reference points, CSV.
    pub points: PathBuf,
    /// Whole roads, GeoJSON: those that have no reference point too.
    pub roads: Option<PathBuf>,
    /// Managers and the kinds of their roads, CSV: those without a road here too.
    pub administrators: Option<PathBuf>,
}

/// Everything an edition of roads is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct RoadMaterial {
    pub(super) administrators: Vec<(RoadKind, String)>,
    pub(super) roads: Vec<NewNumberedRoad>,
    pub(super) sections: Vec<NewRoadSection>,
    pub(super) points: Vec<NewReferencePoint>,
}

/// Loads numbered roads, their sections and their reference points.
///
/// # Errors
/// See [`LoadError`].
pub async fn roads(
    database_url: &str,
    files: &RoadFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Roads)?;
    let mut report = Report::default();
    let administrators = match &files.administrators {
        Some(path) => read::administrators(path, progress)?,
        None => Vec::new(),
    };
    let roads = match &files.roads {
        Some(path) => read::roads(path, progress)?,
        None => Vec::new(),
    };
    let sections = read::sections(&files.sections, progress)?;
    let points = read::points(&files.points, progress)?;
    report.remark("tronçons et PR sans côté, ignorés", sections.without_side + points.without_side);
    let material = RoadMaterial { administrators, roads, sections: sections.rows, points: points.rows };
    write(database_url, &edition, material, options, report, progress).await
}

/// Assembles roads and makes them the edition in use.
pub(super) async fn write(
    database_url: &str,
    edition: &NewEdition,
    material: RoadMaterial,
    options: Options,
    mut report: Report,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    progress(Stage::Assembling, 0, None);
    let RoadMaterial { administrators, roads, sections, points } = assemble(material, &mut report);
    for (what, is_missing) in [("numbered road", roads.is_empty()), ("reference point", points.is_empty())] {
        if is_missing {
            return Err(LoadError::Empty(what));
        }
    }
    let administrators: Vec<NewRoadAdministrator> = administrators
        .into_iter()
        .map(|(kind, name)| NewRoadAdministrator { kind, norm_name: normalise(&name), name })
        .collect();
    let mut loader = Loader::connect(database_url).await?;
    let mut writer = loader.begin(edition).await?;
    let before = writer.roads_in_use().await?;
    let mut copied = Copied { writer: &mut writer, progress };
    let mut sections_written = 0;
    copied.copy(Stage::WritingRoads, &mut report.road_administrators, administrators).await?;
    copied.copy(Stage::WritingRoads, &mut report.numbered_roads, roads).await?;
    copied.copy(Stage::WritingRoads, &mut sections_written, sections).await?;
    copied.copy(Stage::WritingRoads, &mut report.reference_points, points).await?;
    let counts = [
        ("numbered roads", report.numbered_roads, before.map(|(roads, _)| roads)),
        ("reference points", report.reference_points, before.map(|(_, points)| points)),
    ];
    for (what, after, before) in counts {
        report.check(what, after, before);
        let before = u64::from(before.unwrap_or_default().unsigned_abs());
        if after.saturating_mul(2) < before && !options.accept_less {
            return Err(LoadError::Shrunk { what, before, after });
        }
    }
    progress(Stage::Activating, 0, None);
    finish(writer, options, &mut report).await?;
    report.prune(&mut loader).await;
    Ok(report)
}

/// Leaves out what names something that is not there, and completes roads and managers from the sections.
fn assemble(material: RoadMaterial, report: &mut Report) -> RoadMaterial {
    let RoadMaterial { administrators, roads, sections, mut points } = material;
    let before = sections.len();
    let mut known = BTreeSet::new();
    let sections: Vec<NewRoadSection> =
        sections.into_iter().filter(|section| known.insert(section.section.id.clone())).collect();
    report.remark("tronçons dont l’identifiant est déjà pris, ignorés", count(before - sections.len()));
    let lines: HashMap<&str, &NewRoadSection> = sections.iter().map(|s| (s.section.id.as_str(), s)).collect();
    let before = points.len();
    let mut far = 0;
    points.retain(|NewReferencePoint { administrator, road_number, point }| {
        let section = lines.get(point.section_id.as_str()).filter(|section| {
            section.administrator == *administrator
                && section.road_number == *road_number
                && section.section.department == point.department
        });
        if section.is_some_and(|section| point.kind == PointKind::Physical && is_far(section, point.place)) {
            far += 1;
        }
        section.is_some()
    });
    report.remark("PR sans tronçon, ignorés", count(before - points.len()));
    report.remark("PR à plus de 50 m de leur tronçon, gardés", far);
    let mut merged: BTreeMap<(String, String, RoadKind), NewNumberedRoad> = BTreeMap::new();
    for road in roads {
        let key = (road.administrator.clone(), road.number.clone(), road.kind);
        match merged.get_mut(&key) {
            Some(known) => known.lines.extend(road.lines),
            None => {
                merged.insert(key, road);
            }
        }
    }
    // Roads that are known by their sections only are made of them.
    let is_whole: BTreeSet<(String, String)> =
        merged.keys().map(|(administrator, number, _)| (administrator.clone(), number.clone())).collect();
    for NewRoadSection { administrator, road_number, section } in &sections {
        if is_whole.contains(&(administrator.clone(), road_number.clone())) {
            continue;
        }
        let kind = read::kind_of_number(road_number);
        let new = || NewNumberedRoad {
            administrator: administrator.clone(),
            number: road_number.clone(),
            kind,
            lines: Vec::new(),
        };
        let road = merged.entry((administrator.clone(), road_number.clone(), kind)).or_insert_with(new);
        road.lines.push(section.line.clone());
    }
    let managers = merged.keys().map(|(administrator, _, kind)| (*kind, administrator.clone()));
    let administrators: BTreeSet<(RoadKind, String)> = administrators.into_iter().chain(managers).collect();
    RoadMaterial {
        administrators: administrators.into_iter().collect(),
        roads: merged.into_values().collect(),
        sections,
        points,
    }
}

fn is_far(section: &NewRoadSection, place: dialog_geo::Coord) -> bool {
    let plane = LocalProjection::at(place);
    let line = MeasuredLine::new(&section.section.line, |vertex| plane.to_metres(vertex));
    line.is_none_or(|line| line.project(plane.to_metres(place)).offset_m > FAR_M)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
