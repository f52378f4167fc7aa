//! The road network around a street.

use dialog_geo::LineString;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Bool, Bytea, Nullable, SmallInt, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use super::wkb;
use crate::Connection;

/// A segment of the network, from one node to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSegment {
    /// Identifier in its source.
    pub segment_id: String,
    /// Street on its left.
    pub street_left: Option<String>,
    /// Street on its right.
    pub street_right: Option<String>,
    /// Above the ground (bridge) or under it (tunnel), else 0.
    pub level: i16,
    /// Node where its drawing begins.
    pub node_from: i64,
    /// Node where its drawing ends.
    pub node_to: i64,
    /// Whether it belongs to the street that was asked; the others meet it at a node.
    pub is_own: bool,
    /// Drawing, longitude and latitude.
    pub geometry: LineString,
}

type Row = (String, Option<String>, Option<String>, i16, i64, i64, bool, Vec<u8>);

/// The segments of a street, and those that share a node with them, ordered by identifier.
///
/// # Errors
/// When the query fails.
pub async fn street_network(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Vec<NetworkSegment>> {
    let rows: Vec<Row> =
        Statement::<(Text, Nullable<Text>, Nullable<Text>, SmallInt, BigInt, BigInt, Bool, Bytea)>::new(
            "WITH own AS MATERIALIZED ( \
                 SELECT * FROM reference.segments s \
                 WHERE s.edition_id = $1 AND (s.street_left = $2 OR s.street_right = $2)), \
             nodes AS MATERIALIZED (SELECT node_from AS node FROM own UNION SELECT node_to FROM own), \
             near AS ( \
                 SELECT s.* FROM nodes JOIN reference.segments s ON s.edition_id = $1 AND s.node_from = nodes.node \
                 UNION \
                 SELECT s.* FROM nodes JOIN reference.segments s ON s.edition_id = $1 AND s.node_to = nodes.node) \
             SELECT near.segment_id, near.street_left, near.street_right, near.level, near.node_from, near.node_to, \
                    near.street_left IS NOT DISTINCT FROM $2 OR near.street_right IS NOT DISTINCT FROM $2 AS is_own, \
                    ST_AsBinary(near.geometry, 'NDR') \
             FROM near ORDER BY near.segment_id",
            [Bind::Integer(edition_id), Bind::Text(street_id)],
        )
        .load(connection)
        .await?;
    rows.into_iter()
        .map(|(segment_id, street_left, street_right, level, node_from, node_to, is_own, bytes)| {
            let geometry = wkb::read_line_string(&bytes).ok_or_else(|| {
                Error::DeserializationError(format!("geometry of segment {segment_id} is no line string").into())
            })?;
            Ok(NetworkSegment { segment_id, street_left, street_right, level, node_from, node_to, is_own, geometry })
        })
        .collect()
}
