//! Which parts of a line are inside an area, and what is left of a line without some of its parts.

use geo_types::{Coord, MultiPolygon, Polygon};

use crate::MeasuredLine;

/// Shorter parts are touches, metres.
const MIN_LENGTH_M: f64 = 0.5;

/// The parts of a line inside an area, as distances from its beginning, in order.
#[must_use]
pub fn parts_inside(line: &MeasuredLine, area: &MultiPolygon) -> Vec<(f64, f64)> {
    let edges = edges_near(&line.degrees, area);
    let mut parts: Vec<(f64, f64)> = Vec::new();
    for (ends, along) in line.degrees.windows(2).zip(line.along_m.windows(2)) {
        let ([a, b], [start_m, end_m]) = (ends, along) else { continue };
        let mut cuts = vec![0.0, 1.0];
        for (p, q) in &edges {
            cuts.extend(crossing(*a, *b, *p, *q));
        }
        cuts.sort_by(f64::total_cmp);
        for pair in cuts.windows(2) {
            let [from, to] = *pair else { continue };
            let middle = *a + (*b - *a) * f64::midpoint(from, to);
            if to - from > 1e-12 && area.0.iter().any(|polygon| contains(polygon, middle)) {
                let at = |ratio: f64| start_m + (end_m - start_m) * ratio;
                match parts.last_mut() {
                    Some(last) if at(from) - last.1 < 1e-6 => last.1 = at(to),
                    _ => parts.push((at(from), at(to))),
                }
            }
        }
    }
    parts.retain(|(from, to)| to - from >= MIN_LENGTH_M);
    parts
}

/// What is left of `parts` (in order, without overlap) without `taken` (in any order).
#[must_use]
pub fn without(parts: &[(f64, f64)], taken: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut left: Vec<(f64, f64)> = parts.to_vec();
    for &(a, b) in taken {
        let (low, high) = (a.min(b), a.max(b));
        left = left
            .into_iter()
            .flat_map(|(from, to)| [(from, to.min(low)), (from.max(high), to)])
            .filter(|(from, to)| to > from)
            .collect();
    }
    left.retain(|(from, to)| to - from >= MIN_LENGTH_M);
    left
}

/// The edges of an area whose box meets the one of a line.
fn edges_near(line: &[Coord], area: &MultiPolygon) -> Vec<(Coord, Coord)> {
    let bounds = |axis: fn(&Coord) -> f64| {
        let values = line.iter().map(axis);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let ((west, east), (south, north)) = (bounds(|vertex| vertex.x), bounds(|vertex| vertex.y));
    let rings = area.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings
        .flat_map(|ring| ring.0.windows(2))
        .filter_map(|ends| if let [p, q] = ends { Some((*p, *q)) } else { None })
        .filter(|(p, q)| p.x.min(q.x) <= east && p.x.max(q.x) >= west && p.y.min(q.y) <= north && p.y.max(q.y) >= south)
        .collect()
}

/// Where a–b crosses p–q, or begins and ends to run along it, as ratios of a–b.
fn crossing(a: Coord, b: Coord, p: Coord, q: Coord) -> Vec<f64> {
    let (edge, other, apart) = (b - a, q - p, p - a);
    let cross = |x: Coord, y: Coord| x.x * y.y - x.y * y.x;
    let determinant = cross(edge, other);
    if determinant.abs() < f64::EPSILON * f64::EPSILON {
        let square = edge.x * edge.x + edge.y * edge.y;
        let ratio = |place: Coord| ((place.x - a.x) * edge.x + (place.y - a.y) * edge.y) / square;
        return [ratio(p), ratio(q)].into_iter().filter(|ratio| (0.0..=1.0).contains(ratio)).collect();
    }
    let (along, across) = (cross(apart, other) / determinant, cross(apart, edge) / determinant);
    if (0.0..=1.0).contains(&along) && (0.0..=1.0).contains(&across) { vec![along] } else { Vec::new() }
}

/// Whether a place is inside a polygon: a ray to the east crosses its rings an odd number of times.
fn contains(polygon: &Polygon, place: Coord) -> bool {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let edges = rings.flat_map(|ring| ring.0.windows(2));
    let crossed = edges.filter(|ends| {
        let [p, q] = ends else { return false };
        (p.y > place.y) != (q.y > place.y) && place.x < (q.x - p.x) * (place.y - p.y) / (q.y - p.y) + p.x
    });
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use geo_types::LineString;

    use super::*;

    fn square() -> MultiPolygon {
        let ring = |low: f64, high: f64| {
            LineString::from(vec![(low, low), (high, low), (high, high), (low, high), (low, low)])
        };
        MultiPolygon::new(vec![Polygon::new(ring(0.0, 100.0), vec![ring(40.0, 60.0)])])
    }

    fn inside(vertices: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let line: LineString = vertices.iter().copied().collect();
        parts_inside(&MeasuredLine::new(&line, |vertex| vertex).expect("a line with a length"), &square())
    }

    #[test]
    fn line_is_cut_where_it_enters_and_leaves() {
        assert_eq!(inside(&[(-50.0, 20.0), (50.0, 20.0), (150.0, 20.0)]), [(50.0, 150.0)]);
        assert_eq!(inside(&[(10.0, 10.0), (20.0, 10.0)]), [(0.0, 10.0)]);
        assert_eq!(inside(&[(-50.0, 20.0), (-1.0, 20.0)]), []);
    }

    #[test]
    fn hole_and_return_make_several_parts() {
        assert_eq!(inside(&[(0.0, 50.0), (100.0, 50.0)]), [(0.0, 40.0), (60.0, 100.0)]);
        assert_eq!(inside(&[(90.0, 20.0), (120.0, 20.0), (120.0, 30.0), (90.0, 30.0)]), [(0.0, 10.0), (60.0, 70.0)]);
    }

    #[test]
    fn touch_is_no_part() {
        assert_eq!(inside(&[(-50.0, 50.0), (0.0, 50.0)]), []);
        assert_eq!(inside(&[(-50.0, -50.0), (0.0, 0.0)]), []);
    }

    #[test]
    fn taken_parts_are_left_out() {
        assert_eq!(without(&[(0.0, 100.0)], &[(40.0, 20.0), (90.0, 120.0)]), [(0.0, 20.0), (40.0, 90.0)]);
        assert_eq!(without(&[(0.0, 100.0)], &[(0.0, 100.0)]), []);
        assert_eq!(without(&[(0.0, 10.0), (20.0, 30.0)], &[(5.0, 25.0)]), [(0.0, 5.0), (25.0, 30.0)]);
    }
}
