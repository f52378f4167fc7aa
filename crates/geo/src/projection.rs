//! A plane in metres around a place.

use geo_types::Coord;

/// Semi-major axis of WGS 84, metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const F: f64 = 1.0 / 298.257_223_563;
/// Third flattening.
const N: f64 = F / (2.0 - F);
/// Radius of the rectifying sphere.
const R: f64 = A / (1.0 + N) * (1.0 + N * N / 4.0 + N * N * N * N / 64.0);

/// Krüger's series of the transverse Mercator projection, to the fourth order in `N`: errors below a micrometre at the
/// distances of a country.
const FORWARD: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N * N + 5.0 / 16.0 * N * N * N + 41.0 / 180.0 * N * N * N * N,
    13.0 / 48.0 * N * N - 3.0 / 5.0 * N * N * N + 557.0 / 1440.0 * N * N * N * N,
    61.0 / 240.0 * N * N * N - 103.0 / 140.0 * N * N * N * N,
    49_561.0 / 161_280.0 * N * N * N * N,
];
const BACKWARD: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N * N + 37.0 / 96.0 * N * N * N - 1.0 / 360.0 * N * N * N * N,
    1.0 / 48.0 * N * N + 1.0 / 15.0 * N * N * N - 437.0 / 1440.0 * N * N * N * N,
    17.0 / 480.0 * N * N * N - 37.0 / 840.0 * N * N * N * N,
    4397.0 / 161_280.0 * N * N * N * N,
];
/// From conformal to geodetic latitude.
const LATITUDE: [f64; 4] = [
    2.0 * N - 2.0 / 3.0 * N * N - 2.0 * N * N * N + 116.0 / 45.0 * N * N * N * N,
    7.0 / 3.0 * N * N - 8.0 / 5.0 * N * N * N - 227.0 / 45.0 * N * N * N * N,
    56.0 / 15.0 * N * N * N - 136.0 / 35.0 * N * N * N * N,
    4279.0 / 630.0 * N * N * N * N,
];

/// Transverse Mercator projection (Gauss–Krüger, scale 1) whose central meridian passes through its origin.
///
/// `x` points east and `y` north, both metres from the origin. Lengths grow with the square of the distance from the
/// central meridian: 0.3 mm per kilometre at 5 km, 3 cm per kilometre at 50 km. One projection therefore serves a
/// street or a city; a region takes several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalProjection {
    meridian_rad: f64,
    origin_y: f64,
}

impl LocalProjection {
    /// The plane whose origin is this longitude and latitude.
    #[must_use]
    pub fn at(origin: Coord) -> Self {
        let meridian_rad = origin.x.to_radians();
        Self { meridian_rad, origin_y: Self { meridian_rad, origin_y: 0.0 }.to_metres(origin).y }
    }

    /// Metres from the origin.
    #[must_use]
    pub fn to_metres(&self, degrees: Coord) -> Coord {
        let e = (F * (2.0 - F)).sqrt();
        let sine = degrees.y.to_radians().sin();
        let (sin_lon, cos_lon) = (degrees.x.to_radians() - self.meridian_rad).sin_cos();
        // Tangent of the conformal latitude.
        let t = (sine.atanh() - e * (e * sine).atanh()).sinh();
        let xi = t.atan2(cos_lon);
        let eta = (sin_lon / t.hypot(cos_lon)).asinh();
        let (mut x, mut y) = (eta, xi);
        for (k, a) in (1_u8..).map(|j| 2.0 * f64::from(j)).zip(FORWARD) {
            y += a * (k * xi).sin() * (k * eta).cosh();
            x += a * (k * xi).cos() * (k * eta).sinh();
        }
        Coord { x: R * x, y: R * y - self.origin_y }
    }

    /// Longitude and latitude of a place given in metres from the origin.
    #[must_use]
    pub fn to_degrees(&self, metres: Coord) -> Coord {
        let (xi, eta) = ((metres.y + self.origin_y) / R, metres.x / R);
        let (mut xi0, mut eta0) = (xi, eta);
        for (k, b) in (1_u8..).map(|j| 2.0 * f64::from(j)).zip(BACKWARD) {
            xi0 -= b * (k * xi).sin() * (k * eta).cosh();
            eta0 -= b * (k * xi).cos() * (k * eta).sinh();
        }
        let conformal = (xi0.sin() / eta0.cosh()).asin();
        let mut latitude = conformal;
        for (k, d) in (1_u8..).map(|j| 2.0 * f64::from(j)).zip(LATITUDE) {
            latitude += d * (k * conformal).sin();
        }
        let longitude = eta0.sinh().atan2(xi0.cos()) + self.meridian_rad;
        Coord { x: longitude.to_degrees(), y: latitude.to_degrees() }
    }
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic};
    use geo_types::Point;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_proj_on_utm() {
        // Origin of the meridian of zone 31 at the equator; UTM has a scale of 0.9996 and a false easting of 500 km.
        let plane = LocalProjection::at(Coord { x: 3.0, y: 0.0 });
        let tower = plane.to_metres(Coord { x: 2.294_481, y: 48.858_370 });
        assert!((tower.x * 0.9996 + 500_000.0 - 448_250.576_82).abs() < 1e-4, "{tower:?}");
        assert!((tower.y * 0.9996 - 5_411_951.588_03).abs() < 1e-4, "{tower:?}");
    }

    proptest! {
        #[test]
        fn distances_in_a_city_are_good_to_the_millimetre(
            lon in -5.0..9.0_f64, lat in 41.0..51.0_f64,
            x1 in -5000.0..5000.0_f64, y1 in -5000.0..5000.0_f64, dx in -500.0..500.0_f64, dy in -500.0..500.0_f64,
        ) {
            let plane = LocalProjection::at(Coord { x: lon, y: lat });
            let (a, b) = (Coord { x: x1, y: y1 }, Coord { x: x1 + dx, y: y1 + dy });
            let on_the_ground = Geodesic.distance(Point(plane.to_degrees(a)), Point(plane.to_degrees(b)));
            prop_assert!((on_the_ground - dx.hypot(dy)).abs() < 0.001);
        }

        #[test]
        fn way_back_leads_to_the_start(lon in -62.0..56.0_f64, lat in -22.0..51.0_f64, x in -90_000.0..90_000.0_f64, y in -90_000.0..90_000.0_f64) {
            let plane = LocalProjection::at(Coord { x: lon, y: lat });
            let back = plane.to_metres(plane.to_degrees(Coord { x, y }));
            prop_assert!((back.x - x).abs() < 1e-5 && (back.y - y).abs() < 1e-5, "{back:?}");
        }
    }
}
