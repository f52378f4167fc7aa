//! What was done to an order, and its published versions.

use dialog_api_types::app::{
    Author, AuthorKind, HistoryEntry, OrganizationRef, VersionDifference, VersionSummary, VersionView,
};
use dialog_db::history::{self, Entry};
use dialog_db::orders::Order;
use dialog_db::{Caller, Connection, orders, versions};
use dialog_domain::{OrderContent, OrderId, diff};

use super::error::{OrderError, Result};
use super::view::texts;
use crate::app::AppState;
use crate::extract::Pagination;

/// What a version is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Another version.
    Version(i32),
    /// What is not published yet.
    WorkingCopy,
}

/// A page of what was done to an order, latest first, and how much there is.
///
/// # Errors
/// [`OrderError::NotMember`] for an order of another organization; see [`OrderError`].
pub async fn history(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    page: Pagination,
) -> Result<(Vec<HistoryEntry>, u64)> {
    let mut connection = state.database.get().await?;
    let order = visible(&mut connection, caller, id).await?;
    if !order.is_member {
        return Err(OrderError::NotMember);
    }
    let found = history::page(&mut connection, id, page.offset(), page.limit()).await?;
    Ok((found.entries.into_iter().map(entry).collect(), found.total))
}

/// A page of the versions of an order, latest first, and how many there are.
///
/// # Errors
/// See [`OrderError`].
pub async fn versions(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    page: Pagination,
) -> Result<(Vec<VersionSummary>, u64)> {
    let mut connection = state.database.get().await?;
    visible(&mut connection, caller, id).await?;
    let (found, total) = versions::page(&mut connection, id, page.offset(), page.limit()).await?;
    let summaries = found
        .into_iter()
        .map(|version| VersionSummary {
            number: version.number,
            published_at: version.published_at,
            identifier: version.identifier,
            title: version.title,
            repeal: version.repeal,
        })
        .collect();
    Ok((summaries, total))
}

/// A version of an order.
///
/// # Errors
/// [`OrderError::NotFound`] when there is no such version; see [`OrderError`].
pub async fn version(state: &AppState, caller: &Caller, id: OrderId, number: i32) -> Result<VersionView> {
    let mut connection = state.database.get().await?;
    visible(&mut connection, caller, id).await?;
    let found = versions::find(&mut connection, id, number).await?.ok_or(OrderError::NotFound)?;
    Ok(VersionView {
        uuid: id,
        number: found.number,
        published_at: found.published_at,
        identifier: found.identifier,
        source: found.source,
        organization: OrganizationRef { uuid: found.organization.id, name: found.organization.name },
        time_zone: found.organization.time_zone,
        texts: found.content.measures.iter().map(texts).collect(),
        content: found.content,
    })
}

/// What changed between a version and another state of the order, from the earlier to the later one.
///
/// # Errors
/// [`OrderError::NotFound`] when there is no such state, or none that the caller may know of; see [`OrderError`].
pub async fn difference(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    number: i32,
    with: Compared,
) -> Result<VersionDifference> {
    let mut connection = state.database.get().await?;
    let order = visible(&mut connection, caller, id).await?;
    let (from, to) = match with {
        Compared::Version(other) => (number.min(other), Some(number.max(other))),
        Compared::WorkingCopy if order.is_member => (number, None),
        Compared::WorkingCopy => return Err(OrderError::NotFound),
    };
    let old = content(&mut connection, id, from).await?;
    let new = match to {
        Some(to) => content(&mut connection, id, to).await?,
        None => order.content,
    };
    let difference = diff::difference(&old, &new);
    Ok(VersionDifference { from, to, sentences: dialog_text::difference(&difference), changes: difference.changes })
}

async fn visible(connection: &mut Connection, caller: &Caller, id: OrderId) -> Result<Order> {
    orders::find(connection, caller, id).await?.ok_or(OrderError::NotFound)
}

async fn content(connection: &mut Connection, id: OrderId, number: i32) -> Result<OrderContent> {
    versions::content(connection, id, number).await?.ok_or(OrderError::NotFound)
}

fn entry(entry: Entry) -> HistoryEntry {
    let mut sentences = Vec::new();
    if let (Some(before), Some(after)) = (&entry.before, &entry.after) {
        if before.identifier != after.identifier {
            sentences.push(dialog_text::identifier_change(&before.identifier, &after.identifier));
        }
        sentences.extend(dialog_text::difference(&diff::difference(&before.content, &after.content)));
    }
    HistoryEntry {
        uuid: entry.uuid,
        occurred_at: entry.at,
        author: author(entry.author),
        action: entry.action,
        revision: entry.revision,
        version: entry.version,
        summary: dialog_text::action(entry.action, entry.version),
        sentences,
    }
}

fn author(author: history::Author) -> Author {
    let (kind, name) = match author {
        history::Author::User(name) => (AuthorKind::User, name),
        history::Author::ApiClient(client) => (AuthorKind::ApiClient, client),
        history::Author::Program => (AuthorKind::Program, None),
    };
    Author { kind, name }
}
