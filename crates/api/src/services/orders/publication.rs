//! Publishing: everything that public answers need is made here, once, in the transaction that publishes.

use chrono::{DateTime, Utc};
use dialog_api_types::map::MapLocation;
use dialog_db::events::EventKind;
use dialog_db::fragments::{FeedName, NewFragment};
use dialog_db::history::{Action, State};
use dialog_db::orders::Order;
use dialog_db::restrictions::NewRestriction;
use dialog_db::{Caller, Connection, events, fragments, history, listings, orders, restrictions, versions};
use dialog_domain::{Difference, Location, Measure, OrderStatus, Violation, ViolationCode, diff, rules, time};
use dialog_exports::{FeedContext, Loss, OfficialDocument, PublishedOrder};
use diesel::result::Error as QueryError;

use super::error::{OrderError, Result};
use super::locating::{self, PathRoot};
use super::{listing, zone_of};
use crate::services::feeds::rendering;

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
        return Ok(Frozen { version: published.number, is_new: false, difference, losses: Vec::new() });
    }
    let mut violations = rules::publication(&order.content);
    if violations.is_empty() && perimeter == Perimeter::ToCheck {
        violations =
            locating::outside_perimeter(connection, &order.organization, &order.content.measures, PathRoot::Order)
                .await?;
    }
    if !violations.is_empty() {
        return Err(OrderError::NotPublishable(violations));
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
    let violations = rules::publication(&order.content);
    if !violations.is_empty() {
        return Err(OrderError::NotPublishable(violations));
    }
    freeze(connection, caller, order, press, Occasion::Repeal).await
}

async fn freeze(
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    press: &Press,
    occasion: Occasion,
) -> Result<Frozen> {
    let number = order.published.map_or(1, |published| published.number + 1);
    let printed = print(order, number, press)?;
    let before = match order.published {
        Some(published) => versions::content(connection, order.id, published.number).await?,
        None => None,
    };
    let difference = before.map(|before| diff::difference(&before, &order.content)).unwrap_or_default();

    versions::insert(connection, order, number, caller.user_uuid(), press.now).await?;
    let category = order.content.category;
    if order.published.is_none() {
        // Nothing to take away, which would be asked for all the same.
        restrictions::insert(connection, order, number, &printed.restrictions).await?;
        fragments::insert(connection, order.id, number, category, &printed.fragments, press.now).await?;
    } else {
        restrictions::replace(connection, order, number, &printed.restrictions).await?;
        fragments::replace(connection, order.id, number, category, &printed.fragments, press.now).await?;
    }
    let revision = orders::mark_published(connection, order.id, number, press.now).await?;
    let listed = Order { status: OrderStatus::Published, updated_at: press.now, ..order.clone() };
    listing::for_members(connection, &listed).await?;
    listing::for_everybody(connection, &listed, press.now).await?;
    let (action, event) = match occasion {
        Occasion::Publication => (Action::Publish, EventKind::Published),
        Occasion::Repeal => (Action::Repeal, EventKind::Repealed),
    };
    history::record(connection, caller, order.id, action, revision, State::Version(number)).await?;
    events::record(connection, event, order.id, order.organization.id, Some(number)).await?;
    for loss in &printed.losses {
        tracing::info!(order.id = %order.id, loss.path = loss.path, "DATEX II cannot say it all: {loss}");
    }
    Ok(Frozen { version: number, is_new: true, difference, losses: printed.losses })
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
    restrictions: Vec<NewRestriction<'a>>,
    fragments: Vec<NewFragment>,
    losses: Vec<Loss>,
}

fn print<'a>(order: &'a Order, number: i32, press: &Press) -> Result<Printed<'a>> {
    let rendered = rendering::render(&published_order(order, number, press), &press.feed);
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
                    card: card(order, measure, location)?,
                });
            }
        }
    }
    Ok(Printed { restrictions, fragments: rendered.fragments, losses: rendered.losses })
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
        document: order.document.as_ref().map(|document| OfficialDocument {
            url: document.url().map_or_else(|| press.feed.document_url(order.id), str::to_owned),
            title: document.title.clone(),
        }),
    }
}

/// What the popup of a location tells.
fn card(order: &Order, measure: &Measure, location: &Location) -> Result<serde_json::Value> {
    let card = MapLocation {
        uuid: location.id,
        order_uuid: order.id,
        identifier: order.identifier.clone(),
        title: order.content.title.clone(),
        organization_name: order.organization.name.clone(),
        measure_type: measure.kind,
        measure_label: dialog_text::measure_title(measure),
        vehicles: dialog_text::vehicles(&measure.vehicle_set),
        periods: measure.periods.iter().map(dialog_text::period).collect(),
        location_label: dialog_text::location(&location.asked),
    };
    serde_json::to_value(card).map_err(|error| OrderError::Query(QueryError::SerializationError(error.into())))
}
