//! From drawings to ways that share the nodes where they meet.

use std::collections::{BTreeMap, HashMap};

use geo_types::Coord;

use super::draft::Draft;
use crate::RoadClass;
use crate::measured::distance;

/// Side of the squares in which edges are looked for, metres.
const SQUARE_M: f64 = 50.0;
/// Places nearer than this are one, metres.
const SAME_M: f64 = 0.05;

/// A way whose vertices bear node numbers.
pub(super) struct NodedWay {
    pub(super) name: Option<String>,
    pub(super) class: RoadClass,
    pub(super) oneway: i16,
    pub(super) level: i16,
    pub(super) road_number: Option<&'static str>,
    pub(super) nodes: Vec<i64>,
    pub(super) vertices: Vec<Coord>,
}

/// An edge of a draft: which one, and its rank there.
type EdgeOf = (usize, usize);

/// The ways of the drafts. Two of them share a node where they cross on the same level, and where one ends on the other.
/// Ends are on the ground whatever the level of their way: that is how a bridge continues its street.
pub(super) fn ways(drafts: &[Draft]) -> Vec<NodedWay> {
    let meetings = meetings(drafts);
    let mut numbers: HashMap<(i64, i64, i16), i64> = HashMap::new();
    let mut next = 0;
    let mut number = |place: Coord, shared_level: Option<i16>| {
        let mut new = || {
            next += 1;
            next
        };
        match shared_level {
            Some(level) => *numbers.entry((spot(place.x), spot(place.y), level)).or_insert_with(new),
            None => new(),
        }
    };
    let ways = drafts.iter().enumerate().map(|(index, draft)| {
        let vertices = with_meetings(draft, |rank| meetings.get(&(index, rank)).map(Vec::as_slice).unwrap_or_default());
        let last = vertices.len().saturating_sub(1);
        let nodes = vertices.iter().enumerate().map(|(rank, (vertex, is_met))| {
            let is_end = rank == 0 || rank == last;
            number(*vertex, if is_end { Some(0) } else { is_met.then_some(draft.level) })
        });
        NodedWay {
            name: draft.name.clone(),
            class: draft.class,
            oneway: draft.oneway,
            level: draft.level,
            road_number: draft.road_number,
            nodes: nodes.collect(),
            vertices: vertices.iter().map(|(vertex, _)| *vertex).collect(),
        }
    });
    ways.collect()
}

/// Vertices of a draft with the places where it is met, each with whether it is met there.
fn with_meetings<'a>(draft: &Draft, meetings: impl Fn(usize) -> &'a [Coord]) -> Vec<(Coord, bool)> {
    let mut vertices: Vec<(Coord, bool)> = Vec::with_capacity(draft.vertices.len());
    let mut push = |place: Coord, meets: bool| match vertices.last_mut() {
        Some((last, last_meets)) if distance(*last, place) < SAME_M => *last_meets |= meets,
        _ => vertices.push((place, meets)),
    };
    for (rank, ends) in draft.vertices.windows(2).enumerate() {
        let [a, b] = ends else { continue };
        push(*a, false);
        let mut met: Vec<Coord> = meetings(rank).to_vec();
        met.sort_by(|p, q| distance(*a, *p).total_cmp(&distance(*a, *q)));
        met.into_iter().for_each(|place| push(place, true));
        push(*b, false);
    }
    vertices
}

/// Where each edge is met by others.
fn meetings(drafts: &[Draft]) -> BTreeMap<EdgeOf, Vec<Coord>> {
    let mut squares: BTreeMap<(i64, i64), Vec<EdgeOf>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        for (rank, ends) in draft.vertices.windows(2).enumerate() {
            for square in squares_of(ends) {
                squares.entry(square).or_default().push((index, rank));
            }
        }
    }
    let edge = |(index, rank): EdgeOf| {
        let draft = drafts.get(index)?;
        let [a, b] = draft.vertices.get(rank..rank + 2)? else { return None };
        Some((draft.level, *a, *b))
    };
    let mut meetings: BTreeMap<EdgeOf, Vec<Coord>> = BTreeMap::new();
    for edges in squares.values() {
        for (place, one) in edges.iter().enumerate() {
            for other in edges.iter().skip(place + 1) {
                // Neighbouring edges of one draft meet at their vertex anyway.
                if one.0 == other.0 && one.1.abs_diff(other.1) <= 1 {
                    continue;
                }
                let (Some((level, a, b)), Some((other_level, c, d))) = (edge(*one), edge(*other)) else { continue };
                if let Some(place) = (level == other_level).then(|| meeting(a, b, c, d)).flatten() {
                    for edge in [one, other] {
                        let met = meetings.entry(*edge).or_default();
                        // Two edges may share several squares.
                        if met.iter().all(|known| distance(*known, place) >= SAME_M) {
                            met.push(place);
                        }
                    }
                }
            }
        }
    }
    meetings
}

/// Where two edges meet: at an end of one of them when there is one near, else where they cross.
fn meeting(a: Coord, b: Coord, c: Coord, d: Coord) -> Option<Coord> {
    for (end, from, to) in [(a, c, d), (b, c, d), (c, a, b), (d, a, b)] {
        let edge = to - from;
        let ratio = ((end.x - from.x) * edge.x + (end.y - from.y) * edge.y) / (edge.x * edge.x + edge.y * edge.y);
        if distance(from + edge * ratio.clamp(0.0, 1.0), end) < SAME_M {
            return Some(end);
        }
    }
    let (ab, cd, ac) = (b - a, d - c, c - a);
    let across = ab.x * cd.y - ab.y * cd.x;
    if across == 0.0 {
        return None;
    }
    let (t, u) = ((ac.x * cd.y - ac.y * cd.x) / across, (ac.x * ab.y - ac.y * ab.x) / across);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| a + ab * t)
}

fn squares_of(ends: &[Coord]) -> Vec<(i64, i64)> {
    let [a, b] = ends else { return Vec::new() };
    // A square more all around: an end may lie just across the side of the square of the edge it stands on.
    let range = |a: f64, b: f64| cell(a.min(b) - SAME_M, SQUARE_M)..=cell(a.max(b) + SAME_M, SQUARE_M);
    range(a.x, b.x).flat_map(|x| range(a.y, b.y).map(move |y| (x, y))).collect()
}

/// Whole numbers of the plan fall into the middle of a cell.
fn spot(value: f64) -> i64 {
    cell(value + SAME_M, 2.0 * SAME_M)
}

fn cell(value: f64, side: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a town is a few kilometres wide")]
    let cell = (value / side).floor() as i64;
    cell
}
