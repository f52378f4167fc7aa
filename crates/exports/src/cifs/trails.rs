//! From the lines of a location to what can be drawn without lifting the pen.
//!
//! Lines are joined where their ends are at the same place, and nowhere else: nothing is drawn between lines that are
//! apart. Where more than two meet, the two that go straightest on are joined first, so that a street stays in one piece
//! and those that leave it are pieces of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use geojson::Position;

/// Where more lines than this meet, none is joined: no street looks like that.
const MAX_MEETING: usize = 32;
/// Mean radius of the Earth, metres.
const EARTH_M: f64 = 6_371_008.8;
/// Units of a coordinate in a degree: about a centimetre each.
const PER_DEGREE: f64 = 1e7;

/// A place, in ten-millionths of a degree: what is written is what is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Place {
    longitude: i32,
    latitude: i32,
}

impl Place {
    /// `None` when the position is not on Earth.
    pub(super) fn new(position: &Position) -> Option<Self> {
        match position.as_slice() {
            [longitude, latitude, ..] if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 => {
                Some(Self::of_degrees(*longitude, *latitude))
            }
            _ => None,
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "180 degrees fit in 32 bits")]
    fn of_degrees(longitude: f64, latitude: f64) -> Self {
        Self { longitude: (longitude * PER_DEGREE).round() as i32, latitude: (latitude * PER_DEGREE).round() as i32 }
    }

    fn degrees(self) -> (f64, f64) {
        (f64::from(self.longitude) / PER_DEGREE, f64::from(self.latitude) / PER_DEGREE)
    }

    fn distance_m(self, other: Self) -> f64 {
        let ((a, b), (c, d)) = (self.degrees(), other.degrees());
        let (latitude, other_latitude) = (b.to_radians(), d.to_radians());
        let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let chord = half(d - b) + latitude.cos() * other_latitude.cos() * half(c - a);
        2.0 * EARTH_M * chord.sqrt().min(1.0).asin()
    }

    /// The place at a share of the way to another.
    fn towards(self, other: Self, share: f64) -> Self {
        let ((a, b), (c, d)) = (self.degrees(), other.degrees());
        Self::of_degrees(a + (c - a) * share, b + (d - b) * share)
    }

    /// The same place to about a metre, as text.
    pub(super) fn roughly(self) -> String {
        let (longitude, latitude) = self.degrees();
        format!("{latitude:.5},{longitude:.5}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (longitude, latitude) = self.degrees();
        write!(f, "{latitude:.7} {longitude:.7}")
    }
}

/// A line through two places or more, of which two that follow each other are never the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Polyline(Vec<Place>);

impl Polyline {
    /// `None` when fewer than two places are left.
    pub(super) fn new(mut places: Vec<Place>) -> Option<Self> {
        places.dedup();
        (places.len() >= 2).then_some(Self(places))
    }

    /// The same line from its other end.
    pub(super) fn reversed(&self) -> Self {
        Self(self.0.iter().rev().copied().collect())
    }

    /// First and last place.
    pub(super) fn ends(&self) -> (Place, Place) {
        let first = self.0.first().copied();
        let last = self.0.last().copied();
        // Two places at least, by construction.
        first.zip(last).unwrap_or((Place { longitude: 0, latitude: 0 }, Place { longitude: 0, latitude: 0 }))
    }

    /// Length along the ground, metres.
    pub(super) fn length_m(&self) -> f64 {
        self.0.windows(2).map(|pair| pair[0].distance_m(pair[1])).sum()
    }

    /// The line cut into equal pieces, none longer than `longest_m`.
    pub(super) fn pieces(self, longest_m: f64) -> Vec<Self> {
        let length = self.length_m();
        if length <= longest_m {
            return vec![self];
        }
        let piece_m = length / (length / longest_m).ceil();
        let (mut pieces, mut piece, mut left) = (Vec::new(), Vec::new(), piece_m);
        for pair in self.0.windows(2) {
            let (mut from, to) = (pair[0], pair[1]);
            piece.push(from);
            let mut step = from.distance_m(to);
            while step > left {
                from = from.towards(to, left / step);
                piece.push(from);
                pieces.extend(Self::new(std::mem::replace(&mut piece, vec![from])));
                step = from.distance_m(to);
                left = piece_m;
            }
            left -= step;
        }
        piece.extend(self.0.last());
        pieces.extend(Self::new(piece));
        pieces
    }

    /// Which way the line leaves one of its ends: not a unit, in degrees of latitude.
    fn leaving(&self, end: End) -> (f64, f64) {
        let (from, to) = match end {
            End::First => (self.0.first(), self.0.get(1)),
            End::Last => (self.0.last(), self.0.iter().rev().nth(1)),
        };
        let Some(((a, b), (c, d))) = from.map(|place| place.degrees()).zip(to.map(|place| place.degrees())) else {
            return (0.0, 0.0);
        };
        ((c - a) * b.to_radians().cos(), d - b)
    }
}

impl fmt::Display for Polyline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rank, place) in self.0.iter().enumerate() {
            write!(f, "{}{place}", if rank == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

/// Whether lines may be turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Travel {
    /// Both directions: the drawing says nothing.
    Both,
    /// From the first place to the last one.
    Along,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    First,
    Last,
}

impl End {
    const fn other(self) -> Self {
        match self {
            Self::First => Self::Last,
            Self::Last => Self::First,
        }
    }
}

/// One end of one of the lines, by its rank.
type LineEnd = (usize, End);

/// As few lines as can be, that draw the same. A line keeps its place, and the first line of a trail its direction.
pub(super) fn trails(lines: Vec<Polyline>, travel: Travel) -> Vec<Polyline> {
    let lines = distinct(lines, travel);
    let joins = joins(&lines, travel);
    let mut drawn = vec![false; lines.len()];
    let mut trails = Vec::new();
    for rank in 0..lines.len() {
        if drawn[rank] {
            continue;
        }
        let mut places = Vec::new();
        let mut next = Some(beginning(rank, &joins));
        while let Some((line, end)) = next.filter(|(line, _)| !drawn[*line]) {
            drawn[line] = true;
            match end {
                End::First => places.extend(lines[line].0.iter()),
                End::Last => places.extend(lines[line].0.iter().rev()),
            }
            next = joins.get(&(line, end.other())).copied();
        }
        trails.extend(Polyline::new(places));
    }
    trails
}

/// Without those that are drawn twice.
fn distinct(lines: Vec<Polyline>, travel: Travel) -> Vec<Polyline> {
    let mut seen = BTreeSet::new();
    let is_new = |line: &Polyline| {
        let same = match travel {
            Travel::Along => line.clone(),
            Travel::Both => line.clone().min(line.reversed()),
        };
        seen.insert(same)
    };
    lines.into_iter().filter(is_new).collect()
}

/// Which end goes on with which.
fn joins(lines: &[Polyline], travel: Travel) -> BTreeMap<LineEnd, LineEnd> {
    let mut meetings: BTreeMap<Place, Vec<LineEnd>> = BTreeMap::new();
    for (rank, line) in lines.iter().enumerate() {
        let (first, last) = line.ends();
        meetings.entry(first).or_default().push((rank, End::First));
        meetings.entry(last).or_default().push((rank, End::Last));
    }
    let mut joins = BTreeMap::new();
    for meeting in meetings.values().filter(|meeting| meeting.len() <= MAX_MEETING) {
        let mut pairs: Vec<(f64, LineEnd, LineEnd)> = Vec::new();
        for (rank, &one) in meeting.iter().enumerate() {
            for &other in &meeting[rank + 1..] {
                let goes_on = travel == Travel::Both || one.1 != other.1;
                if one.0 != other.0 && goes_on {
                    pairs.push((turn(lines[one.0].leaving(one.1), lines[other.0].leaving(other.1)), one, other));
                }
            }
        }
        pairs.sort_by(|(a, one, other), (b, third, fourth)| {
            a.total_cmp(b).then_with(|| (one, other).cmp(&(third, fourth)))
        });
        for (_, one, other) in pairs {
            if !joins.contains_key(&one) && !joins.contains_key(&other) {
                joins.insert(one, other);
                joins.insert(other, one);
            }
        }
    }
    joins
}

/// How far two lines that leave the same place are from going straight on: -1 when they do, 1 when they come back.
fn turn((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    let lengths = a.hypot(b) * c.hypot(d);
    if lengths > 0.0 { (a * c + b * d) / lengths } else { 0.0 }
}

/// Where the trail that goes through a line, in its direction, begins: at an end that nothing comes before, or at this
/// line when the trail goes round.
fn beginning(rank: usize, joins: &BTreeMap<LineEnd, LineEnd>) -> LineEnd {
    let start = (rank, End::First);
    let mut end = start;
    while let Some(&(line, joined)) = joins.get(&end) {
        if line == rank {
            return start;
        }
        end = (line, joined.other());
    }
    end
}

#[cfg(test)]
mod tests;
