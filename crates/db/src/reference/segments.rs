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
    /// Commune on its left.
    pub insee_left: Option<String>,
    /// Commune on its right.
    pub insee_right: Option<String>,
    /// Number of the road in capitals, `D31`.
    pub road_number: Option<String>,
    /// `1` when traffic follows the drawing only, `-1` against it only, `0` both ways.
    pub oneway: i16,
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

#[derive(Queryable)]
struct Row {
    segment_id: String,
    street_left: Option<String>,
    street_right: Option<String>,
    insee_left: Option<String>,
    insee_right: Option<String>,
    road_number: Option<String>,
    oneway: i16,
    level: i16,
    node_from: i64,
    node_to: i64,
    is_own: bool,
    geometry: Vec<u8>,
}

type OptionalText = Nullable<Text>;
type RowSql = (
    Text,
    OptionalText,
    OptionalText,
    OptionalText,
    OptionalText,
    OptionalText,
    SmallInt,
    SmallInt,
    BigInt,
    BigInt,
    Bool,
    Bytea,
);

/// The segments of a street, and those that share a node with them, ordered by identifier.
///
/// # Errors
/// When the query fails.
pub async fn street_network(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Vec<NetworkSegment>> {
    // One list of nodes, looked for in both indexes: a join with them reads the whole of a small edition instead.
    let rows: Vec<Row> = Statement::<RowSql>::new(
        "WITH own AS MATERIALIZED ( \
             SELECT * FROM reference.segments s \
             WHERE s.edition_id = $1 AND (s.street_left = $2 OR s.street_right = $2)), \
         nodes AS MATERIALIZED ( \
             SELECT array_agg(DISTINCT node) AS numbers \
             FROM (SELECT node_from AS node FROM own UNION ALL SELECT node_to FROM own) AS ends), \
         near AS ( \
             SELECT * FROM reference.segments s WHERE s.edition_id = $1 \
                AND (s.node_from = ANY ((SELECT numbers FROM nodes)::bigint[]) \
                     OR s.node_to = ANY ((SELECT numbers FROM nodes)::bigint[]))) \
         SELECT near.segment_id, near.street_left, near.street_right, near.insee_left, near.insee_right, \
                near.road_number, near.oneway, near.level, near.node_from, near.node_to, \
                near.street_left IS NOT DISTINCT FROM $2 OR near.street_right IS NOT DISTINCT FROM $2 AS is_own, \
                ST_AsBinary(near.geometry, 'NDR') \
         FROM near ORDER BY near.segment_id",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .load(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let geometry = line(&row.geometry, &row.segment_id)?;
            Ok(NetworkSegment {
                segment_id: row.segment_id,
                street_left: row.street_left,
                street_right: row.street_right,
                insee_left: row.insee_left,
                insee_right: row.insee_right,
                road_number: row.road_number,
                oneway: row.oneway,
                level: row.level,
                node_from: row.node_from,
                node_to: row.node_to,
                is_own: row.is_own,
                geometry,
            })
        })
        .collect()
}

/// The drawing of a segment.
pub(super) fn line(bytes: &[u8], segment_id: &str) -> QueryResult<LineString> {
    wkb::read_line_string(bytes).ok_or_else(|| {
        Error::DeserializationError(format!("geometry of segment {segment_id} is no line string").into())
    })
}
