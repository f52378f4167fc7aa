//! The road network around one street: sections between two bounds, the whole street, order of its crossings.

mod carriageways;
mod graph;
mod section;
mod whole;

#[cfg(test)]
mod hard;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod toy;

use std::collections::BTreeMap;

use geo_types::{Coord, LineString};

#[cfg(test)]
pub(crate) use properties::town_street;
pub use section::{End, Path, Section, SectionError};
pub use whole::WholeStreet;

use crate::{LocalProjection, MeasuredLine};
use graph::Graph;

/// Longest interruption of a street that a path may cross, metres.
pub const MAX_GAP_M: f64 = 60.0;

/// A segment of the network, from one node to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Identifier in its source.
    pub id: String,
    /// Node where the drawing begins.
    pub node_from: i64,
    /// Node where the drawing ends.
    pub node_to: i64,
    /// Above the ground (bridge) or under it (tunnel), else 0.
    pub level: i16,
    /// `1` when traffic follows the drawing only, `-1` against it only, `0` both ways.
    pub oneway: i16,
    /// Whether it belongs to the street; the others only help to cross its interruptions.
    pub is_own: bool,
    /// Drawing in longitude and latitude.
    pub line: LineString,
}

/// A bound of a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// A place beside the street, in longitude and latitude.
    Beside(Coord),
    /// A node of the street.
    Node(i64),
}

/// A part of a segment; `from_fraction` is the greater one when it is followed against its drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Identifier of the segment.
    pub segment_id: String,
    /// Where it begins, as a fraction of the length of the segment.
    pub from_fraction: f64,
    /// Where it ends.
    pub to_fraction: f64,
}

/// The segments of a street, ready to be measured and travelled.
#[derive(Clone, Debug)]
pub struct StreetNetwork {
    projection: Option<LocalProjection>,
    segments: Vec<Measured>,
    graph: Graph,
}

/// A segment with its measures.
#[derive(Clone, Debug)]
struct Measured {
    id: String,
    node_from: i64,
    node_to: i64,
    level: i16,
    oneway: i16,
    is_own: bool,
    line: MeasuredLine,
}

impl StreetNetwork {
    /// The network of a street; `None` when none of the segments is its own. Segments without length are left out.
    #[must_use]
    pub fn new(segments: Vec<Segment>) -> Option<Self> {
        let origin = *segments.iter().find(|segment| segment.is_own)?.line.0.first()?;
        Self::measured(segments, Some(LocalProjection::at(origin)))
    }

    /// The same on a plane: coordinates are metres.
    #[cfg(test)]
    pub(crate) fn on_a_plane(segments: Vec<Segment>) -> Option<Self> {
        Self::measured(segments, None)
    }

    fn measured(segments: Vec<Segment>, projection: Option<LocalProjection>) -> Option<Self> {
        let project = |vertex| projection.map_or(vertex, |projection| projection.to_metres(vertex));
        let segments: Vec<Measured> = segments
            .into_iter()
            .filter_map(|segment| {
                let line = MeasuredLine::new(&segment.line, project)?;
                let Segment { id, node_from, node_to, level, oneway, is_own, .. } = segment;
                Some(Measured { id, node_from, node_to, level, oneway, is_own, line })
            })
            .collect();
        segments.iter().any(|segment| segment.is_own).then(|| {
            let graph = Graph::new(&segments);
            Self { projection, segments, graph }
        })
    }

    /// Where a node of the street is, in longitude and latitude.
    #[must_use]
    pub fn node(&self, node: i64) -> Option<Coord> {
        self.own_segments().find_map(|segment| {
            if segment.node_from == node {
                Some(segment.line.degrees_at(0.0))
            } else if segment.node_to == node {
                Some(segment.line.degrees_at(segment.line.length_m()))
            } else {
                None
            }
        })
    }

    /// Distance of each node of the street from its beginning, metres along it. The beginning is the westernmost end.
    /// Parts that nothing joins to it come after the others, in order of their distance as the crow flies.
    #[must_use]
    pub fn nodes_along(&self) -> BTreeMap<i64, f64> {
        self.graph.nodes_along()
    }

    /// Distance in metres between a place and the nearest point of the street.
    #[must_use]
    pub fn distance_m(&self, place: Coord) -> f64 {
        let place = self.to_metres(place);
        let offsets = self.own_segments().map(|segment| segment.line.project(place).offset_m);
        offsets.fold(f64::INFINITY, f64::min)
    }

    fn own_segments(&self) -> impl Iterator<Item = &Measured> {
        self.segments.iter().filter(|segment| segment.is_own)
    }

    fn to_metres(&self, place: Coord) -> Coord {
        self.projection.map_or(place, |projection| projection.to_metres(place))
    }
}
