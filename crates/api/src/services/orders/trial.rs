//! What a creation would give, for those who only want to know.

use dialog_db::Caller;
use dialog_db::orders::Order;
use dialog_exports::Loss;
use diesel::result::Error as QueryError;
use diesel_async::AsyncConnection;

use super::editing::{NewOrder, create_on};
use super::error::{OrderError, Result};
use super::publication::Perimeter;
use super::{locating, press, publication};
use crate::app::AppState;

/// An order as it would be.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The order; nothing of it is kept, its identifiers neither.
    pub order: Order,
    /// French sentences on what lies partly outside the perimeter.
    pub warnings: Vec<String>,
    /// What DATEX II cannot say, when it would be published.
    pub losses: Vec<Loss>,
}

/// Why the transaction of a trial ends: never to be kept.
enum End {
    Tried(Box<Trial>),
    Refused(OrderError),
}

impl<E: Into<OrderError>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// Creates an order, and publishes it when that is asked, then takes everything back.
///
/// # Errors
/// Those of [`super::create`].
pub async fn try_create(state: &AppState, caller: &Caller, new: NewOrder) -> Result<Trial> {
    if !caller.acts_for(new.organization.id) {
        return Err(OrderError::NotMember);
    }
    let sources = locating::sources(state, &new.content.measures).await;
    let mut connection = state.database.get().await?;
    let ended = connection
        .transaction::<(), End, _>(async |connection| {
            let publish = new.publish;
            let new = NewOrder { publish: false, ..new };
            let mut order = create_on(state, connection, caller, new, &sources).await?;
            let mut losses = Vec::new();
            if publish {
                let frozen =
                    publication::publish(connection, caller, &order, &press(state), Perimeter::Checked).await?;
                (order, losses) = (frozen.order, frozen.losses);
            }
            let warnings = locating::warnings(connection, &order.organization, &order.content.measures).await?;
            Err(End::Tried(Box::new(Trial { order, warnings, losses })))
        })
        .await;
    match ended {
        Err(End::Tried(trial)) => Ok(*trial),
        Err(End::Refused(error)) => Err(error),
        // The transaction above never ends well.
        Ok(()) => Err(OrderError::Query(QueryError::RollbackTransaction)),
    }
}
