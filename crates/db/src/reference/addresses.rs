//! House numbers of a street.

use dialog_geo::Coord;
use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Text};
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// A house number of a street.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Queryable)]
pub struct HouseNumber {
    /// The number itself.
    pub number: i32,
    /// `bis`, `ter`, `a`…; empty for a plain number.
    pub suffix: String,
}

/// The house numbers of a street, in no order.
///
/// # Errors
/// When the query fails.
pub async fn house_numbers(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Vec<HouseNumber>> {
    Statement::<(Integer, Text)>::new(
        "SELECT number, suffix FROM reference.addresses WHERE edition_id = $1 AND street_id = $2",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .load(connection)
    .await
}

/// The house numbers of a street and where they are, in no order.
///
/// # Errors
/// When the query fails.
pub async fn placed_house_numbers(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
) -> QueryResult<Vec<(HouseNumber, Coord)>> {
    let rows: Vec<(i32, String, f64, f64)> = Statement::<(Integer, Text, Double, Double)>::new(
        "SELECT number, suffix, ST_X(geometry), ST_Y(geometry) FROM reference.addresses \
         WHERE edition_id = $1 AND street_id = $2",
        [Bind::Integer(edition_id), Bind::Text(street_id)],
    )
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|(number, suffix, x, y)| (HouseNumber { number, suffix }, Coord { x, y })).collect())
}

/// Where the house numbers `number` of a street are, one place for each suffix.
///
/// # Errors
/// When the query fails.
pub async fn house_number_places(
    connection: &mut Connection,
    edition_id: i32,
    street_id: &str,
    number: i32,
) -> QueryResult<Vec<(String, Coord)>> {
    let rows: Vec<(String, f64, f64)> = Statement::<(Text, Double, Double)>::new(
        "SELECT suffix, ST_X(geometry), ST_Y(geometry) FROM reference.addresses \
         WHERE edition_id = $1 AND street_id = $2 AND number = $3",
        [Bind::Integer(edition_id), Bind::Text(street_id), Bind::Integer(number)],
    )
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|(suffix, x, y)| (suffix, Coord { x, y })).collect())
}
