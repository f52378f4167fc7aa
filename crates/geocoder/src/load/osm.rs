//! A network from OpenStreetMap.

use std::path::PathBuf;

use dialog_db::reference::EditionKind;
use dialog_db::reference::load::Loader;
use dialog_geo::{Coord, LineString};

use super::network::{Material, write};
use super::read::addresses::{AddressLine, AddressLines};
use super::read::osm::{Extract, House};
use super::read::places::Communes;
use super::read::streets::{Side, Way};
use super::{LoadError, Options, Origin, Progress, Report, read};

/// Files of a network of OpenStreetMap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OsmFiles {
    /// Where they come from.
    pub origin: Origin,
    /// Extract, PBF.
    pub pbf: PathBuf,
    /// Outlines of communes; without them those in use say which commune a road lies in.
    pub contours: Option<PathBuf>,
    /// House numbers of the national address base, instead of those that are mapped.
    pub addresses: Option<PathBuf>,
    /// Commune of what lies in none: abroad, or for an extract of one commune.
    pub default_insee: Option<String>,
    /// Only the house numbers of this département, out of a file of the whole country.
    pub department: Option<String>,
}

/// Loads roads and house numbers of OpenStreetMap.
///
/// # Errors
/// See [`LoadError`].
pub async fn osm(
    database_url: &str,
    files: &OsmFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Network)?;
    let addresses = read::addresses::read_all(files.addresses.as_deref(), files.department.as_deref(), progress)?;
    let Extract { ways, houses, missing_nodes } = read::osm::read(&files.pbf, progress)?;
    let contours = match &files.contours {
        Some(path) => read::contours::read(path, progress)?,
        None => contours_in_use(database_url, &ways).await?,
    };
    let communes = Finder { communes: Communes::new(contours), default: files.default_insee.as_deref() };
    if communes.communes.is_empty() && communes.default.is_none() {
        return Err(LoadError::Empty("outline of a commune (load them first, or give them)"));
    }
    let mut report = Report::default();
    report.remark("sommets de routes hors de l’extrait", missing_nodes);
    let mut outside = 0;
    let ways: Vec<Way> = ways.into_iter().flat_map(|way| communes.place(way, &mut outside)).collect();
    report.remark("routes hors de toute commune connue, gardées sans nom", outside);
    let addresses = if files.addresses.is_some() { addresses } else { communes.addresses(houses) };
    let material = Material { ways, addresses, ..Material::default() };
    write(database_url, &edition, vec![material], options, report, progress).await
}

/// Outlines in use around some roads.
async fn contours_in_use(
    database_url: &str,
    ways: &[Way],
) -> Result<Vec<dialog_db::reference::load::NewContour>, LoadError> {
    let vertices = ways.iter().flat_map(|way| &way.line.0);
    let nowhere = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let bounds = vertices.fold(nowhere, |[west, south, east, north], vertex| {
        [west.min(vertex.x), south.min(vertex.y), east.max(vertex.x), north.max(vertex.y)]
    });
    if !bounds.iter().all(|degrees| degrees.is_finite()) {
        return Ok(Vec::new());
    }
    Ok(Loader::connect(database_url).await?.contours_in_use(bounds).await?)
}

/// Gives roads and houses their commune.
struct Finder<'a> {
    communes: Communes,
    default: Option<&'a str>,
}

impl Finder<'_> {
    fn at(&self, place: Coord) -> Option<&str> {
        self.communes.at(place).or(self.default)
    }

    /// A road in one part for each commune that it passes; counts those that pass none.
    fn place(&self, way: Way, outside: &mut u64) -> Vec<Way> {
        let line = &way.line.0;
        let middle = |pair: &[Coord]| match pair {
            [a, b] => Coord { x: f64::midpoint(a.x, b.x), y: f64::midpoint(a.y, b.y) },
            _ => Coord::default(),
        };
        let (first, last) = (line.first().copied().unwrap_or_default(), line.last().copied().unwrap_or_default());
        let here = self.at(first);
        if here == self.at(last) {
            *outside += u64::from(here.is_none());
            return vec![settled(way.clone(), here, 0, way.line.0.len(), 1)];
        }
        let edges: Vec<Option<&str>> = line.windows(2).map(|pair| self.at(middle(pair))).collect();
        let (mut parts, mut start) = (Vec::new(), 0);
        for edge in 1..=edges.len() {
            if edge == edges.len() || edges.get(edge) != edges.get(start) {
                let commune = edges.get(start).copied().flatten();
                *outside += u64::from(commune.is_none());
                parts.push(settled(way.clone(), commune, start, edge + 1, parts.len() + 1));
                start = edge;
            }
        }
        parts
    }

    /// House numbers as an address base would have them.
    fn addresses(&self, houses: Vec<House>) -> AddressLines {
        let mut lines = AddressLines::default();
        for House { number, street, place } in houses {
            let Some(insee) = self.at(place) else { continue };
            for number in number.split([';', ',']).map(str::trim) {
                let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let (number, suffix) = number.split_at(digits);
                let suffix = suffix.trim().to_lowercase();
                match number.parse() {
                    Ok(number) if !suffix.contains('-') => lines.lines.push(AddressLine {
                        street: street.clone(),
                        insee: insee.to_owned(),
                        ban_id: None,
                        number,
                        suffix,
                        place,
                    }),
                    _ => lines.without_number += 1,
                }
            }
        }
        lines
    }
}

/// The vertices `start..end` of a road, in a commune.
fn settled(mut way: Way, insee: Option<&str>, start: usize, end: usize, rank: usize) -> Way {
    for side in [&mut way.left, &mut way.right] {
        side.insee = insee.map(str::to_owned);
        // A code of FANTOIR belongs to one commune; a name without commune is no street.
        let is_here = |id: &String| insee.is_some_and(|insee| id.starts_with(insee));
        *side = Side {
            name: side.name.take().filter(|_| insee.is_some()),
            insee: side.insee.take(),
            ban_id: side.ban_id.take().filter(is_here),
            numbers: None,
        };
    }
    if end - start < way.line.0.len() {
        way.line = LineString::new(way.line.0.get(start..end).unwrap_or_default().to_vec());
        way.nodes = way.nodes.map(|nodes| nodes.get(start..end).unwrap_or_default().to_vec());
        if rank > 1 {
            way.id = format!("{}.{rank}", way.id);
        }
    }
    way
}
