//! What the worker does for the feeds: compressing what changed, writing again what an older release wrote.

use std::io::Write;
use std::pin::pin;

use ::brotli::enc::BrotliEncoderParams;
use anyhow::Context;
use chrono::{Duration, Utc};
use dialog_db::feeds::brotli::{self, Edition};
use dialog_db::feeds::{self, Bounds, NewGroup};
use dialog_db::fragments::{self, FeedName};
use dialog_db::{Connection, diffusions, documents, events};
use dialog_domain::OrderId;
use dialog_exports::{FeedContext, OfficialDocument, PublishedOrder};
use diesel::QueryResult;
use diesel::result::Error as QueryError;
use diesel_async::AsyncConnection;
use futures::TryStreamExt;
use uuid::Uuid;

use super::compression::Deflater;
use super::envelope::Envelope;
use super::{Layout, rendering};
use crate::app::AppState;

/// Orders of a part.
const ORDERS: u64 = 256;
/// A part of fewer orders takes the next one in.
const FEW: u64 = 32;
/// Parts that are made at once: what is left is for the next time.
const PARTS: usize = 16;
/// Orders that are written again in one transaction.
const BATCH: i64 = 50;
/// A state that holds for so long is compressed by brotli.
const STABLE: Duration = Duration::seconds(60);
/// Bytes of a stored part of a brotli stream.
const BROTLI_PART: usize = 256 * 1024;
/// Quality of brotli, and the size of its window as a power of two: about the speed of gzip, and a third of its size
/// once brotli knows how long the feed is.
const BROTLI: (i32, i32) = (5, 24);

/// Compresses every part of the feeds that changed, each in a transaction of its own, and answers how many there were.
///
/// # Errors
/// When PostgreSQL fails; the parts before stay.
pub async fn compress_parts(state: &AppState) -> anyhow::Result<usize> {
    let mut connection = state.database.get().await.context("connecting to PostgreSQL")?;
    let mut count = 0;
    for feed in FeedName::ALL {
        loop {
            let compressed =
                connection.transaction(async move |connection| compress_part(connection, feed).await).await;
            match compressed.with_context(|| format!("compressing a part of {}", feed.as_str()))? {
                true => count += 1,
                false => break,
            }
        }
    }
    Ok(count)
}

/// Compresses a part that changed; false when there is none.
async fn compress_part(connection: &mut Connection, feed: FeedName) -> QueryResult<bool> {
    let Some(mut bounds) = feeds::stale(connection, feed).await? else { return Ok(false) };
    // Marks first: what is published from here on leaves another one.
    feeds::drop_marks(connection, feed, bounds).await?;
    let mut parts = Parts::read(connection, feed, bounds).await?;
    if parts.orders() < FEW
        && let Some(both) = feeds::absorb_next(connection, feed, bounds).await?
    {
        bounds = both;
        feeds::drop_marks(connection, feed, bounds).await?;
        parts = Parts::read(connection, feed, bounds).await?;
    }
    let left = parts.left;
    feeds::rewrite(connection, feed, bounds, parts.done).await?;
    if let Some(order) = left {
        feeds::mark(connection, feed, order).await?;
    }
    Ok(true)
}

/// Parts of a feed.
#[derive(Default)]
struct Parts {
    done: Vec<NewGroup>,
    /// Where to go on: the last part begins there, and is empty.
    left: Option<Uuid>,
}

impl Parts {
    async fn read(connection: &mut Connection, feed: FeedName, bounds: Bounds) -> QueryResult<Self> {
        let mut this = Self::default();
        let limit = i64::try_from(ORDERS).unwrap_or(i64::MAX).saturating_mul(i64::try_from(PARTS).unwrap_or(1)) + 1;
        let (mut first, mut orders, mut deflater) = (bounds.first, 0, Deflater::default());
        let mut bodies = pin!(feeds::bodies_within(connection, feed, bounds, Some(limit)).await?);
        while let Some((order, body)) = bodies.try_next().await? {
            if orders == ORDERS {
                this.end(first, orders, std::mem::take(&mut deflater));
                (first, orders) = (order, 0);
                if this.done.len() == PARTS {
                    this.left = Some(order);
                    break;
                }
            }
            deflater.write(body.as_bytes());
            deflater.write(b"\n");
            orders += 1;
        }
        this.end(first, orders, deflater);
        Ok(this)
    }

    fn end(&mut self, first: Uuid, orders: u64, deflater: Deflater) {
        self.done.push(NewGroup { first, orders, segment: deflater.finish() });
    }

    fn orders(&self) -> u64 {
        self.done.iter().map(|part| part.orders).sum()
    }
}

/// Compresses by brotli each feed that has not changed for a while, and answers how many there were.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn compress_whole(state: &AppState) -> anyhow::Result<usize> {
    let mut connection = state.database.get().await.context("connecting to PostgreSQL")?;
    let now = state.clock.now();
    let mut count = 0;
    for feed in FeedName::ALL {
        let compress = async |connection: &mut Connection| {
            let present = events::public_state(connection).await?;
            let envelope = Envelope { feed, layout: Layout::Current };
            let edition = Edition { revision: present.revision, envelope: envelope.tag() };
            let is_stable = now - present.changed_at >= STABLE;
            if !is_stable || brotli::length(connection, feed, &edition).await?.is_some() {
                return Ok::<_, QueryError>(false);
            }
            brotli::delete(connection, feed).await?;
            write_brotli(connection, feed, envelope, present.changed_at, &edition).await?;
            Ok(true)
        };
        let compressed = connection.build_transaction().repeatable_read().run(compress).await;
        if compressed.with_context(|| format!("compressing {}", feed.as_str()))? {
            count += 1;
        }
    }
    Ok(count)
}

async fn write_brotli(
    connection: &mut Connection,
    feed: FeedName,
    envelope: Envelope,
    at: chrono::DateTime<Utc>,
    edition: &Edition,
) -> QueryResult<()> {
    let groups = feeds::groups(connection, feed).await?;
    let bytes = groups.iter().map(|group| group.bytes).sum::<u64>();
    let is_empty = bytes == 0;
    let (quality, lgwin) = BROTLI;
    // Without the length brotli takes the tables of a short text, which forget most of a feed: four times the size.
    let size_hint = usize::try_from(bytes).unwrap_or(usize::MAX);
    let parameters = BrotliEncoderParams { quality, lgwin, size_hint, ..BrotliEncoderParams::default() };
    let mut compressor = ::brotli::CompressorWriter::with_params(Vec::new(), BROTLI_PART, &parameters);
    // Writing to memory does not fail.
    let failed = |error: std::io::Error| QueryError::SerializationError(error.into());
    let (opening, closing) =
        if is_empty { (envelope.empty(at), "") } else { (envelope.opening(at), envelope.closing()) };
    compressor.write_all(opening.as_bytes()).map_err(failed)?;
    let mut part = 0;
    for group in groups {
        // A part of the feed at a time: reading and storing take turns on the connection.
        {
            let mut bodies = pin!(feeds::bodies_within(connection, feed, group.bounds, None).await?);
            while let Some((_, body)) = bodies.try_next().await? {
                compressor.write_all(body.as_bytes()).map_err(failed)?;
                compressor.write_all(b"\n").map_err(failed)?;
            }
        }
        if compressor.get_ref().len() >= BROTLI_PART {
            let full = std::mem::take(compressor.get_mut());
            brotli::add(connection, feed, edition, part, &full).await?;
            part += 1;
        }
    }
    compressor.write_all(closing.as_bytes()).map_err(failed)?;
    let last = compressor.into_inner();
    brotli::add(connection, feed, edition, part, &last).await
}

/// Writes again the orders whose fragments are of an older edition of an exporter, or miss in a feed, and answers how many
/// there were.
///
/// # Errors
/// When PostgreSQL fails; the batches before stay.
pub async fn render_outdated(state: &AppState) -> anyhow::Result<usize> {
    let mut connection = state.database.get().await.context("connecting to PostgreSQL")?;
    let mut count = 0;
    loop {
        let orders =
            feeds::outdated(&mut connection, &rendering::EDITIONS, BATCH).await.context("looking for orders")?;
        if orders.is_empty() {
            return Ok(count);
        }
        count += orders.len();
        connection
            .transaction::<_, QueryError, _>(async |connection| {
                for order in orders {
                    write_again(state, connection, order).await?;
                }
                events::touch(connection).await
            })
            .await
            .context("writing a batch of orders")?;
    }
}

/// Writes again what the feeds have of an order, in the transaction of the caller; nothing when it is not public.
///
/// # Errors
/// When a query fails.
pub async fn write_again(state: &AppState, connection: &mut Connection, order: OrderId) -> QueryResult<()> {
    let Some((version, updated_at)) = feeds::lock_published(connection, order).await? else { return Ok(()) };
    let (number, category, published_at) = (version.number, version.content.category, version.published_at);
    let context = FeedContext { base_url: state.config.base_url.clone() };
    let document = documents::find(connection, order).await?.map(|document| OfficialDocument {
        url: document.url().map_or_else(|| context.document_url(order), str::to_owned),
        title: document.title.clone(),
    });
    let published = PublishedOrder { updated_at, ..rendering::published(order, version, document) };
    let rendered = rendering::render(&published, &context);
    fragments::replace(connection, order, number, category, &rendered.fragments, state.clock.now()).await?;
    diffusions::write(connection, order, number, published_at, &rendered.diffusions()?).await
}
