//! Numbered roads, their sections and their reference points.
//!
//! A road may lie in several editions, one for each département: the most recent one that has it there answers.

use std::collections::BTreeMap;

use dialog_domain::RoadSide;
use dialog_geo::reference_points::{PointKind, ReferencePoint, RoadSection};
use dialog_geo::{Coord, LineString};
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Bytea, Double, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use super::wkb;
use crate::Connection;

/// What a road is in the eyes of the administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoadKind {
    /// Of a département.
    Departmental,
    /// Of the State.
    National,
    /// Motorway.
    Motorway,
    /// Of a group of communes.
    Intercommunal,
    /// Way for people on foot and cycles.
    Greenway,
    /// Anything else that has a number.
    Other,
}

impl RoadKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Departmental, Self::National, Self::Motorway, Self::Intercommunal, Self::Greenway, Self::Other];

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Departmental => "departmental",
            Self::National => "national",
            Self::Motorway => "motorway",
            Self::Intercommunal => "intercommunal",
            Self::Greenway => "greenway",
            Self::Other => "other",
        }
    }

    /// The kind that is stored so.
    #[must_use]
    pub fn read(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == value)
    }
}

/// A road that a search found.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct RoadRow {
    /// Who manages it.
    pub administrator: String,
    /// Its number.
    pub number: String,
    /// What it is, as stored.
    pub kind: String,
}

/// What there is of a road: its sections and points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadMaterial {
    /// Name of the edition that each département comes from.
    pub editions: BTreeMap<String, String>,
    /// Numbers of these editions.
    pub edition_ids: Vec<i32>,
    /// Its sections.
    pub sections: Vec<RoadSection>,
    /// Its points, technical ones included.
    pub points: Vec<ReferencePoint>,
}

/// Kind and name of those who manage roads, by kind and name.
///
/// # Errors
/// When the query fails.
pub async fn road_administrators(connection: &mut Connection) -> QueryResult<Vec<(String, String)>> {
    Statement::<(Text, Text)>::new(
        "SELECT DISTINCT a.kind, a.name FROM reference.editions e \
         JOIN reference.road_administrators a ON a.edition_id = e.id WHERE e.is_active ORDER BY a.kind, a.name",
        [],
    )
    .load(connection)
    .await
}

/// The name under which an administrator is known, from its normalised name.
///
/// # Errors
/// When the query fails.
pub async fn find_road_administrator(connection: &mut Connection, norm_name: &str) -> QueryResult<Option<String>> {
    Statement::<Text>::new(
        "SELECT a.name FROM reference.editions e \
         CROSS JOIN LATERAL (SELECT a.name FROM reference.road_administrators a \
                             WHERE a.edition_id = e.id AND a.norm_name = $1 ORDER BY a.name LIMIT 1) a \
         WHERE e.is_active ORDER BY e.dated DESC, e.loaded_at DESC, a.name LIMIT 1",
        [Bind::Text(norm_name)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// SQL of [`search_roads`], for those who look at its plan.
#[must_use]
pub const fn road_search_sql() -> &'static str {
    "SELECT found.administrator, found.number, found.kind FROM ( \
         SELECT r.administrator, r.number, r.kind FROM reference.editions e \
         JOIN reference.numbered_roads r ON r.edition_id = e.id \
         WHERE e.is_active AND r.administrator = $1 AND r.number LIKE $2 AND r.kind = ANY ($4) \
         UNION \
         SELECT r.administrator, r.number, r.kind FROM reference.editions e \
         JOIN reference.numbered_roads r ON r.edition_id = e.id \
         WHERE e.is_active AND r.administrator = $1 AND r.bare_number LIKE $3 AND r.kind = ANY ($4)) AS found \
     ORDER BY array_position($4, found.kind), found.number LIMIT $5"
}

/// Roads of an administrator whose number begins with `number`, or whose number without its letters begins with
/// `bare_number`; those of the first kind first, then by number.
///
/// # Errors
/// When the query fails.
pub async fn search_roads(
    connection: &mut Connection,
    administrator: &str,
    kinds: &[RoadKind],
    (number, bare_number): (Option<&str>, Option<&str>),
    limit: i32,
) -> QueryResult<Vec<RoadRow>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    // An empty text is like no number.
    let pattern = |start: Option<&str>| start.map(|start| format!("{start}%")).unwrap_or_default();
    let (number, bare_number) = (pattern(number), pattern(bare_number));
    Statement::<(Text, Text, Text)>::new(
        road_search_sql(),
        [
            Bind::Text(administrator),
            Bind::Text(&number),
            Bind::Text(&bare_number),
            Bind::Texts(&kinds),
            Bind::Integer(limit),
        ],
    )
    .load(connection)
    .await
}

/// The road of an administrator with this very number, of one of these kinds, the first one first.
///
/// # Errors
/// When the query fails.
pub async fn find_road(
    connection: &mut Connection,
    administrator: &str,
    number: &str,
    kinds: &[RoadKind],
) -> QueryResult<Option<RoadRow>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    Statement::<(Text, Text, Text)>::new(
        "SELECT r.administrator, r.number, r.kind FROM reference.editions e \
         JOIN reference.numbered_roads r ON r.edition_id = e.id \
         WHERE e.is_active AND r.administrator = $1 AND r.number = $2 AND r.kind = ANY ($3) \
         ORDER BY array_position($3, r.kind) LIMIT 1",
        [Bind::Text(administrator), Bind::Text(number), Bind::Texts(&kinds)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// The whole of a road: GeoJSON of its lines, their length in metres, and the edition they come from.
///
/// # Errors
/// When the query fails.
pub async fn whole_road(connection: &mut Connection, road: &RoadRow) -> QueryResult<Option<(String, f64, String)>> {
    Statement::<(Text, Double, Text)>::new(
        "SELECT ST_AsGeoJSON(r.geometry, 7), ST_Length(r.geometry::geography), e.name FROM reference.editions e \
         CROSS JOIN LATERAL (SELECT r.geometry FROM reference.numbered_roads r \
                             WHERE r.edition_id = e.id AND r.administrator = $1 AND r.number = $2 AND r.kind = $3) r \
         WHERE e.is_active ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(&road.administrator), Bind::Text(&road.number), Bind::Text(&road.kind)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// Editions that answer for the départements of road `$2` of administrator `$1`.
macro_rules! with_editions {
    ($select:literal) => {
        concat!(
            "WITH here AS MATERIALIZED ( \
                 SELECT DISTINCT ON (s.department) s.department, e.id, e.name FROM reference.editions e \
                 JOIN reference.road_sections s ON s.edition_id = e.id \
                 WHERE e.is_active AND s.administrator = $1 AND s.road_number = $2 \
                 ORDER BY s.department, e.dated DESC, e.loaded_at DESC) ",
            $select
        )
    };
}

/// SQL of the sections and of the points of a road, for those who look at their plans.
#[must_use]
pub const fn road_material_sql() -> [&'static str; 2] {
    [
        with_editions!(
            "SELECT here.id, here.name, s.section_id, s.department, s.side, ST_AsBinary(s.geometry, 'NDR') \
             FROM here CROSS JOIN LATERAL ( \
                 SELECT * FROM reference.road_sections s \
                 WHERE s.edition_id = here.id AND s.administrator = $1 AND s.road_number = $2 \
                   AND s.department = here.department) s \
             ORDER BY s.section_id"
        ),
        with_editions!(
            "SELECT p.number, p.department, p.side, p.kind, p.rank, p.abscissa_m, p.section_id, \
                    ST_X(p.geometry), ST_Y(p.geometry) \
             FROM here CROSS JOIN LATERAL ( \
                 SELECT * FROM reference.reference_points p \
                 WHERE p.edition_id = here.id AND p.administrator = $1 AND p.road_number = $2 \
                   AND p.department = here.department) p \
             ORDER BY p.section_id, p.rank, p.number"
        ),
    ]
}

type SectionRow = (i32, String, String, String, String, Vec<u8>);
type PointRow = (String, String, String, String, f64, Option<i32>, String, f64, f64);

/// The sections and points of a road.
///
/// # Errors
/// When a query fails.
pub async fn road_material(
    connection: &mut Connection,
    administrator: &str,
    number: &str,
) -> QueryResult<RoadMaterial> {
    let [sections_sql, points_sql] = road_material_sql();
    let binds = [Bind::Text(administrator), Bind::Text(number)];
    let sections: Vec<SectionRow> =
        Statement::<(Integer, Text, Text, Text, Text, Bytea)>::new(sections_sql, binds).load(connection).await?;
    let points: Vec<PointRow> =
        Statement::<(Text, Text, Text, Text, Double, Nullable<Integer>, Text, Double, Double)>::new(points_sql, binds)
            .load(connection)
            .await?;
    let mut material = RoadMaterial::default();
    for (edition_id, edition, id, department, side, bytes) in sections {
        let unreadable = || Error::DeserializationError(format!("section {id} is no section").into());
        let line = wkb::read_line_string(&bytes).ok_or_else(unreadable)?;
        let side = road_side(&side).ok_or_else(unreadable)?;
        if !material.edition_ids.contains(&edition_id) {
            material.edition_ids.push(edition_id);
        }
        material.editions.insert(department.clone(), edition);
        material.sections.push(RoadSection { id, department, side, line });
    }
    for (number, department, side, kind, rank, abscissa_m, section_id, x, y) in points {
        let unreadable = || Error::DeserializationError(format!("point {number} is no reference point").into());
        let side = road_side(&side).ok_or_else(unreadable)?;
        let (kind, place) = (PointKind::read(&kind), Coord { x, y });
        material.points.push(ReferencePoint { number, department, side, kind, rank, abscissa_m, section_id, place });
    }
    Ok(material)
}

/// The segments that bear the number of a road inside a box (west, south, east, north): those of its own editions, or,
/// where these have no network, those of the most recent network that has some.
///
/// # Errors
/// When the query fails.
pub async fn road_segments(
    connection: &mut Connection,
    edition_ids: &[i32],
    number: &str,
    [west, south, east, north]: [f64; 4],
) -> QueryResult<Vec<(String, LineString)>> {
    let rows: Vec<(String, Vec<u8>)> = Statement::<(Text, Bytea)>::new(
        road_segments_sql(),
        [
            Bind::Integers(edition_ids),
            Bind::Text(number),
            Bind::Double(west),
            Bind::Double(south),
            Bind::Double(east),
            Bind::Double(north),
        ],
    )
    .load(connection)
    .await?;
    rows.into_iter()
        .map(|(id, bytes)| match wkb::read_line_string(&bytes) {
            Some(line) => Ok((id, line)),
            None => Err(Error::DeserializationError(format!("geometry of segment {id} is no line string").into())),
        })
        .collect()
}

/// SQL of [`road_segments`], for those who look at its plan.
#[must_use]
pub const fn road_segments_sql() -> &'static str {
    "WITH found AS MATERIALIZED ( \
         SELECT e.id, e.id = ANY ($1) AS is_own, e.dated, e.loaded_at, s.segment_id, s.geometry \
         FROM reference.editions e JOIN reference.segments s ON s.edition_id = e.id \
         WHERE e.is_active AND s.road_number = $2 AND s.geometry && ST_MakeEnvelope($3, $4, $5, $6, 4326)), \
     best AS (SELECT id, is_own FROM found ORDER BY is_own DESC, dated DESC, loaded_at DESC LIMIT 1) \
     SELECT found.segment_id, ST_AsBinary(found.geometry, 'NDR') FROM found CROSS JOIN best \
     WHERE found.id = best.id OR found.is_own AND best.is_own ORDER BY found.segment_id"
}

fn road_side(text: &str) -> Option<RoadSide> {
    match text {
        "U" => Some(RoadSide::U),
        "D" => Some(RoadSide::D),
        "G" => Some(RoadSide::G),
        _ => None,
    }
}
