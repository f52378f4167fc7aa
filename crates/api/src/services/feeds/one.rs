//! One order alone in DATEX II.

use chrono::{DateTime, Utc};
use dialog_db::feeds;
use dialog_db::fragments::FeedName;
use dialog_db::versions;
use dialog_domain::OrderId;
use dialog_exports::FeedContext;

use super::envelope::Envelope;
use super::{Layout, legacy};
use crate::app::AppState;
use crate::services::streaming::ReadError;

/// A publication of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One {
    /// Since when it is so.
    pub since: DateTime<Utc>,
    /// The document.
    pub document: String,
}

/// The publication of one order, also when it is over; `None`: it is not public, or the layout cannot say it.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn one(state: &AppState, order: OrderId, layout: Layout) -> Result<Option<One>, ReadError> {
    let mut connection = state.database.get().await?;
    let Some(current) = feeds::find(&mut connection, FeedName::Datex, order).await? else { return Ok(None) };
    let body = match layout {
        Layout::Current => Some(current.body).filter(|body| !body.is_empty()),
        Layout::Legacy => {
            let context = FeedContext { base_url: state.config.base_url.clone() };
            let version = versions::find(&mut connection, order, current.version).await?;
            version.and_then(|version| legacy::element(order, version, &context))
        }
    };
    let envelope = Envelope { feed: FeedName::Datex, layout };
    Ok(body.map(|body| One {
        since: current.since,
        document: format!("{}{body}\n{}", envelope.opening(current.since), envelope.closing()),
    }))
}
