//! What of a line or a ring lies in a tile, its buffer included.

use super::{BUFFER, EXTENT};
use crate::Coord;

const MIN: f64 = -BUFFER;
const MAX: f64 = EXTENT + BUFFER;

/// Tells each stretch of a line inside; `stretch` is where they are put together.
pub(super) fn line(places: &[Coord], stretch: &mut Vec<Coord>, mut tell: impl FnMut(&[Coord])) {
    // Most lie inside as a whole.
    if places.len() > 1 && places.iter().all(|place| is_inside(*place)) {
        return tell(places);
    }
    stretch.clear();
    for (from, to) in places.iter().zip(places.iter().skip(1)) {
        let inside = segment(*from, *to);
        if let Some((start, end)) = inside {
            if stretch.is_empty() {
                stretch.push(start);
            }
            stretch.push(end);
        }
        if !stretch.is_empty() && inside.is_none_or(|(_, end)| end != *to) {
            tell(stretch);
            stretch.clear();
        }
    }
    if !stretch.is_empty() {
        tell(stretch);
    }
}

/// Whether a place lies inside.
pub(super) fn is_inside(place: Coord) -> bool {
    (MIN..=MAX).contains(&place.x) && (MIN..=MAX).contains(&place.y)
}

/// Beyond which sides a place lies, a bit for each.
fn sides(place: Coord) -> u8 {
    let beyond = [place.x < MIN, place.x > MAX, place.y < MIN, place.y > MAX];
    beyond.into_iter().fold(0, |sides, is_beyond| sides << 1 | u8::from(is_beyond))
}

/// Liang and Barsky: the part of a segment inside.
fn segment(from: Coord, to: Coord) -> Option<(Coord, Coord)> {
    // Nearly all lie beyond one side or inside as a whole.
    match (sides(from), sides(to)) {
        (0, 0) => return Some((from, to)),
        (one, other) if one & other != 0 => return None,
        _ => {}
    }
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (towards, room) in [(-dx, from.x - MIN), (dx, MAX - from.x), (-dy, from.y - MIN), (dy, MAX - from.y)] {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
            continue;
        }
        let at = room / towards;
        if towards < 0.0 { enters = enters.max(at) } else { leaves = leaves.min(at) }
    }
    // A segment without length inside is a place inside.
    (enters <= leaves).then(|| {
        let along = |at: f64| Coord { x: from.x + at * dx, y: from.y + at * dy };
        (if enters == 0.0 { from } else { along(enters) }, if leaves >= 1.0 { to } else { along(leaves) })
    })
}

/// Sutherland and Hodgman: the part of a ring inside, not closed.
pub(super) fn ring(places: &[Coord]) -> Vec<Coord> {
    let open = match places {
        [first, rest @ .., last] if first == last && !rest.is_empty() => &places[..places.len() - 1],
        _ => places,
    };
    let mut inside = open.to_vec();
    for side in [
        |place: Coord| place.x - MIN,
        |place: Coord| MAX - place.x,
        |place: Coord| place.y - MIN,
        |place: Coord| MAX - place.y,
    ] {
        let before = std::mem::take(&mut inside);
        let Some(mut previous) = before.last().copied() else { return inside };
        for place in before {
            let (was, is) = (side(previous), side(place));
            if (was < 0.0) != (is < 0.0) {
                let at = was / (was - is);
                inside.push(Coord {
                    x: previous.x + at * (place.x - previous.x),
                    y: previous.y + at * (place.y - previous.y),
                });
            }
            if is >= 0.0 {
                inside.push(place);
            }
            previous = place;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn stretches(places: &[Coord]) -> Vec<Vec<Coord>> {
        let mut stretches = Vec::new();
        line(places, &mut Vec::new(), |stretch| stretches.push(stretch.to_vec()));
        stretches
    }

    #[test]
    fn line_that_leaves_and_comes_back_has_two_stretches() {
        let stretches = stretches(&[at(0.0, 0.0), at(10_000.0, 0.0), at(10_000.0, 100.0), at(0.0, 100.0)]);
        assert_eq!(stretches, [[at(0.0, 0.0), at(MAX, 0.0)], [at(MAX, 100.0), at(0.0, 100.0)]]);
    }

    #[test]
    fn line_elsewhere_has_no_stretch_and_one_inside_is_whole() {
        assert!(stretches(&[at(-500.0, 0.0), at(-100.0, 4000.0)]).is_empty());
        // It goes around a corner: beyond no common side, and outside all the same.
        assert!(stretches(&[at(-500.0, 300.0), at(300.0, -500.0)]).is_empty());
        let inside = [at(0.0, 0.0), at(1.0, 1.0), at(2.0, 0.0)];
        assert_eq!(stretches(&inside), [inside]);
    }

    #[test]
    fn line_that_comes_in_and_stays_is_one_stretch() {
        let line = [at(-1000.0, 10.0), at(10.0, 10.0), at(20.0, 10.0)];
        assert_eq!(stretches(&line), [[at(MIN, 10.0), at(10.0, 10.0), at(20.0, 10.0)]]);
    }

    #[test]
    fn ring_around_the_tile_becomes_its_edge() {
        let far = 100_000.0;
        let inside = ring(&[at(-far, -far), at(far, -far), at(far, far), at(-far, far), at(-far, -far)]);
        assert_eq!(inside.len(), 4);
        assert!(inside.iter().all(|place| (place.x == MIN || place.x == MAX) && (place.y == MIN || place.y == MAX)));
        assert!(ring(&[at(-far, 0.0), at(-far, 10.0), at(-far - 10.0, 0.0)]).is_empty());
    }
}
