//! Feeds: concatenations of what was prepared when each order was published.
//!
//! [`rendering`] writes an order for every feed, [`look`] and [`open`] answer a feed: what was asked for without any
//! parameter comes from compressed parts that [`upkeep`] keeps, anything else from the fragments of the orders that
//! pass.

mod compression;
mod document;
mod envelope;
mod legacy;
mod one;
mod present;
pub mod rendering;
pub mod upkeep;

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use dialog_db::Connection;
use dialog_db::feeds::FeedFilter;
use dialog_db::fragments::FeedName;
use dialog_exports::cifs::CifsFilter;
use diesel::result::Error as QueryError;
use futures::Stream;
use tokio::sync::oneshot;

use super::streaming::{ReadError, StreamError, channel};
use crate::app::AppState;
pub(super) use document::Output;
use document::{Document, begin, write};
use envelope::Envelope;

pub use one::{One, one};
pub use present::Present;

/// How DATEX II is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// As it should be.
    #[default]
    Current,
    /// As in DiaLog (PHP).
    Legacy,
}

/// Which document is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Which feed.
    pub feed: FeedName,
    /// In which layout.
    pub layout: Layout,
    /// Which orders.
    pub filter: FeedFilter,
    /// What the operator lets into CIFS.
    pub admitted: CifsFilter,
}

impl Asked {
    /// Whether the document is what is asked for without any parameter.
    fn is_plain(&self) -> bool {
        self.layout == Layout::Current && self.filter.is_default() && !self.cuts()
    }

    /// Whether parts of orders stay out.
    fn cuts(&self) -> bool {
        self.feed == FeedName::Cifs && !self.admitted.allowed_location_ids.is_empty()
    }

    const fn envelope(&self) -> Envelope {
        Envelope { feed: self.feed, layout: self.layout }
    }

    /// What every document of this revision has in its tag, however it is compressed.
    #[must_use]
    pub fn tag(&self, revision: i64) -> String {
        let mut asked = DefaultHasher::new();
        format!("{self:?}").hash(&mut asked);
        format!("{revision:x}-{:x}-{}", asked.finish(), self.envelope().tag())
    }
}

/// How a document is compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Not.
    #[default]
    Identity,
    /// By deflate, in a gzip member.
    Gzip,
    /// By brotli.
    Brotli,
}

/// What the reader can decompress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// gzip.
    pub gzip: bool,
    /// Brotli.
    pub brotli: bool,
}

/// What a document is before its first byte: the same as long as its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// How it is compressed.
    pub encoding: Encoding,
    /// What tags these bytes: others have another one.
    pub tag: String,
    /// When the content changed last.
    pub changed_at: DateTime<Utc>,
    /// Bytes of the whole answer, where it is known before it is made.
    pub length: Option<u64>,
}

/// When to say that content changed that did at `changed_at`. What changes twice within a second would carry the same
/// date twice: until the second is over, the one before is said.
#[must_use]
pub fn last_modified(changed_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    let is_settled = now.timestamp() > changed_at.timestamp();
    if is_settled { changed_at } else { changed_at - Duration::seconds(1) }
}

/// What the document is now.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn look(state: &AppState, asked: &Asked, accepted: Accepted) -> Result<Feed, ReadError> {
    let mut connection = state.database.get().await?;
    let document: Document = connection
        .build_transaction()
        .repeatable_read()
        .read_only()
        .run(async |connection| begin(connection, asked, accepted).await)
        .await?;
    Ok(document.feed)
}

/// What the document is now, and its bytes, all as of one moment.
///
/// # Errors
/// When PostgreSQL fails before the first byte; after it, the stream ends with an error.
pub async fn open(
    state: &AppState,
    asked: Asked,
    accepted: Accepted,
) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>), ReadError> {
    let mut connection = state.database.get().await?;
    let base_url = state.config.base_url.clone();
    let (mut writer, reader) = channel();
    let (feed_sender, feed) = oneshot::channel();
    tokio::spawn(async move {
        let read = async |connection: &mut Connection| {
            let document = match begin(connection, &asked, accepted).await {
                Ok(document) => document,
                Err(error) => {
                    // The caller is told; the stream has not begun.
                    let _ = feed_sender.send(Err(error));
                    return Err(StreamError::ReaderGone);
                }
            };
            if feed_sender.send(Ok(document.feed.clone())).is_err() {
                return Err(StreamError::ReaderGone);
            }
            if asked.layout == Layout::Legacy {
                legacy::write(connection, &asked, document, base_url, &mut writer).await
            } else {
                write(connection, &asked, document, &mut writer).await
            }
        };
        let written = connection.build_transaction().repeatable_read().read_only().run(read).await;
        drop(connection);
        writer.finish(written).await;
    });
    match feed.await {
        Ok(feed) => Ok((feed?, reader)),
        // The transaction could not begin.
        Err(_) => Err(ReadError::Query(QueryError::BrokenTransactionManager)),
    }
}
