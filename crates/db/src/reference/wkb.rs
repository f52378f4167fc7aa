//! Well-known binary, little-endian, two dimensions: what travels to and from PostGIS.

use bytes::BufMut;
use dialog_geo::{Coord, LineString, MultiPolygon, Polygon};

const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_LINE_STRING: u32 = 5;
const MULTI_POLYGON: u32 = 6;
/// Set on a type that is followed by an SRID (extended WKB).
const WITH_SRID: u32 = 0x2000_0000;
const WGS_84: u32 = 4326;

/// The vertices of a line string; `None` when the bytes are something else.
pub(crate) fn read_line_string(bytes: &[u8]) -> Option<LineString> {
    let (&1, rest) = bytes.split_first()? else { return None };
    let (kind, rest) = read_u32(rest)?;
    let (count, mut rest) = read_u32(rest)?;
    if kind != LINE_STRING {
        return None;
    }
    let mut coords = Vec::with_capacity(usize::try_from(count).ok()?);
    for _ in 0..count {
        let coord;
        (coord, rest) = read_coord(rest)?;
        coords.push(coord);
    }
    Some(LineString::new(coords))
}

/// A multipolygon; `None` when the bytes are something else.
pub(crate) fn read_multi_polygon(bytes: &[u8]) -> Option<MultiPolygon> {
    let (count, mut rest) = read_header(bytes, MULTI_POLYGON)?;
    let mut polygons = Vec::new();
    for _ in 0..count {
        let (rings, mut inside) = read_header(rest, POLYGON)?;
        let mut lines = Vec::new();
        for _ in 0..rings {
            let (count, mut vertices) = read_u32(inside)?;
            let mut line = Vec::new();
            for _ in 0..count {
                let coord;
                (coord, vertices) = read_coord(vertices)?;
                line.push(coord);
            }
            lines.push(LineString::new(line));
            inside = vertices;
        }
        let mut lines = lines.into_iter();
        polygons.push(Polygon::new(lines.next()?, lines.collect()));
        rest = inside;
    }
    Some(MultiPolygon::new(polygons))
}

/// How many parts follow the header of a geometry of this type.
fn read_header(bytes: &[u8], expected: u32) -> Option<(u32, &[u8])> {
    let (&1, rest) = bytes.split_first()? else { return None };
    let (kind, rest) = read_u32(rest)?;
    if kind == expected { read_u32(rest) } else { None }
}

/// A point in WGS 84.
pub(crate) fn write_point(point: Coord, out: &mut impl BufMut) {
    header(POINT, out);
    write_coord(point, out);
}

/// A line string in WGS 84.
pub(crate) fn write_line_string(line: &LineString, out: &mut impl BufMut) {
    header(LINE_STRING, out);
    write_coords(&line.0, out);
}

/// Several line strings in WGS 84.
pub(crate) fn write_multi_line_string(lines: &[LineString], out: &mut impl BufMut) {
    header(MULTI_LINE_STRING, out);
    write_count(lines.len(), out);
    for line in lines {
        out.put_u8(1);
        out.put_u32_le(LINE_STRING);
        write_coords(&line.0, out);
    }
}

/// A multipolygon in WGS 84.
pub(crate) fn write_multi_polygon(polygons: &MultiPolygon, out: &mut impl BufMut) {
    header(MULTI_POLYGON, out);
    write_count(polygons.0.len(), out);
    for polygon in &polygons.0 {
        out.put_u8(1);
        out.put_u32_le(POLYGON);
        write_count(1 + polygon.interiors().len(), out);
        write_coords(&polygon.exterior().0, out);
        for ring in polygon.interiors() {
            write_coords(&ring.0, out);
        }
    }
}

fn header(kind: u32, out: &mut impl BufMut) {
    out.put_u8(1);
    out.put_u32_le(kind | WITH_SRID);
    out.put_u32_le(WGS_84);
}

fn write_coords(coords: &[Coord], out: &mut impl BufMut) {
    write_count(coords.len(), out);
    for coord in coords {
        write_coord(*coord, out);
    }
}

fn write_count(count: usize, out: &mut impl BufMut) {
    // More than four billion vertices do not fit in memory.
    out.put_u32_le(u32::try_from(count).unwrap_or(u32::MAX));
}

fn write_coord(coord: Coord, out: &mut impl BufMut) {
    out.put_f64_le(coord.x);
    out.put_f64_le(coord.y);
}

fn read_u32(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (head, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*head), rest))
}

fn read_coord(bytes: &[u8]) -> Option<(Coord, &[u8])> {
    let (x, rest) = bytes.split_first_chunk()?;
    let (y, rest) = rest.split_first_chunk()?;
    Some((Coord { x: f64::from_le_bytes(*x), y: f64::from_le_bytes(*y) }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_line_string_is_read_back_once_its_srid_is_gone() {
        let line = LineString::new(vec![Coord { x: 2.36, y: 48.85 }, Coord { x: 2.37, y: 48.86 }]);
        let mut bytes = Vec::new();
        write_line_string(&line, &mut bytes);
        let mut plain = vec![1];
        plain.extend_from_slice(&LINE_STRING.to_le_bytes());
        plain.extend_from_slice(&bytes[9..]);
        assert_eq!(read_line_string(&plain), Some(line));
        assert_eq!(read_line_string(&plain[..20]), None);
    }
}
