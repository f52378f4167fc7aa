//! The roads of a commune, of a perimeter and around a drawing.

use dialog_geo::LineString;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Bytea, Double, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::segments::line;
use super::statement::{Bind, Statement};
use crate::Connection;

/// A road of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaSegment {
    /// Name of the edition that has it.
    pub edition: String,
    /// Identifier in its source.
    pub segment_id: String,
    /// Street on its left.
    pub street_left: Option<String>,
    /// Street on its right.
    pub street_right: Option<String>,
    /// Whether the whole of it is inside; else a part of it may be.
    pub is_covered: bool,
    /// Drawing, longitude and latitude.
    pub geometry: LineString,
}

#[derive(Queryable)]
struct Row {
    edition: String,
    segment_id: String,
    street_left: Option<String>,
    street_right: Option<String>,
    is_covered: bool,
    geometry: Vec<u8>,
}

type RowSql = (Text, Text, Nullable<Text>, Nullable<Text>, Bool, Bytea);

impl TryFrom<Row> for AreaSegment {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Self> {
        Ok(Self {
            geometry: line(&row.geometry, &row.segment_id)?,
            edition: row.edition,
            segment_id: row.segment_id,
            street_left: row.street_left,
            street_right: row.street_right,
            is_covered: row.is_covered,
        })
    }
}

/// Whether the edition of a segment `s` is the most recent one in use that covers its commune.
macro_rules! answering {
    () => {
        "s.edition_id = COALESCE( \
             (SELECT n.edition_id FROM reference.network_communes n \
              JOIN reference.editions e ON e.id = n.edition_id AND e.is_active \
              WHERE n.insee = COALESCE(s.insee_left, s.insee_right) \
              ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1), s.edition_id)"
    };
}

/// Which roads, and how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Roads<'a> {
    /// Their classes.
    pub classes: &'a [String],
    /// One more than may be used tells that there are too many.
    pub limit: i32,
}

/// The roads that have a side in one of the communes `codes`, by identifier, in the most recent edition in use that
/// covers one of them.
///
/// # Errors
/// When the query fails.
pub async fn segments_of_communes(
    connection: &mut Connection,
    codes: &[String],
    roads: Roads<'_>,
) -> QueryResult<Vec<AreaSegment>> {
    let edition: Option<(i32, String)> = Statement::<(Integer, Text)>::new(
        "SELECT e.id, e.name FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id \
         WHERE n.insee = ANY ($1) AND e.is_active ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Texts(codes)],
    )
    .get_result(connection)
    .await
    .optional()?;
    let Some((edition, name)) = edition else { return Ok(Vec::new()) };
    let rows: Vec<Row> = Statement::<RowSql>::new(
        "WITH roads AS MATERIALIZED ( \
             SELECT * FROM reference.segments s WHERE s.edition_id = $1 AND s.insee_left = ANY ($2) \
             UNION \
             SELECT * FROM reference.segments s WHERE s.edition_id = $1 AND s.insee_right = ANY ($2)) \
         SELECT $5, segment_id, street_left, street_right, true, ST_AsBinary(geometry, 'NDR') \
         FROM roads WHERE class = ANY ($3) ORDER BY segment_id LIMIT $4",
        [
            Bind::Integer(edition),
            Bind::Texts(codes),
            Bind::Texts(roads.classes),
            Bind::Integer(roads.limit),
            Bind::Text(&name),
        ],
    )
    .load(connection)
    .await?;
    rows.into_iter().map(AreaSegment::try_from).collect()
}

/// The roads that meet an area (text of a GeoJSON polygon, or of several), each from the edition that answers for its
/// commune. Above the limit, no matter which.
///
/// # Errors
/// When the query fails, for instance on a text that is no geometry.
pub async fn segments_of_area(
    connection: &mut Connection,
    area: &str,
    roads: Roads<'_>,
) -> QueryResult<Vec<AreaSegment>> {
    let rows: Vec<Row> = Statement::<RowSql>::new(
        concat!(
            "WITH area AS MATERIALIZED (SELECT ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS geometry), \
                  active AS MATERIALIZED (SELECT id, name FROM reference.editions WHERE is_active AND kind = 'network'), \
                  inside AS MATERIALIZED ( \
                      SELECT active.name, s.*, ST_Covers(area.geometry, s.geometry) AS is_covered \
                      FROM area CROSS JOIN active \
                      JOIN reference.segments s ON s.edition_id = active.id AND ST_Intersects(area.geometry, s.geometry) \
                      WHERE s.class = ANY ($2) AND ",
            answering!(),
            " LIMIT $3) \
             SELECT name, segment_id, street_left, street_right, is_covered, ST_AsBinary(geometry, 'NDR') \
             FROM inside ORDER BY name, segment_id"
        ),
        [Bind::Text(area), Bind::Texts(roads.classes), Bind::Integer(roads.limit)],
    )
    .load(connection)
    .await?;
    rows.into_iter().map(AreaSegment::try_from).collect()
}

/// The roads whose surroundings meet those of a drawing (text of a GeoJSON geometry), `metres` around it, each from the
/// edition that answers for its commune. Above the limit, no matter which.
///
/// # Errors
/// When the query fails, for instance on a text that is no geometry.
pub async fn segments_near(
    connection: &mut Connection,
    drawing: &str,
    metres: f64,
    roads: Roads<'_>,
) -> QueryResult<Vec<AreaSegment>> {
    // A long drawing is cut, so that the box around all of it does not count. A degree of latitude is at least 110.5 km
    // everywhere; one of longitude shrinks with the cosine of the latitude.
    let rows: Vec<Row> = Statement::<RowSql>::new(
        concat!(
            "WITH drawing AS MATERIALIZED (SELECT ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS geometry), \
                  boxes AS MATERIALIZED ( \
                      SELECT ST_Expand(piece, \
                                 $4 / 110500 / GREATEST(0.01, cos(radians(GREATEST(abs(ST_YMax(piece)), abs(ST_YMin(piece)))))), \
                                 $4 / 110500) AS box \
                      FROM drawing CROSS JOIN LATERAL ST_Subdivide(ST_Segmentize(geometry, 0.01), 16) AS piece), \
                  active AS MATERIALIZED (SELECT id, name FROM reference.editions WHERE is_active AND kind = 'network'), \
                  near AS MATERIALIZED ( \
                      SELECT DISTINCT active.name, s.segment_id, s.street_left, s.street_right, s.edition_id, \
                             ST_AsBinary(s.geometry, 'NDR') AS drawn \
                      FROM boxes CROSS JOIN active \
                      JOIN reference.segments s ON s.edition_id = active.id AND s.geometry && boxes.box \
                      WHERE s.class = ANY ($2) AND ",
            answering!(),
            " LIMIT $3) \
             SELECT name, segment_id, street_left, street_right, false, drawn FROM near ORDER BY name, segment_id"
        ),
        [Bind::Text(drawing), Bind::Texts(roads.classes), Bind::Integer(roads.limit), Bind::Double(metres)],
    )
    .load(connection)
    .await?;
    rows.into_iter().map(AreaSegment::try_from).collect()
}

/// Whether no outline of a geometry (text of GeoJSON) crosses itself.
///
/// # Errors
/// When the query fails, for instance on a text that is no geometry.
pub async fn is_valid(connection: &mut Connection, geometry: &str) -> QueryResult<bool> {
    Statement::<Bool>::new("SELECT ST_IsValid(ST_GeomFromGeoJSON($1))", [Bind::Text(geometry)])
        .get_result(connection)
        .await
}

/// The arrondissements of a city, or the code itself when it has none.
///
/// # Errors
/// When the query fails.
pub async fn parts_of_city(connection: &mut Connection, code: &str) -> QueryResult<Vec<String>> {
    let parts: Vec<String> = Statement::<Array<Text>>::new(
        "SELECT COALESCE(array_agg(DISTINCT c.insee), '{}') FROM reference.communes c \
         JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
         WHERE c.kind = 'arrondissement' AND c.parent = $1",
        [Bind::Text(code)],
    )
    .get_result(connection)
    .await?;
    Ok(if parts.is_empty() { vec![code.to_owned()] } else { parts })
}

/// Names of the streets that come nearest to a geometry (text of GeoJSON), with the distance in metres, nearest first;
/// none further than `radius` metres.
///
/// # Errors
/// When the query fails, for instance on a text that is no geometry.
pub async fn nearby_streets(
    connection: &mut Connection,
    geometry: &str,
    radius: i32,
    limit: i32,
) -> QueryResult<Vec<(String, f64)>> {
    Statement::<(Text, Double)>::new(
        "WITH asked AS MATERIALIZED (SELECT ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS geometry), \
              around AS MATERIALIZED ( \
                  SELECT geometry, ST_Expand(ST_Envelope(geometry), \
                             $2 / 110500.0 / GREATEST(0.01, cos(radians(LEAST(89.0, GREATEST(abs(ST_YMax(geometry)), abs(ST_YMin(geometry))) + 0.01)))), \
                             $2 / 110500.0) AS box FROM asked), \
              active AS MATERIALIZED (SELECT id FROM reference.editions WHERE is_active AND kind = 'network'), \
              near AS MATERIALIZED ( \
                  SELECT s.edition_id, s.street_left, s.street_right, \
                         ST_Distance(around.geometry::geography, s.geometry::geography) AS metres \
                  FROM around CROSS JOIN active \
                  JOIN reference.segments s ON s.edition_id = active.id AND s.geometry && around.box \
                  WHERE s.street_left IS NOT NULL OR s.street_right IS NOT NULL) \
         SELECT name, metres FROM ( \
             SELECT t.name, t.street_id, min(near.metres) AS metres \
             FROM near CROSS JOIN LATERAL (VALUES (near.street_left), (near.street_right)) side (street_id) \
             CROSS JOIN LATERAL ( \
                 SELECT * FROM reference.streets x \
                 WHERE x.edition_id = near.edition_id AND x.street_id = side.street_id LIMIT 1) t \
             WHERE near.metres <= $2 GROUP BY t.street_id, t.name) AS streets \
         ORDER BY metres, name, street_id LIMIT $3",
        [Bind::Text(geometry), Bind::Integer(radius), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}
