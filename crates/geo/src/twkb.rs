//! Tiny well-known binary in degrees, two dimensions, as PostGIS writes it (`ST_AsTWKB`, without identifiers, sizes nor
//! bounds): whole numbers, each as its difference from the one before.

use geo_types::{Geometry, GeometryCollection, MultiLineString, MultiPoint, Point};

use crate::{Coord, LineString, MultiPolygon, Polygon};

/// Collections within collections are no deeper than this.
const DEEPEST: u8 = 8;
const IS_EMPTY: u8 = 0x10;

/// The geometry at the beginning of the bytes, and the bytes after it; `None` when they are something else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<(Geometry, &[u8])> {
    let mut reader = Reader { rest: bytes, unit: 1.0, last: (0, 0) };
    let geometry = reader.geometry(0)?;
    Some((geometry, reader.rest))
}

struct Reader<'a> {
    rest: &'a [u8],
    /// How many make a degree.
    unit: f64,
    last: (i64, i64),
}

impl Reader<'_> {
    fn geometry(&mut self, depth: u8) -> Option<Geometry> {
        let &[head, flags, ref rest @ ..] = self.rest else { return None };
        if depth > DEEPEST || flags & !IS_EMPTY != 0 {
            return None;
        }
        self.rest = rest;
        self.last = (0, 0);
        let decimals = unzigzag(u64::from(head >> 4));
        self.unit = 10_f64.powi(i32::try_from(decimals).ok()?);
        let is_empty = flags & IS_EMPTY != 0;
        Some(match head & 0x0F {
            // An empty one has no body at all.
            1 if is_empty => MultiPoint::new(Vec::new()).into(),
            2..=7 if is_empty => Geometry::GeometryCollection(GeometryCollection::default()),
            1 => Point(self.coord()?).into(),
            2 => self.line()?.into(),
            3 => self.polygon()?.into(),
            4 => MultiPoint::new(self.parts(|reader| reader.coord().map(Point))?).into(),
            5 => MultiLineString::new(self.parts(Self::line)?).into(),
            6 => MultiPolygon::new(self.parts(Self::polygon)?).into(),
            7 => {
                let parts = self.parts(|reader| reader.geometry(depth + 1))?;
                Geometry::GeometryCollection(GeometryCollection::new_from(parts))
            }
            _ => return None,
        })
    }

    fn polygon(&mut self) -> Option<Polygon> {
        let mut rings = self.parts(Self::line)?;
        let inner = rings.split_off(1.min(rings.len()));
        Some(Polygon::new(rings.pop().unwrap_or_else(|| LineString::new(Vec::new())), inner))
    }

    fn line(&mut self) -> Option<LineString> {
        Some(LineString::new(self.parts(Self::coord)?))
    }

    fn parts<T>(&mut self, mut part: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = usize::try_from(self.number()?).ok()?;
        // Each takes a byte at least: a wrong number asks for no memory that is not there.
        let mut parts = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            parts.push(part(self)?);
        }
        Some(parts)
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees with seven decimals are far below 2^53")]
    fn coord(&mut self) -> Option<Coord> {
        let (dx, dy) = (unzigzag(self.number()?), unzigzag(self.number()?));
        self.last = (self.last.0.checked_add(dx)?, self.last.1.checked_add(dy)?);
        Some(Coord { x: self.last.0 as f64 / self.unit, y: self.last.1 as f64 / self.unit })
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
    use geo_types::{line_string, point};

    use super::*;

    #[test]
    fn line_of_the_specification_is_read_and_what_follows_is_left() {
        // LINESTRING(1 1, 5 5) without decimals, as the specification of the format has it, then another byte.
        let (line, rest) = read(&[0x02, 0x00, 0x02, 0x02, 0x02, 0x08, 0x08, 0x7F]).unwrap();
        assert_eq!(line, line_string![(x: 1.0, y: 1.0), (x: 5.0, y: 5.0)].into());
        assert_eq!(rest, [0x7F]);
    }

    #[test]
    fn decimals_and_negative_numbers_are_read() {
        // Precision 1: the nibble is the zigzag of it.
        let (place, _) = read(&[0x21, 0x00, 0x03, 0x1E]).unwrap();
        assert_eq!(place, point!(x: -0.2, y: 1.5).into());
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
