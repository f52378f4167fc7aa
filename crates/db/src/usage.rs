//! How much the API is used: answers with success per day and kind of request.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Text};
use diesel_async::RunQueryDsl;

use crate::Connection;
use crate::schema::api_usage_daily;

/// Answers of one kind on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Day in Paris.
    pub day: NaiveDate,
    /// Kind of request.
    pub kind: &'static str,
    /// How many.
    pub count: i64,
}

/// Adds counts to those of all processes.
///
/// # Errors
/// When the query fails; nothing is added then.
pub async fn add(connection: &mut Connection, counts: &[Count]) -> QueryResult<()> {
    // Sorted, so that two processes take the rows in the same order.
    let mut counts = counts.to_vec();
    counts.sort_by_key(|count| (count.day, count.kind));
    diesel::sql_query(
        "INSERT INTO api_usage_daily (day, kind, count) SELECT * FROM unnest($1, $2, $3) \
         ON CONFLICT (day, kind) DO UPDATE SET count = api_usage_daily.count + excluded.count",
    )
    .bind::<Array<Date>, _>(counts.iter().map(|count| count.day).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(counts.iter().map(|count| count.kind).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(counts.iter().map(|count| count.count).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
}

/// The counts of a day, by kind.
///
/// # Errors
/// When the query fails.
pub async fn of_day(connection: &mut Connection, day: NaiveDate) -> QueryResult<Vec<(String, i64)>> {
    api_usage_daily::table
        .filter(api_usage_daily::day.eq(day))
        .order(api_usage_daily::kind)
        .select((api_usage_daily::kind, api_usage_daily::count))
        .load(connection)
        .await
}
