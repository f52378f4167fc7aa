use dialog_db::orders::Order;
use dialog_db::{Caller, orders};
use dialog_domain::rules::GeneralInfo;
use dialog_domain::{MeasureId, OrderId, OrderSource, identifier, identity};
use diesel_async::AsyncConnection;
use uuid::Uuid;

use super::editing::{NewOrder, create_on, save};
use super::error::{OrderError, Result};
use super::locating::{self, PathRoot};
use super::{Side, lock_to_edit};
use crate::app::AppState;

/// Characters of an identifier that its duplicates keep, however long it is: the end gives way to their number.
const KEPT_CHARACTERS: usize = 40;

/// Makes a draft that says the same as an order: its working copy, under a number of its own. Places are as they were
/// found, and are to be inside the perimeter of today.
///
/// # Errors
/// [`OrderError::NotMember`] for an order of another organization; see [`OrderError`]. Nothing is kept then.
pub async fn duplicate(state: &AppState, caller: &Caller, id: OrderId) -> Result<Order> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let original = orders::find(connection, caller, id).await?.ok_or(OrderError::NotFound)?;
            if !original.is_member {
                return Err(OrderError::NotMember);
            }
            let organization = original.organization.clone();
            let beginning: String = original.identifier.chars().take(KEPT_CHARACTERS).collect();
            let used = orders::used_identifiers(connection, organization.id, &beginning).await?;
            let content = identity::duplicate(&original.content, &mut Uuid::now_v7);
            let general = GeneralInfo {
                identifier: identifier::duplicate(&original.identifier, used.iter().map(String::as_str)),
                category: content.category,
                subject: content.subject,
                other_category_text: content.other_category_text.clone(),
                title: content.title.clone(),
            };
            let new = NewOrder { organization, source: OrderSource::Dialog, general, content, publish: false };
            create_on(state, connection, caller, new, &state.sources()).await
        })
        .await
}

/// Adds to the working copy, at its end, a measure that says the same as one of its measures.
///
/// # Errors
/// [`OrderError::NotFound`] for a measure of another order too; see [`OrderError`]; paths are relative to the measure.
pub async fn duplicate_measure(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    measure: MeasureId,
    side: Side,
) -> Result<Order> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let mut content = order.content.clone();
            let original = content.measures.iter().find(|known| known.id == measure).ok_or(OrderError::NotFound)?;
            let mut added = identity::duplicate_measure(original, &mut Uuid::now_v7);
            let located = std::slice::from_mut(&mut added);
            // It is found where the original is.
            let sources = state.sources();
            locating::locate(connection, &order.organization, located, &sources, PathRoot::Measure).await?;
            content.measures.push(added);
            save(state, connection, caller, &order, &order.identifier, content).await
        })
        .await
}
