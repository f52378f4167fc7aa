//! House numbers of the sides of segments.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// House numbers along one side of a segment.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct NumberRange {
    /// The segment.
    pub segment_id: String,
    /// The number where its drawing begins.
    pub first: i32,
    /// The number where its drawing ends.
    pub last: i32,
}

/// The ranges of a street, by segment.
///
/// # Errors
/// When the query fails.
pub async fn number_ranges(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Vec<NumberRange>> {
    Statement::<(Text, Integer, Integer)>::new(
        "SELECT segment_id, first_number, last_number FROM reference.number_ranges \
         WHERE edition_id = $1 AND street_id = $2 ORDER BY segment_id, first_number, last_number",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .load(connection)
    .await
}
