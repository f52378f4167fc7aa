//! Rows of segments as a network that can be travelled.

use dialog_db::reference::NetworkSegment;
use dialog_geo::{Segment, StreetNetwork};

/// The network of a street; `None` when no segment bears its name.
pub(crate) fn street_network(segments: &[NetworkSegment]) -> Option<StreetNetwork> {
    let segments = segments.iter().map(|segment| Segment {
        id: segment.segment_id.clone(),
        node_from: segment.node_from,
        node_to: segment.node_to,
        level: segment.level,
        oneway: segment.oneway,
        is_own: segment.is_own,
        line: segment.geometry.clone(),
    });
    StreetNetwork::new(segments.collect())
}
