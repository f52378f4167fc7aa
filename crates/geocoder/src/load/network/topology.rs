//! Whether streets, house numbers and segments make a network.

use std::collections::{HashMap, HashSet};
use std::ops::AddAssign;

use dialog_db::reference::load::NewSegment;
use dialog_geo::Coord;

use super::assemble::Network;
use super::count;
use crate::load::Territory;

/// Below this many segments, nothing is said of how they meet.
const ENOUGH: u64 = 100;
/// Ends of one node lie on one spot, to about a metre; degrees.
const SAME_SPOT: f64 = 0.000_02;

/// What was seen of the topology of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topology {
    pub(super) segments: u64,
    /// House numbers that name a street which is not there.
    pub(super) houses_without_street: u64,
    /// Sides of segments that do.
    pub(super) sides_without_street: u64,
    /// Ends that lie elsewhere than the others of their node.
    pub(super) torn: u64,
    /// Segments that meet no other.
    pub(super) alone: u64,
    /// Segments that lie outside the territory of their commune.
    pub(super) outside: u64,
}

impl Topology {
    /// What is seen of a network, or of a part of it that no other part meets.
    pub(super) fn of(network: &Network) -> Self {
        let mut topology = Self::default();
        let streets: HashSet<&str> = network.streets.iter().map(|street| street.street_id.as_str()).collect();
        let is_missing = |street: &&str| !streets.contains(street);
        let houses = network.addresses.iter().map(|address| address.street_id.as_str());
        let sides = network.segments.iter().flat_map(|segment| [&segment.street_left, &segment.street_right]);
        topology.houses_without_street = count(houses.filter(is_missing).count());
        topology.sides_without_street = count(sides.flatten().map(String::as_str).filter(is_missing).count());
        topology.add(&network.segments);
        topology
    }

    fn add(&mut self, segments: &[NewSegment]) {
        let mut nodes: HashMap<i64, (u32, Coord)> = HashMap::with_capacity(segments.len());
        for segment in segments {
            let ends = [(segment.node_from, segment.geometry.0.first()), (segment.node_to, segment.geometry.0.last())];
            for (node, place) in ends.into_iter().filter_map(|(node, place)| Some((node, *place?))) {
                let (uses, first) = nodes.entry(node).or_insert((0, place));
                *uses += 1;
                let is_there = (first.x - place.x).abs() < SAME_SPOT && (first.y - place.y).abs() < SAME_SPOT;
                self.torn += u64::from(!is_there);
            }
        }
        let is_end = |node: i64| nodes.get(&node).is_none_or(|(uses, _)| *uses < 2);
        for segment in segments {
            self.alone += u64::from(is_end(segment.node_from) && is_end(segment.node_to));
            let codes = [segment.insee_left.as_deref(), segment.insee_right.as_deref()];
            let territories: Vec<_> = codes.into_iter().flatten().filter_map(Territory::of).collect();
            let place = segment.geometry.0.first().copied().unwrap_or_default();
            let is_outside = !territories.is_empty() && !territories.iter().any(|t| t.may_contain(place));
            self.outside += u64::from(is_outside);
        }
        self.segments += count(segments.len());
    }

    /// Whether there are many segments, most of which meet no other: their coordinates or nodes are wrong.
    pub(super) const fn is_scattered(&self) -> bool {
        self.segments >= ENOUGH && self.alone * 2 > self.segments
    }
}

impl AddAssign for Topology {
    fn add_assign(&mut self, part: Self) {
        self.segments += part.segments;
        self.houses_without_street += part.houses_without_street;
        self.sides_without_street += part.sides_without_street;
        self.torn += part.torn;
        self.alone += part.alone;
        self.outside += part.outside;
    }
}

#[cfg(test)]
mod tests {
    use dialog_db::reference::load::{NewAddress, NewStreet};
    use dialog_geo::LineString;

    use super::*;

    fn segment(nodes: (i64, i64), from: (f64, f64), to: (f64, f64), insee: &str) -> NewSegment {
        NewSegment {
            segment_id: format!("{nodes:?}"),
            street_left: None,
            street_right: None,
            insee_left: Some(insee.to_owned()),
            insee_right: None,
            road_number: None,
            class: "local",
            level: 0,
            oneway: 0,
            node_from: nodes.0,
            node_to: nodes.1,
            length_m: 10.0,
            geometry: LineString::from(vec![from, to]),
        }
    }

    #[test]
    fn torn_nodes_lone_segments_and_places_elsewhere_are_counted() {
        let mut topology = Topology::default();
        topology.add(&[
            segment((1, 2), (2.0, 48.0), (2.1, 48.0), "75101"),
            segment((2, 3), (2.1, 48.0), (2.2, 48.0), "75101"),
            segment((3, 4), (2.3, 48.0), (2.4, 48.0), "75101"),
            segment((8, 9), (48.0, 2.0), (48.1, 2.0), "75101"),
        ]);
        assert_eq!(topology, Topology { segments: 4, torn: 1, alone: 1, outside: 1, ..Topology::default() });
        assert!(!topology.is_scattered(), "there are too few to say");
        for rank in 1..100 {
            topology.add(&[segment((2 * rank, 2 * rank + 1), (2.0, 48.0), (2.1, 48.0), "75101")]);
        }
        assert!(topology.is_scattered());
    }

    #[test]
    fn houses_and_sides_of_streets_that_are_not_there_are_counted() {
        let street = |id: &str| NewStreet {
            street_id: id.to_owned(),
            insee: "75101".to_owned(),
            name: "Rue".to_owned(),
            norm_name: "rue".to_owned(),
            length_m: 10.0,
        };
        let house = |id: &str| NewAddress {
            street_id: id.to_owned(),
            number: 1,
            suffix: String::new(),
            place: Coord { x: 2.0, y: 48.0 },
        };
        let mut known = segment((1, 2), (2.0, 48.0), (2.1, 48.0), "75101");
        known.street_left = Some("here".to_owned());
        let unknown = NewSegment { street_right: Some("elsewhere".to_owned()), ..known.clone() };
        let network = Network {
            streets: vec![street("here")],
            ranges: Vec::new(),
            addresses: vec![house("here"), house("elsewhere"), house("nowhere")],
            segments: vec![known, unknown],
        };
        let topology = Topology::of(&network);
        assert_eq!((topology.houses_without_street, topology.sides_without_street), (2, 1));
        let mut both = topology;
        both += topology;
        assert_eq!((both.houses_without_street, both.segments), (4, 4));
    }
}
