//! Well-known binary, little-endian, two dimensions: any geometry, as PostGIS sends it.

use geo_types::{Geometry, GeometryCollection, MultiLineString, MultiPoint, Point};

use crate::{Coord, LineString, MultiPolygon, Polygon};

/// Set on a type that is followed by an SRID (extended WKB).
const WITH_SRID: u32 = 0x2000_0000;
/// Collections within collections are no deeper than this.
const DEEPEST: u8 = 8;

/// A geometry; `None` when the bytes are something else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Geometry> {
    Reader { rest: bytes }.geometry(0)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn geometry(&mut self, depth: u8) -> Option<Geometry> {
        if depth > DEEPEST {
            return None;
        }
        let (&1, rest) = self.rest.split_first()? else { return None };
        self.rest = rest;
        let kind = self.number()?;
        if kind & WITH_SRID != 0 {
            self.number()?;
        }
        Some(match kind & !WITH_SRID {
            1 => Point(self.coord()?).into(),
            2 => self.line()?.into(),
            3 => self.polygon()?.into(),
            4 => {
                let parts = self.parts(depth)?.into_iter();
                MultiPoint::new(parts.map(Point::try_from).collect::<Result<_, _>>().ok()?).into()
            }
            5 => {
                let parts = self.parts(depth)?.into_iter();
                MultiLineString::new(parts.map(LineString::try_from).collect::<Result<_, _>>().ok()?).into()
            }
            6 => {
                let parts = self.parts(depth)?.into_iter();
                MultiPolygon::new(parts.map(Polygon::try_from).collect::<Result<_, _>>().ok()?).into()
            }
            7 => Geometry::GeometryCollection(GeometryCollection::new_from(self.parts(depth)?)),
            _ => return None,
        })
    }

    fn parts(&mut self, depth: u8) -> Option<Vec<Geometry>> {
        let count = self.number()?;
        (0..count).map(|_| self.geometry(depth + 1)).collect()
    }

    fn polygon(&mut self) -> Option<Polygon> {
        let count = self.number()?;
        let mut rings = (0..count).map(|_| self.line()).collect::<Option<Vec<_>>>()?.into_iter();
        Some(Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect()))
    }

    fn line(&mut self) -> Option<LineString> {
        let count = self.number()?;
        (0..count).map(|_| self.coord()).collect::<Option<Vec<_>>>().map(LineString::new)
    }

    fn number(&mut self) -> Option<u32> {
        let (head, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u32::from_le_bytes(*head))
    }

    fn coord(&mut self) -> Option<Coord> {
        let (x, rest) = self.rest.split_first_chunk()?;
        let (y, rest) = rest.split_first_chunk()?;
        self.rest = rest;
        Some(Coord { x: f64::from_le_bytes(*x), y: f64::from_le_bytes(*y) })
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, point};

    use super::*;

    fn header(kind: u32, out: &mut Vec<u8>) {
        out.push(1);
        out.extend(kind.to_le_bytes());
    }

    fn place(x: f64, y: f64, out: &mut Vec<u8>) {
        out.extend(x.to_le_bytes());
        out.extend(y.to_le_bytes());
    }

    #[test]
    fn a_collection_is_read_with_its_parts_and_its_srid() {
        let mut bytes = Vec::new();
        header(7 | WITH_SRID, &mut bytes);
        bytes.extend(4326_u32.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        header(1, &mut bytes);
        place(2.0, 48.0, &mut bytes);
        header(2, &mut bytes);
        bytes.extend(2_u32.to_le_bytes());
        place(2.0, 48.0, &mut bytes);
        place(3.0, 49.0, &mut bytes);
        let expected: Vec<Geometry> =
            vec![point! { x: 2.0, y: 48.0 }.into(), line_string![(x: 2.0, y: 48.0), (x: 3.0, y: 49.0)].into()];
        assert_eq!(read(&bytes), Some(Geometry::GeometryCollection(GeometryCollection::new_from(expected))));
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
    }

    #[test]
    fn collections_without_end_are_refused() {
        let mut bytes = Vec::new();
        for _ in 0..100 {
            header(7, &mut bytes);
            bytes.extend(1_u32.to_le_bytes());
        }
        assert_eq!(read(&bytes), None);
    }
}
