//! Numbered roads and their reference points (PR): where *PR 2 + 300* is, and the road between two such places.
//!
//! A road is cut into sections, at interruptions, roundabouts and wherever another road is in common. Reference points
//! stand on sections; they are not quite a kilometre apart, and their numbers begin again in every département. What
//! lies between two of them is measured along the *chain* of sections of one département and one side: the lengths of
//! the sections add up, and what interrupts the road counts for nothing.

mod chain;
mod place;
mod section;
mod span;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use dialog_domain::RoadSide;
use geo_types::{Coord, LineString};

pub use span::{Span, SpanError};

use chain::Chain;
use section::Measured;

/// A section of a road, as its manager draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct RoadSection {
    /// Identifier in its source.
    pub id: String,
    /// Code of its département.
    pub department: String,
    /// Carriageway.
    pub side: RoadSide,
    /// Drawing in longitude and latitude, along the numbers or against them.
    pub line: LineString,
}

/// What a point of the source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// Where a section begins (`DS`).
    Start,
    /// A reference point that stands beside the road (`PR`, `PR0`…).
    Physical,
    /// The end of the road (`PRF`), conventionally number 999.
    Last,
    /// Where something changes (`CS`).
    Change,
    /// Where a section ends (`FS`).
    End,
}

impl PointKind {
    /// The kind written so in BD TOPO (`type_de_pr`).
    #[must_use]
    pub fn read(value: &str) -> Self {
        match value.trim() {
            "DS" => Self::Start,
            "FS" => Self::End,
            "PRF" => Self::Last,
            value if value.starts_with("PR") => Self::Physical,
            _ => Self::Change,
        }
    }

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "DS",
            Self::Physical => "PR",
            Self::Last => "PRF",
            Self::Change => "CS",
            Self::End => "FS",
        }
    }

    /// Whether an order may name it; the others only tell how the sections lie.
    #[must_use]
    pub const fn is_named(self) -> bool {
        matches!(self, Self::Physical | Self::Last)
    }
}

/// A point of a road.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferencePoint {
    /// Number, for instance `12`.
    pub number: String,
    /// Code of its département.
    pub department: String,
    /// Carriageway.
    pub side: RoadSide,
    /// What it is.
    pub kind: PointKind,
    /// Rank on its road or section; only the order counts.
    pub rank: f64,
    /// Distance from the beginning of the section or of the road, metres, as the manager measured it.
    pub abscissa_m: Option<i32>,
    /// Section on which it stands.
    pub section_id: String,
    /// Longitude and latitude.
    pub place: Coord,
}

/// A place asked for: *PR 2 + 300, right side*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointQuery<'a> {
    /// Number of the reference point.
    pub number: &'a str,
    /// Département, needed when the number exists in several.
    pub department: Option<&'a str>,
    /// Carriageway.
    pub side: RoadSide,
    /// Metres from the point, negative backwards.
    pub abscissa_m: i32,
}

/// Why a place is nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// The road has no such reference point, there at least.
    #[error("the road has no such reference point")]
    UnknownPoint {
        /// The closest numbers that exist, in order.
        neighbours: Vec<String>,
    },
    /// The reference point is on other sides only.
    #[error("the reference point has no such side")]
    UnknownSide {
        /// The sides it is on.
        sides: Vec<RoadSide>,
    },
    /// The number exists in several départements, and none was named.
    #[error("the reference point exists in several départements")]
    Ambiguous {
        /// Their codes.
        departments: Vec<String>,
    },
    /// The road ends before.
    #[error("the road goes from {min_m} m to {max_m} m of that reference point")]
    OutOfRange {
        /// Smallest abscissa of the point, zero or negative.
        min_m: i32,
        /// Largest abscissa of the point.
        max_m: i32,
    },
}

/// A place on a road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Longitude and latitude.
    pub place: Coord,
    section: usize,
    along_m: f64,
}

/// A named reference point of a road, once for all its sides.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedPoint {
    /// Its number.
    pub number: String,
    /// Code of its département.
    pub department: String,
    /// Sides it is on: `U`, `D`, `G` in this order.
    pub sides: Vec<RoadSide>,
    /// Longitude and latitude, on the first of its sides.
    pub place: Coord,
}

/// A numbered road of one manager, ready to be measured.
#[derive(Clone, Debug)]
pub struct ReferencedRoad {
    sections: Vec<Measured>,
    points: Vec<Placed>,
    chains: Vec<Chain>,
}

/// A named point on its section.
#[derive(Clone, Debug)]
struct Placed {
    point: ReferencePoint,
    section: usize,
    along_m: f64,
}

impl ReferencedRoad {
    /// The road made of these sections and points, in any order. Points whose section is not there are left out, and so
    /// are sections without length.
    #[must_use]
    pub fn new(sections: Vec<RoadSection>, points: Vec<ReferencePoint>) -> Self {
        let sections = section::measured(sections, &points);
        let mut placed: Vec<Placed> = points
            .into_iter()
            .filter(|point| point.kind.is_named())
            .filter_map(|point| {
                let section = sections.iter().position(|section| section.id == point.section_id)?;
                let along_m = sections.get(section)?.along(point.place);
                Some(Placed { point, section, along_m })
            })
            .collect();
        placed.sort_by(|a, b| {
            let key = |placed: &Placed| (number_key(&placed.point.number), placed.point.department.clone());
            key(a).cmp(&key(b)).then(a.section.cmp(&b.section)).then(a.along_m.total_cmp(&b.along_m))
        });
        let chains = chain::chains(&sections);
        Self { sections, points: placed, chains }
    }

    /// Its reference points in order of their numbers, then of the départements, without the conventional one at the
    /// end.
    #[must_use]
    pub fn points(&self) -> Vec<ListedPoint> {
        let mut listed: Vec<ListedPoint> = Vec::new();
        for Placed { point, .. } in self.points.iter().filter(|placed| placed.point.kind == PointKind::Physical) {
            let is_same = |other: &&mut ListedPoint| {
                is_same_number(&other.number, &point.number) && other.department == point.department
            };
            match listed.iter_mut().rev().find(is_same) {
                Some(known) if known.sides.contains(&point.side) => {}
                Some(known) => {
                    if known.sides.iter().all(|side| point.side < *side) {
                        known.place = point.place;
                    }
                    known.sides.push(point.side);
                    known.sides.sort_unstable();
                }
                None => listed.push(ListedPoint {
                    number: point.number.clone(),
                    department: point.department.clone(),
                    sides: vec![point.side],
                    place: point.place,
                }),
            }
        }
        listed
    }
}

/// Natural order of numbers: `2`, `10`, `10A`.
fn number_key(number: &str) -> (u32, String) {
    let number = number.trim();
    let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, rest) = number.split_at(digits);
    (digits.parse().unwrap_or(u32::MAX), rest.to_uppercase())
}

/// `0` and `00` are one number.
fn is_same_number(a: &str, b: &str) -> bool {
    number_key(a) == number_key(b)
}
