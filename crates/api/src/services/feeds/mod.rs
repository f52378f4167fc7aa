//! The DATEX II feed: a concatenation of what was prepared when each order was published.

pub mod rendering;

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use dialog_db::Connection;
use dialog_db::feeds::{self as rows, FeedFilter, FeedHead};
use dialog_db::fragments::FeedName;
use dialog_domain::OrderCategory;
use dialog_exports::datex;
use diesel::result::Error as QueryError;
use diesel_async::SimpleAsyncConnection;
use futures::{Stream, StreamExt};
use tokio::sync::oneshot;

use super::streaming::{ReadError, StreamError, Writer, channel};
use crate::app::AppState;

/// Which orders a feed contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedQuery {
    /// Permanent orders.
    pub permanent: bool,
    /// Temporary orders.
    pub temporary: bool,
    /// Temporary orders that are over.
    pub expired: bool,
}

impl FeedQuery {
    fn filter(self) -> FeedFilter {
        let categories = [
            (self.permanent, OrderCategory::PermanentRegulation),
            (self.temporary, OrderCategory::TemporaryRegulation),
        ];
        FeedFilter {
            categories: categories.into_iter().filter_map(|(wanted, category)| wanted.then_some(category)).collect(),
            over: self.expired,
        }
    }
}

/// What a feed is before its first byte: the same as long as its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    head: FeedHead,
    query: FeedQuery,
}

impl Feed {
    /// What tags this content: other bytes have another tag.
    #[must_use]
    pub fn tag(&self) -> String {
        let FeedQuery { permanent, temporary, expired } = self.query;
        let flags = u8::from(permanent) << 2 | u8::from(temporary) << 1 | u8::from(expired);
        // Another release may write the envelope in another way.
        let mut envelope = DefaultHasher::new();
        (self.opening(), self.closing()).hash(&mut envelope);
        format!("{:x}-{flags}-{:x}", self.head.state.revision, envelope.finish())
    }

    /// When the content changed last.
    #[must_use]
    pub fn changed_at(&self) -> chrono::DateTime<chrono::Utc> {
        self.head.state.changed_at
    }

    /// Bytes of the whole document.
    #[must_use]
    pub fn length(&self) -> u64 {
        let envelope = u64::try_from(self.opening().len() + self.closing().len()).unwrap_or(u64::MAX);
        // One line feed after each order.
        envelope.saturating_add(self.head.bytes).saturating_add(self.head.orders)
    }

    fn opening(&self) -> String {
        if self.head.orders == 0 {
            // The schema refuses a container without order.
            datex::empty(self.head.state.changed_at)
        } else {
            datex::opening(self.head.state.changed_at)
        }
    }

    fn closing(&self) -> &'static str {
        if self.head.orders == 0 { "" } else { datex::closing() }
    }
}

/// What the feed is now.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn look(state: &AppState, query: FeedQuery) -> Result<Feed, ReadError> {
    let mut connection = state.database.get().await?;
    Ok(Feed { head: rows::head(&mut connection, FeedName::Datex, &query.filter()).await?, query })
}

/// What the feed is now, and its bytes, all as of one moment.
///
/// # Errors
/// When PostgreSQL fails before the first byte; after it, the stream ends with an error.
pub async fn open(
    state: &AppState,
    query: FeedQuery,
) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>), ReadError> {
    let mut connection = state.database.get().await?;
    let (mut writer, reader) = channel();
    let (feed_sender, feed) = oneshot::channel();
    tokio::spawn(async move {
        let written = connection
            .build_transaction()
            .repeatable_read()
            .read_only()
            .run::<_, StreamError, _>(async |connection| {
                let feed = match begin(connection, query).await {
                    Ok(feed) => feed,
                    Err(error) => {
                        // The caller is told; the stream has not begun.
                        let _ = feed_sender.send(Err(error));
                        return Err(StreamError::ReaderGone);
                    }
                };
                if feed_sender.send(Ok(feed.clone())).is_err() {
                    return Err(StreamError::ReaderGone);
                }
                write(connection, &feed, &mut writer).await
            })
            .await;
        drop(connection);
        writer.finish(written).await;
    });
    match feed.await {
        Ok(feed) => Ok((feed?, reader)),
        // The transaction could not begin.
        Err(_) => Err(ReadError::Query(QueryError::BrokenTransactionManager)),
    }
}

async fn begin(connection: &mut Connection, query: FeedQuery) -> Result<Feed, QueryError> {
    // A reader may take its time; one that takes nothing is given up by the writer.
    connection.batch_execute("SET LOCAL statement_timeout = 0").await?;
    Ok(Feed { head: rows::head(connection, FeedName::Datex, &query.filter()).await?, query })
}

async fn write(connection: &mut Connection, feed: &Feed, writer: &mut Writer) -> Result<(), StreamError> {
    writer.write(feed.opening().as_bytes()).await?;
    let mut bodies = std::pin::pin!(rows::bodies(connection, FeedName::Datex, &feed.query.filter()).await?);
    while let Some(body) = bodies.next().await {
        writer.write(body?.as_bytes()).await?;
        writer.write(b"\n").await?;
    }
    writer.write(feed.closing().as_bytes()).await
}
