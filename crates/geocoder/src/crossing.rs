//! Streets that cross a street, and where.

use std::collections::{BTreeMap, BTreeSet};

use dialog_db::Connection;
use dialog_db::reference::{self, NetworkSegment, StreetRow};
use dialog_geo::{Coord, StreetNetwork};
use diesel::QueryResult;

use crate::network::street_network;

/// A street that crosses another one.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingStreet {
    /// Identifier in the reference data.
    pub road_ban_id: String,
    /// Name.
    pub road_name: String,
    /// The crossings, in order along the first street; several when the two streets meet several times.
    pub crossings: Vec<Crossing>,
}

/// One crossing of two streets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Rank along the first street, 1 first.
    pub number: u16,
    /// Longitude and latitude, degrees.
    pub coordinates: [f64; 2],
}

/// The streets that meet a street at a node of the network, by name; of the neighbouring communes too. A bridge above
/// the street does not meet it. `None` when the street is unknown.
///
/// # Errors
/// When the database does not answer.
pub async fn crossing_streets(
    connection: &mut Connection,
    street_id: &str,
) -> QueryResult<Option<Vec<CrossingStreet>>> {
    let Some(street) = reference::find_street(connection, street_id).await? else { return Ok(None) };
    let segments = reference::street_network(connection, street.edition_id, &street.street_id).await?;
    let Some(network) = street_network(&segments) else { return Ok(Some(Vec::new())) };
    let mut crossings = crossings(connection, &street, &segments, &network).await?;
    crossings.sort_by(|a, b| (&a.norm_name, &a.street_id).cmp(&(&b.norm_name, &b.street_id)));
    let streets = crossings.into_iter().map(|crossing| CrossingStreet {
        road_ban_id: crossing.street_id,
        road_name: crossing.name,
        crossings: (1..)
            .zip(&crossing.nodes)
            .map(|(number, (_, place))| Crossing { number, coordinates: [place.x, place.y] })
            .collect(),
    });
    Ok(Some(streets.collect()))
}

/// A street that meets the one that was asked, with the nodes where it does, in order along the latter.
#[derive(Clone, Debug)]
pub(crate) struct StreetCrossings {
    pub(crate) street_id: String,
    pub(crate) name: String,
    pub(crate) norm_name: String,
    pub(crate) nodes: Vec<(i64, Coord)>,
}

/// Every street that meets `street`, except its own continuation in the next commune.
pub(crate) async fn crossings(
    connection: &mut Connection,
    street: &StreetRow,
    segments: &[NetworkSegment],
    network: &StreetNetwork,
) -> QueryResult<Vec<StreetCrossings>> {
    let along = network.nodes_along();
    let mut nodes: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for segment in segments {
        for id in [&segment.street_left, &segment.street_right].into_iter().flatten() {
            if *id != street.street_id {
                let met = [segment.node_from, segment.node_to].into_iter().filter(|node| along.contains_key(node));
                nodes.entry(id).or_default().extend(met);
            }
        }
    }
    let ids: Vec<String> = nodes.keys().map(|id| (*id).to_owned()).collect();
    let names = reference::street_names(connection, street.edition_id, &ids).await?;
    let crossings = names.into_iter().filter(|(_, _, norm_name)| *norm_name != street.norm_name);
    let crossings = crossings.filter_map(|(street_id, name, norm_name)| {
        let mut nodes: Vec<(i64, Coord)> =
            nodes.get(street_id.as_str())?.iter().filter_map(|node| Some((*node, network.node(*node)?))).collect();
        let rank = |node: i64| along.get(&node).copied().unwrap_or(f64::INFINITY);
        nodes.sort_by(|a, b| rank(a.0).total_cmp(&rank(b.0)).then(a.0.cmp(&b.0)));
        Some(StreetCrossings { street_id, name, norm_name, nodes })
    });
    Ok(crossings.collect())
}
