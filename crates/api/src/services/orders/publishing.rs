use dialog_api_types::app::PublicationReport;
use dialog_db::history::{Action, State};
use dialog_db::orders::{Change, Order};
use dialog_db::{Caller, documents, history, locations, orders, versions};
use dialog_domain::input::RepealInput;
use dialog_domain::{OrderId, rules};
use dialog_exports::Loss;
use diesel_async::AsyncConnection;

use super::error::{OrderError, Result};
use super::publication::{self, Frozen, Perimeter};
use super::{Side, is_published, lock, lock_to_edit, press, reread};
use crate::app::AppState;

/// An order that was published or repealed.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The order as it is now.
    pub order: Order,
    /// What changed in public.
    pub report: PublicationReport,
    /// What DATEX II cannot say.
    pub losses: Vec<Loss>,
}

impl Publication {
    fn new(frozen: Frozen) -> Self {
        let report = PublicationReport {
            version: frozen.version,
            is_new: frozen.is_new,
            sentences: dialog_text::difference(&frozen.difference),
            changes: frozen.difference.changes,
        };
        Self { order: frozen.order, report, losses: frozen.losses }
    }
}

/// Publishes the working copy. Without a change since the last version nothing happens.
///
/// # Errors
/// [`OrderError::NotPublishable`] when no feed could express the order; see [`OrderError`].
pub async fn publish(state: &AppState, caller: &Caller, id: OrderId, side: Side) -> Result<Publication> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock(connection, caller, id, side).await?;
            let frozen = publication::publish(connection, caller, &order, &press(state), Perimeter::ToCheck).await?;
            Ok(Publication::new(frozen))
        })
        .await
}

/// Puts an end to a published order by a last version: what is public, cut at that end. Changes that were not published
/// are given up; the history keeps them.
///
/// # Errors
/// [`OrderError::NotPublished`] for a draft, [`OrderError::Repealed`] for the second time; see [`OrderError`].
pub async fn repeal(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    side: Side,
    input: &RepealInput,
) -> Result<Publication> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let published = order.published.ok_or(OrderError::NotPublished)?;
            let public = versions::content(connection, id, published.number).await?.ok_or(OrderError::NotFound)?;
            let content = rules::repeal(input, &public).map_err(OrderError::Invalid)?;
            let change = Change {
                identifier: &order.identifier,
                content: &content,
                has_unpublished_changes: true,
                now: state.clock.now(),
            };
            orders::update(connection, id, order.revision, &change)
                .await?
                .ok_or_else(|| OrderError::Stale(Box::new(order.clone())))?;
            locations::replace(connection, id, &content).await?;
            let order = reread(connection, caller, id).await?;
            let frozen = publication::repeal(connection, caller, &order, &press(state)).await?;
            Ok(Publication::new(frozen))
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
