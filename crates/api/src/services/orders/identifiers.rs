//! One living order of an organization has an identifier.

use dialog_db::orders::Order;
use dialog_db::{Connection, orders};
use dialog_domain::{OrganizationId, Violation, ViolationCode};

use super::error::{OrderError, Result};
use super::is_published;
use crate::app::AppState;

/// What keeps an order from taking another identifier.
pub(super) async fn change_rule(connection: &mut Connection, order: &Order, new: &str) -> Result<Option<Violation>> {
    if is_published(order) {
        return Ok(Some(Violation::new("identifier", ViolationCode::IdentifierFrozen)));
    }
    if !is_askable(new) {
        return Ok(None);
    }
    Ok(orders::find_id(connection, order.organization.id, new).await?.map(|_| taken(new)))
}

/// The refusal of a new order whose identifier is taken.
pub(super) async fn rule(
    connection: &mut Connection,
    organization: OrganizationId,
    identifier: &str,
) -> Result<Option<OrderError>> {
    let found = orders::find_id(connection, organization, identifier).await?;
    Ok(found.map(|_| OrderError::Invalid(vec![taken(identifier)])))
}

/// The broken rule when a living order of the organization has the identifier; for answers that name every mistake.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn identifier_taken(
    state: &AppState,
    organization: OrganizationId,
    identifier: Option<&str>,
) -> Result<Option<Violation>> {
    let Some(identifier) = identifier.map(str::trim).filter(|identifier| is_askable(identifier)) else {
        return Ok(None);
    };
    let mut connection = state.database.get().await?;
    Ok(orders::find_id(&mut connection, organization, identifier).await?.map(|_| taken(identifier)))
}

/// Whether PostgreSQL can be asked for an identifier; the rules refuse any other.
fn is_askable(identifier: &str) -> bool {
    !identifier.is_empty() && !identifier.contains('\0')
}

/// Two writers may choose the same identifier at the same moment: the index of the database lets one through.
pub(super) fn conflict(error: OrderError, identifier: &str) -> OrderError {
    match error {
        OrderError::Query(error) if orders::is_identifier_taken(&error) => OrderError::Invalid(vec![taken(identifier)]),
        other => other,
    }
}

fn taken(identifier: &str) -> Violation {
    Violation::new("identifier", ViolationCode::IdentifierTaken).with("identifier", identifier)
}
