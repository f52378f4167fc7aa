//! Ways cut into segments, from one node to the next.

use std::collections::HashMap;

use dialog_geo::topology::{Ends, nodes};
use dialog_geo::{LineString, RoadClass, geodesic_length_m};

use crate::load::Report;
use crate::load::read::streets::Way;

/// A segment of a way.
pub(super) struct Piece {
    /// Rank of the way.
    pub(super) way: usize,
    pub(super) segment_id: String,
    pub(super) class: RoadClass,
    pub(super) node_from: i64,
    pub(super) node_to: i64,
    pub(super) length_m: f64,
    pub(super) line: LineString,
}

/// Cuts ways where they share a node with another one, or pass a node twice. Ways without nodes are segments already;
/// they meet where their ends do.
pub(super) fn pieces(ways: &[Way], report: &mut Report) -> Vec<Piece> {
    let mut uses: HashMap<i64, u32> = HashMap::new();
    for way in ways.iter().filter(|way| way.class.is_some()) {
        for node in way.nodes.iter().flatten() {
            *uses.entry(*node).or_default() += 1;
        }
    }
    let (mut pieces, mut not_roads, mut without_length) = (Vec::new(), 0, 0);
    for (index, way) in ways.iter().enumerate() {
        let Some(class) = way.class else {
            not_roads += 1;
            continue;
        };
        let before = pieces.len();
        for (rank, (first, last)) in (1..).zip(cuts(way, &uses)) {
            let line = LineString::new(way.line.0.get(first..=last).unwrap_or_default().to_vec());
            let length_m = geodesic_length_m(&line);
            if length_m < 0.01 {
                continue;
            }
            let node = |vertex: usize| way.nodes.as_ref().and_then(|nodes| nodes.get(vertex).copied());
            pieces.push(Piece {
                way: index,
                segment_id: if way.nodes.is_some() { format!("{}:{rank}", way.id) } else { way.id.clone() },
                class,
                node_from: node(first).unwrap_or_default(),
                node_to: node(last).unwrap_or_default(),
                length_m,
                line,
            });
        }
        without_length += u64::from(pieces.len() == before);
    }
    report.remark("objets qui ne sont pas des routes, ignorés", not_roads);
    report.remark("routes sans longueur, ignorées", without_length);
    if ways.iter().any(|way| way.nodes.is_none()) {
        number_ends(ways, &mut pieces);
    }
    pieces
}

/// First and last vertex of each piece of a way.
fn cuts(way: &Way, uses: &HashMap<i64, u32>) -> Vec<(usize, usize)> {
    let last = way.line.0.len().saturating_sub(1);
    let nodes = way.nodes.as_deref().unwrap_or_default();
    let (mut cuts, mut start) = (Vec::new(), 0);
    for (vertex, node) in nodes.iter().enumerate().skip(1) {
        if vertex < last && uses.get(node).is_some_and(|uses| *uses > 1) {
            cuts.push((start, vertex));
            start = vertex;
        }
    }
    if start < last {
        cuts.push((start, last));
    }
    cuts
}

fn number_ends(ways: &[Way], pieces: &mut [Piece]) {
    let ends: Vec<Ends> = pieces
        .iter()
        .filter_map(|piece| {
            let (from, to) = (*piece.line.0.first()?, *piece.line.0.last()?);
            Some(Ends { from, to, level: ways.get(piece.way)?.level })
        })
        .collect();
    for (piece, (from, to)) in pieces.iter_mut().zip(nodes(&ends)) {
        (piece.node_from, piece.node_to) = (from, to);
    }
}
