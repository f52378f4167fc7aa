use dialog_db::history::{Action, State};
use dialog_db::orders::Order;
use dialog_db::{Caller, documents, history, orders};
use dialog_domain::OrderId;
use dialog_exports::Loss;
use diesel_async::AsyncConnection;

use super::error::{OrderError, Result};
use super::{Side, is_published, lock, press, publication, reread};
use crate::app::AppState;

/// Publishes the working copy. Without a change since the last version nothing happens. The second member is what
/// DATEX II cannot say.
///
/// # Errors
/// [`OrderError::NotPublishable`] when no feed could express the order; see [`OrderError`].
pub async fn publish(state: &AppState, caller: &Caller, id: OrderId, side: Side) -> Result<(Order, Vec<Loss>)> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock(connection, caller, id, side).await?;
            let losses = publication::publish(connection, caller, &order, &press(state)).await?;
            Ok((reread(connection, caller, id).await?, losses))
        })
        .await
}

/// Deletes an order: a draft is gone, a published order leaves a tombstone and its versions. An order of the caller
/// that was deleted before stays deleted.
///
/// # Errors
/// See [`OrderError`].
pub async fn delete(state: &AppState, caller: &Caller, id: OrderId, side: Side) -> Result<()> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let is_screen = matches!(side, Side::Screen { .. });
            if is_screen && orders::is_tombstone(connection, caller, id).await? {
                return Ok(());
            }
            let order = lock(connection, caller, id, side).await?;
            // A tombstone has no document; the file goes by a job of the same transaction.
            documents::delete(connection, id).await?;
            if is_published(&order) {
                return publication::withdraw(connection, caller, &order, state.clock.now()).await;
            }
            history::record(connection, caller, id, Action::Delete, order.revision, State::Gone).await?;
            history::forget_content(connection, id).await?;
            orders::delete_draft(connection, id).await?;
            Ok(())
        })
        .await
}
