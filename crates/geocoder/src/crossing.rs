//! Streets and numbered roads that cross a street, the limits of its commune, and where.

use std::collections::{BTreeMap, BTreeSet};

use dialog_db::Connection;
use dialog_db::reference::{self, NetworkSegment, StreetRow};
use dialog_geo::{Coord, StreetNetwork};
use diesel::QueryResult;

use crate::kept::KeptStreets;
use crate::name::{canonical, normalise};

/// How the limit of a commune is said, whichever commune is beyond.
pub(crate) const LIMIT: &str = "Limite de commune";
/// Before the code of the commune beyond, in the identifier of a limit.
const LIMIT_ID: &str = "limite:";

/// What crosses a street.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossingStreet {
    /// Identifier in the reference data; the number of a road that has no name there; `limite:` and a code for the limit
    /// with the commune of that code.
    pub road_ban_id: String,
    /// Name, or number.
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

/// The streets that meet a street at a node of the network, by name; of the neighbouring communes too. Then the numbered
/// roads that meet it, and the limits of its commune. A bridge above the street does not meet it. `None` when the street
/// is unknown.
///
/// # Errors
/// When the database does not answer.
pub async fn crossing_streets(
    connection: &mut Connection,
    street_id: &str,
) -> QueryResult<Option<Vec<CrossingStreet>>> {
    kept_crossing_streets(connection, &KeptStreets::default(), street_id).await
}

/// [`crossing_streets`], of a street that may be kept.
///
/// # Errors
/// When the database does not answer.
pub async fn kept_crossing_streets(
    connection: &mut Connection,
    streets: &KeptStreets,
    street_id: &str,
) -> QueryResult<Option<Vec<CrossingStreet>>> {
    let Some(street) = reference::find_street(connection, street_id).await? else { return Ok(None) };
    let known = streets.of(connection, &street).await?;
    let mut crossings = known.crossings(connection, &street).await?.to_vec();
    crossings.sort_by(|a, b| (a.kind, &a.norm_name, &a.street_id).cmp(&(b.kind, &b.norm_name, &b.street_id)));
    let streets = crossings.into_iter().map(|crossing| CrossingStreet {
        crossings: numbered(&crossing.nodes),
        road_ban_id: crossing.street_id,
        road_name: crossing.name,
    });
    Ok(Some(streets.collect()))
}

/// Crossings with their ranks.
pub(crate) fn numbered(nodes: &[(i64, Coord)]) -> Vec<Crossing> {
    let ranked = (1..).zip(nodes);
    ranked.map(|(number, (_, place))| Crossing { number, coordinates: [place.x, place.y] }).collect()
}

/// What a crossing is a crossing with, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A named street.
    Street,
    /// A numbered road.
    Road,
    /// The next commune.
    Limit,
}

/// What meets the street that was asked, with the nodes where it does, in order along the latter.
#[derive(Clone, Debug)]
pub(crate) struct StreetCrossings {
    pub(crate) kind: Kind,
    pub(crate) street_id: String,
    pub(crate) name: String,
    pub(crate) norm_name: String,
    pub(crate) nodes: Vec<(i64, Coord)>,
}

impl StreetCrossings {
    /// Whether somebody who writes `name` (also given as [`canonical`]) means this.
    pub(crate) fn is_called(&self, name: &str, canonical_name: &str) -> bool {
        match self.kind {
            Kind::Street | Kind::Limit => self.norm_name == canonical_name,
            Kind::Road => self.street_id == road_number(name),
        }
    }
}

/// Nodes by what meets the street there.
type Nodes<'a> = BTreeMap<&'a str, BTreeSet<i64>>;

/// Every street and numbered road that meets `street`, except its own continuation in the next commune, and every limit
/// of its commune: where it goes on in the next one, or ends at roads of the next one only.
pub(crate) async fn crossings(
    connection: &mut Connection,
    street: &StreetRow,
    segments: &[NetworkSegment],
    network: &StreetNetwork,
) -> QueryResult<Vec<StreetCrossings>> {
    let along = network.nodes_along();
    let met = |segment: &NetworkSegment| {
        [segment.node_from, segment.node_to].into_iter().filter(|node| along.contains_key(node)).collect::<Vec<_>>()
    };
    let own_numbers: BTreeSet<&str> =
        segments.iter().filter(|segment| segment.is_own).filter_map(|segment| segment.road_number.as_deref()).collect();
    let (mut streets, mut roads) = (Nodes::new(), Nodes::new());
    for segment in segments {
        for id in [&segment.street_left, &segment.street_right].into_iter().flatten() {
            if *id != street.street_id {
                streets.entry(id).or_default().extend(met(segment));
            }
        }
        if let Some(number) =
            segment.road_number.as_deref().filter(|number| !segment.is_own && !own_numbers.contains(number))
        {
            roads.entry(number).or_default().extend(met(segment));
        }
    }
    let ids: Vec<String> = streets.keys().map(|id| (*id).to_owned()).collect();
    let names = reference::street_names(connection, street.edition_id, &ids).await?;
    let same_name: BTreeSet<&str> = names
        .iter()
        .filter(|(_, _, norm_name)| *norm_name == street.norm_name)
        .map(|(street_id, ..)| street_id.as_str())
        .collect();
    let limits = limits(street, segments, &same_name, met);
    let codes: Vec<String> = limits.keys().map(|code| (*code).to_owned()).collect();
    let communes = reference::communes::commune_names(connection, &codes).await?;

    let in_order = |nodes: &BTreeSet<i64>| {
        let mut nodes: Vec<(i64, Coord)> =
            nodes.iter().filter_map(|node| Some((*node, network.node(*node)?))).collect();
        let rank = |node: i64| along.get(&node).copied().unwrap_or(f64::INFINITY);
        nodes.sort_by(|a, b| rank(a.0).total_cmp(&rank(b.0)).then(a.0.cmp(&b.0)));
        nodes
    };
    let mut crossings = Vec::new();
    for (street_id, name, norm_name) in &names {
        if let Some(nodes) = streets.get(street_id.as_str()).filter(|_| !same_name.contains(street_id.as_str())) {
            crossings.push(StreetCrossings {
                kind: Kind::Street,
                street_id: street_id.clone(),
                name: name.clone(),
                norm_name: norm_name.clone(),
                nodes: in_order(nodes),
            });
        }
    }
    crossings.extend(roads.iter().map(|(number, nodes)| StreetCrossings {
        kind: Kind::Road,
        street_id: (*number).to_owned(),
        name: (*number).to_owned(),
        norm_name: normalise(number),
        nodes: in_order(nodes),
    }));
    crossings.extend(limits.iter().map(|(code, nodes)| {
        let beyond = communes.iter().find(|(insee, _)| insee == code).map_or(*code, |(_, name)| name.as_str());
        let name = format!("{LIMIT} avec {beyond}");
        StreetCrossings {
            kind: Kind::Limit,
            street_id: format!("{LIMIT_ID}{code}"),
            norm_name: canonical(&name),
            name,
            nodes: in_order(nodes),
        }
    }));
    crossings.retain(|crossing| !crossing.nodes.is_empty());
    Ok(crossings)
}

/// Where a street leaves its commune, by the code of the one beyond.
fn limits<'a>(
    street: &StreetRow,
    segments: &'a [NetworkSegment],
    same_name: &BTreeSet<&str>,
    met: impl Fn(&NetworkSegment) -> Vec<i64>,
) -> Nodes<'a> {
    let mut own_ends: BTreeMap<i64, usize> = BTreeMap::new();
    for segment in segments.iter().filter(|segment| segment.is_own) {
        for node in [segment.node_from, segment.node_to] {
            *own_ends.entry(node).or_default() += 1;
        }
    }
    let mut limits = Nodes::new();
    for segment in segments.iter().filter(|segment| !segment.is_own) {
        let sides = [segment.insee_left.as_deref(), segment.insee_right.as_deref()];
        let is_beyond = sides.iter().any(Option::is_some) && sides.iter().flatten().all(|code| *code != street.insee);
        let Some(code) = sides.into_iter().flatten().next().filter(|_| is_beyond) else { continue };
        let ids = [&segment.street_left, &segment.street_right];
        let goes_on = ids.into_iter().flatten().any(|id| same_name.contains(id.as_str()));
        let nodes = met(segment).into_iter().filter(|node| goes_on || own_ends.get(node) == Some(&1));
        limits.entry(code).or_default().extend(nodes);
    }
    limits.retain(|_, nodes| !nodes.is_empty());
    limits
}

/// The number of a road as the reference data writes it: `RD 31`, `d31` and `D31` are `D31`.
pub(crate) fn road_number(text: &str) -> String {
    let number = normalise(text).replace(' ', "").to_uppercase();
    match number.strip_prefix('R') {
        Some(rest) if rest.starts_with(['D', 'N', 'M']) => rest.to_owned(),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_roads_are_read_however_they_are_written() {
        for text in ["RD 31", "d31", "D 31", "rd31"] {
            assert_eq!(road_number(text), "D31", "{text}");
        }
        assert_eq!(road_number("RN 7"), "N7");
        assert_eq!(road_number("Route de Lyon"), "ROUTEDELYON");
    }
}
