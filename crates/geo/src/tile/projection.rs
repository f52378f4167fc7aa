//! From degrees to the units of one tile.

use std::f64::consts::PI;

use super::{EXTENT, Tile};
use crate::Coord;

/// How far from the middle of the tile the short way is exact, degrees. In a tile it is off by less than a tenth of a
/// unit up to the edge of the grid; beyond the tile an error only turns what leads there, by less than can be seen.
const NEAR: f64 = 0.1;

/// Projects the places of a tile. Streets have thousands of places, nearly all of them near the tile: a polynomial around
/// its middle takes a tenth of the time that a sine and a logarithm take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    tile: Tile,
    /// Units of the prime meridian, and of one degree to the east.
    x: [f64; 2],
    /// Latitude of the middle of the tile, degrees.
    middle: f64,
    /// Of the units from the north, by powers of the degrees from the middle.
    y: [f64; 4],
}

impl Projection {
    pub(super) fn of(tile: Tile) -> Self {
        let side = f64::from(tile.z).exp2();
        let per_degree = side * EXTENT / 360.0;
        let northing = PI * (1.0 - 2.0 * (f64::from(tile.y) + 0.5) / side);
        let (tangent, secant) = (northing.sinh(), northing.cosh());
        // What is added for each power is the next derivative of asinh(tan(latitude)).
        let degree = 1_f64.to_radians();
        let derivatives = [secant, secant * tangent, secant * (tangent * tangent + secant * secant)];
        let [first, second, third] = derivatives.map(|derivative| -per_degree * derivative);
        Self {
            tile,
            x: [180.0 * per_degree - f64::from(tile.x) * EXTENT, per_degree],
            middle: tangent.atan().to_degrees(),
            y: [EXTENT / 2.0, first, second * degree / 2.0, third * degree * degree / 6.0],
        }
    }

    /// A place in units of the tile, from its north-western corner.
    pub(super) fn project(&self, place: Coord) -> Coord {
        let north = place.y - self.middle;
        if north.abs() > NEAR {
            return self.tile.project(place);
        }
        let [y, first, second, third] = self.y;
        Coord { x: self.x[0] + self.x[1] * place.x, y: y + north * (first + north * (second + north * third)) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_leads_where_the_long_one_does(
            z in 0_u8..=22, east in -0.05_f64..1.05, south in -0.05_f64..1.05,
            longitude in -179.9_f64..179.9, latitude in -85.0_f64..85.0,
        ) {
            let whole = Tile { z: 0, x: 0, y: 0 }.project(Coord { x: longitude, y: latitude });
            let side = f64::from(z).exp2();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the grid")]
            let column = |units: f64| (units / EXTENT * side) as u32;
            let tile = Tile { z, x: column(whole.x), y: column(whole.y) };
            let [west, bottom, right, top] = tile.bounds();
            let place = Coord { x: west + (right - west) * east, y: top + (bottom - top) * south };
            let (short, long) = (Projection::of(tile).project(place), tile.project(place));
            prop_assert!((short.x - long.x).abs() < 0.1 && (short.y - long.y).abs() < 0.1, "{tile:?} {place:?}: {short:?} {long:?}");
        }
    }
}
