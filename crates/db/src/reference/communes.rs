//! Communes and their contours.

use diesel::sql_types::{Array, Bool, Double, Nullable, Text};
use diesel::{QueryResult, Queryable};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// What a row of the communes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommuneKind {
    /// A commune of today.
    Commune,
    /// An arrondissement of Paris, Lyon or Marseille.
    Arrondissement,
    /// A former commune with a town hall of its own inside its new commune.
    Delegated,
    /// A former commune attached to another one under the law of 1971.
    Associated,
}

impl CommuneKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Arrondissement => "arrondissement",
            Self::Delegated => "delegated",
            Self::Associated => "associated",
        }
    }
}

/// A commune that matches a search.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct Commune {
    /// INSEE code of the commune of today, or of the arrondissement.
    pub insee: String,
    /// Its name in the reference data.
    pub name: String,
    /// Code of the delegated or associated commune that was found, when it is not the commune itself.
    pub former_code: Option<String>,
    /// Name of the delegated or associated commune that was found, when it is not the commune itself.
    pub former_name: Option<String>,
    /// Its postcodes.
    pub postcodes: Vec<String>,
    /// Between 0 and 1, best first.
    pub score: f64,
    /// Whether streets of this commune are loaded.
    pub has_streets: bool,
}

type CommuneSql = (Text, Text, Nullable<Text>, Nullable<Text>, Array<Text>, Double, Bool);

/// Columns and joins common to both searches; `c` is the row that matched, `p` the commune it belongs to.
///
/// Paris, Marseille and Lyon as a whole (75056, 13055, 69123) are left out: streets carry the codes of arrondissements.
/// Arrondissements weigh what their whole city weighs, and answer to its name alone.
macro_rules! communes_sql {
    ($class:literal, $matching:literal) => {
        concat!(
            "SELECT code, name, former_code, former_name, postcodes, \
                    class + 0.09 * ln(1.0 + weight) / ln(4e6) \
                          - CASE WHEN former_name IS NULL THEN 0.0 ELSE 0.1 END AS score, \
                    EXISTS (SELECT 1 FROM reference.network_communes n JOIN reference.editions a ON a.id = n.edition_id \
                            WHERE n.insee = code AND a.is_active) AS has_streets \
             FROM (SELECT f.former, \
                    CASE WHEN f.former THEN p.insee ELSE c.insee END AS code, \
                    CASE WHEN f.former THEN p.name ELSE c.name END AS name, \
                    CASE WHEN f.former AND p.name <> c.name THEN c.insee END AS former_code, \
                    CASE WHEN f.former AND p.name <> c.name THEN c.name END AS former_name, \
                    CASE WHEN f.former THEN p.postcodes ELSE c.postcodes END AS postcodes, \
                    COALESCE(p.population, c.population)::double precision AS weight, \
                    (",
            $class,
            ")::double precision AS class \
                  FROM reference.communes c \
                  JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
                  CROSS JOIN LATERAL (SELECT c.kind IN ('delegated', 'associated') AS former) f \
                  LEFT JOIN reference.communes p \
                         ON p.edition_id = c.edition_id AND p.insee = c.parent AND p.kind = 'commune' \
                  WHERE ",
            $matching,
            "   AND NOT (c.kind = 'commune' AND c.insee IN ('75056', '13055', '69123')) \
                    AND (NOT f.former OR p.insee IS NOT NULL AND p.insee NOT IN ('75056', '13055', '69123'))) AS found \
             ORDER BY score DESC, code, former_name NULLS FIRST LIMIT "
        )
    };
}

/// Communes with a word that begins with each of `words` (normalised; a postcode is a word). `phrase` is the same text
/// in one piece. The longest word must come first: it leads the index.
///
/// # Errors
/// When the query fails.
pub async fn search_communes(
    connection: &mut Connection,
    phrase: &str,
    words: &[String],
    limit: i32,
) -> QueryResult<Vec<Commune>> {
    let patterns: Vec<String> = words.iter().map(|word| format!("% {word}%")).collect();
    let [first, ..] = patterns.as_slice() else { return Ok(Vec::new()) };
    let prefix = format!("{phrase}%");
    Statement::<CommuneSql>::new(
        concat!(
            communes_sql!(
                "CASE WHEN $1 IN (c.norm_name, p.norm_name) THEN 0.9 WHEN c.norm_name LIKE $2 THEN 0.8 ELSE 0.6 END",
                "c.search_text LIKE $3 AND c.search_text LIKE ALL ($4)"
            ),
            "$5"
        ),
        [Bind::Text(phrase), Bind::Text(&prefix), Bind::Text(first), Bind::Texts(&patterns), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// Communes whose name looks like `phrase`: for spelling mistakes, when [`search_communes`] found nothing.
///
/// # Errors
/// When the query fails.
pub async fn search_communes_loosely(
    connection: &mut Connection,
    phrase: &str,
    limit: i32,
) -> QueryResult<Vec<Commune>> {
    Statement::<CommuneSql>::new(
        concat!(communes_sql!("0.5 * word_similarity($1, c.norm_name)", "$2 <% c.search_text"), "$3"),
        [Bind::Text(phrase), Bind::Text(phrase), Bind::Integer(limit)],
    )
    .load(connection)
    .await
}

/// Whether a commune is known, be it by its streets only.
///
/// # Errors
/// When the query fails.
pub async fn commune_exists(connection: &mut Connection, insee: &str) -> QueryResult<bool> {
    Statement::<Bool>::new(
        "SELECT EXISTS (SELECT 1 FROM reference.communes c JOIN reference.editions e ON e.id = c.edition_id \
                        WHERE c.insee = $1 AND e.is_active) \
             OR EXISTS (SELECT 1 FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id \
                        WHERE n.insee = $1 AND e.is_active)",
        [Bind::Text(insee)],
    )
    .get_result(connection)
    .await
}

/// Names of the communes and arrondissements of these codes, by code.
///
/// # Errors
/// When the query fails.
pub async fn commune_names(connection: &mut Connection, codes: &[String]) -> QueryResult<Vec<(String, String)>> {
    Statement::<(Text, Text)>::new(
        "SELECT DISTINCT c.insee, c.name FROM reference.communes c \
         JOIN reference.editions e ON e.id = c.edition_id AND e.is_active \
         WHERE c.insee = ANY ($1) AND c.kind IN ('commune', 'arrondissement')",
        [Bind::Texts(codes)],
    )
    .load(connection)
    .await
}

/// The contours of the communes `codes` as GeoJSON multipolygons, by code. A city that has none of its own gets the
/// union of its arrondissements; a code without contour is left out.
///
/// # Errors
/// When the query fails.
pub async fn commune_contours(connection: &mut Connection, codes: &[String]) -> QueryResult<Vec<(String, String)>> {
    Statement::<(Text, Text)>::new(
        "WITH asked AS MATERIALIZED (SELECT DISTINCT unnest($1) AS code), \
              parts AS MATERIALIZED ( \
                  SELECT DISTINCT c.insee, c.parent FROM reference.communes c \
                  WHERE c.parent = ANY ($1) AND c.kind = 'arrondissement'), \
              contours AS MATERIALIZED ( \
                  SELECT DISTINCT ON (g.insee) g.insee, g.geometry FROM reference.commune_contours g \
                  JOIN reference.editions e ON e.id = g.edition_id AND e.is_active \
                  WHERE g.insee = ANY (ARRAY(SELECT code FROM asked UNION SELECT insee FROM parts)) \
                  ORDER BY g.insee, e.dated DESC, e.loaded_at DESC) \
         SELECT code, ST_AsGeoJSON(geometry, 7) FROM ( \
             SELECT asked.code, COALESCE( \
                 (SELECT contours.geometry FROM contours WHERE contours.insee = asked.code), \
                 (SELECT ST_Multi(ST_Union(contours.geometry)) FROM contours JOIN parts ON parts.insee = contours.insee \
                  WHERE parts.parent = asked.code)) AS geometry \
             FROM asked) AS found \
         WHERE geometry IS NOT NULL ORDER BY code",
        [Bind::Texts(codes)],
    )
    .load(connection)
    .await
}
