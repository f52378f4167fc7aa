//! A feed as a document: what it is before its first byte, then its bytes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::pin;

use chrono::{DateTime, Utc};
use dialog_db::Connection;
use dialog_db::events::public_state;
use dialog_db::feeds::brotli::{self, Edition};
use dialog_db::feeds::{self, Bounds, Group};
use diesel::QueryResult;
use futures::{StreamExt, TryStreamExt};

use super::compression::{self, Deflater, GZIP_HEADER, GZIP_TRAILER_LENGTH, Sum, length};
use super::{Accepted, Asked, Encoding, Feed, Layout};
use crate::services::streaming::{StreamError, Writer};

/// A document, before its first byte.
pub(super) struct Document {
    pub feed: Feed,
    source: Source,
}

/// Where its bytes come from.
enum Source {
    /// Compressed whole.
    Brotli,
    /// From the parts of the feed.
    Groups(Vec<Group>),
    /// From the fragments that pass the filter; how many orders that is, when it is known.
    Fragments { orders: Option<u64> },
}

/// What the document is, in the snapshot of a transaction that goes on to read it.
pub(super) async fn begin(connection: &mut Connection, asked: &Asked, accepted: Accepted) -> QueryResult<Document> {
    feeds::prepare_to_stream(connection, asked.is_plain()).await?;
    let state = public_state(connection).await?;
    let tag = asked.tag(state.revision);
    let changed_at = state.changed_at;
    let feed = |encoding, tag, length| Feed { encoding, tag, changed_at, length };

    if !asked.is_plain() {
        let (orders, length) = known_size(connection, asked, changed_at).await?;
        let source = Source::Fragments { orders };
        let feed = if accepted.gzip {
            feed(Encoding::Gzip, format!("{tag}-gz"), None)
        } else {
            feed(Encoding::Identity, tag, length)
        };
        return Ok(Document { feed, source });
    }
    if accepted.brotli {
        let edition = Edition { revision: state.revision, envelope: asked.envelope().tag() };
        if let Some(bytes) = brotli::length(connection, asked.feed, &edition).await? {
            return Ok(Document {
                feed: feed(Encoding::Brotli, format!("{tag}-br"), Some(bytes)),
                source: Source::Brotli,
            });
        }
    }
    let groups = feeds::groups(connection, asked.feed).await?;
    let bytes = groups.iter().map(|group| group.bytes).sum::<u64>();
    let (opening, closing) = surroundings(asked, changed_at, bytes == 0);
    if !accepted.gzip {
        let whole = length(opening.as_bytes()) + bytes + length(closing.as_bytes());
        return Ok(Document {
            feed: feed(Encoding::Identity, tag, Some(whole)),
            source: Source::Fragments { orders: Some(groups.iter().map(|group| group.orders).sum()) },
        });
    }
    // The bytes depend on where the parts begin.
    let mut cuts = DefaultHasher::new();
    groups.iter().for_each(|group| group.bounds.first.hash(&mut cuts));
    let is_known = !groups.iter().any(|group| group.is_stale);
    let compressed = is_known.then(|| {
        let ends = [opening, closing.to_owned()];
        let ends: u64 = ends.iter().map(|end| length(&compression::segment(end.as_bytes()).deflate)).sum();
        length(&GZIP_HEADER) + ends + groups.iter().map(|group| group.compressed).sum::<u64>() + GZIP_TRAILER_LENGTH
    });
    Ok(Document {
        feed: feed(Encoding::Gzip, format!("{tag}-gz{:x}", cuts.finish()), compressed),
        source: Source::Groups(groups),
    })
}

/// How many orders pass the filter, and the length of the document of them; `None` where only writing it tells.
async fn known_size(
    connection: &mut Connection,
    asked: &Asked,
    changed_at: DateTime<Utc>,
) -> QueryResult<(Option<u64>, Option<u64>)> {
    if asked.layout == Layout::Legacy || asked.cuts() {
        return Ok((None, None));
    }
    let size = feeds::size(connection, asked.feed, &asked.filter).await?;
    let (opening, closing) = surroundings(asked, changed_at, size.orders == 0);
    // One line feed after each order.
    let length = length(opening.as_bytes()) + size.bytes + size.orders + length(closing.as_bytes());
    Ok((Some(size.orders), Some(length)))
}

fn surroundings(asked: &Asked, changed_at: DateTime<Utc>, is_empty: bool) -> (String, &'static str) {
    let envelope = asked.envelope();
    if is_empty { (envelope.empty(changed_at), "") } else { (envelope.opening(changed_at), envelope.closing()) }
}

/// Writes the document.
pub(super) async fn write(
    connection: &mut Connection,
    asked: &Asked,
    document: Document,
    writer: &mut Writer,
) -> Result<(), StreamError> {
    match document.source {
        Source::Brotli => {
            let mut parts = pin!(brotli::parts(connection, asked.feed).await?);
            while let Some(part) = parts.next().await {
                writer.write(&part?).await?;
            }
            Ok(())
        }
        Source::Groups(groups) => write_groups(connection, asked, document.feed.changed_at, &groups, writer).await,
        Source::Fragments { orders } => {
            let mut output = Output::new(writer, document.feed.encoding).await?;
            let mut surroundings = Surroundings::new(asked, document.feed.changed_at);
            if orders != Some(0) {
                let mut bodies = pin!(feeds::bodies(connection, asked.feed, &asked.filter).await?);
                while let Some(body) = bodies.try_next().await? {
                    let body = if asked.cuts() { asked.admitted.keep(&body) } else { body.into() };
                    if !body.is_empty() {
                        surroundings.before_order(&mut output).await?;
                        output.write(body.as_bytes()).await?;
                        output.write(b"\n").await?;
                    }
                }
            }
            surroundings.end(&mut output).await?;
            output.finish().await
        }
    }
}

/// What stands before the first order and after the last one, when only writing tells whether there is any.
pub(super) struct Surroundings<'a> {
    asked: &'a Asked,
    changed_at: DateTime<Utc>,
    has_begun: bool,
}

impl<'a> Surroundings<'a> {
    /// Of a document that shows this state.
    pub const fn new(asked: &'a Asked, changed_at: DateTime<Utc>) -> Self {
        Self { asked, changed_at, has_begun: false }
    }

    /// To be called before each order.
    pub async fn before_order(&mut self, output: &mut Output<'_>) -> Result<(), StreamError> {
        if self.has_begun {
            return Ok(());
        }
        self.has_begun = true;
        output.write(self.asked.envelope().opening(self.changed_at).as_bytes()).await
    }

    /// To be called after the last order.
    pub async fn end(self, output: &mut Output<'_>) -> Result<(), StreamError> {
        let envelope = self.asked.envelope();
        if self.has_begun {
            output.write(envelope.closing().as_bytes()).await
        } else {
            output.write(envelope.empty(self.changed_at).as_bytes()).await
        }
    }
}

/// A document on its way, compressed or not.
pub(in crate::services) struct Output<'a> {
    writer: &'a mut Writer,
    deflater: Option<Deflater>,
}

impl<'a> Output<'a> {
    /// Begins.
    pub async fn new(writer: &'a mut Writer, encoding: Encoding) -> Result<Self, StreamError> {
        let deflater = (encoding == Encoding::Gzip).then(Deflater::default);
        if deflater.is_some() {
            writer.write(&GZIP_HEADER).await?;
        }
        Ok(Self { writer, deflater })
    }

    /// Adds a piece.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), StreamError> {
        match &mut self.deflater {
            None => self.writer.write(piece).await,
            Some(deflater) => {
                deflater.write(piece);
                self.writer.write(&deflater.take()).await
            }
        }
    }

    /// Ends.
    pub async fn finish(self) -> Result<(), StreamError> {
        let Some(deflater) = self.deflater else { return Ok(()) };
        let last = deflater.finish();
        let mut sum = Sum::default();
        sum.add(last.crc, last.bytes);
        self.writer.write(&last.deflate).await?;
        self.writer.write(&sum.trailer()).await
    }
}

/// One gzip member: the opening, each part, the closing.
async fn write_groups(
    connection: &mut Connection,
    asked: &Asked,
    changed_at: DateTime<Utc>,
    groups: &[Group],
    writer: &mut Writer,
) -> Result<(), StreamError> {
    let (opening, closing) = surroundings(asked, changed_at, groups.iter().all(|group| group.bytes == 0));
    let mut sum = Sum::default();
    writer.write(&GZIP_HEADER).await?;
    let first = compression::segment(opening.as_bytes());
    sum.add(first.crc, first.bytes);
    writer.write(&first.deflate).await?;

    // Parts that still tell the feed are read together.
    for run in groups.chunk_by(|one, other| !one.is_stale && !other.is_stale) {
        let (Some(start), Some(end)) = (run.first(), run.last()) else { continue };
        let bounds = Bounds { first: start.bounds.first, next: end.bounds.next };
        if start.is_stale {
            let mut deflater = Deflater::default();
            let mut bodies = pin!(feeds::bodies_within(connection, asked.feed, bounds, None).await?);
            while let Some((_, body)) = bodies.try_next().await? {
                deflater.write(body.as_bytes());
                deflater.write(b"\n");
                writer.write(&deflater.take()).await?;
            }
            let part = deflater.finish();
            sum.add(part.crc, part.bytes);
            writer.write(&part.deflate).await?;
        } else {
            run.iter().for_each(|group| sum.add(group.crc, group.bytes));
            let mut parts = pin!(feeds::segments(connection, asked.feed, bounds).await?);
            while let Some(part) = parts.try_next().await? {
                writer.write(&part).await?;
            }
        }
    }
    let last = compression::segment(closing.as_bytes());
    sum.add(last.crc, last.bytes);
    writer.write(&last.deflate).await?;
    writer.write(&sum.trailer()).await
}
