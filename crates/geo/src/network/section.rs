//! The path between two bounds of a street.

use std::collections::BTreeSet;

use geo_types::{Coord, LineString};
use petgraph::algo::astar;
use petgraph::graph::{EdgeIndex, EdgeReference, NodeIndex};
use petgraph::visit::{Bfs, EdgeFiltered, EdgeRef};

use super::graph::{Edge, Graph, Node, Step};
use super::{Place, StreetNetwork, Stretch};
use crate::measured::distance;

/// A bound belongs to every segment that is at most this much further than the nearest one, metres.
const SNAP_TOLERANCE_M: f64 = 1.0;
/// A bound further than this from its street is not to be trusted, metres.
const FAR_M: f64 = 60.0;
/// A section shorter than this is a point, metres.
const MIN_LENGTH_M: f64 = 0.1;
/// Two ways round that stay nearer than this are one street, not a loop, metres.
const LOOP_M: f64 = 60.0;
/// How many edges of a path are left out in turn to find another way round.
const TRIED: usize = 8;

/// A path along a street, from its first bound to its second one.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Line from the first bound to the second one, longitude and latitude.
    pub line: LineString,
    /// Length of that line, metres.
    pub length_m: f64,
    /// Segments in order of travel.
    pub stretches: Vec<Stretch>,
    /// Whether it follows the street all the way and its bounds stand beside it; otherwise it crosses a gap of at most
    /// [`super::MAX_GAP_M`], or a bound is far away.
    pub is_exact: bool,
    /// The other carriageway, where the street has two: as many paths as it is interrupted times, each running the same
    /// way as `line`.
    pub beside: Vec<Path>,
}

/// A line with the segments it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Longitude and latitude.
    pub line: LineString,
    /// Length, metres.
    pub length_m: f64,
    /// Segments in order of travel.
    pub stretches: Vec<Stretch>,
}

/// One end of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The first bound.
    From,
    /// The second bound.
    To,
}

/// Why there is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SectionError {
    /// A bound is no node of the street.
    #[error("a bound is not on the street")]
    UnknownNode,
    /// The parts of the street where the bounds stand are not joined.
    #[error("nothing joins the two bounds")]
    NoPath {
        /// The bound that stands on the shorter part.
        stray: End,
    },
    /// Both bounds are the same place.
    #[error("the two bounds are the same place")]
    Empty,
}

/// A bound on one segment of the street.
#[derive(Clone, Copy, Debug)]
struct Snap {
    segment: usize,
    along_m: f64,
    /// How much further than the nearest segment.
    excess_m: f64,
}

impl StreetNetwork {
    /// The shortest path along the street from one bound to the other. One-way signs do not count: an order binds the
    /// carriageway, and both of them where there are two. Interruptions of at most [`super::MAX_GAP_M`] are crossed, by
    /// another road when there is one.
    ///
    /// # Errors
    /// See [`SectionError`].
    pub fn section(&self, from: Place, to: Place) -> Result<Section, SectionError> {
        let bounded = self.bounded(from, to)?;
        let path = bounded.shortest(&[]).ok_or_else(|| self.no_path(&bounded))?;
        self.drawn(&bounded, &bounded.steps(&path))
    }

    /// [`Self::section`], and after it the other way round where the street is a loop.
    ///
    /// # Errors
    /// See [`SectionError`].
    pub fn ways_round(&self, from: Place, to: Place) -> Result<Vec<Section>, SectionError> {
        let bounded = self.bounded(from, to)?;
        let shortest = bounded.shortest(&[]).ok_or_else(|| self.no_path(&bounded))?;
        let first = bounded.steps(&shortest);
        let mut ways = vec![self.drawn(&bounded, &first)?];
        // Whatever loop there is, a long edge of the path is likely to lie on it.
        let mut edges = shortest;
        let length_m = |edge: EdgeIndex| bounded.graph.graph.edge_weight(edge).map_or(0.0, |edge| edge.length_m);
        edges.sort_by(|a, b| length_m(*b).total_cmp(&length_m(*a)));
        let others = edges.into_iter().take(TRIED).filter_map(|edge| bounded.shortest(&bounded.along(edge)));
        let others = others.map(|path| bounded.steps(&path)).filter(|steps| {
            let is_own = |step: &Step| match step {
                Step::Along { segment, .. } => self.segments.get(*segment).is_some_and(|segment| segment.is_own),
                Step::Over { .. } => false,
            };
            steps.iter().all(is_own) && !self.is_near(steps, &first, LOOP_M)
        });
        let told = others.filter_map(|steps| self.drawn(&bounded, &steps).ok());
        if let Some(other) = told.min_by(|a, b| a.length_m.total_cmp(&b.length_m)) {
            ways.push(other);
        }
        Ok(ways)
    }

    /// The nodes of the street that are joined to a place of it.
    #[must_use]
    pub fn joined_to(&self, place: Place) -> BTreeSet<i64> {
        let mut graph = self.graph.clone();
        let Ok(start) = self.add_bound(&mut graph, place, &self.snaps(place)) else { return BTreeSet::new() };
        let mut search = Bfs::new(&graph.graph, start);
        let mut joined = BTreeSet::new();
        while let Some(node) = search.next(&graph.graph) {
            joined.extend(graph.graph.node_weight(node).and_then(|node| node.number));
        }
        joined
    }

    fn bounded(&self, from: Place, to: Place) -> Result<Bounded, SectionError> {
        // The same path whichever bound comes first, also where two are equally short: computed one way, told the other.
        let is_swapped = order_of(from) > order_of(to);
        let (first, second) = if is_swapped { (to, from) } else { (from, to) };
        let mut graph = self.graph.clone();
        let snaps = [first, second].map(|place| self.snaps(place));
        let a = self.add_bound(&mut graph, first, &snaps[0])?;
        let b = self.add_bound(&mut graph, second, &snaps[1])?;
        if a == b {
            return Err(SectionError::Empty);
        }
        self.join_on_same_segment(&mut graph, a, b, &snaps);
        let is_near = [first, second].iter().all(|place| match place {
            Place::Beside(place) => self.distance_m(*place) <= FAR_M,
            Place::Node(_) => true,
        });
        Ok(Bounded { graph, a, b, is_swapped, is_near })
    }

    /// Nothing joins the bounds: the one on the shorter part is the one to correct.
    fn no_path(&self, bounded: &Bounded) -> SectionError {
        let reach_m = |start| {
            let graph = &bounded.graph.graph;
            let (mut search, mut length_m) = (Bfs::new(graph, start), 0.0);
            while let Some(node) = search.next(graph) {
                length_m += graph.edges(node).map(|edge| edge.weight().length_m).sum::<f64>();
            }
            length_m
        };
        let first_is_stray = reach_m(bounded.a) < reach_m(bounded.b);
        SectionError::NoPath { stray: if first_is_stray == bounded.is_swapped { End::To } else { End::From } }
    }

    fn snaps(&self, place: Place) -> Vec<Snap> {
        let Place::Beside(place) = place else { return Vec::new() };
        let place = self.to_metres(place);
        let own = self.segments.iter().enumerate().filter(|(_, segment)| segment.is_own);
        let projected: Vec<_> = own.map(|(index, segment)| (index, segment.line.project(place))).collect();
        let nearest = projected.iter().map(|(_, projected)| projected.offset_m).fold(f64::INFINITY, f64::min);
        projected
            .into_iter()
            .map(|(segment, projected)| Snap {
                segment,
                along_m: projected.along_m,
                excess_m: projected.offset_m - nearest,
            })
            .filter(|snap| snap.excess_m <= SNAP_TOLERANCE_M)
            .collect()
    }

    /// Adds a bound to the graph, joined to both ends of the segments it stands on.
    fn add_bound(&self, graph: &mut Graph, place: Place, snaps: &[Snap]) -> Result<NodeIndex, SectionError> {
        let place = match place {
            Place::Node(number) => return graph.nodes.get(&number).copied().ok_or(SectionError::UnknownNode),
            Place::Beside(place) => self.to_metres(place),
        };
        let bound = graph.graph.add_node(Node { number: None, at: place });
        for snap in snaps {
            let Some(segment) = self.segments.get(snap.segment) else { continue };
            for (number, end_m) in [(segment.node_from, 0.0), (segment.node_to, segment.line.length_m())] {
                let Some(node) = graph.nodes.get(&number) else { continue };
                let length_m = (end_m - snap.along_m).abs();
                let steps = vec![Step::Along { segment: snap.segment, from_m: snap.along_m, to_m: end_m }];
                let edge = Edge { cost: length_m + snap.excess_m, length_m, steps, source: bound };
                graph.graph.add_edge(bound, *node, edge);
            }
        }
        Ok(bound)
    }

    fn join_on_same_segment(&self, graph: &mut Graph, a: NodeIndex, b: NodeIndex, [from, to]: &[Vec<Snap>; 2]) {
        for x in from {
            for y in to.iter().filter(|y| y.segment == x.segment) {
                let length_m = (y.along_m - x.along_m).abs();
                let steps = vec![Step::Along { segment: x.segment, from_m: x.along_m, to_m: y.along_m }];
                let edge = Edge { cost: length_m + x.excess_m + y.excess_m, length_m, steps, source: a };
                graph.graph.add_edge(a, b, edge);
            }
        }
    }

    fn drawn(&self, bounded: &Bounded, steps: &[Step]) -> Result<Section, SectionError> {
        let beside = self.beside(steps);
        let turned = |steps: &[Step]| -> Vec<Step> {
            if bounded.is_swapped { steps.iter().rev().map(|step| step.reversed()).collect() } else { steps.to_vec() }
        };
        let (path, is_direct) = self.assemble(&bounded.graph, &turned(steps));
        if path.length_m < MIN_LENGTH_M || path.line.0.len() < 2 {
            return Err(SectionError::Empty);
        }
        let mut beside: Vec<Path> =
            beside.iter().map(|steps| self.assemble(&bounded.graph, &turned(steps)).0).collect();
        if bounded.is_swapped {
            beside.reverse();
        }
        beside.retain(|path| path.length_m >= MIN_LENGTH_M && path.line.0.len() >= 2);
        let Path { line, length_m, stretches } = path;
        Ok(Section { line, length_m, stretches, is_exact: bounded.is_near && is_direct, beside })
    }

    /// The line of some steps, and whether they stay on the street.
    fn assemble(&self, graph: &Graph, steps: &[Step]) -> (Path, bool) {
        let (mut vertices, mut stretches, mut length_m, mut is_direct) = (Vec::new(), Vec::new(), 0.0, true);
        for step in steps {
            match *step {
                Step::Along { segment, from_m, to_m } => {
                    let Some(segment) = self.segments.get(segment) else { continue };
                    is_direct &= segment.is_own;
                    length_m += (to_m - from_m).abs();
                    // A bound at the very end of a segment leaves nothing of it.
                    if (to_m - from_m).abs() < 1e-6 {
                        continue;
                    }
                    vertices.extend(segment.line.between(from_m, to_m));
                    stretches.push(Stretch {
                        segment_id: segment.id.clone(),
                        from_fraction: fraction(from_m, segment.line.length_m()),
                        to_fraction: fraction(to_m, segment.line.length_m()),
                    });
                }
                Step::Over { from, to } => {
                    // The ends of the gap are the vertices around it.
                    is_direct = false;
                    if let (Some(from), Some(to)) = (graph.graph.node_weight(from), graph.graph.node_weight(to)) {
                        length_m += distance(from.at, to.at);
                        vertices.extend([from, to].iter().filter_map(|node| self.node(node.number?)));
                    }
                }
            }
        }
        vertices.iter_mut().for_each(|vertex| *vertex = rounded(*vertex));
        vertices.dedup();
        (Path { line: LineString::new(vertices), length_m, stretches: merged(stretches) }, is_direct)
    }
}

/// The graph of a street with the two bounds of a section.
struct Bounded {
    graph: Graph,
    a: NodeIndex,
    b: NodeIndex,
    /// Whether `a` is the second bound: paths are computed from `a` to `b` and told the other way round.
    is_swapped: bool,
    /// Whether both bounds stand beside the street.
    is_near: bool,
}

impl Bounded {
    /// Every edge that passes where this one does: a bound at the end of a segment brings a second one along it.
    fn along(&self, edge: EdgeIndex) -> Vec<EdgeIndex> {
        let graph = &self.graph.graph;
        let passed = |edge: EdgeIndex| graph.edge_weight(edge).map_or(&[][..], |edge| &edge.steps);
        let edges = graph.edge_indices();
        edges.filter(|other| passed(*other).iter().any(|x| passed(edge).iter().any(|y| x.overlaps(y)))).collect()
    }

    /// The edges of the cheapest path from `a` to `b` that leaves some edges out.
    fn shortest(&self, without: &[EdgeIndex]) -> Option<Vec<EdgeIndex>> {
        let graph = &self.graph.graph;
        let open = EdgeFiltered::from_fn(graph, |edge: EdgeReference<'_, Edge>| !without.contains(&edge.id()));
        let (_, path) = astar(&open, self.a, |node| node == self.b, |edge| edge.weight().cost, |_| 0.0)?;
        path.windows(2)
            .map(|ends| {
                let [a, b] = ends else { return None };
                let edges = graph.edges_connecting(*a, *b).filter(|edge| !without.contains(&edge.id()));
                edges.min_by(|x, y| x.weight().cost.total_cmp(&y.weight().cost)).map(|edge| edge.id())
            })
            .collect()
    }

    /// The steps along a path, from `a` to `b`.
    fn steps(&self, path: &[EdgeIndex]) -> Vec<Step> {
        let (mut steps, mut node) = (Vec::new(), self.a);
        for index in path {
            let graph = &self.graph.graph;
            let (Some(edge), Some((x, y))) = (graph.edge_weight(*index), graph.edge_endpoints(*index)) else {
                continue;
            };
            if edge.source == node {
                steps.extend(edge.steps.iter().copied());
            } else {
                steps.extend(edge.steps.iter().rev().map(|step| step.reversed()));
            }
            node = if x == node { y } else { x };
        }
        steps
    }
}

/// Any total order will do.
fn order_of(place: Place) -> (u8, i64, [u64; 2]) {
    match place {
        Place::Node(number) => (0, number, [0, 0]),
        Place::Beside(place) => (1, 0, [place.x.to_bits(), place.y.to_bits()]),
    }
}

fn fraction(along_m: f64, length_m: f64) -> f64 {
    // A micrometre on a metre is enough, and reads better than seventeen digits.
    ((along_m / length_m).clamp(0.0, 1.0) * 1e6).round() / 1e6
}

/// To 7 decimals, one centimetre: the precision of OpenStreetMap and better than that of any survey of streets.
pub(super) fn rounded(vertex: Coord) -> Coord {
    Coord { x: (vertex.x * 1e7).round() / 1e7, y: (vertex.y * 1e7).round() / 1e7 }
}

/// Joins stretches of one segment that continue each other.
fn merged(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut merged: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match merged.last_mut() {
            Some(last) if last.segment_id == stretch.segment_id && last.to_fraction == stretch.from_fraction => {
                last.to_fraction = stretch.to_fraction;
            }
            _ => merged.push(stretch),
        }
    }
    merged
}
