//! The demonstration town, without files; and a land of towns like it, of any size.

use chrono::NaiveDate;
use dialog_db::reference::load::{NewCommune, NewContour, NewReferencePoint, NewRoadSection};
use dialog_db::reference::{CommuneKind, EditionKind};
use dialog_geo::town::{INSEE, NAME, POSTCODE, Town, TownAddress, TownRoad, TownSize, TownWay};
use dialog_geo::{Coord, LineString, MultiPolygon};

use super::network::{Material, write};
use super::read::addresses::{AddressLine, AddressLines};
use super::read::streets::{Side, Way};
use super::roads::RoadMaterial;
use super::{LoadError, Options, Origin, Progress, Report};
use crate::name::normalise;

/// Whoever changes the size of the town means it.
const ANY_SIZE: Options = Options { accept_less: true, aside: false };

/// Loads the demonstration town, of this size, with its commune and the outline of it, and its numbered roads. The
/// edition of the town is named `town:00001:2026-01-01`.
///
/// # Errors
/// See [`LoadError`].
pub async fn town(database_url: &str, size: TownSize, progress: &mut Progress<'_>) -> Result<Report, LoadError> {
    let report = load(database_url, INSEE, size, 1, progress).await?;
    let with_roads = roads(database_url, &Town::of_size(size), progress).await?;
    Ok(Report {
        road_administrators: with_roads.road_administrators,
        numbered_roads: with_roads.numbered_roads,
        reference_points: with_roads.reference_points,
        ..report
    })
}

/// Loads as many towns side by side, of this size each, as the edition `town:land:2026-01-01`. They differ by their
/// place, name and codes only, and have as many houses to a street as France has: one out of six of the town's.
///
/// # Errors
/// See [`LoadError`]. There are at most 999 towns.
pub async fn towns(
    database_url: &str,
    size: TownSize,
    towns: u16,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    load(database_url, "land", size, towns.clamp(1, 999), progress).await
}

async fn load(
    database_url: &str,
    territory: &str,
    size: TownSize,
    towns: u16,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let town = Town::of_size(size);
    let origin = origin(territory);
    let houses = if towns > 1 { 6 } else { 1 };
    let parts = (0..towns).map(move |rank| Replica { houses, ..Replica::of_rank(rank) }.material(&town));
    write(database_url, &origin.edition(EditionKind::Network)?, parts, ANY_SIZE, Report::default(), progress).await
}

fn origin(territory: &str) -> Origin {
    let dated = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    Origin { source: "town".to_owned(), territory: territory.to_owned(), dated }
}

/// Loads the numbered roads of the town as an edition of their own, `town:00001-roads:2026-01-01`.
async fn roads(database_url: &str, town: &Town, progress: &mut Progress<'_>) -> Result<Report, LoadError> {
    let mut material = RoadMaterial::default();
    for TownRoad { number, administrator, sections, points } in town.roads() {
        let names = || (administrator.to_owned(), number.to_owned());
        material.sections.extend(sections.into_iter().map(|section| {
            let (administrator, road_number) = names();
            NewRoadSection { administrator, road_number, section }
        }));
        material.points.extend(points.into_iter().map(|point| {
            let (administrator, road_number) = names();
            NewReferencePoint { administrator, road_number, point }
        }));
    }
    let edition = origin(&format!("{INSEE}-roads")).edition(EditionKind::Roads)?;
    super::roads::write(database_url, &edition, material, ANY_SIZE, Report::default(), progress).await
}

/// One of the towns.
struct Replica {
    rank: u16,
    /// One house out of so many is kept.
    houses: usize,
    insee: String,
    /// From Démoville, degrees.
    shift: Coord,
}

impl Replica {
    /// Towns fill a square, from its south-western corner.
    fn of_rank(rank: u16) -> Self {
        const ROW: u16 = 32;
        const STEP: f64 = 0.125;
        let shift = Coord { x: STEP * f64::from(rank % ROW), y: STEP / 2.0 * f64::from(rank / ROW) };
        Self { rank, houses: 1, insee: if rank == 0 { INSEE.to_owned() } else { format!("{:05}", rank + 1) }, shift }
    }

    fn material(&self, town: &Town) -> Material {
        let name = if self.rank == 0 { NAME.to_owned() } else { format!("{NAME}-{}", self.rank + 1) };
        let rings =
            town.contour.0.iter().map(|polygon| dialog_geo::Polygon::new(self.line(polygon.exterior()), Vec::new()));
        Material {
            ways: town.ways.iter().map(|way| self.way(way)).collect(),
            addresses: AddressLines {
                lines: town.addresses.iter().step_by(self.houses).map(|address| self.address(address)).collect(),
                without_number: 0,
            },
            communes: vec![NewCommune {
                insee: self.insee.clone(),
                kind: CommuneKind::Commune,
                norm_name: normalise(&name),
                name,
                postcodes: vec![if self.rank == 0 { POSTCODE.to_owned() } else { self.insee.clone() }],
                department: "00".to_owned(),
                population: town.population,
                parent: None,
            }],
            contours: vec![NewContour { insee: self.insee.clone(), geometry: MultiPolygon::new(rings.collect()) }],
        }
    }

    /// Identifiers of ways and nodes differ from town to town.
    fn number(&self, number: i64) -> i64 {
        const APART: i64 = 1 << 40;
        i64::from(self.rank) * APART + number
    }

    fn place(&self, place: Coord) -> Coord {
        if self.rank == 0 {
            return place;
        }
        let rounded = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Coord { x: rounded(place.x + self.shift.x), y: rounded(place.y + self.shift.y) }
    }

    fn line(&self, line: &LineString) -> LineString {
        line.0.iter().map(|place| self.place(*place)).collect()
    }

    fn way(&self, way: &TownWay) -> Way {
        let side = || Side { name: way.name.clone(), insee: Some(self.insee.clone()), ban_id: None, numbers: None };
        Way {
            id: format!("town:{}", self.number(way.id)),
            left: side(),
            right: side(),
            class: Some(way.class),
            level: way.level,
            oneway: way.oneway,
            road_number: way.road_number.map(str::to_owned),
            nodes: Some(way.nodes.iter().map(|node| self.number(*node)).collect()),
            line: self.line(&way.line),
        }
    }

    fn address(&self, address: &TownAddress) -> AddressLine {
        AddressLine {
            street: address.street.clone(),
            insee: self.insee.clone(),
            ban_id: None,
            number: address.number,
            suffix: address.suffix.to_owned(),
            place: self.place(address.place),
        }
    }
}
