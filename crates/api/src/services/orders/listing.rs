//! The rows by which lists and searches find an order, written in the transaction that changes it.

use chrono::{DateTime, Utc};
use dialog_db::listings::{self, Audience, Validity};
use dialog_db::orders::Order;
use dialog_db::{Connection, QueryResult};
use dialog_domain::{OrderCategory, time};

use super::zone_of;

/// Lists the working copy for the members of its organization.
pub(super) async fn for_members(connection: &Connection, order: &Order) -> QueryResult<()> {
    listings::write(connection, Audience::Members, order, validity(order), order.updated_at).await
}

/// Lists for everybody an order whose working copy was just published.
pub(super) async fn for_everybody(
    connection: &Connection,
    order: &Order,
    published_at: DateTime<Utc>,
) -> QueryResult<()> {
    listings::write(connection, Audience::Public, order, validity(order), published_at).await
}

/// From the earliest start to the latest end; a permanent order, like one with an open period, applies until it is
/// repealed.
pub(super) fn validity(order: &Order) -> Validity {
    let bounds = time::order_bounds(&order.content, &zone_of(&order.organization));
    let is_permanent = order.content.category == OrderCategory::PermanentRegulation && order.content.repeal.is_none();
    Validity {
        starts_at: bounds.map(|(start, _)| start),
        ends_at: bounds.and_then(|(_, end)| end).filter(|_| !is_permanent),
    }
}
