//! Who did what to an order, and when.

use dialog_domain::OrderId;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::schema::order_history;
use crate::{Caller, Connection};

/// What was done to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Written first.
    Create,
    /// Changed.
    Update,
    /// Published, or its changes.
    Publish,
    /// Deleted.
    Delete,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Publish => "publish",
            Self::Delete => "delete",
        }
    }
}

/// Records what the caller did to the order, which has now this revision.
///
/// # Errors
/// When the query fails.
pub async fn record(
    connection: &mut Connection,
    caller: &Caller,
    order: OrderId,
    action: Action,
    revision: i64,
) -> QueryResult<()> {
    diesel::insert_into(order_history::table)
        .values((
            order_history::uuid.eq(Uuid::now_v7()),
            order_history::order_uuid.eq(order.0),
            order_history::user_uuid.eq(caller.user_uuid()),
            order_history::api_client_uuid.eq(caller.api_client_uuid()),
            order_history::action.eq(action.as_str()),
            order_history::revision.eq(revision),
        ))
        .execute(connection)
        .await
        .map(drop)
}
