//! Requests that are done once however often they are sent: `Idempotency-Key`.

use dialog_db::Connection;
use dialog_db::idempotency::{self, Claim, Claimed};
use diesel::result::Error as QueryError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::regulations::{RegulationError, Result};
use crate::app::AppState;
use crate::extract::ApiClient;

/// An answer, and whether it is that of an earlier request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once<A> {
    /// The request was done now.
    Done(A),
    /// The same request was done before, and answered so.
    Before(A),
}

/// How to go on with a request.
pub(super) enum Start<A> {
    /// Do it, then [`keep`] the answer under this claim, if there is one.
    Do(Option<Claim>),
    /// Give this answer again.
    Repeat(A),
}

/// Begins a request of the integrator in the transaction that will do it. What fails leaves no trace, and may be tried
/// again with the same key.
///
/// # Errors
/// [`RegulationError::KeyTaken`] when the key stands for another request, [`RegulationError::KeyBusy`] when that one is
/// still being done, or when a query fails. The transaction is to be given up then.
pub(super) async fn begin<A: DeserializeOwned>(
    state: &AppState,
    connection: &mut Connection,
    client: &ApiClient,
    key: Option<&str>,
    request: &impl Serialize,
) -> Result<Start<A>> {
    let Some(key) = key else { return Ok(Start::Do(None)) };
    let request = serde_json::to_vec(request).map_err(unreadable)?;
    let claim = Claim { api_client: client.uuid, key: key.to_owned(), request_hash: Sha256::digest(&request).into() };
    match idempotency::claim(connection, &claim, state.clock.now()).await? {
        Claimed::Fresh => Ok(Start::Do(Some(claim))),
        Claimed::Answered(answer) => Ok(Start::Repeat(serde_json::from_value(answer).map_err(unreadable)?)),
        Claimed::Taken => Err(RegulationError::KeyTaken),
        Claimed::Busy => Err(RegulationError::KeyBusy),
    }
}

/// Keeps the answer to a request that was done.
///
/// # Errors
/// When the query fails.
pub(super) async fn keep(connection: &mut Connection, claim: Option<&Claim>, answer: &impl Serialize) -> Result<()> {
    let Some(claim) = claim else { return Ok(()) };
    let answer = serde_json::to_value(answer).map_err(unreadable)?;
    Ok(idempotency::answer(connection, claim, &answer).await?)
}

fn unreadable(error: serde_json::Error) -> QueryError {
    QueryError::SerializationError(error.into())
}
