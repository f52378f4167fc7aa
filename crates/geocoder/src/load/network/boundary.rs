//! House numbers whose street is drawn elsewhere: on the other side of a limit of communes, or under another spelling.

use std::collections::{BTreeMap, HashMap};

use dialog_geo::{Coord, LineString};

use super::nodes::Piece;
use crate::name::canonical;

/// A house stands at most so far from its street, metres.
const NEAR_M: f64 = 60.0;
/// A degree of latitude, metres.
const DEGREE_M: f64 = 111_200.0;

/// The lines of streets, by identifier and by what their names have in common.
pub(super) struct Lines<'a> {
    pieces: &'a [Piece],
    by_street: HashMap<String, Vec<usize>>,
    by_essence: HashMap<String, BTreeMap<(String, String), Vec<usize>>>,
    /// What the names that were met have in common with others.
    essences: HashMap<String, String>,
}

/// A place beside a line.
#[derive(Clone, Copy)]
struct Beside {
    /// Square of the distance, square metres.
    square: f64,
    is_left: bool,
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
        Self { pieces, by_street: HashMap::new(), by_essence: HashMap::new(), essences: HashMap::new() }
    }

    /// Makes the piece of this rank a part of a street.
    pub(super) fn add(&mut self, piece: usize, insee: &str, name: &str, street: &str) {
        if let Some(pieces) = self.by_street.get_mut(street) {
            pieces.push(piece);
        } else {
            self.by_street.insert(street.to_owned(), vec![piece]);
        }
        let essence = if let Some(known) = self.essences.get(name) {
            known.clone()
        } else {
            let essence = essence(name);
            self.essences.insert(name.to_owned(), essence.clone());
            essence
        };
        let alike = self.by_essence.entry(essence).or_default();
        alike.entry((insee.to_owned(), street.to_owned())).or_default().push(piece);
    }

    /// Where a house of the commune `insee`, in the street `own` named `name`, belongs.
    pub(super) fn home(&self, place: Coord, insee: &str, name: &str, own: &str) -> Home {
        let around = Around::new(place);
        let own_pieces = self.by_street.get(own);
        if own_pieces.is_some_and(|pieces| self.near(around, pieces).next().is_some()) {
            return Home::Own;
        }
        let alike = self.by_essence.get(&essence(name)).into_iter().flatten().filter(|((_, street), _)| street != own);
        let near = alike.filter_map(|((commune, street), pieces)| {
            let nearest = self.near(around, pieces).min_by(|a, b| a.1.square.total_cmp(&b.1.square));
            nearest.map(|(piece, beside)| (commune, street, piece, beside))
        });
        match near.min_by(|a, b| a.3.square.total_cmp(&b.3.square)) {
            Some((commune, street, ..)) if commune == insee && own_pieces.is_none() => {
                Home::Spelling { street: street.clone() }
            }
            Some((commune, _, piece, beside)) if commune != insee => {
                Home::Across { way: piece.way, is_left: beside.is_left }
            }
            _ => Home::Nowhere,
        }
    }

    /// Those of some pieces that are near enough.
    fn near(&self, around: Around, pieces: &[usize]) -> impl Iterator<Item = (&'a Piece, Beside)> {
        pieces.iter().filter_map(move |index| {
            let piece = self.pieces.get(*index)?;
            let beside = around.beside(&piece.line)?;
            (beside.square <= NEAR_M * NEAR_M).then_some((piece, beside))
        })
    }
}

/// The surroundings of a house. They are so small that a degree is as long everywhere in them.
#[derive(Clone, Copy)]
struct Around {
    place: Coord,
    /// Metres in a degree of longitude.
    x_m: f64,
}

impl Around {
    fn new(place: Coord) -> Self {
        Self { place, x_m: DEGREE_M * place.y.to_radians().cos() }
    }

    /// Metres from the house.
    fn metres(self, vertex: Coord) -> Coord {
        Coord { x: (vertex.x - self.place.x) * self.x_m, y: (vertex.y - self.place.y) * DEGREE_M }
    }

    /// Where the house is beside a line, unless the box of the line tells that it is far.
    fn beside(self, line: &LineString) -> Option<Beside> {
        let (mut low, mut high) = (*line.0.first()?, *line.0.first()?);
        for vertex in &line.0 {
            (low.x, low.y) = (low.x.min(vertex.x), low.y.min(vertex.y));
            (high.x, high.y) = (high.x.max(vertex.x), high.y.max(vertex.y));
        }
        let (low, high) = (self.metres(low), self.metres(high));
        if low.x > NEAR_M || low.y > NEAR_M || high.x < -NEAR_M || high.y < -NEAR_M {
            return None;
        }
        let edges = line.lines().map(|edge| {
            let (a, b) = (self.metres(edge.start), self.metres(edge.end));
            let edge = b - a;
            let length = edge.x * edge.x + edge.y * edge.y;
            let ratio = if length > 0.0 { (-(a.x * edge.x + a.y * edge.y) / length).clamp(0.0, 1.0) } else { 0.0 };
            let foot = a + edge * ratio;
            Beside { square: foot.x * foot.x + foot.y * foot.y, is_left: a.x * edge.y - a.y * edge.x > 0.0 }
        });
        edges.min_by(|a, b| a.square.total_cmp(&b.square))
    }
}

/// A name without its small words: `rue du Poitou` and `rue de Poitou` are one street.
fn essence(name: &str) -> String {
    const SMALL: [&str; 9] = ["d", "de", "des", "du", "en", "l", "la", "le", "les"];
    let name = canonical(name);
    let words: Vec<&str> = name.split(' ').filter(|word| !SMALL.contains(word)).collect();
    words.join(" ")
}
