//! Publishing: everything that public answers need is made here, once, in the transaction that publishes.

use chrono::{DateTime, Utc};
use dialog_db::diffusions::{Exporter, NewDiffusion};
use dialog_db::events::EventKind;
use dialog_db::fragments::{FeedName, NewFragment};
use dialog_db::history::{Action, State};
use dialog_db::orders::{NewOrder, Order};
use dialog_db::restrictions::NewRestriction;
use dialog_db::{
    Caller, Connection, diffusions, events, fragments, history, listings, orders, pipeline, restrictions, versions,
};
use dialog_domain::{Difference, Violation, ViolationCode, diff, rules, time};
use dialog_exports::{FeedContext, Loss, OfficialDocument, PublishedOrder};
use diesel::QueryResult;
use diesel::result::Error as QueryError;
use futures::FutureExt;

use super::editing::write_beside;
use super::error::{OrderError, Result};
use super::locating::{self, PathRoot};
use super::{listing, zone_of};
use crate::services::feeds::rendering;
use crate::services::map::card;

/// What publishing needs from outside the database.
#[derive(Clone, Debug)]
pub(super) struct Press {
    /// Public address of the application.
    pub feed: FeedContext,
    /// The present.
    pub now: DateTime<Utc>,
}

/// What a publication did.
#[derive(Clone, Debug)]
pub(super) struct Frozen {
    /// The order as it is now.
    pub order: Order,
    /// The version that is public now.
    pub version: i32,
    /// Whether it is a new one.
    pub is_new: bool,
    /// What changed since the one before.
    pub difference: Difference,
    /// What DATEX II cannot say.
    pub losses: Vec<Loss>,
}

/// Why a version is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occasion {
    Publication,
    Repeal,
}

/// What is known of the locations of an order that is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Perimeter {
    /// Each was found inside the perimeter in this very transaction.
    Checked,
    /// The perimeter may have changed since they were found.
    ToCheck,
}

/// Freezes the working copy of `order`, which the caller's transaction has locked, as its next version, and shows it in
/// every public answer. Without a change since the last version it does nothing.
pub(super) async fn publish(
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    press: &Press,
    perimeter: Perimeter,
) -> Result<Frozen> {
    if let (Some(published), false) = (order.published, order.has_unpublished_changes) {
        let difference = Difference::default();
        let order = order.clone();
        return Ok(Frozen { order, version: published.number, is_new: false, difference, losses: Vec::new() });
    }
    check(rules::publication(&order.content))?;
    if perimeter == Perimeter::ToCheck {
        let measures = &order.content.measures;
        check(locating::outside_perimeter(connection, &order.organization, measures, PathRoot::Order).await?)?;
    }
    freeze(connection, caller, order, press, Occasion::Publication).await
}

/// Same for the last version of an order, whose working copy holds its repeal. Who may not act somewhere any more may
/// still put an end to what was decided there.
pub(super) async fn repeal(
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    press: &Press,
) -> Result<Frozen> {
    check(rules::publication(&order.content))?;
    freeze(connection, caller, order, press, Occasion::Repeal).await
}

/// Writes a new order, whose locations were found inside the perimeter in this very transaction, as published at once.
/// It is what writing `draft` and publishing it would give, without being a draft meanwhile.
pub(super) async fn publish_new(
    connection: &Connection,
    caller: &Caller,
    row: &NewOrder<'_>,
    draft: &Order,
    press: &Press,
) -> Result<Order> {
    check(rules::publication(&draft.content))?;
    let order = draft.published_as(1, press.now);
    let printed = print(&order, 1, press)?;
    pipeline([
        orders::insert_published(connection, row).boxed(),
        write_beside(connection, caller, Action::Create, draft).boxed(),
        show(connection, caller, &printed, Occasion::Publication).boxed(),
    ])
    .await?;
    Ok(order)
}

fn check(violations: Vec<Violation>) -> Result<()> {
    if violations.is_empty() { Ok(()) } else { Err(OrderError::NotPublishable(violations)) }
}

async fn freeze(
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    press: &Press,
    occasion: Occasion,
) -> Result<Frozen> {
    let before = match order.published {
        Some(published) => versions::content(connection, order.id, published.number).await?,
        None => None,
    };
    let difference = before.map(|before| diff::difference(&before, &order.content)).unwrap_or_default();
    let version = order.published.map_or(1, |published| published.number + 1);
    let order = order.published_as(version, press.now);
    let printed = print(&order, version, press)?;
    pipeline([
        orders::mark_published(connection, order.id, version, press.now).boxed(),
        show(connection, caller, &printed, occasion).boxed(),
    ])
    .await?;
    let losses = printed.losses;
    Ok(Frozen { order, version, is_new: true, difference, losses })
}

/// Shows a version in every public answer, once the order is marked as published, and tells those who follow changes.
async fn show(connection: &Connection, caller: &Caller, printed: &Printed<'_>, occasion: Occasion) -> QueryResult<()> {
    let Printed { order, version, at, restrictions, fragments, diffusions, losses } = printed;
    let (number, now, category) = (*version, *at, order.content.category);
    for loss in losses {
        tracing::info!(order.id = %order.id, loss.path = loss.path, "DATEX II cannot say it all: {loss}");
    }
    // The first version has nothing to take away, which would be asked for all the same.
    let (restrictions, fragments) = if number == 1 {
        (
            restrictions::insert(connection, order, number, restrictions).boxed(),
            fragments::insert(connection, order.id, number, category, fragments, now).boxed(),
        )
    } else {
        (
            restrictions::replace(connection, order, number, restrictions).boxed(),
            fragments::replace(connection, order.id, number, category, fragments, now).boxed(),
        )
    };
    let (action, event) = match occasion {
        Occasion::Publication => (Action::Publish, EventKind::Published),
        Occasion::Repeal => (Action::Repeal, EventKind::Repealed),
    };
    pipeline([
        versions::insert(connection, order, number, caller.user_uuid(), now).boxed(),
        restrictions,
        fragments,
        diffusions::write(connection, order.id, number, now, diffusions).boxed(),
        listing::for_members(connection, order).boxed(),
        listing::for_everybody(connection, order, now).boxed(),
        history::record(connection, caller, order.id, action, order.revision, State::Version(number)).boxed(),
        // Last: other publications wait for what it locks.
        events::record(connection, event, order.id, order.organization.id, Some(number)).boxed(),
    ])
    .await
}

/// Removes an order from every public answer; its versions stay.
pub(super) async fn withdraw(
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    now: DateTime<Utc>,
) -> Result<()> {
    restrictions::delete(connection, order.id).await?;
    fragments::delete(connection, order.id).await?;
    diffusions::delete(connection, order.id).await?;
    dialog_db::locations::delete(connection, order.id).await?;
    listings::delete(connection, order.id).await?;
    orders::bury(connection, order.id, now).await?;
    history::record(connection, caller, order.id, Action::Delete, order.revision + 1, State::Gone).await?;
    let version = order.published.map(|published| published.number);
    events::record(connection, EventKind::Deleted, order.id, order.organization.id, version).await?;
    Ok(())
}

/// A version as public answers show it.
struct Printed<'a> {
    order: &'a Order,
    version: i32,
    at: DateTime<Utc>,
    restrictions: Vec<NewRestriction<'a>>,
    fragments: Vec<NewFragment>,
    diffusions: Vec<NewDiffusion>,
    losses: Vec<Loss>,
}

fn print<'a>(order: &'a Order, version: i32, press: &Press) -> Result<Printed<'a>> {
    let rendered = rendering::render(&published_order(order, version, press), &press.feed);
    if !rendered.is_in(FeedName::Datex) {
        return Err(OrderError::NotPublishable(vec![Violation::new("measures", ViolationCode::NotLocated)]));
    }
    let zone = zone_of(&order.organization);
    let mut restrictions = Vec::new();
    for measure in &order.content.measures {
        let validity: Vec<_> = measure.periods.iter().map(|period| time::bounds(period, &zone)).collect();
        for location in &measure.locations {
            if let Some(found) = &location.found {
                restrictions.push(NewRestriction {
                    measure,
                    location,
                    found,
                    validity: validity.clone(),
                    card: serde_json::to_value(card(order, measure, location))
                        .map_err(|error| QueryError::SerializationError(error.into()))?,
                });
            }
        }
    }
    let (diffusions, losses) = (rendered.diffusions()?, rendered.losses(Exporter::Datex).to_vec());
    let fragments = rendered.fragments;
    Ok(Printed { order, version, at: press.now, restrictions, fragments, diffusions, losses })
}

fn published_order(order: &Order, version: i32, press: &Press) -> PublishedOrder {
    PublishedOrder {
        id: order.id,
        version,
        identifier: order.identifier.clone(),
        organization_id: order.organization.id,
        organization_name: order.organization.name.clone(),
        time_zone: zone_of(&order.organization),
        source: order.source,
        content: order.content.clone(),
        published_at: press.now,
        updated_at: press.now,
        document: order.document.as_ref().map(|document| OfficialDocument {
            url: document.url().map_or_else(|| press.feed.document_url(order.id), str::to_owned),
            title: document.title.clone(),
        }),
    }
}
