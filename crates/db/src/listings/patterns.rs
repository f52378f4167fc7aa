use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use diesel_async::RunQueryDsl;

use super::Selection;
use crate::Connection;
use crate::cached::Cached;
use crate::words::contains_pattern;

/// More words than this are no search.
const MOST_WORDS: usize = 20;

/// What a selection looks for in the words of an order, as `LIKE` patterns without accents nor capitals. They are made
/// before the query that uses them: PostgreSQL plans for their very text then, and does not make them again for each
/// row.
#[derive(Debug, Default)]
pub(super) struct Patterns(pub(super) Vec<String>);

impl Patterns {
    /// Those of a selection.
    pub(super) async fn of(connection: &mut Connection, selection: &Selection) -> QueryResult<Self> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            folded: String,
        }
        let search = selection.search.iter().flat_map(|search| search.split_whitespace()).take(MOST_WORDS);
        let asked: Vec<String> =
            selection.identifier.as_deref().into_iter().chain(search).map(contains_pattern).collect();
        if asked.is_empty() {
            return Ok(Self::default());
        }
        let query = diesel::sql_query(
            "SELECT lower(unaccent(text)) AS folded FROM unnest($1) WITH ORDINALITY AS asked (text, rank) ORDER BY rank",
        );
        let rows: Vec<Row> = Cached(query.bind::<Array<Text>, _>(asked)).load(connection).await?;
        Ok(Self(rows.into_iter().map(|row| row.folded).collect()))
    }
}
