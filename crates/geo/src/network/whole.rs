//! The whole of a street.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::LineString;

use super::section::rounded;
use super::{Measured, StreetNetwork, Stretch};

/// Every segment of a street, joined into lines that are as long as possible.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeStreet {
    /// Lines in longitude and latitude, from the beginning of the street on.
    pub lines: Vec<LineString>,
    /// Length of all of them, metres.
    pub length_m: f64,
    /// Segments in the order of the lines.
    pub stretches: Vec<Stretch>,
}

impl StreetNetwork {
    /// The whole street. Its lines begin and end where it branches or ends; each runs away from the beginning of the
    /// street ([`StreetNetwork::nodes_along`]).
    #[must_use]
    pub fn whole(&self) -> WholeStreet {
        let along = self.nodes_along();
        let rank = |node: i64| along.get(&node).copied().unwrap_or(f64::INFINITY);
        let mut at: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (index, segment) in self.segments.iter().enumerate().filter(|(_, segment)| segment.is_own) {
            at.entry(segment.node_from).or_default().push(index);
            at.entry(segment.node_to).or_default().push(index);
        }
        let mut starts: Vec<i64> = at.keys().copied().collect();
        // Ends and branches first; what then remains are closed loops.
        let is_inside = |node: i64| at.get(&node).is_some_and(|segments| segments.len() == 2);
        starts.sort_by(|a, b| is_inside(*a).cmp(&is_inside(*b)).then(rank(*a).total_cmp(&rank(*b))));
        let mut left: BTreeSet<usize> = at.values().flatten().copied().collect();
        let mut chains: Vec<Vec<(usize, bool)>> = Vec::new();
        for start in starts {
            for first in at.get(&start).into_iter().flatten() {
                let mut chain = Vec::new();
                let (mut node, mut next) = (start, Some(*first));
                while let Some((index, segment)) = next.and_then(|index| Some((index, self.segments.get(index)?))) {
                    if !left.remove(&index) {
                        break;
                    }
                    let is_forward = segment.node_from == node;
                    chain.push((index, is_forward));
                    node = if is_forward { segment.node_to } else { segment.node_from };
                    let goes_on = is_inside(node) && node != start;
                    next = at
                        .get(&node)
                        .filter(|_| goes_on)
                        .and_then(|ends| ends.iter().find(|end| left.contains(end)))
                        .copied();
                }
                if !chain.is_empty() {
                    chains.push(chain);
                }
            }
        }
        self.told(&chains)
    }

    fn told(&self, chains: &[Vec<(usize, bool)>]) -> WholeStreet {
        let mut whole = WholeStreet { lines: Vec::new(), length_m: 0.0, stretches: Vec::new() };
        for chain in chains {
            let mut vertices = Vec::new();
            for (index, is_forward) in chain {
                let Some(Measured { id, line, .. }) = self.segments.get(*index) else { continue };
                let (from, to) = if *is_forward { (0.0, 1.0) } else { (1.0, 0.0) };
                vertices.extend(line.between(from * line.length_m(), to * line.length_m()).into_iter().map(rounded));
                whole.length_m += line.length_m();
                whole.stretches.push(Stretch { segment_id: id.clone(), from_fraction: from, to_fraction: to });
            }
            vertices.dedup();
            whole.lines.push(LineString::new(vertices));
        }
        whole
    }
}
