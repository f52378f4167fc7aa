//! The demonstration town, and towns of any size like it.
//!
//! *Démoville* (commune `00001`, which no real commune bears) lies in the middle of Sologne, a land of woods and ponds
//! south of Orléans: everything about it is invented, and always comes out the same. It has what a road authority meets
//! one day or another:
//!
//! | what | where |
//! | --- | --- |
//! | a main street with house numbers on both sides, `bis` and `ter` included | rue de la République |
//! | a départementale with reference points every kilometre or so | D31, route d'Orléans, avenue du Général-de-Gaulle |
//! | two carriageways, with openings between them at the crossings | boulevard de l'Europe |
//! | a street that comes back to where it began | allée des Tilleuls |
//! | a bridge above a street it does not meet | rue du Viaduc over chemin des Lavoirs |
//! | a street with a gap of 45 m, which a path crosses | rue du Moulin |
//! | a street with a gap of 180 m, which it does not | chemin des Vignes |
//! | two streets that cross three times | quai de la Bionne and rue Victor-Hugo |

mod addresses;
mod draft;
mod exchange;
mod names;
mod noding;
mod plan;
mod random;
mod roads;

#[cfg(test)]
mod tests;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

pub use roads::TownRoad;

use crate::{LocalProjection, RoadClass};

/// Code of the commune.
pub const INSEE: &str = "00001";
/// Name of the commune.
pub const NAME: &str = "Démoville";
/// Postcode of the commune.
pub const POSTCODE: &str = "00001";
/// Number of the département road.
pub const ROAD_NUMBER: &str = "D31";
/// Manager of the département road.
pub const ROAD_MANAGER: &str = "Démonstration";
/// Number of the national road.
pub const NATIONAL_NUMBER: &str = "N7";
/// Manager of the national road.
pub const NATIONAL_MANAGER: &str = "DIR Démonstration";
/// Code of the département.
pub const DEPARTMENT: &str = "00";

/// Where the town hall stands.
const CENTRE: Coord = Coord { x: 2.18, y: 47.56 };

/// How large a town is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TownSize {
    /// Démoville alone, some fifty streets.
    #[default]
    Demonstration,
    /// Démoville and new quarters around it, until there are at least so many streets.
    Streets(usize),
}

/// A town: its commune, its ways, its house numbers and the reference points of its road.
#[derive(Clone, Debug, PartialEq)]
pub struct Town {
    /// Inhabitants.
    pub population: i32,
    /// Outline of the commune.
    pub contour: MultiPolygon,
    /// Ways, as in OpenStreetMap: from one change of name, class or level to the next; they share the nodes where they
    /// meet.
    pub ways: Vec<TownWay>,
    /// House numbers.
    pub addresses: Vec<TownAddress>,
    /// Reference points of the département road.
    pub reference_points: Vec<TownReferencePoint>,
}

/// A way of the town.
#[derive(Clone, Debug, PartialEq)]
pub struct TownWay {
    /// Number, from 1.
    pub id: i64,
    /// Name of the street.
    pub name: Option<String>,
    /// Class.
    pub class: RoadClass,
    /// 1 along the drawing, 0 both ways.
    pub oneway: i16,
    /// 1 on a bridge.
    pub level: i16,
    /// Number of the road.
    pub road_number: Option<&'static str>,
    /// Node of each vertex.
    pub nodes: Vec<i64>,
    /// Drawing in longitude and latitude.
    pub line: LineString,
}

/// A house number of the town.
#[derive(Clone, Debug, PartialEq)]
pub struct TownAddress {
    /// Street.
    pub street: String,
    /// Number.
    pub number: i32,
    /// `bis`, `ter`, or empty.
    pub suffix: &'static str,
    /// Longitude and latitude.
    pub place: Coord,
}

/// A reference point (PR) of the département road.
#[derive(Clone, Debug, PartialEq)]
pub struct TownReferencePoint {
    /// Its number.
    pub number: i32,
    /// Distance from the beginning of the road, metres.
    pub along_m: f64,
    /// Longitude and latitude.
    pub place: Coord,
}

impl Town {
    /// Démoville.
    #[must_use]
    pub fn demonstration() -> Self {
        Self::of_size(TownSize::Demonstration)
    }

    /// A town of this size. The same size always gives the same town.
    #[must_use]
    pub fn of_size(size: TownSize) -> Self {
        let mut plan = plan::centre();
        if let TownSize::Streets(streets) = size {
            plan::add_quarters(&mut plan, streets);
        }
        let plane = LocalProjection::at(CENTRE);
        let degrees = |metres: Coord| rounded(plane.to_degrees(metres));
        let addresses: Vec<TownAddress> = addresses::along(&plan)
            .into_iter()
            .map(|plot| TownAddress {
                street: plot.street,
                number: plot.number,
                suffix: plot.suffix,
                place: degrees(plot.place),
            })
            .collect();
        let reference_points = plan::reference_points(&plan)
            .into_iter()
            .map(|(number, along_m, place)| TownReferencePoint { number, along_m, place: degrees(place) })
            .collect();
        let contour = plan::contour(&plan).into_iter().map(degrees).collect();
        let ways = (1..).zip(noding::ways(&plan.ways)).map(|(id, way)| TownWay {
            id,
            name: way.name,
            class: way.class,
            oneway: way.oneway,
            level: way.level,
            road_number: way.road_number,
            nodes: way.nodes,
            line: way.vertices.into_iter().map(degrees).collect(),
        });
        Self {
            population: i32::try_from(addresses.len()).map_or(i32::MAX, |houses| houses.saturating_mul(2)),
            contour: MultiPolygon::new(vec![Polygon::new(contour, Vec::new())]),
            ways: ways.collect(),
            addresses,
            reference_points,
        }
    }
}

/// To 7 decimals, like OpenStreetMap.
fn rounded(place: Coord) -> Coord {
    Coord { x: (place.x * 1e7).round() / 1e7, y: (place.y * 1e7).round() / 1e7 }
}
