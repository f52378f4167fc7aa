//! What holds for every section, on the streets of the demonstration town.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use geo_types::{Coord, LineString};
use proptest::prelude::*;

use super::{MAX_GAP_M, Place, SectionError, Segment, StreetNetwork};
use crate::{Town, geodesic_length_m};

static TOWN: LazyLock<Town> = LazyLock::new(Town::demonstration);
static STREETS: LazyLock<BTreeMap<&str, StreetNetwork>> = LazyLock::new(|| {
    TOWN.addresses.iter().map(|address| (address.street.as_str(), town_street(&TOWN, &address.street))).collect()
});

/// The ways of a street as segments: crossings cut them only for the nodes they share.
pub(crate) fn town_street(town: &Town, name: &str) -> StreetNetwork {
    let mut uses: BTreeMap<i64, usize> = BTreeMap::new();
    for node in town.ways.iter().flat_map(|way| &way.nodes) {
        *uses.entry(*node).or_default() += 1;
    }
    let mut segments = Vec::new();
    for way in &town.ways {
        let mut start = 0;
        for end in 1..way.nodes.len() {
            if end + 1 == way.nodes.len() || uses[&way.nodes[end]] > 1 {
                segments.push(Segment {
                    id: format!("{}:{start}", way.id),
                    node_from: way.nodes[start],
                    node_to: way.nodes[end],
                    level: way.level,
                    oneway: way.oneway,
                    is_own: way.name.as_deref() == Some(name),
                    line: LineString::new(way.line.0[start..=end].to_vec()),
                });
                start = end;
            }
        }
    }
    StreetNetwork::new(segments).expect("a street of the town")
}

fn metres(a: Coord, b: Coord) -> f64 {
    geodesic_length_m(&LineString::new(vec![a, b]))
}

proptest! {
    #[test]
    fn section_is_connected_and_joins_its_bounds_in_both_orders(
        a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(),
    ) {
        let from = a.get(&TOWN.addresses);
        let neighbours: Vec<_> = TOWN.addresses.iter().filter(|address| address.street == from.street).collect();
        let to = b.get(&neighbours);
        let street = &STREETS[from.street.as_str()];
        let there = street.section(Place::Beside(from.place), Place::Beside(to.place));
        let back = street.section(Place::Beside(to.place), Place::Beside(from.place));
        let (there, back) = match (there, back) {
            (Ok(there), Ok(back)) => (there, back),
            (there, back) => {
                // Only one street of the town is in pieces; two doors may face each other.
                let is_apart = |result: &Result<_, SectionError>| matches!(result, Err(SectionError::NoPath { .. }));
                prop_assert!(there.is_err() && back.is_err() && is_apart(&there) == is_apart(&back));
                prop_assert!(!is_apart(&there) || from.street == "Chemin des Vignes");
                return Ok(());
            }
        };
        let reversed = |line: &LineString| line.0.iter().rev().copied().collect::<Vec<_>>();
        prop_assert_eq!(&there.line.0, &reversed(&back.line));
        let beside: Vec<_> = back.beside.iter().rev().map(|path| reversed(&path.line)).collect();
        prop_assert_eq!(there.beside.iter().map(|path| path.line.0.clone()).collect::<Vec<_>>(), beside);
        for (end, door) in [(there.line.0.first(), from.place), (there.line.0.last(), to.place)] {
            let gap = metres(*end.expect("a vertex"), door) - street.distance_m(door);
            prop_assert!(gap.abs() < 1.0, "{gap} m");
        }
        // Nothing is missing between two stretches but a gap that may be crossed.
        prop_assert!((geodesic_length_m(&there.line) - there.length_m).abs() < 0.1);
        let lengths: f64 = there
            .stretches
            .iter()
            .map(|stretch| {
                let segment = street.segments.iter().find(|segment| segment.id == stretch.segment_id);
                let length_m = segment.expect("a segment of the street").line.length_m();
                (stretch.to_fraction - stretch.from_fraction).abs() * length_m
            })
            .sum();
        let missing = there.length_m - lengths;
        let allowed = if there.is_exact { 0.1 } else { MAX_GAP_M };
        prop_assert!(missing.abs() < allowed, "{missing} m");
    }
}
