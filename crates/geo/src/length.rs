//! Lengths on the ellipsoid.

use geo::{Geodesic, Length};
use geo_types::LineString;

/// Length of a line in longitude and latitude along the ground, metres.
#[must_use]
pub fn geodesic_length_m(line: &LineString) -> f64 {
    Geodesic.length(line)
}
