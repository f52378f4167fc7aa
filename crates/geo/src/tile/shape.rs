//! The commands by which a vector tile draws a geometry.

use geo_types::Geometry;

use super::{Tile, clip};
use crate::{Coord, LineString, Polygon};

/// What a shape is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// Dots.
    Points = 1,
    /// Lines.
    Lines = 2,
    /// Areas.
    Areas = 3,
}

/// A geometry in a tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub(super) kind: ShapeKind,
    pub(super) commands: Vec<u32>,
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE: u32 = 7;

impl Shape {
    /// A dot at a place in units of the tile.
    #[must_use]
    pub fn dot(place: Coord) -> Self {
        let mut pen = Pen::default();
        pen.points(&[rounded(place)]);
        Self { kind: ShapeKind::Points, commands: pen.commands }
    }

    /// What of a geometry lies in the tile, one shape per kind. `backwards` turns its lines around.
    #[must_use]
    pub fn of(geometry: &Geometry, tile: Tile, backwards: bool) -> Vec<Self> {
        let mut pens = Pens { tile, backwards, points: Pen::default(), lines: Pen::default(), areas: Pen::default() };
        pens.draw(geometry);
        let shapes = [(ShapeKind::Points, pens.points), (ShapeKind::Lines, pens.lines), (ShapeKind::Areas, pens.areas)];
        shapes
            .into_iter()
            .filter(|(_, pen)| !pen.commands.is_empty())
            .map(|(kind, pen)| Self { kind, commands: pen.commands })
            .collect()
    }
}

struct Pens {
    tile: Tile,
    backwards: bool,
    points: Pen,
    lines: Pen,
    areas: Pen,
}

impl Pens {
    fn draw(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(point) => self.points(&[point.0]),
            Geometry::MultiPoint(points) => self.points(&points.iter().map(|point| point.0).collect::<Vec<_>>()),
            Geometry::Line(line) => self.line(&LineString::new(vec![line.start, line.end])),
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.polygon(polygon)),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.draw(part)),
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
        }
    }

    fn projected(&self, places: &[Coord]) -> Vec<Coord> {
        places.iter().map(|place| self.tile.project(*place)).collect()
    }

    fn points(&mut self, places: &[Coord]) {
        let places = self.projected(places);
        let inside: Vec<_> = places.into_iter().filter(|place| clip::is_inside(*place)).collect();
        if !inside.is_empty() {
            self.points.points(&inside.into_iter().map(rounded).collect::<Vec<_>>());
        }
    }

    fn line(&mut self, line: &LineString) {
        let mut places = self.projected(&line.0);
        if self.backwards {
            places.reverse();
        }
        for stretch in clip::line(places) {
            let mut units = simplified(&stretch);
            // A line that is too short for the grid stays to be seen.
            if let &[(x, y)] = units.as_slice() {
                units.push((x + 1, y));
            }
            self.lines.line(&units);
        }
    }

    fn polygon(&mut self, polygon: &Polygon) {
        if !self.ring(polygon.exterior(), true) {
            return;
        }
        for ring in polygon.interiors() {
            self.ring(ring, false);
        }
    }

    /// Whether anything of it was drawn. Outer rings have a surface above zero in the tile, inner ones below.
    fn ring(&mut self, ring: &LineString, outer: bool) -> bool {
        let mut units = simplified(&clip::ring(&self.projected(&ring.0)));
        if units.first() == units.last() {
            units.pop();
        }
        let surface = surface(&units);
        if units.len() < 3 || surface == 0 {
            return false;
        }
        if (surface > 0) != outer {
            units.reverse();
        }
        self.areas.ring(&units);
        true
    }
}

/// Draws with moves relative to the last place.
#[derive(Default)]
struct Pen {
    commands: Vec<u32>,
    last: (i32, i32),
}

impl Pen {
    fn points(&mut self, places: &[(i32, i32)]) {
        self.command(MOVE_TO, places.len());
        places.iter().for_each(|place| self.go(*place));
    }

    fn line(&mut self, places: &[(i32, i32)]) {
        let Some((first, rest)) = places.split_first() else { return };
        self.command(MOVE_TO, 1);
        self.go(*first);
        self.command(LINE_TO, rest.len());
        rest.iter().for_each(|place| self.go(*place));
    }

    fn ring(&mut self, places: &[(i32, i32)]) {
        self.line(places);
        self.command(CLOSE, 1);
    }

    fn command(&mut self, id: u32, count: usize) {
        self.commands.push(id | (u32::try_from(count).unwrap_or(u32::MAX >> 3) << 3));
    }

    fn go(&mut self, place: (i32, i32)) {
        let zigzag = |delta: i32| ((delta << 1) ^ (delta >> 31)).cast_unsigned();
        self.commands.extend([zigzag(place.0 - self.last.0), zigzag(place.1 - self.last.1)]);
        self.last = place;
    }
}

/// On the grid, without places that repeat the one before or lie straight between their neighbours.
fn simplified(places: &[Coord]) -> Vec<(i32, i32)> {
    let mut units: Vec<(i32, i32)> = Vec::with_capacity(places.len());
    for place in places.iter().copied().map(rounded) {
        if units.last() == Some(&place) {
            continue;
        }
        if let &[.., before, last] = units.as_slice()
            && is_straight(before, last, place)
        {
            units.pop();
        }
        units.push(place);
    }
    units
}

/// Whether going on from `last` keeps the very direction in which it was reached.
fn is_straight(before: (i32, i32), last: (i32, i32), next: (i32, i32)) -> bool {
    let (ax, ay) = (i64::from(last.0 - before.0), i64::from(last.1 - before.1));
    let (bx, by) = (i64::from(next.0 - last.0), i64::from(next.1 - last.1));
    ax * by == ay * bx && ax * bx + ay * by > 0
}

/// Twice the surface of a ring that is not closed; above zero when it turns clockwise on the screen.
fn surface(ring: &[(i32, i32)]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1)).sum()
}

#[expect(clippy::cast_possible_truncation, reason = "what is clipped lies within a few thousand units")]
fn rounded(place: Coord) -> (i32, i32) {
    (place.x.round() as i32, place.y.round() as i32)
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, point, polygon};

    use super::*;

    const TILE: Tile = Tile { z: 0, x: 0, y: 0 };

    #[test]
    fn line_is_drawn_from_its_start_and_backwards_from_its_end() {
        // The middle of the world and a point a quarter of it to the east.
        let line = Geometry::from(line_string![(x: 0.0, y: 0.0), (x: 45.0, y: 0.0), (x: 90.0, y: 0.0)]);
        let forward = Shape::of(&line, TILE, false);
        assert_eq!(forward, [Shape { kind: ShapeKind::Lines, commands: vec![9, 4096, 4096, 10, 2048, 0] }]);
        let backward = Shape::of(&line, TILE, true);
        assert_eq!(backward, [Shape { kind: ShapeKind::Lines, commands: vec![9, 6144, 4096, 10, 2047, 0] }]);
    }

    #[test]
    fn a_line_too_short_for_the_grid_stays_to_be_seen() {
        let short = Geometry::from(line_string![(x: 0.0, y: 0.0), (x: 0.001, y: 0.0)]);
        assert_eq!(Shape::of(&short, TILE, false)[0].commands, [9, 4096, 4096, 10, 2, 0]);
    }

    #[test]
    fn outer_rings_turn_clockwise_whichever_way_they_were_drawn() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 90.0, y: 0.0), (x: 90.0, y: 60.0), (x: 0.0, y: 60.0)];
        let mut turned = square.clone();
        turned.exterior_mut(|ring| ring.0.reverse());
        for polygon in [square, turned] {
            let shapes = Shape::of(&Geometry::from(polygon), TILE, false);
            assert_eq!(shapes.len(), 1);
            assert_eq!((shapes[0].kind, shapes[0].commands.last()), (ShapeKind::Areas, Some(&15)));
        }
    }

    #[test]
    fn what_lies_elsewhere_is_not_drawn() {
        let tile = Tile { z: 10, x: 0, y: 0 };
        assert!(Shape::of(&Geometry::from(point! { x: 2.0, y: 48.0 }), tile, false).is_empty());
        assert!(Shape::of(&Geometry::from(line_string![(x: 2.0, y: 48.0), (x: 3.0, y: 48.0)]), tile, false).is_empty());
    }
}
