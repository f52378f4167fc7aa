//! House numbers whose street is drawn elsewhere: on the other side of a limit of communes, or under another spelling.

use std::collections::{BTreeMap, HashMap};

use dialog_geo::{Coord, LineString, LocalProjection, MeasuredLine, Projected};

use super::nodes::Piece;
use crate::name::canonical;

/// A house stands at most so far from its street, metres.
const NEAR_M: f64 = 60.0;

/// The lines of streets, by identifier and by what their names have in common.
pub(super) struct Lines<'a> {
    pieces: &'a [Piece],
    by_street: HashMap<String, Vec<usize>>,
    by_essence: HashMap<String, BTreeMap<(String, String), Vec<usize>>>,
}

/// Where a house number belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In its own street, which passes by.
    Own,
    /// In the street of the same commune whose name is spelt a little differently.
    Spelling {
        /// Identifier of that street.
        street: String,
    },
    /// In its own street, which is drawn as the street of the next commune.
    Across {
        /// Rank of the way.
        way: usize,
        /// Whether the house stands on the left of it.
        is_left: bool,
    },
    /// In its own street, which does not pass anywhere near.
    Nowhere,
}

impl<'a> Lines<'a> {
    pub(super) fn new(pieces: &'a [Piece]) -> Self {
        Self { pieces, by_street: HashMap::new(), by_essence: HashMap::new() }
    }

    /// Makes the piece of this rank a part of a street.
    pub(super) fn add(&mut self, piece: usize, insee: &str, name: &str, street: &str) {
        self.by_street.entry(street.to_owned()).or_default().push(piece);
        let alike = self.by_essence.entry(essence(name)).or_default();
        alike.entry((insee.to_owned(), street.to_owned())).or_default().push(piece);
    }

    /// Where a house of the commune `insee`, in the street `own` named `name`, belongs.
    pub(super) fn home(&self, place: Coord, insee: &str, name: &str, own: &str) -> Home {
        let own_pieces = self.by_street.get(own);
        if own_pieces.is_some_and(|pieces| self.nearest(place, pieces).is_some()) {
            return Home::Own;
        }
        let alike = self.by_essence.get(&essence(name)).into_iter().flatten().filter(|((_, street), _)| street != own);
        let near = alike.filter_map(|((commune, street), pieces)| {
            let (piece, projected) = self.nearest(place, pieces)?;
            Some((commune, street, piece, projected))
        });
        let nearest = near.min_by(|a, b| a.3.offset_m.total_cmp(&b.3.offset_m));
        match nearest {
            Some((commune, street, ..)) if commune == insee && own_pieces.is_none() => {
                Home::Spelling { street: street.clone() }
            }
            Some((commune, _, piece, projected)) if commune != insee => {
                Home::Across { way: piece.way, is_left: projected.is_left }
            }
            _ => Home::Nowhere,
        }
    }

    /// The nearest of some pieces, when it is near enough.
    fn nearest(&self, place: Coord, pieces: &[usize]) -> Option<(&'a Piece, Projected)> {
        let plane = LocalProjection::at(place);
        let projected = pieces.iter().filter_map(|index| {
            let piece = self.pieces.get(*index).filter(|piece| may_be_near(place, &piece.line))?;
            let line = MeasuredLine::new(&piece.line, |vertex| plane.to_metres(vertex))?;
            Some((piece, line.project(Coord { x: 0.0, y: 0.0 })))
        });
        let near = projected.filter(|(_, projected)| projected.offset_m <= NEAR_M);
        near.min_by(|a, b| a.1.offset_m.total_cmp(&b.1.offset_m))
    }
}

/// Rules out most lines before any is projected.
fn may_be_near(place: Coord, line: &LineString) -> bool {
    // A little more than the distance, in degrees.
    let margin_y = NEAR_M / 110_000.0;
    let margin_x = margin_y / place.y.to_radians().cos();
    let bounds = |axis: fn(&Coord) -> f64| {
        let values = line.0.iter().map(axis);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let ((west, east), (south, north)) = (bounds(|vertex| vertex.x), bounds(|vertex| vertex.y));
    (west - margin_x..=east + margin_x).contains(&place.x) && (south - margin_y..=north + margin_y).contains(&place.y)
}

/// A name without its small words: `rue du Poitou` and `rue de Poitou` are one street.
fn essence(name: &str) -> String {
    const SMALL: [&str; 9] = ["d", "de", "des", "du", "en", "l", "la", "le", "les"];
    let name = canonical(name);
    let words: Vec<&str> = name.split(' ').filter(|word| !SMALL.contains(word)).collect();
    words.join(" ")
}
