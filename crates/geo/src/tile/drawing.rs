//! The commands by which a vector tile draws a geometry.

use super::projection::Projection;
use super::protobuf::varint;
use super::{Tile, clip};
use crate::Coord;
use crate::twkb::Sink;

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

/// What of a geometry is drawn as one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape<'a> {
    pub(super) kind: ShapeKind,
    pub(super) commands: &'a [u8],
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE: u32 = 7;

/// Draws one geometry after the other in a tile, in the same memory.
#[derive(Debug)]
pub struct Drawing {
    projection: Projection,
    backwards: bool,
    points: Pen,
    lines: Pen,
    areas: Pen,
    /// Whether something of the last outer ring was drawn.
    has_outer: bool,
    places: Vec<Coord>,
    stretch: Vec<Coord>,
    units: Vec<(i32, i32)>,
}

impl Drawing {
    /// Nothing yet.
    #[must_use]
    pub fn of(tile: Tile) -> Self {
        Self {
            projection: Projection::of(tile),
            backwards: false,
            points: Pen::default(),
            lines: Pen::default(),
            areas: Pen::default(),
            has_outer: false,
            places: Vec::new(),
            stretch: Vec::new(),
            units: Vec::new(),
        }
    }

    /// Begins the next geometry; `backwards` turns its lines around.
    pub fn begin(&mut self, backwards: bool) {
        self.backwards = backwards;
        [&mut self.points, &mut self.lines, &mut self.areas].into_iter().for_each(Pen::clear);
    }

    /// A dot at a place in units of the tile.
    pub fn dot(&mut self, place: Coord) {
        self.units.clear();
        self.units.push(rounded(place));
        self.points.points(&self.units);
    }

    /// What was drawn since it began.
    pub fn shapes(&self) -> impl Iterator<Item = Shape<'_>> {
        [(ShapeKind::Points, &self.points), (ShapeKind::Lines, &self.lines), (ShapeKind::Areas, &self.areas)]
            .into_iter()
            .filter(|(_, pen)| !pen.commands.is_empty())
            .map(|(kind, pen)| Shape { kind, commands: &pen.commands })
    }

    fn project(&mut self, places: &[Coord]) {
        self.places.clear();
        self.places.extend(places.iter().map(|place| self.projection.project(*place)));
    }
}

impl Sink for Drawing {
    fn points(&mut self, places: &[Coord]) {
        self.project(places);
        self.units.clear();
        self.units.extend(self.places.iter().copied().filter(|place| clip::is_inside(*place)).map(rounded));
        self.points.points(&self.units);
    }

    fn line(&mut self, places: &[Coord]) {
        self.project(places);
        if self.backwards {
            self.places.reverse();
        }
        clip::line(&self.places, &mut self.stretch, |stretch| {
            simplify(stretch, &mut self.units);
            // A line that is too short for the grid stays to be seen.
            if let &[(x, y)] = self.units.as_slice() {
                self.units.push((x + 1, y));
            }
            self.lines.line(&self.units);
        });
    }

    fn ring(&mut self, places: &[Coord], is_outer: bool) {
        if !is_outer && !self.has_outer {
            return;
        }
        self.project(places);
        let units = &mut self.units;
        simplify(&clip::ring(&self.places), units);
        if units.first() == units.last() {
            units.pop();
        }
        let surface = surface(units);
        let is_drawn = units.len() >= 3 && surface != 0;
        if is_outer {
            self.has_outer = is_drawn;
        }
        if !is_drawn {
            return;
        }
        // Outer rings have a surface above zero in the tile, inner ones below.
        if (surface > 0) != is_outer {
            units.reverse();
        }
        self.areas.ring(units);
    }
}

/// Draws with moves relative to the last place.
#[derive(Debug, Default)]
struct Pen {
    commands: Vec<u8>,
    last: (i32, i32),
}

impl Pen {
    fn clear(&mut self) {
        self.commands.clear();
        self.last = (0, 0);
    }

    fn points(&mut self, places: &[(i32, i32)]) {
        if !places.is_empty() {
            self.command(MOVE_TO, places.len());
            places.iter().for_each(|place| self.go(*place));
        }
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
        varint(u64::from(id) | ((count as u64) << 3), &mut self.commands);
    }

    fn go(&mut self, place: (i32, i32)) {
        for delta in [place.0 - self.last.0, place.1 - self.last.1] {
            let zigzag = (delta << 1) ^ (delta >> 31);
            varint(u64::from(zigzag.cast_unsigned()), &mut self.commands);
        }
        self.last = place;
    }
}

/// On the grid, without places that repeat the one before or lie straight between their neighbours.
fn simplify(places: &[Coord], units: &mut Vec<(i32, i32)>) {
    units.clear();
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
    use super::*;

    const WORLD: Tile = Tile { z: 0, x: 0, y: 0 };

    fn places<const N: usize>(places: [(f64, f64); N]) -> [Coord; N] {
        places.map(|(x, y)| Coord { x, y })
    }

    fn line_of<const N: usize>(line: [(f64, f64); N], tile: Tile, backwards: bool) -> Vec<u8> {
        let mut drawing = Drawing::of(tile);
        drawing.begin(backwards);
        drawing.line(&places(line));
        let mut shapes = drawing.shapes();
        let shape = shapes.next();
        assert!(shape.is_none_or(|shape| shape.kind == ShapeKind::Lines) && shapes.next().is_none());
        shape.map_or_else(Vec::new, |shape| shape.commands.to_vec())
    }

    fn written<const N: usize>(commands: [u64; N]) -> Vec<u8> {
        let mut bytes = Vec::new();
        commands.into_iter().for_each(|command| varint(command, &mut bytes));
        bytes
    }

    #[test]
    fn line_is_drawn_from_its_start_and_backwards_from_its_end() {
        // The middle of the world and a point a quarter of it to the east.
        let line = [(0.0, 0.0), (45.0, 0.0), (90.0, 0.0)];
        assert_eq!(line_of(line, WORLD, false), written([9, 4096, 4096, 10, 2048, 0]));
        assert_eq!(line_of(line, WORLD, true), written([9, 6144, 4096, 10, 2047, 0]));
    }

    #[test]
    fn a_line_too_short_for_the_grid_stays_to_be_seen() {
        assert_eq!(line_of([(0.0, 0.0), (0.001, 0.0)], WORLD, false), written([9, 4096, 4096, 10, 2, 0]));
    }

    #[test]
    fn outer_rings_turn_clockwise_whichever_way_they_were_drawn_and_inner_ones_the_other_way() {
        let square = places([(0.0, 0.0), (90.0, 0.0), (90.0, 60.0), (0.0, 60.0), (0.0, 0.0)]);
        let hole = places([(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 10.0)]);
        for is_reversed in [false, true] {
            let (mut outer, mut inner) = (square, hole);
            if is_reversed {
                outer.reverse();
                inner.reverse();
            }
            let mut drawing = Drawing::of(WORLD);
            drawing.begin(false);
            drawing.ring(&outer, true);
            drawing.ring(&inner, false);
            let shapes: Vec<_> = drawing.shapes().collect();
            assert_eq!((shapes.len(), shapes[0].kind), (1, ShapeKind::Areas));
            let surfaces: Vec<_> = rings(shapes[0].commands).iter().map(|ring| surface(ring).signum()).collect();
            assert_eq!(surfaces, [1, -1], "{is_reversed}");
        }
    }

    /// The rings that the commands draw.
    fn rings(commands: &[u8]) -> Vec<Vec<(i32, i32)>> {
        let (mut numbers, mut number) = (Vec::new(), 0_u32);
        let mut bits = 0;
        for byte in commands {
            number |= u32::from(byte & 0x7F) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                numbers.push(std::mem::take(&mut number));
                bits = 0;
            }
        }
        let (mut rings, mut last, mut numbers) = (Vec::new(), (0, 0), numbers.into_iter());
        while let Some(command) = numbers.next() {
            if command & 7 == CLOSE {
                continue;
            }
            if command & 7 == MOVE_TO {
                rings.push(Vec::new());
            }
            for _ in 0..command >> 3 {
                let mut delta =
                    || numbers.next().map(|zigzag| (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed());
                let (dx, dy) = (delta().unwrap(), delta().unwrap());
                last = (last.0 + dx, last.1 + dy);
                rings.last_mut().unwrap().push(last);
            }
        }
        rings
    }

    #[test]
    fn holes_of_what_lies_elsewhere_are_not_drawn() {
        let tile = Tile { z: 10, x: 0, y: 0 };
        let mut drawing = Drawing::of(tile);
        drawing.begin(false);
        drawing.ring(&places([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]), true);
        drawing.ring(&places([(-179.9, 85.0), (-179.8, 85.0), (-179.8, 85.01), (-179.9, 85.0)]), false);
        assert_eq!(drawing.shapes().count(), 0);
    }

    #[test]
    fn what_lies_elsewhere_is_not_drawn_and_what_was_before_is_forgotten() {
        let tile = Tile { z: 10, x: 0, y: 0 };
        assert!(line_of([(2.0, 48.0), (3.0, 48.0)], tile, false).is_empty());
        let mut drawing = Drawing::of(WORLD);
        drawing.begin(false);
        drawing.points(&places([(2.0, 48.0), (3.0, 48.0)]));
        assert_eq!(drawing.shapes().map(|shape| shape.kind).collect::<Vec<_>>(), [ShapeKind::Points]);
        drawing.begin(false);
        assert_eq!(drawing.shapes().count(), 0);
    }
}
