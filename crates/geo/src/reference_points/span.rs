//! The road between two places.

use dialog_domain::RoadSide;
use geo_types::{Coord, LineString};

use super::chain::Chain;
use super::{Position, ReferencedRoad};
use crate::geodesic_length_m;
use crate::network::MAX_GAP_M;

/// Sections nearer than this follow each other without a gap, metres.
const TOUCHING_M: f64 = 0.5;
/// Furthest that the road of one département begins from where the one of the next ends, metres.
const MAX_LIMIT_GAP_M: f64 = 500.0;
/// Shorter than this is no road, metres.
const MIN_LENGTH_M: f64 = 1.0;

/// A part of a road, from its first bound to its second one.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// One line, or several where the road is interrupted over more than 60 m; then the other carriageway, where the
    /// road has two between bounds that are common to both.
    pub lines: Vec<LineString>,
    /// Length of the lines, metres, the interruptions that they cross included.
    pub length_m: f64,
    /// Whether the road is drawn without any gap.
    pub is_exact: bool,
}

/// Why there is no road between two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// They are on two carriageways, or on parts of the road that nothing joins.
    #[error("the two places are not on the same carriageway")]
    NoPath,
    /// They are one and the same.
    #[error("the two places are one")]
    Empty,
}

/// A part of a section, in the direction of travel.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    section: usize,
    from_m: f64,
    to_m: f64,
}

impl ReferencedRoad {
    /// The road from one place to another, over as many sections and départements as it takes.
    ///
    /// # Errors
    /// See [`SpanError`].
    pub fn span(&self, from: Position, to: Position) -> Result<Span, SpanError> {
        let sides = [from, to].map(|position| self.sections.get(position.section).map(|section| section.side));
        let [Some(first), Some(second)] = sides else { return Err(SpanError::NoPath) };
        let side = match (first, second) {
            (RoadSide::D, RoadSide::G) | (RoadSide::G, RoadSide::D) => return Err(SpanError::NoPath),
            (RoadSide::U, other) => other,
            (side, _) => side,
        };
        let mut span = self.drawn(&self.pieces(from, to, side).ok_or(SpanError::NoPath)?);
        if span.length_m < MIN_LENGTH_M {
            return Err(SpanError::Empty);
        }
        if side == RoadSide::U {
            self.add_other_carriageway(from, to, &mut span);
        }
        Ok(span)
    }

    /// Bounds that stand on the single carriageway hold for both of what lies between them.
    fn add_other_carriageway(&self, from: Position, to: Position, span: &mut Span) {
        let is_left = |piece: &Piece| self.sections.get(piece.section).is_some_and(|s| s.side == RoadSide::G);
        let right = self.pieces(from, to, RoadSide::U).unwrap_or_default();
        let left = self.pieces(from, to, RoadSide::G).unwrap_or_default();
        let left: Vec<Piece> = left.into_iter().filter(|piece| is_left(piece) && !right.contains(piece)).collect();
        if !left.is_empty() {
            let other = self.drawn(&left);
            span.lines.extend(other.lines);
            span.length_m += other.length_m;
            span.is_exact &= other.is_exact;
        }
    }

    /// What is travelled from one place to another along a side.
    fn pieces(&self, from: Position, to: Position, side: RoadSide) -> Option<Vec<Piece>> {
        let department = |position: Position| Some(self.sections.get(position.section)?.department.as_str());
        let (start, end) = (department(from)?, department(to)?);
        let chains: Vec<&Chain> = self.along(side);
        let index = |wanted: &str| chains.iter().position(|chain| chain.department == wanted);
        let (start, end) = (index(start)?, index(end)?);
        let measure = |chain: usize, at: Position| chains.get(chain)?.measure(at.section, at.along_m);
        let (from_m, to_m) = (measure(start, from)?, measure(end, to)?);
        if start == end {
            return Some(self.within(chains.get(start)?, from_m, to_m));
        }
        let mut pieces = Vec::new();
        let mut at_m = from_m;
        let route = route(&chains, (start, from_m), (end, to_m))?;
        for step in &route {
            let chain = chains.get(step.chain)?;
            // Leaves by its end or by its beginning, and enters the next one likewise.
            pieces.extend(self.within(chain, at_m, if step.by_end { chain.length_m } else { 0.0 }));
            at_m = if step.to_end { chains.get(step.next)?.length_m } else { 0.0 };
        }
        pieces.extend(self.within(chains.get(end)?, at_m, to_m));
        Some(pieces)
    }

    /// For each département its chain along a side, or along the single carriageway where it has no such side.
    fn along(&self, side: RoadSide) -> Vec<&Chain> {
        let mut chains: Vec<&Chain> = Vec::new();
        let wanted = self.chains.iter().filter(|chain| chain.side == side);
        let common = self.chains.iter().filter(|chain| chain.side == RoadSide::U);
        let right = self.chains.iter().filter(|chain| side == RoadSide::U && chain.side == RoadSide::D);
        for chain in wanted.chain(common).chain(right) {
            if chains.iter().all(|known| known.department != chain.department) {
                chains.push(chain);
            }
        }
        chains
    }

    /// The pieces of a chain between two measures, in the direction of travel.
    fn within(&self, chain: &Chain, from_m: f64, to_m: f64) -> Vec<Piece> {
        let (low, high) = (from_m.min(to_m), from_m.max(to_m));
        let mut pieces = Vec::new();
        for (section, start_m) in &chain.links {
            let length_m = self.sections.get(*section).map_or(0.0, super::section::Measured::length_m);
            let (from_m, to_m) = ((low - start_m).max(0.0), (high - start_m).min(length_m));
            if to_m - from_m > 1e-6 {
                pieces.push(Piece { section: *section, from_m, to_m });
            }
        }
        if from_m > to_m {
            pieces.reverse();
            pieces.iter_mut().for_each(|piece| std::mem::swap(&mut piece.from_m, &mut piece.to_m));
        }
        pieces
    }

    /// Draws pieces one after the other.
    fn drawn(&self, pieces: &[Piece]) -> Span {
        let mut span = Span { lines: Vec::new(), length_m: 0.0, is_exact: true };
        let mut vertices: Vec<Coord> = Vec::new();
        for piece in pieces {
            let Some(section) = self.sections.get(piece.section) else { continue };
            let part: Vec<Coord> = section.line.between(piece.from_m, piece.to_m).into_iter().map(rounded).collect();
            span.length_m += (piece.to_m - piece.from_m).abs();
            if let (Some(last), Some(first)) = (vertices.last(), part.first()) {
                let gap_m = metres(*last, *first);
                if gap_m > TOUCHING_M {
                    span.is_exact = false;
                }
                if gap_m > MAX_GAP_M {
                    finish(&mut vertices, &mut span.lines);
                } else {
                    span.length_m += gap_m;
                }
            }
            vertices.extend(part);
        }
        finish(&mut vertices, &mut span.lines);
        span
    }
}

fn finish(vertices: &mut Vec<Coord>, lines: &mut Vec<LineString>) {
    vertices.dedup();
    if vertices.len() > 1 {
        lines.push(LineString::new(std::mem::take(vertices)));
    }
    vertices.clear();
}

/// One passage from a département to the next one.
#[derive(Clone, Copy, Debug)]
struct Passage {
    chain: usize,
    by_end: bool,
    next: usize,
    to_end: bool,
}

/// The passages from one chain to another, shortest way first: breadth first over what meets, a handful of chains.
fn route(chains: &[&Chain], (start, from_m): (usize, f64), (end, to_m): (usize, f64)) -> Option<Vec<Passage>> {
    let mut best: Option<(f64, Vec<Passage>)> = None;
    let mut open: Vec<(usize, f64, f64, Vec<Passage>)> = vec![(start, from_m, 0.0, Vec::new())];
    while let Some((chain, at_m, cost, path)) = open.pop() {
        let Some(here) = chains.get(chain) else { continue };
        if chain == end {
            let cost = cost + (to_m - at_m).abs();
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, path));
            }
            continue;
        }
        for (next, there) in chains.iter().enumerate() {
            if next == start || path.iter().any(|passage| passage.next == next) {
                continue;
            }
            for (by_end, to_end) in [(true, false), (false, true), (true, true), (false, false)] {
                let out = if by_end { here.end } else { here.start };
                let gap_m = metres(out, if to_end { there.end } else { there.start });
                if gap_m <= MAX_LIMIT_GAP_M {
                    let left_m = if by_end { here.length_m - at_m } else { at_m };
                    let mut path = path.clone();
                    path.push(Passage { chain, by_end, next, to_end });
                    open.push((next, if to_end { there.length_m } else { 0.0 }, cost + left_m + gap_m, path));
                }
            }
        }
    }
    best.map(|(_, path)| path)
}

fn metres(a: Coord, b: Coord) -> f64 {
    geodesic_length_m(&LineString::new(vec![a, b]))
}

/// To 7 decimals, one centimetre.
fn rounded(vertex: Coord) -> Coord {
    Coord { x: (vertex.x * 1e7).round() / 1e7, y: (vertex.y * 1e7).round() / 1e7 }
}
