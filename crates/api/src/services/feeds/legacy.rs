//! The old layout of DATEX II, made when it is asked for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

use dialog_db::Connection;
use dialog_db::feeds;
use dialog_db::versions::Version;
use dialog_domain::OrderId;
use dialog_exports::{FeedContext, datex};
use futures::TryStreamExt;

use super::Asked;
use super::document::{Document, Output, Surroundings};
use super::rendering::published;
use crate::services::streaming::{StreamError, Writer};

/// Writes the document. An order that this layout cannot say is left out.
pub(super) async fn write(
    connection: &mut Connection,
    asked: &Asked,
    document: Document,
    base_url: String,
    writer: &mut Writer,
) -> Result<(), StreamError> {
    let context = FeedContext { base_url };
    let mut output = Output::new(writer, document.feed.encoding).await?;
    let mut surroundings = Surroundings::new(asked, document.feed.changed_at);
    let mut versions = pin!(feeds::versions(connection, asked.feed, &asked.filter).await?);
    while let Some((order, version)) = versions.try_next().await? {
        if let Some(body) = element(order, version, &context) {
            surroundings.before_order(&mut output).await?;
            output.write(body.as_bytes()).await?;
            output.write(b"\n").await?;
        }
    }
    surroundings.end(&mut output).await?;
    output.finish().await
}

/// The element of an order; `None`: the layout cannot say it.
pub(super) fn element(order: OrderId, version: Version, context: &FeedContext) -> Option<String> {
    // The old layout does not name documents.
    let published = published(order, version, None);
    match catch_unwind(AssertUnwindSafe(|| datex::legacy::order(&published, context))) {
        Ok(exported) => exported.value,
        Err(_) => {
            tracing::error!(order.id = %order, "an order is left out of the old layout");
            None
        }
    }
}
