use anyhow::Context;
use dialog_db::{Connection, documents};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::Value;

use super::Job;
use crate::app::AppState;

/// Removes from the storage a file that no order has any more, or never had.
pub struct RemoveStoredFile;

#[derive(Deserialize)]
struct Payload {
    key: String,
}

impl Job for RemoveStoredFile {
    fn kind(&self) -> &'static str {
        documents::REMOVE_STORED_FILE
    }

    fn run<'a>(
        &'a self,
        state: &'a AppState,
        connection: &'a mut Connection,
        payload: &'a Value,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        async move {
            let Payload { key } = Payload::deserialize(payload).context("reading which file to remove")?;
            // Nothing takes a name twice, so a file that is attached stays attached until its removal is enqueued.
            if documents::is_attached(connection, &key).await.context("looking for the order of a file")? {
                return Ok(());
            }
            state.storage.delete(&key).await.with_context(|| format!("removing {key}"))
        }
        .boxed()
    }
}
