//! Lists of orders of the integrators' contract: everybody's published ones, one's own.

use dialog_db::Caller;
use dialog_db::listings::{self, Audience, Page, Selection, Sort, Window};
use dialog_db::orders::Order;

use super::orders::Result;
use crate::app::AppState;
use crate::extract::ApiClient;

/// A page of the published orders of every organization.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn published(state: &AppState, selection: &Selection, sort: Sort, window: Window) -> Result<Page> {
    let mut connection = state.database.get().await?;
    let caller = Caller::anonymous();
    Ok(listings::page(&mut connection, &caller, Audience::Public, selection, sort, window).await?)
}

/// Part of the orders of the integrator's organization, drafts included.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn own(
    state: &AppState,
    client: &ApiClient,
    selection: &Selection,
    sort: Sort,
    window: Window,
) -> Result<Vec<Order>> {
    let mut connection = state.database.get().await?;
    Ok(listings::find(&mut connection, &client.caller(), Audience::Members, selection, sort, window).await?)
}

/// Identifiers of the integrator's organization that begin with `prefix`, sorted.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn identifiers(
    state: &AppState,
    client: &ApiClient,
    prefix: &str,
    limit: Option<u32>,
) -> Result<Vec<String>> {
    let mut connection = state.database.get().await?;
    Ok(listings::identifiers(&mut connection, client.organization_id, prefix, limit).await?)
}
