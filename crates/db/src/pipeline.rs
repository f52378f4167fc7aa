//! Statements that leave one after the other, without waiting for the answer in between.

use diesel::result::QueryResult;
use futures::future::{BoxFuture, join_all};

/// Runs statements of one connection in this order, in the transaction that the caller has begun: it takes the time of
/// one round trip. The functions that may be given take the connection by `&` and do not build on each other's answers.
///
/// # Errors
/// The first failure, when all have ended: PostgreSQL refuses the ones after it in a transaction, which says nothing.
pub async fn pipeline<const N: usize>(statements: [BoxFuture<'_, QueryResult<()>>; N]) -> QueryResult<()> {
    // `join_all` polls in order, and a statement leaves at the first poll, or as soon as it is prepared, for which the
    // next one waits. (`tokio::join!` begins anywhere.)
    join_all(statements).await.into_iter().collect()
}
