//! Which commune a place lies in.

use std::collections::HashMap;

use dialog_db::reference::load::NewContour;
use dialog_geo::{Coord, LineString, MultiPolygon};

/// Side of a cell of the grid, degrees: communes are about as large.
const CELL: f64 = 0.05;

/// Outlines of communes, found by place.
#[derive(Debug, Default)]
pub(in crate::load) struct Communes {
    contours: Vec<Contour>,
    /// Ranks of the outlines whose box touches a cell, the smallest first: an arrondissement before its city.
    cells: HashMap<(i64, i64), Vec<usize>>,
}

#[derive(Debug)]
struct Contour {
    insee: String,
    shape: MultiPolygon,
    /// West, south, east, north.
    bounds: [f64; 4],
}

impl Communes {
    pub(in crate::load) fn new(contours: Vec<NewContour>) -> Self {
        let with_bounds = |NewContour { insee, geometry }| {
            let bounds = bounds(&geometry);
            Contour { insee, shape: geometry, bounds }
        };
        let mut contours: Vec<Contour> = contours.into_iter().map(with_bounds).collect();
        let surface = |[west, south, east, north]: [f64; 4]| (east - west) * (north - south);
        contours.sort_by(|a, b| surface(a.bounds).total_cmp(&surface(b.bounds)));
        let mut cells: HashMap<_, Vec<usize>> = HashMap::new();
        for (rank, contour) in contours.iter().enumerate() {
            let [west, south, east, north] = contour.bounds;
            let (first, last) = (cell(Coord { x: west, y: south }), cell(Coord { x: east, y: north }));
            for column in first.0..=last.0 {
                for row in first.1..=last.1 {
                    cells.entry((column, row)).or_default().push(rank);
                }
            }
        }
        Self { contours, cells }
    }

    pub(in crate::load) fn is_empty(&self) -> bool {
        self.contours.is_empty()
    }

    /// Code of the commune of a place.
    pub(in crate::load) fn at(&self, place: Coord) -> Option<&str> {
        let ranks = self.cells.get(&cell(place))?;
        let near = ranks.iter().filter_map(|rank| self.contours.get(*rank));
        near.into_iter().find(|contour| contour.contains(place)).map(|contour| contour.insee.as_str())
    }
}

impl Contour {
    fn contains(&self, place: Coord) -> bool {
        let [west, south, east, north] = self.bounds;
        if !(west..=east).contains(&place.x) || !(south..=north).contains(&place.y) {
            return false;
        }
        self.shape.0.iter().any(|polygon| {
            is_inside(place, polygon.exterior()) && !polygon.interiors().iter().any(|hole| is_inside(place, hole))
        })
    }
}

/// Whether a ray from the place towards the east leaves the ring an odd number of times.
fn is_inside(place: Coord, ring: &LineString) -> bool {
    let crosses = |a: Coord, b: Coord| {
        (a.y > place.y) != (b.y > place.y) && place.x < a.x + (place.y - a.y) / (b.y - a.y) * (b.x - a.x)
    };
    ring.lines().filter(|edge| crosses(edge.start, edge.end)).count() % 2 == 1
}

fn bounds(shape: &MultiPolygon) -> [f64; 4] {
    let vertices = shape.0.iter().flat_map(|polygon| &polygon.exterior().0);
    let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    vertices.fold(empty, |[west, south, east, north], vertex| {
        [west.min(vertex.x), south.min(vertex.y), east.max(vertex.x), north.max(vertex.y)]
    })
}

fn cell(place: Coord) -> (i64, i64) {
    #[expect(clippy::cast_possible_truncation, reason = "the Earth is 7,200 cells around")]
    let index = |degrees: f64| (degrees / CELL).floor() as i64;
    (index(place.x), index(place.y))
}

#[cfg(test)]
mod tests {
    use dialog_geo::Polygon;

    use super::*;

    fn square(insee: &str, west: f64, south: f64, side: f64, hole: Option<f64>) -> NewContour {
        let ring = |at: f64, side: f64| {
            let (x, y) = (west + at, south + at);
            LineString::from(vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
        };
        let holes = hole.map(|hole| ring((side - hole) / 2.0, hole)).into_iter().collect();
        NewContour { insee: insee.to_owned(), geometry: MultiPolygon::new(vec![Polygon::new(ring(0.0, side), holes)]) }
    }

    #[test]
    fn place_lies_in_the_smallest_commune_around_it_and_in_none_within_a_hole() {
        let communes = Communes::new(vec![
            square("75056", 2.0, 48.0, 1.0, None),
            square("75104", 2.2, 48.2, 0.1, None),
            square("01001", 4.0, 48.0, 1.0, Some(0.5)),
        ]);
        assert_eq!(communes.at(Coord { x: 2.25, y: 48.25 }), Some("75104"));
        assert_eq!(communes.at(Coord { x: 2.95, y: 48.95 }), Some("75056"));
        assert_eq!(communes.at(Coord { x: 4.5, y: 48.5 }), None, "in the hole");
        assert_eq!(communes.at(Coord { x: 4.1, y: 48.5 }), Some("01001"));
        assert_eq!(communes.at(Coord { x: -4.1, y: 48.5 }), None);
    }
}
