//! Tiny well-known binary in degrees, two dimensions, as PostGIS writes it (`ST_AsTWKB`, without identifiers, sizes nor
//! bounds): whole numbers, each as its difference from the one before.

use crate::Coord;

/// Collections within collections are no deeper than this.
const DEEPEST: u8 = 8;
const IS_EMPTY: u8 = 0x10;

/// What is told of a geometry, part by part, while it is read.
pub trait Sink {
    /// A point, or several together.
    fn points(&mut self, places: &[Coord]);
    /// A line, or one of several.
    fn line(&mut self, places: &[Coord]);
    /// A ring of an area: the outer one, then those of its holes.
    fn ring(&mut self, places: &[Coord], is_outer: bool);
}

/// Reads geometries, one after the other in the same memory: a tile has hundreds.
#[derive(Debug, Default)]
pub struct Reader {
    places: Vec<Coord>,
}

impl Reader {
    /// Tells of the geometry at the beginning of the bytes, and gives the bytes after it; `None` when they are something
    /// else: what was told until then is to be forgotten.
    pub fn read<'a>(&mut self, bytes: &'a [u8], sink: &mut impl Sink) -> Option<&'a [u8]> {
        let mut reading = Reading { rest: bytes, unit: 1.0, last: (0, 0), places: &mut self.places, sink };
        reading.geometry(0)?;
        Some(reading.rest)
    }
}

struct Reading<'a, 'b, S> {
    rest: &'a [u8],
    /// How many make a degree.
    unit: f64,
    last: (i64, i64),
    places: &'b mut Vec<Coord>,
    sink: &'b mut S,
}

impl<S: Sink> Reading<'_, '_, S> {
    fn geometry(&mut self, depth: u8) -> Option<()> {
        let &[head, flags, ref rest @ ..] = self.rest else { return None };
        if depth > DEEPEST || flags & !IS_EMPTY != 0 {
            return None;
        }
        self.rest = rest;
        self.last = (0, 0);
        let decimals = unzigzag(u64::from(head >> 4));
        self.unit = 10_f64.powi(i32::try_from(decimals).ok()?);
        match head & 0x0F {
            // An empty one has no body at all.
            1..=7 if flags & IS_EMPTY != 0 => Some(()),
            1 => self.points(1),
            2 => self.line(),
            3 => self.polygon(),
            4 => {
                let count = self.count()?;
                self.points(count)
            }
            5 => self.each(Self::line),
            6 => self.each(Self::polygon),
            7 => self.each(|reading| reading.geometry(depth + 1)),
            _ => None,
        }
    }

    fn each(&mut self, mut part: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        (0..self.count()?).try_for_each(|_| part(self))
    }

    fn points(&mut self, count: usize) -> Option<()> {
        self.places(count)?;
        self.sink.points(self.places);
        Some(())
    }

    fn line(&mut self) -> Option<()> {
        let count = self.count()?;
        self.places(count)?;
        self.sink.line(self.places);
        Some(())
    }

    fn polygon(&mut self) -> Option<()> {
        for rank in 0..self.count()? {
            let count = self.count()?;
            self.places(count)?;
            self.sink.ring(self.places, rank == 0);
        }
        Some(())
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees with seven decimals are far below 2^53")]
    fn places(&mut self, count: usize) -> Option<()> {
        self.places.clear();
        // Each takes two bytes at least: a wrong number asks for no memory that is not there.
        self.places.reserve(count.min(self.rest.len() / 2));
        for _ in 0..count {
            let (dx, dy) = (unzigzag(self.number()?), unzigzag(self.number()?));
            self.last = (self.last.0.checked_add(dx)?, self.last.1.checked_add(dy)?);
            self.places.push(Coord { x: self.last.0 as f64 / self.unit, y: self.last.1 as f64 / self.unit });
        }
        Some(())
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for (rank, byte) in self.rest.iter().enumerate().take(10) {
            number |= u64::from(byte & 0x7F) << (7 * rank);
            if byte & 0x80 == 0 {
                self.rest = self.rest.get(rank + 1..)?;
                return Some(number);
            }
        }
        None
    }
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was told, as a text.
    #[derive(Default)]
    struct Told(String);

    impl Told {
        fn tell(&mut self, what: &str, places: &[Coord]) {
            let places: Vec<_> = places.iter().map(|place| format!("{} {}", place.x, place.y)).collect();
            self.0 += &format!("{what} {};", places.join(", "));
        }
    }

    impl Sink for Told {
        fn points(&mut self, places: &[Coord]) {
            self.tell("points", places);
        }
        fn line(&mut self, places: &[Coord]) {
            self.tell("line", places);
        }
        fn ring(&mut self, places: &[Coord], is_outer: bool) {
            self.tell(if is_outer { "outer" } else { "inner" }, places);
        }
    }

    fn read(bytes: &[u8]) -> Option<(String, &[u8])> {
        let mut told = Told::default();
        let rest = Reader::default().read(bytes, &mut told)?;
        Some((told.0, rest))
    }

    #[test]
    fn line_of_the_specification_is_read_and_what_follows_is_left() {
        // LINESTRING(1 1, 5 5) without decimals, as the specification of the format has it, then another byte.
        let (told, rest) = read(&[0x02, 0x00, 0x02, 0x02, 0x02, 0x08, 0x08, 0x7F]).unwrap();
        assert_eq!((told.as_str(), rest), ("line 1 1, 5 5;", &[0x7F][..]));
    }

    #[test]
    fn decimals_and_negative_numbers_are_read() {
        // Precision 1: the nibble is the zigzag of it.
        assert_eq!(read(&[0x21, 0x00, 0x03, 0x1E]).unwrap().0, "points -0.2 1.5;");
    }

    #[test]
    fn broken_bytes_are_nothing() {
        let line = [0x02, 0x00, 0x02, 0x02, 0x02, 0x08, 0x08];
        for length in 0..line.len() {
            assert_eq!(read(&line[..length]), None, "{length}");
        }
        // A size, bounds, an unknown type, more places than bytes.
        for bytes in
            [&[0x02, 0x02, 7, 2, 2, 2, 8, 8][..], &[0x02, 0x01, 0, 0], &[0x09, 0], &[0x02, 0, 0xFF, 0xFF, 0x7F]]
        {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }
}
