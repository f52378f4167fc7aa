//! The official document of an order.
//!
//! A file is written before anything refers to it, and removed after nothing does: the removal of a new file is
//! enqueued first, for later, and cancelled in the transaction that attaches the file. Whatever happens in between, the
//! file is either attached or removed.

use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use dialog_db::documents::{self, Document, Place, REMOVAL_ATTEMPTS, REMOVE_STORED_FILE, StoredFile};
use dialog_db::events::EventKind;
use dialog_db::history::{Action, State};
use dialog_db::jobs::{self, NewJob};
use dialog_db::orders::Order;
use dialog_db::{Caller, Connection, events, feeds, history, orders};
use dialog_domain::input::{DocumentInput, FileInput};
use dialog_domain::rules::{self, CheckedDocument, Face};
use dialog_domain::{DocumentKind, OrderId, Violation, ViolationCode};
use diesel_async::AsyncConnection;
use serde_json::json;

use super::error::{OrderError, Result};
use super::{Side, find, listing, lock, reread};
use crate::app::AppState;
use crate::services::feeds::upkeep;
use crate::storage::{Content, Storage, StorageError, download_name, media_type};

/// A new file that nothing refers to after this time will be removed.
const ABANDONED_AFTER: TimeDelta = TimeDelta::minutes(15);

/// An official document as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The file.
    pub file: Option<UploadedFile>,
    /// The link.
    pub url: Option<String>,
    /// What it is.
    pub title: Option<String>,
}

/// A file as it was sent.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// What its sender calls it.
    pub name: String,
    /// Its bytes.
    pub content: Bytes,
}

/// An order and the document that was attached to it.
#[derive(Clone, Debug)]
pub struct Attached {
    /// The order.
    pub order: Order,
    /// Whether it had no document before.
    pub is_first: bool,
}

/// A file that somebody may read.
pub struct Opened {
    /// Its name and type.
    pub file: StoredFile,
    /// Whether everybody may read it.
    pub is_public: bool,
}

/// The order, if the caller may change it now; asked before a long form is read.
///
/// # Errors
/// See [`OrderError`].
pub async fn require_change(state: &AppState, caller: &Caller, id: OrderId, side: Side) -> Result<Order> {
    let mut connection = state.database.get().await?;
    connection.transaction::<_, OrderError, _>(async |connection| lock(connection, caller, id, side).await).await
}

/// Attaches a document to `order`, in place of the one that is there. What changes nothing writes nothing.
///
/// # Errors
/// [`OrderError::Invalid`] for a document that is refused, [`OrderError::Storage`] when the file cannot be kept; see
/// [`OrderError`]. Nothing is attached then.
pub async fn attach(state: &AppState, caller: &Caller, order: &Order, side: Side, upload: Upload) -> Result<Attached> {
    let face = match side {
        Side::Screen { .. } => Face::Form,
        Side::Integrator { .. } => Face::Integrator,
    };
    let has_file = order.document.as_ref().is_some_and(|document| document.file().is_some());
    let checked = rules::document(&input(&upload), face, has_file).map_err(OrderError::Invalid)?;
    match (checked, upload.file) {
        (CheckedDocument::File { kind, title }, Some(file)) => {
            let stored = keep(state, kind, file).await?;
            let key = stored.storage_key.clone();
            let new = New { title, place: NewPlace::File(stored) };
            let attached = write(state, caller, order.id, side, new).await;
            if attached.is_err() {
                abandon(state, &key).await;
            }
            attached
        }
        (CheckedDocument::Link { url, title }, _) => {
            write(state, caller, order.id, side, New { title: Some(title), place: NewPlace::Link(url) }).await
        }
        (CheckedDocument::SameFile { title } | CheckedDocument::File { title, .. }, _) => {
            write(state, caller, order.id, side, New { title, place: NewPlace::Same }).await
        }
    }
}

/// Takes the document away from an order; without document nothing happens.
///
/// # Errors
/// See [`OrderError`].
pub async fn detach(state: &AppState, caller: &Caller, id: OrderId, side: Side) -> Result<Order> {
    let mut connection = state.database.get().await?;
    let order = connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock(connection, caller, id, side).await?;
            if order.document.is_none() {
                return Ok(order);
            }
            documents::delete(connection, id).await?;
            let revision = orders::touch(connection, id, state.clock.now()).await?;
            finish(state, connection, caller, &order, Action::Detach, revision).await
        })
        .await?;
    crate::jobs::wake(state).await;
    Ok(order)
}

/// The file of an order that the caller may see.
///
/// # Errors
/// [`OrderError::NotFound`] without file; see [`OrderError`].
pub async fn file_of(state: &AppState, caller: &Caller, id: OrderId) -> Result<Opened> {
    let order = find(state, caller, id).await?;
    let is_public = super::is_published(&order);
    match order.document.map(|document| document.place) {
        Some(Place::File(file)) => Ok(Opened { file, is_public }),
        _ => Err(OrderError::NotFound),
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`OrderError::Storage`], or [`OrderError::NotFound`] when it was just replaced.
pub async fn content_of(state: &AppState, file: &StoredFile) -> Result<Content> {
    let content = state.storage.get(&file.storage_key).await?;
    content.ok_or_else(|| {
        tracing::error!(file.key = file.storage_key, "a file is not in the storage");
        OrderError::NotFound
    })
}

fn input(upload: &Upload) -> DocumentInput {
    let file = upload.file.as_ref().map(|file| FileInput {
        name: file.name.clone(),
        size: file.content.len() as u64,
        media_type: Some(media_type(&file.content)),
    });
    DocumentInput { file, url: upload.url.clone(), title: upload.title.clone() }
}

/// A document that passed the rules, and whose file is stored.
struct New {
    title: Option<String>,
    place: NewPlace,
}

enum NewPlace {
    /// A file that was just stored.
    File(StoredFile),
    /// A link.
    Link(String),
    /// The file that is there.
    Same,
}

/// Stores a file, whose removal is enqueued before.
async fn keep(state: &AppState, kind: DocumentKind, file: UploadedFile) -> Result<StoredFile> {
    let stored = StoredFile {
        storage_key: Storage::new_key(),
        file_name: download_name(&file.name, kind),
        media_type: kind.media_type().to_owned(),
        size: i64::try_from(file.content.len()).unwrap_or(i64::MAX),
    };
    {
        let mut connection = state.database.get().await?;
        // Jobs go by the clock of PostgreSQL.
        let removal = removal(&stored.storage_key).at(Utc::now() + ABANDONED_AFTER);
        jobs::enqueue(&mut connection, &removal).await?;
    }
    match state.storage.put(&stored.storage_key, file.content).await {
        Ok(()) => Ok(stored),
        Err(error) => {
            // A storage that did not answer may have written it all the same.
            abandon(state, &stored.storage_key).await;
            Err(error.into())
        }
    }
}

/// Has a file that was not attached removed now rather than later.
async fn abandon(state: &AppState, key: &str) {
    let enqueued = async {
        let mut connection = state.database.get().await?;
        jobs::enqueue(&mut connection, &removal(key)).await?;
        Ok::<_, OrderError>(())
    };
    match enqueued.await {
        Ok(()) => crate::jobs::wake(state).await,
        Err(error) => tracing::debug!(error.cause = %error, "a file that was not attached is removed later"),
    }
}

fn removal(key: &str) -> NewJob {
    NewJob::new(REMOVE_STORED_FILE, json!({ "key": key })).deduplicated(key).attempts(REMOVAL_ATTEMPTS)
}

async fn write(state: &AppState, caller: &Caller, id: OrderId, side: Side, new: New) -> Result<Attached> {
    let mut connection = state.database.get().await?;
    let attached = connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock(connection, caller, id, side).await?;
            let place = match new.place {
                NewPlace::File(file) => {
                    if !jobs::cancel(connection, REMOVE_STORED_FILE, &file.storage_key).await? {
                        return Err(StorageError::TooLate.into());
                    }
                    Place::File(file)
                }
                NewPlace::Link(url) => Place::Link { url },
                NewPlace::Same => match order.document.as_ref().and_then(Document::file) {
                    Some(file) => Place::File(file.clone()),
                    // Somebody else has just taken it away.
                    None => {
                        return Err(OrderError::Invalid(vec![Violation::new(
                            "file",
                            ViolationCode::FileOrLinkRequired,
                        )]));
                    }
                },
            };
            let is_first = order.document.is_none();
            if order.document.as_ref().is_some_and(|known| known.place == place && known.title == new.title) {
                return Ok(Attached { order, is_first });
            }
            let now = state.clock.now();
            let revision = orders::touch(connection, id, now).await?;
            documents::put(connection, id, &Document { revision, title: new.title, place }, now).await?;
            let order = finish(state, connection, caller, &order, Action::Attach, revision).await?;
            Ok(Attached { order, is_first })
        })
        .await?;
    if !attached.is_first {
        crate::jobs::wake(state).await;
    }
    Ok(attached)
}

/// Notes a change of the document of an order that is locked, shows it wherever the order is public, and answers the
/// order as it is now.
async fn finish(
    state: &AppState,
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    action: Action,
    revision: i64,
) -> Result<Order> {
    let said = State::WorkingCopy(&order.identifier, &order.content);
    history::record(connection, caller, order.id, action, revision, said).await?;
    let order = reread(connection, caller, order.id).await?;
    listing::for_members(connection, &order).await?;
    if let Some(published) = order.published {
        feeds::mark_changed(connection, order.id, state.clock.now()).await?;
        upkeep::write_again(state, connection, order.id).await?;
        let kind = if order.content.repeal.is_some() { EventKind::Repealed } else { EventKind::Published };
        // Last: publications wait for what it locks.
        events::record(connection, kind, order.id, order.organization.id, Some(published.number)).await?;
    }
    Ok(order)
}
