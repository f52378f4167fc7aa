//! The graph of a street: its segments, the short links beside it, and the gaps that may be crossed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::Coord;
use petgraph::algo::{astar, connected_components, dijkstra};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::{MAX_GAP_M, Measured};
use crate::measured::distance;

/// A metre outside the street costs as much as so many on it: a path leaves its street only when it has to.
const LINK_COST: f64 = 10.0;
/// A metre where there is no road at all.
const GAP_COST: f64 = 20.0;

/// A node of the graph.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Number in the network; `None` for a bound placed on a segment.
    pub(super) number: Option<i64>,
    /// Where it is, metres.
    pub(super) at: Coord,
}

/// How two nodes are joined.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// What it costs to pass.
    pub(super) cost: f64,
    /// How long it is, metres.
    pub(super) length_m: f64,
    /// What is passed, from the node it is stored for (the source) to the other one.
    pub(super) steps: Vec<Step>,
    /// The node from which `steps` are told.
    pub(super) source: NodeIndex,
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// Along a segment, by its index, from one distance to another.
    Along { segment: usize, from_m: f64, to_m: f64 },
    /// Straight over a gap between two nodes.
    Over { from: NodeIndex, to: NodeIndex },
}

impl Step {
    /// Whether both pass along the same part of a segment.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Along { segment, from_m, to_m }, Self::Along { segment: there, from_m: a, to_m: b }) => {
                segment == there && from_m.max(to_m).min(a.max(b)) - from_m.min(to_m).max(a.min(b)) > 1e-6
            }
            _ => false,
        }
    }

    pub(super) const fn reversed(self) -> Self {
        match self {
            Self::Along { segment, from_m, to_m } => Self::Along { segment, from_m: to_m, to_m: from_m },
            Self::Over { from, to } => Self::Over { from: to, to: from },
        }
    }
}

/// The graph of a street.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) graph: UnGraph<Node, Edge>,
    pub(super) nodes: HashMap<i64, NodeIndex>,
}

impl Graph {
    pub(super) fn new(segments: &[Measured]) -> Self {
        let mut this = Self { graph: UnGraph::default(), nodes: HashMap::new() };
        for (index, segment) in segments.iter().enumerate().filter(|(_, segment)| segment.is_own) {
            let length_m = segment.line.length_m();
            let from = this.node(segment.node_from, segment.line.metres_at(0.0));
            let to = this.node(segment.node_to, segment.line.metres_at(length_m));
            let steps = vec![Step::Along { segment: index, from_m: 0.0, to_m: length_m }];
            this.graph.add_edge(from, to, Edge { cost: length_m, length_m, steps, source: from });
        }
        this.add_links(segments);
        this.add_gaps(segments);
        this
    }

    fn node(&mut self, number: i64, at: Coord) -> NodeIndex {
        *self.nodes.entry(number).or_insert_with(|| self.graph.add_node(Node { number: Some(number), at }))
    }

    /// Joins nodes of the street by other roads, where these are no longer than a gap.
    fn add_links(&mut self, segments: &[Measured]) {
        let mut beside: UnGraph<i64, (usize, f64)> = UnGraph::default();
        let mut numbers: BTreeMap<i64, NodeIndex> = BTreeMap::new();
        for (index, segment) in segments.iter().enumerate() {
            let length_m = segment.line.length_m();
            if !segment.is_own && length_m <= MAX_GAP_M && segment.node_from != segment.node_to {
                let [from, to] = [segment.node_from, segment.node_to]
                    .map(|number| *numbers.entry(number).or_insert_with(|| beside.add_node(number)));
                beside.add_edge(from, to, (index, length_m));
            }
        }
        let own: Vec<(i64, NodeIndex)> =
            numbers.iter().filter(|(number, _)| self.nodes.contains_key(number)).map(|(n, i)| (*n, *i)).collect();
        for (rank, (number, start)) in own.iter().enumerate() {
            let reach = dijkstra(&beside, *start, None, |edge| edge.weight().1);
            for (other, end) in own.iter().skip(rank + 1) {
                let Some(length_m) = reach.get(end).filter(|length_m| **length_m <= MAX_GAP_M) else { continue };
                let (Some(source), Some(target)) = (self.nodes.get(number), self.nodes.get(other)) else { continue };
                let goal = |node| node == *end;
                let Some((_, path)) = astar(&beside, *start, goal, |edge| edge.weight().1, |_| 0.0) else { continue };
                let edge = Edge {
                    cost: LINK_COST * length_m,
                    length_m: *length_m,
                    steps: link_steps(&beside, &path, segments),
                    source: *source,
                };
                self.graph.add_edge(*source, *target, edge);
            }
        }
    }

    /// Joins, straight, nodes of parts of the street that nothing else joins, when they are on the same level.
    fn add_gaps(&mut self, segments: &[Measured]) {
        if connected_components(&self.graph) < 2 {
            return;
        }
        let mut parts = UnionFind::new(self.graph.node_count());
        for edge in self.graph.edge_references() {
            parts.union(edge.source().index(), edge.target().index());
        }
        let mut levels: HashMap<i64, BTreeSet<i16>> = HashMap::new();
        for segment in segments.iter().filter(|segment| segment.is_own) {
            for number in [segment.node_from, segment.node_to] {
                levels.entry(number).or_default().insert(segment.level);
            }
        }
        let level = |node: &Node| node.number.and_then(|number| levels.get(&number));
        let nodes: Vec<NodeIndex> = self.graph.node_indices().collect();
        for (rank, &a) in nodes.iter().enumerate() {
            for &b in nodes.iter().skip(rank + 1) {
                if parts.equiv(a.index(), b.index()) {
                    continue;
                }
                let (Some(from), Some(to)) = (self.graph.node_weight(a), self.graph.node_weight(b)) else { continue };
                let length_m = distance(from.at, to.at);
                let meets = level(from).zip(level(to)).is_some_and(|(from, to)| !from.is_disjoint(to));
                if meets && length_m <= MAX_GAP_M {
                    let steps = vec![Step::Over { from: a, to: b }];
                    self.graph.add_edge(a, b, Edge { cost: GAP_COST * length_m, length_m, steps, source: a });
                }
            }
        }
    }

    /// See [`super::StreetNetwork::nodes_along`].
    pub(super) fn nodes_along(&self) -> BTreeMap<i64, f64> {
        let west_first = |a: &&NodeIndex, b: &&NodeIndex| {
            let key = |node: NodeIndex| self.graph.node_weight(node).map_or((0.0, 0.0), |node| (node.at.x, node.at.y));
            let ((ax, ay), (bx, by)) = (key(**a), key(**b));
            ax.total_cmp(&bx).then(ay.total_cmp(&by))
        };
        let nodes: Vec<NodeIndex> = self.graph.node_indices().collect();
        let ends = nodes.iter().filter(|node| self.graph.edges(**node).count() == 1);
        let Some(&start) = ends.min_by(west_first).or_else(|| nodes.iter().min_by(west_first)) else {
            return BTreeMap::new();
        };
        let reached = dijkstra(&self.graph, start, None, |edge| edge.weight().length_m);
        let furthest = reached.values().copied().fold(0.0, f64::max);
        let origin = self.graph.node_weight(start).map_or(Coord::default(), |node| node.at);
        let along = nodes.iter().filter_map(|index| {
            let node = self.graph.node_weight(*index)?;
            let along = reached.get(index).copied().unwrap_or_else(|| furthest + distance(origin, node.at));
            Some((node.number?, along))
        });
        along.collect()
    }
}

/// The steps along the links of `path`, a sequence of adjacent nodes.
fn link_steps(graph: &UnGraph<i64, (usize, f64)>, path: &[NodeIndex], segments: &[Measured]) -> Vec<Step> {
    let edges = path.windows(2).filter_map(|ends| {
        let [a, b] = ends else { return None };
        let shortest = graph.edges_connecting(*a, *b).min_by(|x, y| x.weight().1.total_cmp(&y.weight().1))?;
        let (index, length_m) = *shortest.weight();
        let forwards = segments.get(index)?.node_from == *graph.node_weight(*a)?;
        let (from_m, to_m) = if forwards { (0.0, length_m) } else { (length_m, 0.0) };
        Some(Step::Along { segment: index, from_m, to_m })
    });
    edges.collect()
}
