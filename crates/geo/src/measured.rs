//! Linear referencing: places along a line, by their distance from its beginning.

use geo_types::{Coord, LineString};

/// A line whose vertices are known in degrees and in metres, with the distance of each from the beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredLine {
    pub(crate) degrees: Vec<Coord>,
    metres: Vec<Coord>,
    pub(crate) along_m: Vec<f64>,
}

/// A place projected on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projected {
    /// Distance from the beginning of the line, metres.
    pub along_m: f64,
    /// Distance between the place and the line, metres.
    pub offset_m: f64,
    /// Whether the place lies on the left of the line.
    pub is_left: bool,
}

impl MeasuredLine {
    /// Measures a line, whose vertices `project` turns into metres; `None` when it has no length.
    #[must_use]
    pub fn new(line: &LineString, project: impl Fn(Coord) -> Coord) -> Option<Self> {
        let degrees = line.0.clone();
        let metres: Vec<Coord> = degrees.iter().copied().map(project).collect();
        let mut along_m = Vec::with_capacity(metres.len());
        let mut sum = 0.0;
        let mut previous = *metres.first()?;
        for vertex in &metres {
            sum += distance(previous, *vertex);
            along_m.push(sum);
            previous = *vertex;
        }
        (sum > 0.0 && sum.is_finite()).then_some(Self { degrees, metres, along_m })
    }

    /// Length, metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.along_m.last().copied().unwrap_or_default()
    }

    /// The nearest place of the line to one given in metres; the first one along the line when several are as near.
    #[must_use]
    pub fn project(&self, place: Coord) -> Projected {
        let mut best = Projected { along_m: 0.0, offset_m: f64::INFINITY, is_left: false };
        for ((ends, &start_m), end_m) in self.metres.windows(2).zip(&self.along_m).zip(self.along_m.iter().skip(1)) {
            let [a, b] = ends else { continue };
            let (edge, to_place) = (*b - *a, place - *a);
            let square = edge.x * edge.x + edge.y * edge.y;
            let ratio = if square > 0.0 { (to_place.x * edge.x + to_place.y * edge.y) / square } else { 0.0 };
            let ratio = ratio.clamp(0.0, 1.0);
            let offset_m = distance(*a + edge * ratio, place);
            if offset_m < best.offset_m {
                let is_left = edge.x * to_place.y - edge.y * to_place.x > 0.0;
                best = Projected { along_m: start_m + ratio * (end_m - start_m), offset_m, is_left };
            }
        }
        best
    }

    /// The place at this distance from the beginning, in degrees.
    #[must_use]
    pub fn degrees_at(&self, along_m: f64) -> Coord {
        self.interpolate(&self.degrees, along_m)
    }

    /// The place at this distance from the beginning, in metres.
    #[must_use]
    pub fn metres_at(&self, along_m: f64) -> Coord {
        self.interpolate(&self.metres, along_m)
    }

    /// Vertices in degrees from one distance to another, backwards when the second one is smaller. Vertices strictly
    /// between the two are those of the line, untouched.
    #[must_use]
    pub fn between(&self, from_m: f64, to_m: f64) -> Vec<Coord> {
        let (low, high) = if from_m <= to_m { (from_m, to_m) } else { (to_m, from_m) };
        let mut vertices = vec![self.degrees_at(low)];
        let inside = self.along_m.iter().zip(&self.degrees).filter(|(along, _)| **along > low && **along < high);
        vertices.extend(inside.map(|(_, vertex)| *vertex));
        vertices.push(self.degrees_at(high));
        vertices.dedup();
        if from_m > to_m {
            vertices.reverse();
        }
        vertices
    }

    fn interpolate(&self, vertices: &[Coord], along_m: f64) -> Coord {
        // The first vertex that is not before the place, and the one before it.
        let after = self.along_m.partition_point(|along| *along < along_m);
        let (Some(b), Some(end_m)) = (vertices.get(after), self.along_m.get(after)) else {
            return vertices.last().copied().unwrap_or_default();
        };
        let before = after.checked_sub(1).and_then(|before| vertices.get(before).zip(self.along_m.get(before)));
        let Some((a, start_m)) = before else { return *b };
        // A vertex comes out exactly as it went in.
        if along_m >= *end_m {
            return *b;
        }
        *a + (*b - *a) * ((along_m - start_m) / (end_m - start_m))
    }
}

pub(crate) fn distance(a: Coord, b: Coord) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bend() -> MeasuredLine {
        let line = LineString::from(vec![(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]);
        MeasuredLine::new(&line, |vertex| vertex).expect("a line with a length")
    }

    #[test]
    fn place_projects_on_the_nearest_edge() {
        assert_eq!(bend().project(Coord { x: 4.0, y: 3.0 }), Projected { along_m: 4.0, offset_m: 3.0, is_left: true });
        assert_eq!(bend().project(Coord { x: 13.0, y: 25.0 }).along_m, 20.0);
    }

    #[test]
    fn part_keeps_the_vertices_inside_and_follows_the_order_of_its_ends() {
        let (a, bend_vertex, b) = (Coord { x: 4.0, y: 0.0 }, Coord { x: 10.0, y: 0.0 }, Coord { x: 10.0, y: 5.0 });
        assert_eq!(bend().between(4.0, 15.0), [a, bend_vertex, b]);
        assert_eq!(bend().between(15.0, 4.0), [b, bend_vertex, a]);
        assert_eq!(bend().between(10.0, 15.0), [bend_vertex, b]);
        assert_eq!(bend().between(-1.0, 99.0), [Coord { x: 0.0, y: 0.0 }, bend_vertex, Coord { x: 10.0, y: 10.0 }]);
    }

    #[test]
    fn line_without_length_is_refused() {
        assert_eq!(MeasuredLine::new(&LineString::from(vec![(1.0, 1.0), (1.0, 1.0)]), |vertex| vertex), None);
        assert_eq!(MeasuredLine::new(&LineString::new(Vec::new()), |vertex| vertex), None);
    }
}
