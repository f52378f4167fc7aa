//! Places for people who look for an address: around a point, or by name wherever they are.

use dialog_geo::Coord;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Double, Integer, Nullable, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// A street or a house number of it.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct AddressRow {
    /// Number of the edition.
    pub edition_id: i32,
    /// Identifier of the street.
    pub street_id: String,
    /// Its name.
    pub street: String,
    /// Code of its commune.
    pub insee: String,
    /// House number, of an address.
    pub number: Option<i32>,
    /// Its suffix.
    pub suffix: Option<String>,
    /// Longitude.
    pub longitude: f64,
    /// Latitude.
    pub latitude: f64,
    /// How far from the point that was asked, metres; 0 for a search by name.
    pub distance_m: f64,
}

type AddressSql = (Integer, Text, Text, Text, Nullable<Integer>, Nullable<Text>, Double, Double, Double);

/// A commune with what an address says of it.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct CommuneRow {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
    /// Postcodes.
    pub postcodes: Vec<String>,
    /// Code of its département.
    pub department: String,
    /// Inhabitants.
    pub population: i32,
    /// Whether streets of it are loaded.
    pub has_streets: bool,
}

type CommuneSql = (Text, Text, Text, Array<Text>, Text, Integer, Bool);

/// The house numbers nearest to a point, nearest first; none further than `radius_m`.
///
/// # Errors
/// When the query fails.
pub async fn addresses_around(
    connection: &mut Connection,
    place: Coord,
    radius_m: f64,
    limit: i32,
) -> QueryResult<Vec<AddressRow>> {
    // An edition lies in one partition, whose index gives the nearest ones first. `LIMIT 1` asks for the street of each by
    // its index: for PostgreSQL, which expects far more rows than there are, reading all streets at once would be cheaper.
    Statement::<AddressSql>::new(
        "WITH asked AS MATERIALIZED (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS point), \
              active AS MATERIALIZED (SELECT id FROM reference.editions WHERE is_active AND kind = 'network') \
         SELECT a.edition_id, t.street_id, t.name, t.insee, a.number, a.suffix, \
                ST_X(a.geometry), ST_Y(a.geometry), a.metres \
         FROM asked CROSS JOIN active CROSS JOIN LATERAL ( \
             SELECT n.*, ST_Distance(n.geometry::geography, asked.point::geography) AS metres FROM ( \
                 SELECT * FROM reference.addresses x WHERE x.edition_id = active.id \
                 ORDER BY x.geometry <-> asked.point LIMIT 4 * $4) n) a \
         CROSS JOIN LATERAL ( \
             SELECT * FROM reference.streets x \
             WHERE x.edition_id = a.edition_id AND x.street_id = a.street_id LIMIT 1) t \
         WHERE a.metres <= $3 ORDER BY a.metres, t.street_id, a.number, a.suffix LIMIT $4",
        [Bind::Double(place.x), Bind::Double(place.y), Bind::Double(radius_m), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// The streets nearest to a point, each at its nearest place, nearest first; none further than `radius_m`.
///
/// # Errors
/// When the query fails.
pub async fn streets_around(
    connection: &mut Connection,
    place: Coord,
    radius_m: f64,
    limit: i32,
) -> QueryResult<Vec<AddressRow>> {
    Statement::<AddressSql>::new(
        "WITH asked AS MATERIALIZED (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS point), \
              active AS MATERIALIZED (SELECT id FROM reference.editions WHERE is_active AND kind = 'network'), \
              near AS MATERIALIZED ( \
                  SELECT s.edition_id, s.street_left, s.street_right, ST_ClosestPoint(s.geometry, asked.point) AS point, \
                         ST_Distance(s.geometry::geography, asked.point::geography) AS metres \
                  FROM asked CROSS JOIN active CROSS JOIN LATERAL ( \
                      SELECT * FROM reference.segments x WHERE x.edition_id = active.id \
                      ORDER BY x.geometry <-> asked.point LIMIT 20 * $4) s) \
         SELECT edition_id, street_id, name, insee, NULL::integer, NULL::text, ST_X(point), ST_Y(point), metres FROM ( \
             SELECT DISTINCT ON (t.street_id) t.edition_id, t.street_id, t.name, t.insee, near.point, near.metres \
             FROM near CROSS JOIN LATERAL (VALUES (near.street_left), (near.street_right)) side (street_id) \
             CROSS JOIN LATERAL ( \
                 SELECT * FROM reference.streets x \
                 WHERE x.edition_id = near.edition_id AND x.street_id = side.street_id LIMIT 1) t \
             WHERE near.metres <= $3 ORDER BY t.street_id, near.metres) AS streets \
         ORDER BY metres, street_id LIMIT $4",
        [Bind::Double(place.x), Bind::Double(place.y), Bind::Double(radius_m), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// The communes whose contour holds a point.
///
/// # Errors
/// When the query fails.
pub async fn communes_at(connection: &mut Connection, place: Coord) -> QueryResult<Vec<CommuneRow>> {
    Statement::<CommuneSql>::new(
        "WITH asked AS MATERIALIZED (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS point) \
         SELECT DISTINCT ON (c.insee) c.insee, c.name, c.norm_name, c.postcodes, c.department, c.population, \
                EXISTS (SELECT 1 FROM reference.network_communes n JOIN reference.editions a ON a.id = n.edition_id \
                        WHERE n.insee = c.insee AND a.is_active) \
         FROM asked JOIN reference.commune_contours g ON ST_Intersects(g.geometry, asked.point) \
         JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
         JOIN reference.communes c ON c.insee = g.insee AND c.kind IN ('commune', 'arrondissement') \
         JOIN reference.editions f ON f.id = c.edition_id AND f.is_active \
         ORDER BY c.insee, c.kind",
        [Bind::Double(place.x), Bind::Double(place.y)],
    )
    .load(connection)
    .await
}

/// Codes of the communes nearest to a point, nearest first; none further than `degrees` from it.
///
/// # Errors
/// When the query fails.
pub async fn communes_near(
    connection: &mut Connection,
    place: Coord,
    degrees: f64,
    limit: i32,
) -> QueryResult<Vec<String>> {
    Statement::<Text>::new(
        "WITH asked AS MATERIALIZED (SELECT ST_SetSRID(ST_MakePoint($1, $2), 4326) AS point) \
         SELECT insee FROM (SELECT g.insee, min(ST_Distance(g.geometry, asked.point)) AS degrees \
                            FROM asked JOIN reference.commune_contours g ON ST_DWithin(g.geometry, asked.point, $3) \
                            JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
                            GROUP BY g.insee) AS near \
         ORDER BY degrees, insee LIMIT $4",
        [Bind::Double(place.x), Bind::Double(place.y), Bind::Double(degrees), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// The communes of these codes, these normalised names or these postcodes, largest first. A city with arrondissements
/// gives these.
///
/// # Errors
/// When the query fails.
pub async fn communes_named(
    connection: &mut Connection,
    codes: &[String],
    names: &[String],
    postcodes: &[String],
) -> QueryResult<Vec<CommuneRow>> {
    Statement::<CommuneSql>::new(
        "WITH named AS MATERIALIZED ( \
             SELECT c.* FROM reference.communes c JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
             WHERE c.insee = ANY ($1) \
             UNION \
             SELECT c.* FROM reference.communes c JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
             WHERE c.norm_name = ANY ($2) \
             UNION \
             SELECT c.* FROM reference.communes c JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
             WHERE c.search_text LIKE ANY ( \
                 ARRAY(SELECT '% ' || p FROM unnest($3) p UNION ALL SELECT '% ' || p || ' %' FROM unnest($3) p))), \
         found AS ( \
             SELECT COALESCE(part.insee, whole.insee, named.insee) AS insee, \
                    COALESCE(part.name, whole.name, named.name) AS name, named.norm_name, \
                    COALESCE(part.postcodes, whole.postcodes, named.postcodes) AS postcodes, \
                    COALESCE(part.department, whole.department, named.department) AS department, \
                    GREATEST(whole.population, named.population) AS population \
             FROM named \
             LEFT JOIN LATERAL ( \
                 SELECT * FROM reference.communes w WHERE w.edition_id = named.edition_id AND w.insee = named.parent \
                    AND w.kind = 'commune' LIMIT 1) whole ON named.kind IN ('delegated', 'associated') \
             LEFT JOIN reference.communes part ON named.kind = 'commune' AND part.edition_id = named.edition_id \
                    AND named.insee IN ('75056', '13055', '69123') AND part.kind = 'arrondissement' \
                    AND part.parent = named.insee) \
         SELECT insee, name, norm_name, postcodes, department, population, \
                EXISTS (SELECT 1 FROM reference.network_communes n JOIN reference.editions a ON a.id = n.edition_id \
                        WHERE n.insee = found.insee AND a.is_active) AS has_streets \
         FROM found ORDER BY has_streets DESC, population DESC, insee LIMIT 60",
        [Bind::Texts(codes), Bind::Texts(names), Bind::Texts(postcodes)],
    )
    .load(connection)
    .await
}

/// Streets of any commune whose name has every one of some words, those of the whole name `phrase` first, then the
/// longest ones. The first word must be the longest: it leads the index.
///
/// # Errors
/// When the query fails.
pub async fn streets_named(
    connection: &mut Connection,
    phrase: &str,
    words: &[String],
    limit: i32,
) -> QueryResult<Vec<(String, String, String, f64)>> {
    let patterns: Vec<String> = words.iter().map(|word| format!("%{word}%")).collect();
    let [first, ..] = patterns.as_slice() else { return Ok(Vec::new()) };
    let prefix = format!("{phrase}%");
    Statement::<(Text, Text, Text, Double)>::new(
        "SELECT street_id, name, insee, \
                CASE WHEN norm_name = $1 THEN 0.9 WHEN norm_name LIKE $2 THEN 0.8 ELSE 0.65 END::double precision AS score \
         FROM (SELECT s.* FROM reference.streets s JOIN reference.editions e ON e.id = s.edition_id AND e.is_active \
               WHERE s.norm_name LIKE $3 AND s.norm_name LIKE ALL ($4) LIMIT 2000) AS found \
         ORDER BY score DESC, length_m DESC, street_id LIMIT $5",
        [Bind::Text(phrase), Bind::Text(&prefix), Bind::Text(first), Bind::Texts(&patterns), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// A place on a street: near the middle of its longest segment.
///
/// # Errors
/// When the query fails.
pub async fn place_of_street(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Option<Coord>> {
    let place: Option<(f64, f64)> = Statement::<(Double, Double)>::new(
        "SELECT ST_X(point), ST_Y(point) FROM ( \
             SELECT ST_LineInterpolatePoint(s.geometry, 0.5) AS point FROM ( \
                 SELECT * FROM reference.segments l WHERE l.edition_id = $1 AND l.street_left = $2 \
                 UNION ALL \
                 SELECT * FROM reference.segments r WHERE r.edition_id = $1 AND r.street_right = $2) s \
             ORDER BY s.length_m DESC, s.segment_id LIMIT 1) AS middle",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .get_result(connection)
    .await
    .optional()?;
    Ok(place.map(|(x, y)| Coord { x, y }))
}

/// The house number in the middle of those of a street.
///
/// # Errors
/// When the query fails.
pub async fn place_of_house_numbers(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Option<Coord>> {
    let place: Option<(f64, f64)> = Statement::<(Double, Double)>::new(
        "SELECT ST_X(geometry), ST_Y(geometry) FROM ( \
             SELECT a.geometry, row_number() OVER (ORDER BY a.number, a.suffix) AS rank, count(*) OVER () AS of \
             FROM reference.addresses a WHERE a.edition_id = $1 AND a.street_id = $2) AS numbers \
         WHERE rank = (of + 1) / 2",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .get_result(connection)
    .await
    .optional()?;
    Ok(place.map(|(x, y)| Coord { x, y }))
}

/// The middle of a commune; `None` without contour.
///
/// # Errors
/// When the query fails.
pub async fn place_of_commune(connection: &mut Connection, insee: &str) -> QueryResult<Option<Coord>> {
    let place: Option<(f64, f64)> = Statement::<(Double, Double)>::new(
        "SELECT ST_X(point), ST_Y(point) FROM ( \
             SELECT ST_PointOnSurface(g.geometry) AS point FROM reference.commune_contours g \
             JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
             WHERE g.insee = $1 ORDER BY e.dated DESC LIMIT 1) AS middle",
        [Bind::Text(insee)],
    )
    .get_result(connection)
    .await
    .optional()?;
    Ok(place.map(|(x, y)| Coord { x, y }))
}
