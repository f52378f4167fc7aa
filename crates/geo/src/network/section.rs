//! The path between two bounds of a street.

use geo_types::{Coord, LineString};
use petgraph::algo::astar;
use petgraph::graph::NodeIndex;

use super::graph::{Edge, Graph, Node, Step};
use super::{Place, StreetNetwork, Stretch};
use crate::measured::distance;

/// A bound belongs to every segment that is at most this much further than the nearest one, metres.
const SNAP_TOLERANCE_M: f64 = 1.0;
/// A bound further than this from its street is not to be trusted, metres.
const FAR_M: f64 = 60.0;
/// A section shorter than this is a point, metres.
const MIN_LENGTH_M: f64 = 0.1;

/// A path along a street, from its first bound to its second one.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Line from the first bound to the second one, longitude and latitude.
    pub line: LineString,
    /// Length, metres.
    pub length_m: f64,
    /// Segments in order of travel.
    pub stretches: Vec<Stretch>,
    /// Whether it follows the street all the way and its bounds stand beside it; otherwise it crosses a gap of at most
    /// [`super::MAX_GAP_M`], or a bound is far away.
    pub is_exact: bool,
}

/// Why there is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SectionError {
    /// A bound is no node of the street.
    #[error("a bound is not on the street")]
    UnknownNode,
    /// The parts of the street where the bounds stand are not joined.
    #[error("nothing joins the two bounds")]
    NoPath,
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
    /// carriageway. Interruptions of at most [`super::MAX_GAP_M`] are crossed, by another road when there is one.
    ///
    /// # Errors
    /// See [`SectionError`].
    pub fn section(&self, from: Place, to: Place) -> Result<Section, SectionError> {
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
        let path = astar(&graph.graph, a, |node| node == b, |edge| edge.weight().cost, |_| 0.0);
        let (_, path) = path.ok_or(SectionError::NoPath)?;
        let mut steps = steps_along(&graph, &path);
        if is_swapped {
            steps.reverse();
            steps.iter_mut().for_each(|step| *step = step.reversed());
        }
        let is_near = [first, second].iter().all(|place| match place {
            Place::Beside(place) => self.distance_m(*place) <= FAR_M,
            Place::Node(_) => true,
        });
        self.assemble(&graph, &steps, is_near)
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

    fn assemble(&self, graph: &Graph, steps: &[Step], is_near: bool) -> Result<Section, SectionError> {
        let (mut vertices, mut stretches, mut length_m, mut is_exact) = (Vec::new(), Vec::new(), 0.0, is_near);
        for step in steps {
            match *step {
                Step::Along { segment, from_m, to_m } => {
                    let Some(segment) = self.segments.get(segment) else { continue };
                    is_exact &= segment.is_own;
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
                    is_exact = false;
                    if let (Some(from), Some(to)) = (graph.graph.node_weight(from), graph.graph.node_weight(to)) {
                        length_m += distance(from.at, to.at);
                        vertices.extend([from, to].iter().filter_map(|node| self.node(node.number?)));
                    }
                }
            }
        }
        vertices.iter_mut().for_each(|vertex| *vertex = rounded(*vertex));
        vertices.dedup();
        if length_m < MIN_LENGTH_M || vertices.len() < 2 {
            return Err(SectionError::Empty);
        }
        Ok(Section { line: LineString::new(vertices), length_m, stretches: merged(stretches), is_exact })
    }
}

/// Any total order will do.
fn order_of(place: Place) -> (u8, i64, [u64; 2]) {
    match place {
        Place::Node(number) => (0, number, [0, 0]),
        Place::Beside(place) => (1, 0, [place.x.to_bits(), place.y.to_bits()]),
    }
}

/// The cheapest edges along a sequence of adjacent nodes, as steps in the order of travel.
fn steps_along(graph: &Graph, path: &[NodeIndex]) -> Vec<Step> {
    let mut steps = Vec::new();
    for ends in path.windows(2) {
        let [a, b] = ends else { continue };
        let edges = graph.graph.edges_connecting(*a, *b);
        let Some(edge) = edges.min_by(|x, y| x.weight().cost.total_cmp(&y.weight().cost)) else { continue };
        let edge = edge.weight();
        if edge.source == *a {
            steps.extend(edge.steps.iter().copied());
        } else {
            steps.extend(edge.steps.iter().rev().map(|step| step.reversed()));
        }
    }
    steps
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
