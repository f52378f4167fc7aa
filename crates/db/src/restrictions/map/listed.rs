use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use super::{BoundingBox, MapFilter, MapRow, ROW};
use crate::Connection;
use crate::feeds::clauses::Value;

/// A restriction of the list beside the map.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct ListedRestriction {
    /// What it is.
    #[diesel(embed)]
    pub restriction: MapRow,
    /// The rectangle around it.
    #[diesel(embed)]
    pub bounds: BoundingBox,
}

/// How many restrictions pass a filter, and some of them, the latest first. What reaches into the rectangle of the filter
/// counts, as it shows on a map of the rectangle.
///
/// # Errors
/// When a query fails.
pub async fn listed(
    connection: &mut Connection,
    filter: &MapFilter,
    limit: i64,
    offset: i64,
) -> QueryResult<(i64, Vec<ListedRestriction>)> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    if filter.is_empty() {
        return Ok((0, Vec::new()));
    }
    let mut clauses = filter.clauses(connection, "r").await?;
    if let Some(area) = filter.bounding_box {
        clauses.and("ST_Intersects(r.geometry, ST_MakeEnvelope(?, ?, ?, ?, 4326))", area.edges().map(Value::Number));
    }
    let count = clauses
        .bind(diesel::sql_query(format!("SELECT count(*) AS count FROM public_restrictions r WHERE {}", clauses.sql())))
        .get_result::<Count>(connection)
        .await?
        .count;
    if count <= offset {
        return Ok((count, Vec::new()));
    }
    // What is long is read for those of the page alone.
    let rows = clauses
        .bind(diesel::sql_query(format!(
            "SELECT {ROW}, ST_XMin(geometry) AS min_lon, ST_YMin(geometry) AS min_lat, ST_XMax(geometry) AS max_lon, \
                ST_YMax(geometry) AS max_lat \
             FROM (SELECT r.location_uuid FROM public_restrictions r WHERE {} \
                ORDER BY r.location_uuid DESC LIMIT {limit} OFFSET {offset}) AS page \
             JOIN public_restrictions USING (location_uuid) ORDER BY location_uuid DESC",
            clauses.sql()
        )))
        .load(connection)
        .await?;
    Ok((count, rows))
}
