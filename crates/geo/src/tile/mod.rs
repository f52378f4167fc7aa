//! Tiles of the usual square grid (Web Mercator), and what vector tiles are made of (Mapbox Vector Tile 2.1).

mod clip;
mod drawing;
mod layer;
mod projection;
mod protobuf;

use std::f64::consts::PI;

pub use drawing::{Drawing, Shape, ShapeKind};
pub use layer::{Attribute, Layer, Tag};

use crate::Coord;

/// Units of a tile's side.
pub const EXTENT: f64 = 4096.0;
/// How far geometries go beyond the sides, in the same units: a line that leaves a tile has no end at its edge.
pub const BUFFER: f64 = 64.0;
/// The zoom of the cells in which restrictions are counted.
pub const CELL_ZOOM: u8 = 20;

/// A tile of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Zoom, 0 for the whole world.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

impl Tile {
    /// Whether the grid has such a tile.
    #[must_use]
    pub const fn exists(self) -> bool {
        self.z <= 31 && (self.x as u64) < (1 << self.z) && (self.y as u64) < (1 << self.z)
    }

    /// West, south, east and north of the tile with its buffer, within the world, degrees.
    #[must_use]
    pub fn bounds(self) -> [f64; 4] {
        let side = f64::from(self.z).exp2();
        let buffer = BUFFER / EXTENT;
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let longitude = |x: f64| (x / side * 360.0 - 180.0).clamp(-180.0, 180.0);
        let latitude = |y: f64| (PI * (1.0 - 2.0 * (y / side).clamp(0.0, 1.0))).sinh().atan().to_degrees();
        [longitude(x - buffer), latitude(y + 1.0 + buffer), longitude(x + 1.0 + buffer), latitude(y - buffer)]
    }

    /// A place in units of the tile, from its north-western corner.
    #[must_use]
    pub fn project(self, place: Coord) -> Coord {
        let side = f64::from(self.z).exp2();
        let latitude = place.y.clamp(-85.051_128_78, 85.051_128_78).to_radians();
        let x = (place.x + 180.0) / 360.0;
        // The same as asinh(tan(latitude)), by two functions instead of five.
        let sine = latitude.sin();
        let y = (1.0 - ((1.0 + sine) / (1.0 - sine)).ln() / (2.0 * PI)) / 2.0;
        Coord { x: (x * side - f64::from(self.x)) * EXTENT, y: (y * side - f64::from(self.y)) * EXTENT }
    }

    /// The numbers of its cells on the Z-curve: from the first one up to but without the second one. `None` for a tile
    /// that is smaller than a cell.
    #[must_use]
    pub fn cells(self) -> Option<(i64, i64)> {
        let shift = 2 * u32::from(CELL_ZOOM.checked_sub(self.z)?);
        let first = interleave(self.x, self.y) << shift;
        Some((first, first + (1 << shift)))
    }

    /// The middle of a cell, in units of the tile.
    #[must_use]
    pub fn cell_middle(self, cell: i64) -> Coord {
        let (x, y) = separate(cell);
        let per_tile = f64::from(CELL_ZOOM.saturating_sub(self.z)).exp2();
        let units = |cell: u32, tile: u32| ((f64::from(cell) + 0.5) / per_tile - f64::from(tile)) * EXTENT;
        Coord { x: units(x, self.x), y: units(y, self.y) }
    }
}

/// The place of a column and a row on the Z-curve.
fn interleave(x: u32, y: u32) -> i64 {
    let spread = |number: u32| (0..31).fold(0_i64, |bits, rank| bits | (i64::from(number >> rank & 1) << (2 * rank)));
    spread(x) | (spread(y) << 1)
}

/// The column and the row of a place on the Z-curve.
fn separate(cell: i64) -> (u32, u32) {
    let gather =
        |bits: i64| (0..31).fold(0_u32, |number, rank| number | (u32::from(bits >> (2 * rank) & 1 == 1) << rank));
    (gather(cell), gather(cell >> 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tile_that_covers_the_world_stays_within_it() {
        let [west, south, east, north] = Tile { z: 0, x: 0, y: 0 }.bounds();
        assert_eq!((west, east), (-180.0, 180.0));
        assert!((north - 85.051_13).abs() < 1e-4 && (south + 85.051_13).abs() < 1e-4);
    }

    #[test]
    fn tile_of_paris_contains_the_town_hall() {
        let tile = Tile { z: 14, x: 8299, y: 5636 };
        let [west, south, east, north] = tile.bounds();
        assert!(west < 2.3522 && 2.3522 < east && south < 48.8566 && 48.8566 < north);
        let place = tile.project(Coord { x: 2.3522, y: 48.8566 });
        assert!((0.0..EXTENT).contains(&place.x) && (0.0..EXTENT).contains(&place.y), "{place:?}");
    }

    #[test]
    fn tiles_beyond_the_grid_do_not_exist() {
        assert!(Tile { z: 2, x: 3, y: 3 }.exists());
        assert!(!Tile { z: 2, x: 4, y: 0 }.exists());
        assert!(!Tile { z: 23, x: u32::MAX, y: 0 }.exists());
    }

    proptest! {
        #[test]
        fn cells_of_a_tile_are_one_stretch_and_lie_in_it(z in 0_u8..=16, x in 0_u32..65_536, y in 0_u32..65_536, inside in 0_i64..1_000_000) {
            let side = 1_u32 << z;
            let tile = Tile { z, x: x % side, y: y % side };
            let (first, last) = tile.cells().unwrap();
            let cell = first + inside % (last - first);
            let middle = tile.cell_middle(cell);
            prop_assert!((0.0..EXTENT).contains(&middle.x) && (0.0..EXTENT).contains(&middle.y), "{:?}", middle);
            let (column, row) = separate(cell);
            prop_assert_eq!(interleave(column, row), cell);
        }
    }
}
