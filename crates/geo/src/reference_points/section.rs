//! Sections of a road, measured, in the direction of increasing numbers.

use dialog_domain::RoadSide;
use geo_types::{Coord, LineString};

use super::{PointKind, ReferencePoint, RoadSection, number_key};
use crate::{LocalProjection, MeasuredLine, geodesic_length_m};

/// A section with its measures. Its line runs with the numbers, whatever its drawing.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) id: String,
    pub(super) department: String,
    pub(super) side: RoadSide,
    pub(super) line: MeasuredLine,
    drawn: LineString,
    projection: LocalProjection,
    pub(super) rank: Rank,
}

/// Where a section comes among those of its road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rank {
    /// Lowest number on it.
    pub(super) first: u32,
    /// Highest number on it.
    pub(super) last: u32,
    /// What its manager measured at its beginning.
    pub(super) abscissa_m: i32,
}

impl Measured {
    /// Distance from the beginning of the section to the place of it that is nearest to `place`.
    pub(super) fn along(&self, place: Coord) -> f64 {
        self.line.project(self.projection.to_metres(place)).along_m
    }

    fn turn_round(&mut self) {
        self.drawn = reversed(&self.drawn);
        let projection = self.projection;
        if let Some(line) = MeasuredLine::new(&self.drawn, |vertex| projection.to_metres(vertex)) {
            self.line = line;
        }
    }

    pub(super) fn length_m(&self) -> f64 {
        self.line.length_m()
    }

    pub(super) fn start(&self) -> Coord {
        self.line.degrees_at(0.0)
    }

    pub(super) fn end(&self) -> Coord {
        self.line.degrees_at(self.length_m())
    }
}

/// Measures the sections that have a length and a point at least: the others tell nothing of where they come.
pub(super) fn measured(sections: Vec<RoadSection>, points: &[ReferencePoint]) -> Vec<Measured> {
    let (mut known, mut doubtful): (Vec<Measured>, Vec<Measured>) = (Vec::new(), Vec::new());
    for section in sections {
        let own: Vec<&ReferencePoint> = points.iter().filter(|point| point.section_id == section.id).collect();
        let Some(mut section) = measure(section, &own) else { continue };
        let along: Vec<(&ReferencePoint, f64)> =
            own.into_iter().map(|point| (point, section.along(point.place))).collect();
        match runs_backwards(&along) {
            Some(true) => {
                section.turn_round();
                known.push(section);
            }
            Some(false) => known.push(section),
            None => doubtful.push(section),
        }
    }
    for mut section in doubtful {
        if !follows(&section, &known, points) {
            section.turn_round();
        }
        known.push(section);
    }
    known
}

fn measure(section: RoadSection, points: &[&ReferencePoint]) -> Option<Measured> {
    let RoadSection { id, department, side, line: drawn } = section;
    let rank = rank(points)?;
    // Lengths are right near the origin of the plane: it stands in the middle.
    let projection = LocalProjection::at(*drawn.0.get(drawn.0.len() / 2)?);
    let line = MeasuredLine::new(&drawn, |vertex| projection.to_metres(vertex))?;
    Some(Measured { id, department, side, line, drawn, projection, rank })
}

/// Whether a section that tells nothing of its direction runs with the numbers as it is: the end that is near its
/// neighbour says so, or else its only point, for a section begins soon before its first point.
fn follows(section: &Measured, known: &[Measured], points: &[ReferencePoint]) -> bool {
    let beside = || known.iter().filter(|other| other.department == section.department && other.side == section.side);
    let key = |rank: Rank| (rank.first, rank.abscissa_m);
    let before = beside().filter(|other| key(other.rank) < key(section.rank)).max_by_key(|other| key(other.rank));
    let after = beside().filter(|other| key(other.rank) > key(section.rank)).min_by_key(|other| key(other.rank));
    let metres = |a: Coord, b: Coord| geodesic_length_m(&LineString::new(vec![a, b]));
    // How much nearer the right end is than the wrong one.
    let from_before = before.map(|other| metres(section.end(), other.end()) - metres(section.start(), other.end()));
    let from_after = after.map(|other| metres(section.start(), other.start()) - metres(section.end(), other.start()));
    match from_before.into_iter().chain(from_after).reduce(|a, b| a + b) {
        Some(advantage_m) => advantage_m >= 0.0,
        None => {
            let own = points.iter().find(|point| point.section_id == section.id && point.kind != PointKind::Change);
            let is_late = own.is_some_and(|point| section.along(point.place) > section.length_m() / 2.0);
            let is_an_end = own.is_some_and(|point| matches!(point.kind, PointKind::Last | PointKind::End));
            is_late == is_an_end
        }
    }
}

fn rank(points: &[&ReferencePoint]) -> Option<Rank> {
    let numbers = |is_wanted: fn(PointKind) -> bool| -> Vec<u32> {
        points.iter().filter(|point| is_wanted(point.kind)).map(|point| number_key(&point.number).0).collect()
    };
    // The number of a technical point is the one of some point nearby, 999 at the end is no number.
    let mut numbers_here = numbers(|kind| kind == PointKind::Physical);
    if numbers_here.is_empty() {
        numbers_here = numbers(|kind| kind != PointKind::Last);
    }
    if numbers_here.is_empty() {
        numbers_here = numbers(|_| true);
    }
    let abscissa_m = points.iter().filter_map(|point| point.abscissa_m).min().unwrap_or_default();
    Some(Rank { first: *numbers_here.iter().min()?, last: *numbers_here.iter().max()?, abscissa_m })
}

/// Whether a section is drawn against the numbers: its first point comes after its last one. `None` when it has only
/// one point.
fn runs_backwards(points: &[(&ReferencePoint, f64)]) -> Option<bool> {
    let key = |point: &ReferencePoint| {
        let stage = match point.kind {
            PointKind::Start => 0,
            PointKind::Physical | PointKind::Change => 1,
            PointKind::Last => 2,
            PointKind::End => 3,
        };
        (stage, number_key(&point.number).0)
    };
    // What changes on a section says nothing of its direction: its number may be the one before or the one after.
    let known = || points.iter().filter(|(point, _)| point.kind != PointKind::Change);
    let order = |a: &&(&ReferencePoint, f64), b: &&(&ReferencePoint, f64)| {
        key(a.0).cmp(&key(b.0)).then(a.0.rank.total_cmp(&b.0.rank))
    };
    let ((_, first), (_, last)) = known().min_by(order).zip(known().max_by(order))?;
    ((first - last).abs() > 1.0).then_some(first > last)
}

fn reversed(line: &LineString) -> LineString {
    line.0.iter().rev().copied().collect()
}
