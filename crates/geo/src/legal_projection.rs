//! The metric projections that French law gives to each territory: coordinates as other maps write them.
//!
//! For computations a plane around the place does better ([`crate::LocalProjection`]): these ones are off by up to one per
//! mille on the ground. Their datums are within centimetres of WGS 84.

use geo_types::Coord;

use crate::LocalProjection;

/// Semi-major axis of GRS 80, metres.
const A: f64 = 6_378_137.0;
/// First eccentricity of GRS 80.
const E: f64 = 0.081_819_191_042_816;

/// A legal metric projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalProjection {
    /// RGF93 / Lambert-93, of metropolitan France.
    Lambert93,
    /// A UTM zone, overseas.
    Utm {
        /// 1 to 60, eastwards from the antimeridian.
        zone: u8,
        /// South of the equator.
        is_southern: bool,
    },
}

impl LegalProjection {
    /// The projection with this code, of one of the territories that use it.
    #[must_use]
    pub fn of_epsg(code: u32) -> Option<Self> {
        let utm = |zone, is_southern| Some(Self::Utm { zone, is_southern });
        match code {
            2154 => Some(Self::Lambert93),
            // The Antilles, Guyane, La Réunion, Mayotte, Saint-Pierre-et-Miquelon.
            5490 => utm(20, false),
            2972 => utm(22, false),
            2975 => utm(40, true),
            4471 => utm(38, true),
            4467 => utm(21, false),
            _ => None,
        }
    }

    /// Easting and northing of a longitude and latitude, metres.
    #[must_use]
    pub fn to_metres(self, degrees: Coord) -> Coord {
        match self {
            Self::Lambert93 => lambert_93(degrees),
            Self::Utm { zone, is_southern } => {
                let meridian = 6.0 * f64::from(zone) - 183.0;
                let plane = LocalProjection::at(Coord { x: meridian, y: 0.0 }).to_metres(degrees);
                let northing = if is_southern { 10_000_000.0 } else { 0.0 };
                Coord { x: 500_000.0 + 0.9996 * plane.x, y: northing + 0.9996 * plane.y }
            }
        }
    }
}

/// Lambert's conformal conic projection with standard parallels 44° and 49°, origin 46.5° N 3° E.
fn lambert_93(degrees: Coord) -> Coord {
    let isometric = |latitude: f64| {
        let sine = latitude.to_radians().sin();
        sine.atanh() - E * (E * sine).atanh()
    };
    // Radius of a parallel.
    let radius = |latitude: f64| {
        let (sine, cosine) = latitude.to_radians().sin_cos();
        A * cosine / (1.0 - E * E * sine * sine).sqrt()
    };
    let (south, north) = (44.0, 49.0);
    let n = (radius(north) / radius(south)).ln() / (isometric(south) - isometric(north));
    let c = radius(south) / n * (n * isometric(south)).exp();
    let distance = |latitude: f64| c * (-n * isometric(latitude)).exp();
    let angle = n * (degrees.x - 3.0).to_radians();
    let from_pole = distance(degrees.y);
    Coord { x: 700_000.0 + from_pole * angle.sin(), y: 6_600_000.0 + distance(46.5) - from_pole * angle.cos() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_those_of_proj() {
        for (epsg, lon, lat, x, y) in [
            (2154, 2.347_222, 48.859_393, 652_106.348, 6_862_348.825),
            (2154, 7.75, 48.58, 1_050_163.944, 6_841_622.715),
            (5490, -61.53, 16.24, 657_103.137, 1_796_046.839),
            (2972, -52.33, 4.93, 352_535.038, 545_073.719),
            (2975, 55.45, -20.88, 338_767.167, 7_690_355.572),
            (4471, 45.22, -12.78, 523_877.992, 8_587_182.904),
            (4467, -56.17, 46.78, 563_359.638, 5_181_051.221),
        ] {
            let found = LegalProjection::of_epsg(epsg).expect("a projection").to_metres(Coord { x: lon, y: lat });
            assert!((found.x - x).abs() < 0.002 && (found.y - y).abs() < 0.002, "{epsg}: {found:?}");
        }
        assert_eq!(LegalProjection::of_epsg(4326), None);
    }
}
