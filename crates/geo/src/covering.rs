//! Which segments of the network lie under a line that was measured on other data.

use geo_types::{Coord, LineString};

use crate::{LocalProjection, MeasuredLine, Stretch};

/// How far a segment may be from the line that it carries, metres: half of what parts two carriageways.
const TOLERANCE_M: f64 = 5.0;
/// Shorter stretches are crossings, metres.
const MIN_LENGTH_M: f64 = 0.5;

/// The stretches of `segments` (identifier and drawing) that lie under `lines`, in order of travel. Where no segment
/// lies under a line, nothing is told.
#[must_use]
pub fn covering(lines: &[LineString], segments: &[(String, LineString)]) -> Vec<Stretch> {
    let mut covering = Vec::new();
    for line in lines {
        let Some(origin) = line.0.get(line.0.len() / 2) else { continue };
        let projection = LocalProjection::at(*origin);
        let measured = |line: &LineString| MeasuredLine::new(line, |vertex| projection.to_metres(vertex));
        let Some(line) = measured(line) else { continue };
        let under = segments.iter().filter_map(|(id, segment)| under(&line, id, &measured(segment)?));
        let mut under: Vec<(f64, Stretch)> = under.collect();
        under.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.segment_id.cmp(&b.1.segment_id)));
        covering.extend(under.into_iter().map(|(_, stretch)| stretch));
    }
    covering
}

/// The part of a segment that lies under a line, and how far along the line its middle is.
fn under(line: &MeasuredLine, id: &str, segment: &MeasuredLine) -> Option<(f64, Stretch)> {
    let (length_m, line_m) = (segment.length_m(), line.length_m());
    let is_near = |place: Coord| line.project(place).offset_m <= TOLERANCE_M;
    // It begins and ends at an end of the segment that is on the line, or where the line itself begins or ends.
    let own = [0.0, length_m].into_iter().filter(|along| is_near(segment.metres_at(*along)));
    let ends = [0.0, line_m].into_iter().map(|along| segment.project(line.metres_at(along)));
    let of_line = ends.filter(|end| end.offset_m <= TOLERANCE_M).map(|end| end.along_m);
    let cuts: Vec<f64> = own.chain(of_line).collect();
    let low = cuts.iter().copied().reduce(f64::min)?;
    let high = cuts.iter().copied().reduce(f64::max)?;
    let at = |ratio: f64| segment.metres_at(low + ratio * (high - low));
    if high - low < MIN_LENGTH_M || ![0.25, 0.5, 0.75].into_iter().all(|ratio| is_near(at(ratio))) {
        return None;
    }
    let along = |ratio: f64| line.project(at(ratio)).along_m;
    let (from, to) = if along(0.25) <= along(0.75) { (low, high) } else { (high, low) };
    let fraction = |along_m: f64| ((along_m / length_m).clamp(0.0, 1.0) * 1e6).round() / 1e6;
    let stretch = Stretch { segment_id: id.to_owned(), from_fraction: fraction(from), to_fraction: fraction(to) };
    Some((along(0.5), stretch))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line given in metres from a place in France.
    fn line(vertices: &[(f64, f64)]) -> LineString {
        let plane = LocalProjection::at(Coord { x: 2.0, y: 47.0 });
        vertices.iter().map(|&(x, y)| plane.to_degrees(Coord { x, y })).collect()
    }

    fn told(asked: &LineString) -> Vec<(String, f64, f64)> {
        let segments = [
            ("a", line(&[(0.0, 0.0), (100.0, 0.0)])),
            ("b", line(&[(300.0, 0.0), (100.0, 0.0)])),
            ("crossing", line(&[(100.0, 0.0), (100.0, 80.0)])),
            ("other carriageway", line(&[(0.0, 12.0), (300.0, 12.0)])),
            ("beside", line(&[(0.0, 0.0), (50.0, 40.0), (100.0, 0.0)])),
        ]
        .map(|(id, line)| (id.to_owned(), line));
        let stretches = covering(std::slice::from_ref(asked), &segments);
        stretches.into_iter().map(|s| (s.segment_id, s.from_fraction, s.to_fraction)).collect()
    }

    #[test]
    fn segments_are_told_in_order_of_travel_with_what_is_used_of_them() {
        let there = told(&line(&[(50.0, 0.0), (100.0, 0.0), (200.0, 0.0)]));
        assert_eq!(there, [("a".to_owned(), 0.5, 1.0), ("b".to_owned(), 1.0, 0.5)]);
        let back = told(&line(&[(200.0, 0.0), (50.0, 0.0)]));
        assert_eq!(back, [("b".to_owned(), 0.5, 1.0), ("a".to_owned(), 1.0, 0.5)]);
        assert_eq!(told(&line(&[(120.0, 0.0), (140.0, 0.0)])), [("b".to_owned(), 0.9, 0.8)]);
    }

    #[test]
    fn line_away_from_the_network_has_no_segment() {
        assert_eq!(told(&line(&[(0.0, 500.0), (100.0, 500.0)])), []);
        assert_eq!(covering(&[LineString::new(Vec::new())], &[]), []);
    }
}
