//! House numbers along the streets of the plan.

use std::collections::{BTreeMap, HashMap};

use geo_types::Coord;

use super::draft::{Front, Plan};
use super::random::Random;
use crate::measured::distance;

/// No house stands nearer to the middle of another street, metres.
const CLEAR_M: f64 = 7.5;
/// Side of the squares in which other streets are looked for, metres.
const SQUARE_M: f64 = 60.0;

/// A house on the plan.
pub(super) struct Plot {
    pub(super) street: String,
    pub(super) number: i32,
    pub(super) suffix: &'static str,
    pub(super) place: Coord,
}

/// The houses of the plan: odd numbers on the left, even ones on the right, a door every 12 to 24 m.
pub(super) fn along(plan: &Plan) -> Vec<Plot> {
    let streets = Edges::of(plan);
    // The next number on the left and on the right of each street.
    let mut next: BTreeMap<&str, [i32; 2]> = BTreeMap::new();
    let mut plots = Vec::new();
    for front in &plan.fronts {
        let numbers = next.entry(&front.street).or_insert([1, 2]);
        for (side, number) in [1.0, -1.0].into_iter().zip(numbers) {
            let mut chance = Random::of(&format!("{} {side} {number}", front.street));
            let mut along_m = chance.between(8.0, 14.0);
            while let Some(door) = door(front, along_m, side) {
                // One house in twelve is built between two others, later than both.
                let suffix = match chance.between(0.0, 72.0) {
                    ..6.0 => Some("bis"),
                    ..7.0 => Some("ter"),
                    _ => None,
                };
                if streets.leave_free(door) {
                    let street = || front.street.clone();
                    plots.push(Plot { street: street(), number: *number, suffix: "", place: door });
                    let between = suffix.and_then(|_| self::door(front, along_m + 6.0, side));
                    if let (Some(suffix), Some(place)) = (suffix, between.filter(|place| streets.leave_free(*place))) {
                        plots.push(Plot { street: street(), number: *number, suffix, place });
                    }
                    *number += 2;
                }
                along_m += chance.between(12.0, 24.0);
            }
        }
    }
    plots
}

/// The place at this distance along the axis, on the left (1) or on the right (-1).
fn door(front: &Front, along_m: f64, side: f64) -> Option<Coord> {
    let mut left_m = along_m;
    for ends in front.axis.windows(2) {
        let [a, b] = ends else { continue };
        let length_m = distance(*a, *b);
        if left_m < length_m {
            let ahead = (*b - *a) / length_m;
            let aside = Coord { x: -ahead.y, y: ahead.x } * (side * front.half_width_m);
            return Some(*a + ahead * left_m + aside);
        }
        left_m -= length_m;
    }
    None
}

/// The edges of all ways, by square.
struct Edges(HashMap<(i64, i64), Vec<[Coord; 2]>>);

impl Edges {
    fn of(plan: &Plan) -> Self {
        let mut squares: HashMap<(i64, i64), Vec<[Coord; 2]>> = HashMap::new();
        for ends in plan.ways.iter().flat_map(|way| way.vertices.windows(2)) {
            let [a, b] = ends else { continue };
            let range = |a: f64, b: f64| square(a.min(b) - CLEAR_M)..=square(a.max(b) + CLEAR_M);
            for x in range(a.x, b.x) {
                for y in range(a.y, b.y) {
                    squares.entry((x, y)).or_default().push([*a, *b]);
                }
            }
        }
        Self(squares)
    }

    fn leave_free(&self, place: Coord) -> bool {
        let edges = self.0.get(&(square(place.x), square(place.y)));
        edges.into_iter().flatten().all(|[a, b]| {
            let (edge, to_place) = (*b - *a, place - *a);
            let ratio = (to_place.x * edge.x + to_place.y * edge.y) / (edge.x * edge.x + edge.y * edge.y);
            distance(*a + edge * ratio.clamp(0.0, 1.0), place) >= CLEAR_M
        })
    }
}

fn square(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a town is a few kilometres wide")]
    let square = (value / SQUARE_M).floor() as i64;
    square
}
