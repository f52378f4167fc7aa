//! The other carriageway of a section whose street has two.

use std::collections::{BTreeSet, HashMap};

use geo_types::Coord;
use petgraph::algo::astar;
use petgraph::graph::{DiGraph, NodeIndex};

use super::graph::Step;
use super::{Measured, StreetNetwork};
use crate::measured::distance;

/// Two carriageways of one street run at most so far from each other, metres.
const MAX_APART_M: f64 = 60.0;
/// How much longer than the other a carriageway may be, as a ratio and in metres.
const LONGER: (f64, f64) = (1.5, 60.0);
/// Two lines of traffic whose directions have at least this cosine go the same way.
const SAME_WAY: f64 = 0.5;
/// Nearer than this to the end of a segment, a place is the end, metres.
const AT_END_M: f64 = 0.01;
/// How often the distance between the carriageways is measured, metres.
const SAMPLE_M: f64 = 15.0;

/// Part of a path on one-way segments, all of them with the traffic or all against it.
#[derive(Clone, Debug)]
struct Run {
    /// `1` with the traffic, `-1` against it.
    way: f64,
    steps: Vec<(usize, f64, f64)>,
}

/// Where a run begins or ends on the other carriageway.
#[derive(Clone, Copy, Debug)]
enum Landing {
    Node(i64),
    On { segment: usize, along_m: f64 },
}

type Directed = DiGraph<(), Vec<Step>>;

impl StreetNetwork {
    /// What traffic of the other direction follows beside the path: for each part of it on one-way segments, the
    /// one-way segments of the same street that carry the opposite traffic between the same two ends. Empty where
    /// there are none: a one-way street has one carriageway, and a side lane of the same direction is no other one.
    pub(super) fn beside(&self, path: &[Step]) -> Vec<Vec<Step>> {
        let used: BTreeSet<usize> = path
            .iter()
            .filter_map(|step| match step {
                Step::Along { segment, .. } => Some(*segment),
                Step::Over { .. } => None,
            })
            .collect();
        self.runs(path).iter().filter_map(|run| self.counterpart(run, &used)).collect()
    }

    fn runs(&self, path: &[Step]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut is_open = false;
        for step in path {
            let one_way = match *step {
                Step::Along { segment, from_m, to_m } if from_m != to_m => {
                    self.segments.get(segment).filter(|row| row.is_own && row.oneway != 0).map(|row| {
                        let way = f64::from(row.oneway.signum()) * (to_m - from_m).signum();
                        (way, (segment, from_m, to_m))
                    })
                }
                // A bound at the very end of a segment interrupts nothing.
                Step::Along { .. } => continue,
                Step::Over { .. } => None,
            };
            let Some((way, step)) = one_way else {
                is_open = false;
                continue;
            };
            match runs.last_mut().filter(|run| is_open && run.way == way) {
                Some(run) => run.steps.push(step),
                None => runs.push(Run { way, steps: vec![step] }),
            }
            is_open = true;
        }
        runs
    }

    fn counterpart(&self, run: &Run, used: &BTreeSet<usize>) -> Option<Vec<Step>> {
        let others: Vec<usize> = self
            .segments
            .iter()
            .enumerate()
            .filter(|(index, segment)| segment.is_own && segment.oneway != 0 && !used.contains(index))
            .map(|(index, _)| index)
            .collect();
        let (first, last) = (run.steps.first()?, run.steps.last()?);
        let starts = self.landings(first.0, first.1, &others);
        let ends = self.landings(last.0, last.2, &others);
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
        let mut ways = pairs.filter_map(|(start, end)| self.against(run.way, start, end, &others));
        ways.find(|steps| self.is_counterpart(steps, run))
    }

    fn is_counterpart(&self, steps: &[Step], run: &Run) -> bool {
        let run_m: f64 = run.steps.iter().map(|(_, from_m, to_m)| (to_m - from_m).abs()).sum();
        let length_m: f64 = steps.iter().map(|step| step_m(*step)).sum();
        let (ratio, metres) = LONGER;
        let is_alike = length_m <= ratio * run_m + metres && run_m <= ratio * length_m + metres;
        is_alike && length_m > 0.0 && self.runs_beside(steps, run)
    }

    /// The places of the other carriageway that may face a place of the path: where they meet, and across.
    fn landings(&self, segment: usize, along_m: f64, others: &[usize]) -> Vec<Landing> {
        let Some(row) = self.segments.get(segment) else { return Vec::new() };
        let node = if along_m <= 1e-6 {
            Some(row.node_from)
        } else if along_m >= row.line.length_m() - 1e-6 {
            Some(row.node_to)
        } else {
            None
        };
        let rows = || others.iter().filter_map(|index| Some((*index, self.segments.get(*index)?)));
        let meeting = node.filter(|node| rows().any(|(_, row)| row.node_from == *node || row.node_to == *node));
        let place = row.line.metres_at(along_m);
        // What goes on along this carriageway is nearer than the other one, and no part of it.
        let traffic = row.traffic(along_m);
        let projected = rows().map(|(index, row)| (index, row, row.line.project(place)));
        let opposite = projected.filter(|(_, row, projected)| {
            let other = row.traffic(projected.along_m);
            projected.offset_m <= MAX_APART_M && traffic.x * other.x + traffic.y * other.y < SAME_WAY
        });
        let across = opposite.min_by(|a, b| a.2.offset_m.total_cmp(&b.2.offset_m)).map(|(segment, row, nearest)| {
            // The end of a segment is the beginning of the next one: from a place on the wrong one there is no way.
            match nearest.along_m {
                along_m if along_m <= AT_END_M => Landing::Node(row.node_from),
                along_m if along_m >= row.line.length_m() - AT_END_M => Landing::Node(row.node_to),
                along_m => Landing::On { segment, along_m },
            }
        });
        meeting.map(Landing::Node).into_iter().chain(across).collect()
    }

    /// The shortest way from `start` to `end` that meets the traffic the other way than `way` does.
    fn against(&self, way: f64, start: Landing, end: Landing, others: &[usize]) -> Option<Vec<Step>> {
        let mut graph = Directed::new();
        let mut nodes: HashMap<i64, NodeIndex> = HashMap::new();
        let mut landings = [None, None];
        for &index in others {
            let row = self.segments.get(index)?;
            let is_forward = f64::from(row.oneway.signum()) == -way;
            let length_m = row.line.length_m();
            let mut stops = vec![
                (0.0, *nodes.entry(row.node_from).or_insert_with(|| graph.add_node(()))),
                (length_m, *nodes.entry(row.node_to).or_insert_with(|| graph.add_node(()))),
            ];
            for (landing, place) in landings.iter_mut().zip([start, end]) {
                match place {
                    Landing::On { segment, along_m } if segment == index => {
                        stops.push((along_m, *landing.get_or_insert_with(|| graph.add_node(()))));
                    }
                    Landing::Node(node) => *landing = landing.or_else(|| nodes.get(&node).copied()),
                    Landing::On { .. } => {}
                }
            }
            stops.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in stops.windows(2) {
                let [(from_m, a), (to_m, b)] = *pair else { continue };
                let (from, to, step) = if is_forward {
                    (a, b, Step::Along { segment: index, from_m, to_m })
                } else {
                    (b, a, Step::Along { segment: index, from_m: to_m, to_m: from_m })
                };
                graph.add_edge(from, to, vec![step]);
            }
        }
        let [Some(start), Some(end)] = landings else { return None };
        let cost = |steps: &[Step]| steps.iter().map(|step| step_m(*step)).sum::<f64>();
        let (_, path) = astar(&graph, start, |node| node == end, |edge| cost(edge.weight()), |_| 0.0)?;
        let mut steps = Vec::new();
        for ends in path.windows(2) {
            let [a, b] = *ends else { continue };
            let shortest = graph.edges_connecting(a, b).min_by(|x, y| cost(x.weight()).total_cmp(&cost(y.weight())))?;
            steps.extend(shortest.weight().iter().copied());
        }
        Some(steps)
    }

    /// Whether `steps` stay near the run all the way.
    fn runs_beside(&self, steps: &[Step], run: &Run) -> bool {
        let places = steps.iter().flat_map(|step| self.samples(*step));
        places.into_iter().all(|place| {
            let offsets = run
                .steps
                .iter()
                .filter_map(|(segment, ..)| Some(self.segments.get(*segment)?.line.project(place).offset_m));
            offsets.fold(f64::INFINITY, f64::min) <= MAX_APART_M
        })
    }

    /// Places along a step, in metres.
    pub(super) fn samples(&self, step: Step) -> Vec<Coord> {
        let Step::Along { segment, from_m, to_m } = step else { return Vec::new() };
        let Some(row) = self.segments.get(segment) else { return Vec::new() };
        let mut places = vec![row.line.metres_at(from_m)];
        let length_m = (to_m - from_m).abs();
        let mut done_m = SAMPLE_M;
        while done_m < length_m {
            places.push(row.line.metres_at(from_m + (to_m - from_m) * done_m / length_m));
            done_m += SAMPLE_M;
        }
        places.push(row.line.metres_at(to_m));
        places
    }

    /// Whether every place of `steps` is at most `apart_m` from a place of `path`.
    pub(super) fn is_near(&self, steps: &[Step], path: &[Step], apart_m: f64) -> bool {
        let around: Vec<Coord> = path.iter().flat_map(|step| self.samples(*step)).collect();
        let places = steps.iter().flat_map(|step| self.samples(*step));
        places.into_iter().all(|place| around.iter().any(|near| distance(place, *near) <= apart_m))
    }
}

impl Measured {
    /// Direction of the traffic of a one-way segment at a place of it, of length 1.
    fn traffic(&self, along_m: f64) -> Coord {
        let length_m = self.line.length_m();
        let (before, after) = (
            self.line.metres_at((along_m - 1.0).clamp(0.0, length_m)),
            self.line.metres_at((along_m + 1.0).clamp(0.0, length_m)),
        );
        let way = f64::from(self.oneway.signum()) / distance(before, after).max(f64::EPSILON);
        Coord { x: way * (after.x - before.x), y: way * (after.y - before.y) }
    }
}

/// Length of a step along a segment, metres.
fn step_m(step: Step) -> f64 {
    match step {
        Step::Along { from_m, to_m, .. } => (to_m - from_m).abs(),
        Step::Over { .. } => 0.0,
    }
}
