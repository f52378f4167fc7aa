//! Which ends of segments are one place of the network.

use std::collections::{BTreeMap, HashMap};

use geo_types::Coord;

/// Ends nearer than about this are one place, metres.
const GRID_M: f64 = 0.1;

/// The ends of a segment and its level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// Where the drawing begins, longitude and latitude.
    pub from: Coord,
    /// Where it ends.
    pub to: Coord,
    /// Above the ground or under it.
    pub level: i16,
}

/// Numbers the places where segments begin and end, for data that does not name its nodes: the pair of numbers of each
/// segment, in the order given. Numbers are negative, so that they never meet the identifiers of a source.
///
/// Ends on the same spot (to 0.1 m) are one place when they are on the same level. A bridge meets the street it
/// continues although their levels differ: an end that is alone on its level joins the nearest other level. A bridge
/// above a crossing has two ends there, or none, and stays apart.
#[must_use]
pub fn nodes(segments: &[Ends]) -> Vec<(i64, i64)> {
    let mut spots: HashMap<(i64, i64), BTreeMap<i16, u32>> = HashMap::new();
    for segment in segments {
        for place in [segment.from, segment.to] {
            *spots.entry(spot(place)).or_default().entry(segment.level).or_default() += 1;
        }
    }
    let mut numbers: HashMap<((i64, i64), i16), i64> = HashMap::new();
    let mut number = |place: Coord, level: i16| {
        let spot = spot(place);
        let level = spots.get(&spot).map_or(level, |levels| joined_level(levels, level));
        let next = -1 - i64::try_from(numbers.len()).unwrap_or(i64::MAX);
        *numbers.entry((spot, level)).or_insert(next)
    };
    segments.iter().map(|s| (number(s.from, s.level), number(s.to, s.level))).collect()
}

/// The level under which an end of `level` is numbered, given how many ends each level has on the spot.
fn joined_level(levels: &BTreeMap<i16, u32>, level: i16) -> i16 {
    let alone = |level: &i16| levels.get(level) == Some(&1);
    if !alone(&level) {
        return level;
    }
    let others = levels.keys().copied().filter(|other| !alone(other));
    let nearest = others.min_by_key(|other| other.abs_diff(level));
    // Several lone ends and nothing else: they all meet, on the lowest level.
    nearest.or_else(|| levels.keys().copied().next()).unwrap_or(level)
}

/// Cell of the grid: rows along meridians, columns along the parallel of the row. Good to a few parts in a thousand, and
/// the same for every segment, which is what counts.
fn spot(place: Coord) -> (i64, i64) {
    const METRES_PER_DEGREE: f64 = 111_200.0;
    let row = (place.y * METRES_PER_DEGREE / GRID_M).round();
    let parallel = (row * GRID_M / METRES_PER_DEGREE).to_radians().cos();
    let column = (place.x * METRES_PER_DEGREE * parallel / GRID_M).round();
    #[expect(clippy::cast_possible_truncation, reason = "the Earth is 400 million cells around")]
    (row as i64, column as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LocalProjection;

    /// Ends in metres from a place in France.
    fn ends(from: (f64, f64), to: (f64, f64), level: i16) -> Ends {
        let plane = LocalProjection::at(Coord { x: 2.0, y: 47.0 });
        let [from, to] = [from, to].map(|(x, y)| plane.to_degrees(Coord { x, y }));
        Ends { from, to, level }
    }

    #[test]
    fn segments_meet_where_their_ends_are_the_same_spot() {
        let nodes = nodes(&[
            ends((0.0, 0.0), (50.0, 0.0), 0),
            ends((50.0, 0.0), (90.0, 9.0), 0),
            ends((50.0, 0.5), (9.0, 9.0), 0),
        ]);
        assert_eq!(nodes[0].1, nodes[1].0);
        assert_ne!(nodes[1].0, nodes[2].0, "half a metre apart");
        assert!(nodes.iter().all(|(from, to)| *from < 0 && *to < 0));
    }

    #[test]
    fn bridge_meets_the_street_it_continues() {
        let nodes = nodes(&[
            ends((-50.0, 0.0), (0.0, 0.0), 0),
            ends((0.0, 0.0), (40.0, 0.0), 1),
            ends((40.0, 0.0), (90.0, 0.0), 0),
        ]);
        assert_eq!(nodes[0].1, nodes[1].0);
        assert_eq!(nodes[1].1, nodes[2].0);
    }

    #[test]
    fn bridge_above_a_crossing_stays_apart() {
        let nodes = nodes(&[
            ends((-50.0, 0.0), (0.0, 0.0), 1),
            ends((0.0, 0.0), (50.0, 0.0), 1),
            ends((0.0, -50.0), (0.0, 0.0), 0),
            ends((0.0, 0.0), (0.0, 50.0), 0),
        ]);
        assert_eq!(nodes[0].1, nodes[1].0);
        assert_eq!(nodes[2].1, nodes[3].0);
        assert_ne!(nodes[0].1, nodes[2].1);
    }
}
