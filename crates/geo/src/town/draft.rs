//! Streets on the drawing board, in metres from the town hall.

use geo_types::Coord;

use crate::RoadClass;
use crate::measured::distance;

/// What is drawn: ways, and the fronts of the houses along them.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) ways: Vec<Draft>,
    pub(super) fronts: Vec<Front>,
}

/// A way on the drawing board.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: Option<String>,
    pub(super) class: RoadClass,
    pub(super) oneway: i16,
    pub(super) level: i16,
    pub(super) road_number: Option<&'static str>,
    pub(super) vertices: Vec<Coord>,
}

/// Houses on both sides of an axis, odd numbers on its left. The numbers of a street go on from one front to the next.
#[derive(Clone, Debug)]
pub(super) struct Front {
    pub(super) street: String,
    pub(super) axis: Vec<Coord>,
    /// Between the axis and the doors, metres.
    pub(super) half_width_m: f64,
}

impl Plan {
    /// A street with houses.
    pub(super) fn street(&mut self, name: &str, class: RoadClass, vertices: Vec<Coord>) -> &mut Draft {
        self.fronts.push(Front { street: name.to_owned(), axis: vertices.clone(), half_width_m: 9.0 });
        self.way(Some(name), class, vertices)
    }

    /// A way without houses, named or not.
    pub(super) fn way(&mut self, name: Option<&str>, class: RoadClass, vertices: Vec<Coord>) -> &mut Draft {
        let name = name.map(str::to_owned);
        self.ways.push(Draft { name, class, oneway: 0, level: 0, road_number: None, vertices });
        let last = self.ways.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "it was pushed just now")]
        &mut self.ways[last]
    }
}

impl Draft {
    pub(super) const fn numbered(&mut self, road_number: &'static str) -> &mut Self {
        self.road_number = Some(road_number);
        self
    }

    pub(super) const fn one_way(&mut self) -> &mut Self {
        self.oneway = 1;
        self
    }

    pub(super) const fn on_level(&mut self, level: i16) -> &mut Self {
        self.level = level;
        self
    }
}

/// Straight from vertex to vertex.
pub(super) fn straight(vertices: &[(f64, f64)]) -> Vec<Coord> {
    vertices.iter().map(|&(x, y)| Coord { x, y }).collect()
}

/// From one place to another, with `swings` half-waves of this amplitude, to the left first, and a vertex every 20 m or
/// so.
pub(super) fn winding(from: (f64, f64), to: (f64, f64), amplitude_m: f64, swings: f64) -> Vec<Coord> {
    let (from, to) = (Coord { x: from.0, y: from.1 }, Coord { x: to.0, y: to.1 });
    let length_m = distance(from, to);
    let left = Coord { x: (from.y - to.y) / length_m, y: (to.x - from.x) / length_m };
    let edges = (length_m / 20.0).ceil().max(1.0);
    let (mut vertices, mut step) = (vec![from], 1.0);
    while step < edges {
        let ratio = step / edges;
        let swing = amplitude_m * (std::f64::consts::PI * swings * ratio).sin();
        vertices.push(from + (to - from) * ratio + left * swing);
        step += 1.0;
    }
    vertices.push(to);
    vertices
}

/// Part of a circle, anticlockwise, in steps of 15 degrees counted from the east; four quarters make 24 steps.
pub(super) fn arc(centre: (f64, f64), radius_m: f64, steps: std::ops::RangeInclusive<u8>) -> Vec<Coord> {
    let vertex = |step: u8| match step % 24 {
        // Exact where other streets begin.
        0 => Coord { x: centre.0 + radius_m, y: centre.1 },
        6 => Coord { x: centre.0, y: centre.1 + radius_m },
        12 => Coord { x: centre.0 - radius_m, y: centre.1 },
        18 => Coord { x: centre.0, y: centre.1 - radius_m },
        step => {
            let (sine, cosine) = (f64::from(step) / 24.0 * std::f64::consts::TAU).sin_cos();
            Coord { x: centre.0 + radius_m * cosine, y: centre.1 + radius_m * sine }
        }
    };
    steps.map(vertex).collect()
}
