//! Streets by name and by identifier.

use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// A street that matches a search.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct StreetMatch {
    /// Identifier.
    pub street_id: String,
    /// Name.
    pub name: String,
    /// Between 0 and 1, best first.
    pub score: f64,
}

/// A street, with the edition that describes it.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct StreetRow {
    /// Number of the edition.
    pub edition_id: i32,
    /// Name of the edition.
    pub edition: String,
    /// Identifier.
    pub street_id: String,
    /// Commune.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Normalised name.
    pub norm_name: String,
}

type StreetSql = (Integer, Text, Text, Text, Text, Text);

/// What is searched: the text as typed, and with its abbreviations spelt out; both normalised, often the same.
#[derive(Clone, Copy, Debug)]
pub struct StreetSearch<'a> {
    /// INSEE code of the commune.
    pub insee: &'a str,
    /// As typed.
    pub typed: &'a str,
    /// With abbreviations spelt out.
    pub expanded: &'a str,
    /// How many streets at most.
    pub limit: i32,
}

/// `$1` commune; then the text as typed and the text spelt out: whole (`$2`, `$3`), prefix pattern (`$4`, `$5`), word
/// patterns (`$6`, `$7`), longest word pattern, which leads the index (`$8`, `$9`), all word patterns (`$10`, `$11`);
/// `$12` limit.
const SEARCH: &str = "SELECT street_id, name, class + 0.08 * LEAST(1.0, char_length($2) \
               / GREATEST(char_length(norm_name), 1)::double precision) AS score \
     FROM (SELECT s.street_id, s.name, s.norm_name, \
                  CASE WHEN s.norm_name IN ($2, $3) THEN 0.92 \
                       WHEN s.norm_name LIKE $4 OR s.norm_name LIKE $5 THEN 0.82 \
                       WHEN ' ' || s.norm_name LIKE ALL ($6) OR ' ' || s.norm_name LIKE ALL ($7) THEN 0.7 \
                       ELSE 0.5 END::double precision AS class \
           FROM reference.streets s \
           WHERE s.edition_id = (SELECT n.edition_id FROM reference.network_communes n \
                                 JOIN reference.editions e ON e.id = n.edition_id \
                                 WHERE n.insee = $1 AND e.is_active \
                                 ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1) \
             AND s.insee = $1 AND s.length_m > 0 \
             AND ((s.norm_name LIKE $8 AND s.norm_name LIKE ALL ($10)) \
               OR (s.norm_name LIKE $9 AND s.norm_name LIKE ALL ($11)))) AS found \
     ORDER BY score DESC, norm_name, street_id LIMIT $12";

/// The statement behind [`search_streets`], for tests of its plan and for benchmarks.
#[must_use]
pub const fn street_search_sql() -> &'static str {
    SEARCH
}

/// Streets of a commune that contain every word of the search, best first: the whole name, then names that begin with
/// the text, then names with words that begin so, then the others. A street known by its house numbers only is left out:
/// nothing of it can be drawn.
///
/// # Errors
/// When the query fails.
pub async fn search_streets(connection: &mut Connection, search: StreetSearch<'_>) -> QueryResult<Vec<StreetMatch>> {
    let patterns =
        |text: &str, before: &str| -> Vec<String> { text.split(' ').map(|word| format!("%{before}{word}%")).collect() };
    let longest =
        |patterns: &[String]| patterns.iter().max_by_key(|pattern| pattern.len()).cloned().unwrap_or_default();
    let (typed_words, expanded_words) = (patterns(search.typed, " "), patterns(search.expanded, " "));
    let (typed_parts, expanded_parts) = (patterns(search.typed, ""), patterns(search.expanded, ""));
    let (typed_longest, expanded_longest) = (longest(&typed_parts), longest(&expanded_parts));
    let (typed_prefix, expanded_prefix) = (format!("{}%", search.typed), format!("{}%", search.expanded));
    Statement::<(Text, Text, Double)>::new(
        SEARCH,
        [
            Bind::Text(search.insee),
            Bind::Text(search.typed),
            Bind::Text(search.expanded),
            Bind::Text(&typed_prefix),
            Bind::Text(&expanded_prefix),
            Bind::Texts(&typed_words),
            Bind::Texts(&expanded_words),
            Bind::Text(&typed_longest),
            Bind::Text(&expanded_longest),
            Bind::Texts(&typed_parts),
            Bind::Texts(&expanded_parts),
            Bind::Integer(search.limit),
        ],
    )
    .load(connection)
    .await
}

/// Streets of a commune whose name looks like the search: for spelling mistakes, when [`search_streets`] found nothing.
///
/// # Errors
/// When the query fails.
pub async fn search_streets_loosely(
    connection: &mut Connection,
    search: StreetSearch<'_>,
) -> QueryResult<Vec<StreetMatch>> {
    Statement::<(Text, Text, Double)>::new(
        "SELECT street_id, name, 0.5 * likeness AS score \
         FROM (SELECT s.street_id, s.name, s.norm_name, \
                      GREATEST(word_similarity($2, s.norm_name), word_similarity($3, s.norm_name))::double precision \
                          AS likeness \
               FROM reference.streets s \
               WHERE s.edition_id = (SELECT n.edition_id FROM reference.network_communes n \
                                     JOIN reference.editions e ON e.id = n.edition_id \
                                     WHERE n.insee = $1 AND e.is_active \
                                     ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1) \
                 AND s.insee = $1 AND s.length_m > 0) AS found \
         WHERE likeness >= 0.4 ORDER BY score DESC, norm_name, street_id LIMIT $4",
        [Bind::Text(search.insee), Bind::Text(search.typed), Bind::Text(search.expanded), Bind::Integer(search.limit)],
    )
    .load(connection)
    .await
}

/// The street with this identifier, in the most recent edition in use that has it.
///
/// # Errors
/// When the query fails.
pub async fn find_street(connection: &mut Connection, street_id: &str) -> QueryResult<Option<StreetRow>> {
    Statement::<StreetSql>::new(
        "SELECT e.id, e.name, s.street_id, s.insee, s.name, s.norm_name FROM reference.editions e \
         CROSS JOIN LATERAL (SELECT * FROM reference.streets s \
                             WHERE s.edition_id = e.id AND s.street_id = lower($1) LIMIT 1) s \
         WHERE e.is_active AND e.kind = 'network' ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(street_id)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// The street of a commune with this normalised name.
///
/// # Errors
/// When the query fails.
pub async fn find_street_by_name(
    connection: &mut Connection,
    insee: &str,
    norm_name: &str,
) -> QueryResult<Option<StreetRow>> {
    Statement::<StreetSql>::new(
        "SELECT e.id, e.name, s.street_id, s.insee, s.name, s.norm_name \
         FROM reference.network_communes n JOIN reference.editions e ON e.id = n.edition_id AND e.is_active \
         CROSS JOIN LATERAL (SELECT * FROM reference.streets s \
                             WHERE s.edition_id = e.id AND s.insee = n.insee AND s.norm_name = $2 \
                             ORDER BY s.length_m DESC, s.street_id LIMIT 1) s \
         WHERE n.insee = $1 ORDER BY e.dated DESC, e.loaded_at DESC LIMIT 1",
        [Bind::Text(insee), Bind::Text(norm_name)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// Identifier, name and normalised name of streets of one edition.
///
/// # Errors
/// When the query fails.
pub async fn street_names(
    connection: &mut Connection,
    edition_id: i32,
    street_ids: &[String],
) -> QueryResult<Vec<(String, String, String)>> {
    Statement::<(Text, Text, Text)>::new(
        "SELECT street_id, name, norm_name FROM reference.streets WHERE edition_id = $1 AND street_id = ANY ($2)",
        [Bind::Integer(edition_id), Bind::Texts(street_ids)],
    )
    .load(connection)
    .await
}
