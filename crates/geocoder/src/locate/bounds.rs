//! From a bound as people say it to places on the street.

use std::collections::BTreeSet;

use dialog_db::Connection;
use dialog_db::reference::{HouseNumber, NumberRange, StreetRow};
use dialog_domain::StreetBound;
use dialog_geo::{Coord, LocalProjection, MeasuredLine, Place, StreetNetwork, geodesic_length_m};

use super::{Bound, LocateError};
use crate::crossing::{self, Crossing, Kind, LIMIT, StreetCrossings};
use crate::house_number::{self, latin_suffix};
use crate::kept::KnownStreet;
use crate::name::{canonical, likeness};
use crate::outside::{FAR_M, OutsideNumbers};

/// Most names proposed in place of one that does not fit.
const SUGGESTED: usize = 5;
/// A house number is placed between two others when these are at most so far apart, as numbers and in metres.
const NEIGHBOURS: (i32, f64) = (60, 400.0);

/// How a bound was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoundMethod {
    /// At a house number of the reference data.
    HouseNumber,
    /// At a house number that the reference data lack, where API Adresse has it.
    ApiAdresse,
    /// Between two house numbers of the reference data, for one that it does not have.
    Interpolated {
        /// The neighbours.
        between: [String; 2],
    },
    /// Where another street, or a numbered road, crosses.
    Crossing,
    /// At the limit of the commune.
    CommuneLimit,
    /// At the place of the street that is nearest to a point.
    Point,
}

/// A bound that was placed on the street.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundBound {
    /// Which bound.
    pub bound: Bound,
    /// How it was placed.
    pub method: BoundMethod,
    /// Where it is on the street, longitude and latitude.
    pub coordinates: [f64; 2],
    /// Every crossing of the pair, when there are several.
    pub candidates: Vec<Crossing>,
}

/// Where a bound may be.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    /// One place, or every crossing with a street.
    places: Vec<(Place, Coord)>,
    /// The street crossed, when the bound is a crossing.
    pub(super) crossed_street: Option<String>,
    pub(super) method: BoundMethod,
    /// Every crossing of the pair, also when one of them was chosen.
    pub(super) crossings: Vec<Crossing>,
}

impl Candidates {
    fn at(place: Coord, method: BoundMethod) -> Self {
        Self { places: vec![(Place::Beside(place), place)], crossed_street: None, method, crossings: Vec::new() }
    }

    /// The two places that are nearest to each other, one for each bound. They differ: a section from a street to the
    /// same street runs from one crossing to another.
    pub(super) fn nearest_pair(from: &Self, to: &Self) -> Option<(Place, Place)> {
        let pairs = from.places.iter().flat_map(|a| to.places.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 != b.0);
        let distance = |(a, b): &(&(Place, Coord), &(Place, Coord))| geodesic_length_m(&vec![a.1, b.1].into());
        pairs.min_by(|x, y| distance(x).total_cmp(&distance(y))).map(|(a, b)| (a.0, b.0))
    }
}

/// A street, and what meets it.
pub(super) struct Streets<'a> {
    connection: &'a mut Connection,
    street: &'a StreetRow,
    known: &'a KnownStreet,
    network: &'a StreetNetwork,
    numbers: &'a OutsideNumbers,
}

impl<'a> Streets<'a> {
    pub(super) const fn new(
        connection: &'a mut Connection,
        street: &'a StreetRow,
        known: &'a KnownStreet,
        network: &'a StreetNetwork,
        numbers: &'a OutsideNumbers,
    ) -> Self {
        Self { connection, street, known, network, numbers }
    }

    /// Where `asked` may be.
    pub(super) async fn candidates(&mut self, bound: Bound, asked: &StreetBound) -> Result<Candidates, LocateError> {
        match asked {
            StreetBound::HouseNumber { number } => self.house_number(bound, number).await,
            StreetBound::Intersection { road_name, road_ban_id, crossing } => {
                self.intersection(bound, road_name, road_ban_id.as_deref(), *crossing).await
            }
            StreetBound::Point { coordinates: [x, y] } => {
                let place = Coord { x: *x, y: *y };
                let distance_m = self.network.distance_m(place);
                if distance_m > FAR_M {
                    return Err(LocateError::FarFromStreet { bound, distance_m });
                }
                Ok(Candidates::at(place, BoundMethod::Point))
            }
        }
    }

    /// Names of crossings on the part of the street where `place` is.
    pub(super) async fn joined_names(&mut self, place: Place) -> Result<Vec<String>, LocateError> {
        let joined: BTreeSet<i64> = self.network.joined_to(place);
        let crossings = self.crossings().await?.iter();
        let near = crossings.filter(|other| other.nodes.iter().any(|(node, _)| joined.contains(node)));
        Ok(near.map(|other| other.name.clone()).take(SUGGESTED).collect())
    }

    async fn crossings(&mut self) -> Result<&'a [StreetCrossings], LocateError> {
        let known = self.known;
        Ok(known.crossings(self.connection, self.street).await?)
    }

    async fn house_number(&mut self, bound: Bound, text: &str) -> Result<Candidates, LocateError> {
        let known = self.known;
        let places = known.numbers(self.connection, self.street).await?;
        let asked = house_number::parse(text);
        if let Some(asked) = &asked {
            let of_number = || places.iter().filter(|(found, _)| found.number == asked.number);
            let with = |suffix: &str| of_number().find(|(found, _)| found.suffix == suffix);
            // `12b` may be a lettered number as well as `12bis`.
            let found = with(&asked.suffix).or_else(|| with(latin_suffix(&asked.suffix)?));
            if let Some((_, place)) = found {
                return Ok(Candidates::at(*place, BoundMethod::HouseNumber));
            }
            // Two streets may bear one name: what is far from ours is a number of the other one.
            let outside = self
                .numbers
                .place(&self.street.street_id, asked)
                .filter(|place| self.network.distance_m(*place) <= FAR_M);
            if let Some(place) = outside {
                return Ok(Candidates::at(place, BoundMethod::ApiAdresse));
            }
        }
        let numbers: Vec<HouseNumber> = places.iter().map(|(number, _)| number.clone()).collect();
        if let Some(asked) = &asked
            && let Some(between) = house_number::neighbours(asked, &numbers, NEIGHBOURS.0)
            && let Some(place) = self.between(asked, between, places)
        {
            let between = between.map(house_number::label);
            return Ok(Candidates::at(place, BoundMethod::Interpolated { between }));
        }
        if let Some(asked) = &asked
            && let Some((place, between)) = self.in_range(asked).await?
        {
            return Ok(Candidates::at(place, BoundMethod::Interpolated { between }));
        }
        let suggestions = asked.map(|asked| house_number::closest(&asked, &numbers)).unwrap_or_default();
        Err(LocateError::UnknownHouseNumber { bound, number: text.to_owned(), suggestions })
    }

    /// The place of the street where a house number would be, given the ones before and after it.
    fn between(
        &self,
        asked: &HouseNumber,
        [low, high]: [&HouseNumber; 2],
        places: &[(HouseNumber, Coord)],
    ) -> Option<Coord> {
        let place = |number: &HouseNumber| places.iter().find(|(known, _)| known == number).map(|(_, place)| *place);
        let (from, to) = (place(low)?, place(high)?);
        let section = self.network.section(Place::Beside(from), Place::Beside(to)).ok()?;
        if section.length_m > NEIGHBOURS.1 {
            return None;
        }
        let plane = LocalProjection::at(from);
        let ratio = f64::from(asked.number - low.number) / f64::from(high.number - low.number);
        let line = MeasuredLine::new(&section.line, |vertex| plane.to_metres(vertex))?;
        Some(line.degrees_at(ratio * line.length_m()))
    }

    /// The place of a house number on the segment of the street that has it on one of its sides, and the numbers at
    /// both ends of the segment.
    async fn in_range(&mut self, asked: &HouseNumber) -> Result<Option<(Coord, [String; 2])>, LocateError> {
        let known = self.known;
        let ranges = known.ranges(self.connection, self.street).await?;
        let has = |range: &&NumberRange| {
            let one_side = (range.first - range.last) % 2 == 0;
            (range.first.min(range.last)..=range.first.max(range.last)).contains(&asked.number)
                && (!one_side || (asked.number - range.first) % 2 == 0)
        };
        // The tightest one: a long range may go over the numbers of a side street.
        let Some(range) = ranges.iter().filter(has).min_by_key(|range| (range.last - range.first).abs()) else {
            return Ok(None);
        };
        let Some(segment) = known.segments.iter().find(|segment| segment.segment_id == range.segment_id) else {
            return Ok(None);
        };
        let Some(first) = segment.geometry.0.first() else { return Ok(None) };
        let ratio = match range.last - range.first {
            // One number on the whole segment.
            0 => 0.5,
            length => f64::from(asked.number - range.first) / f64::from(length),
        };
        let plane = LocalProjection::at(*first);
        let line = MeasuredLine::new(&segment.geometry, |vertex| plane.to_metres(vertex));
        let between = [range.first.to_string(), range.last.to_string()];
        Ok(line.map(|line| (line.degrees_at(ratio * line.length_m()), between)))
    }

    async fn intersection(
        &mut self,
        bound: Bound,
        road_name: &str,
        road_ban_id: Option<&str>,
        crossing: Option<u16>,
    ) -> Result<Candidates, LocateError> {
        let insee = self.street.insee.as_str();
        let crossings = self.crossings().await?;
        let name = canonical(road_name);
        // By identifier, else by name: first in the commune of the street, then in the next one.
        let found = crossings
            .iter()
            .find(|other| road_ban_id.is_some_and(|id| id.eq_ignore_ascii_case(&other.street_id)))
            .or_else(|| {
                let named = || crossings.iter().filter(|other| other.is_called(road_name, &name));
                named().find(|other| other.street_id.starts_with(insee)).or_else(|| named().next())
            });
        let is_limit = name == canonical(LIMIT);
        let nodes: Vec<(i64, Coord)> = match found {
            Some(found) => found.nodes.clone(),
            None if is_limit => {
                let limits = crossings.iter().filter(|other| other.kind == Kind::Limit);
                limits.flat_map(|other| other.nodes.iter().copied()).collect()
            }
            None => Vec::new(),
        };
        let chosen = |rank: u16| nodes.iter().skip(usize::from(rank).wrapping_sub(1)).take(1).copied().collect();
        let places: Vec<(i64, Coord)> = crossing.map_or_else(|| nodes.clone(), chosen);
        if places.is_empty() {
            return Err(LocateError::NoIntersection { bound, suggestions: alike(&name, crossings) });
        }
        let method = if is_limit || found.is_some_and(|found| found.kind == Kind::Limit) {
            BoundMethod::CommuneLimit
        } else {
            BoundMethod::Crossing
        };
        let crossings = if nodes.len() > 1 { crossing::numbered(&nodes) } else { Vec::new() };
        Ok(Candidates {
            places: places.into_iter().map(|(node, place)| (Place::Node(node), place)).collect(),
            crossed_street: found.map(|found| found.street_id.clone()),
            method,
            crossings,
        })
    }
}

/// Names of what crosses a street, those most like `name` first.
fn alike(name: &str, crossings: &[StreetCrossings]) -> Vec<String> {
    let mut ranked: Vec<&StreetCrossings> = crossings.iter().collect();
    ranked.sort_by(|a, b| likeness(name, &b.norm_name).total_cmp(&likeness(name, &a.norm_name)));
    ranked.into_iter().map(|other| other.name.clone()).take(SUGGESTED).collect()
}
