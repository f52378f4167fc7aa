//! What happened in public, page by page.

mod wake;

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dialog_api_types::feeds::PublicChangeKind;
use dialog_db::Connection;
use dialog_db::changes::{self, Datex, Event, Span, StoredVersion};
use dialog_db::events::EventKind;
use dialog_domain::{OrderId, OrganizationId};
use dialog_exports::{FeedContext, datex};
use diesel::result::Error as QueryError;
use futures::{Stream, TryStreamExt};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::feeds::rendering::published;
use super::streaming::{ReadError, StreamError, Writer, channel};
use crate::app::AppState;

pub use wake::Wake;

/// How often changes are looked for when nobody tells of them.
const POLL: Duration = Duration::from_secs(1);

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document.
    Json,
    /// One document a line.
    Lines,
    /// A publication in DATEX II.
    Datex,
}

/// Which changes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The cursor of the last change that the caller has.
    pub after: i64,
    /// Most changes.
    pub limit: i64,
    /// How long to wait for one.
    pub wait: Duration,
    /// How to write them.
    pub format: Format,
}

/// The page of changes after a cursor. Waits for one when there is none, as long as the caller does.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn look(state: &AppState, wake: &Wake, asked: Asked) -> Result<Span, ReadError> {
    let until = Instant::now() + asked.wait;
    // Before the first look: what becomes public after it is told.
    let mut told = (!asked.wait.is_zero()).then(|| wake.subscribe());
    loop {
        let span = {
            let mut connection = state.database.get().await?;
            changes::span(&mut connection, asked.after, asked.limit).await?
        };
        let left = until.saturating_duration_since(Instant::now());
        let Some(told) = told.as_mut().filter(|_| span.count == 0 && !left.is_zero()) else { return Ok(span) };
        tokio::select! {
            // The sender lives as long as the process.
            _ = told.changed() => {}
            () = tokio::time::sleep(left.min(POLL)) => {}
        }
    }
}

/// A page of changes, as it is read.
///
/// # Errors
/// When PostgreSQL fails before the first byte; after it, the stream ends with an error.
pub async fn open(
    state: &AppState,
    asked: Asked,
    span: Span,
) -> Result<impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>, ReadError> {
    let mut connection = state.database.get().await?;
    let (mut writer, reader) = channel();
    let context = FeedContext { base_url: state.config.base_url.clone() };
    let now = state.clock.now();
    tokio::spawn(async move {
        let written = match asked.format {
            Format::Json | Format::Lines => write_json(&mut connection, asked, span, &mut writer).await,
            Format::Datex => write_datex(&mut connection, span, &context, now, &mut writer).await,
        };
        drop(connection);
        writer.finish(written).await;
    });
    Ok(reader)
}

/// Same as [`dialog_api_types::feeds::PublicChange`], with the content as it is stored.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    cursor: i64,
    kind: PublicChangeKind,
    order_uuid: OrderId,
    organization_uuid: OrganizationId,
    version: Option<i32>,
    occurred_at: DateTime<Utc>,
    order: Option<Stored>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    identifier: String,
    organization_name: String,
    time_zone: String,
    source: String,
    published_at: DateTime<Utc>,
    content: Box<RawValue>,
}

async fn write_json(
    connection: &mut Connection,
    asked: Asked,
    span: Span,
    writer: &mut Writer,
) -> Result<(), StreamError> {
    let is_document = asked.format == Format::Json;
    if is_document {
        let has_more = span.count == asked.limit;
        writer.write(format!("{{\"cursor\":{},\"hasMore\":{has_more},\"changes\":[", span.last).as_bytes()).await?;
    }
    let mut is_first = true;
    let mut events = pin!(changes::with_versions(connection, span).await?);
    while let Some((event, version)) = events.try_next().await? {
        let order = version.map(stored).transpose()?;
        let mut text = serde_json::to_vec(&change(event, order)).map_err(unwritable)?;
        if !is_document {
            text.push(b'\n');
        } else if !std::mem::take(&mut is_first) {
            text.insert(0, b',');
        }
        writer.write(&text).await?;
    }
    if is_document { writer.write(b"]}").await } else { Ok(()) }
}

fn change(event: Event, order: Option<Stored>) -> Change {
    Change {
        cursor: event.id,
        kind: match event.kind {
            EventKind::Published => PublicChangeKind::Published,
            EventKind::Repealed => PublicChangeKind::Repealed,
            EventKind::Deleted => PublicChangeKind::Deleted,
        },
        order_uuid: event.order,
        organization_uuid: event.organization,
        version: event.version,
        occurred_at: event.occurred_at,
        order,
    }
}

fn stored(version: StoredVersion) -> Result<Stored, StreamError> {
    Ok(Stored {
        identifier: version.identifier.clone(),
        organization_name: version.organization_name.clone(),
        time_zone: version.time_zone.clone(),
        source: version.source.clone(),
        published_at: version.published_at,
        content: RawValue::from_string(version.into_content()?).map_err(unwritable)?,
    })
}

fn unwritable(error: serde_json::Error) -> StreamError {
    StreamError::Query(QueryError::SerializationError(error.into()))
}

async fn write_datex(
    connection: &mut Connection,
    span: Span,
    context: &FeedContext,
    now: DateTime<Utc>,
    writer: &mut Writer,
) -> Result<(), StreamError> {
    let mut has_begun = false;
    let mut events = pin!(changes::with_datex(connection, span).await?);
    while let Some((event, datex)) = events.try_next().await? {
        let element = match datex {
            Datex::Current(body) => Some(body),
            Datex::Version(version) => {
                let order = published(event.order, *version, None);
                if event.kind == EventKind::Deleted {
                    datex::withdrawn(&order, context).value
                } else {
                    let fragments = datex::fragments(&order, context).value;
                    let holds = |one: &dialog_exports::Fragment| one.valid_from <= now && now < one.valid_until;
                    fragments.into_iter().find(holds).map(|fragment| fragment.body)
                }
            }
            Datex::Nothing => None,
        };
        let Some(element) = element else { continue };
        if !std::mem::replace(&mut has_begun, true) {
            writer.write(datex::opening(now).as_bytes()).await?;
        }
        writer.write(element.as_bytes()).await?;
        writer.write(b"\n").await?;
    }
    let end = if has_begun { datex::closing().to_owned() } else { datex::empty(now) };
    writer.write(end.as_bytes()).await
}
