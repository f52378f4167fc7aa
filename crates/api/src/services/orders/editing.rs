use dialog_db::history::{Action, State};
use dialog_db::orders::{Change, Order, OrganizationKeys};
use dialog_db::{Caller, Connection, history, locations, orders, organizations, pipeline, versions};
use dialog_domain::input::{GeneralInfoInput, MeasureInput, OrderInput};
use dialog_domain::rules::{self, GeneralInfo};
use dialog_domain::{MeasureId, OrderContent, OrderId, OrderSource, OrganizationId, diff, identity};
use dialog_geocoder::Sources;
use diesel::QueryResult;
use diesel_async::AsyncConnection;
use futures::FutureExt;
use uuid::Uuid;

use super::error::{OrderError, Result};
use super::locating::{self, PathRoot};
use super::publication::Perimeter;
use super::{Side, check, identifiers, is_published, listing, lock_to_edit, press, publication};
use crate::app::AppState;

/// An order to create; its content passed the rules.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Who makes it; one of the caller's organizations.
    pub organization: OrganizationKeys,
    /// Where it comes from.
    pub source: OrderSource,
    /// General information.
    pub general: GeneralInfo,
    /// What it says.
    pub content: OrderContent,
    /// Whether to publish it at once.
    pub publish: bool,
}

/// Creates a draft from a form.
///
/// # Errors
/// See [`OrderError`]; nothing is kept then.
pub async fn create_from_form(
    state: &AppState,
    caller: &Caller,
    organization: OrganizationId,
    input: &OrderInput,
) -> Result<Order> {
    if !caller.acts_for(organization) {
        return Err(OrderError::NotMember);
    }
    match check(state, |context| rules::order(input, context)) {
        Ok((general, content)) => {
            let mut connection = state.database.get().await?;
            let found = organizations::find(&mut connection, organization.0).await?.ok_or(OrderError::NotMember)?;
            drop(connection);
            let organization = OrganizationKeys { id: organization, name: found.name, time_zone: found.time_zone };
            let new = NewOrder { organization, source: OrderSource::Dialog, general, content, publish: false };
            create(state, caller, new).await
        }
        Err(mut violations) => {
            if let Some(taken) =
                identifiers::identifier_taken(state, organization, input.general.identifier.as_deref()).await?
            {
                violations.insert(0, taken);
            }
            Err(OrderError::Invalid(violations))
        }
    }
}

/// Creates an order.
///
/// # Errors
/// See [`OrderError`]; nothing is kept then.
pub async fn create(state: &AppState, caller: &Caller, new: NewOrder) -> Result<Order> {
    if !caller.acts_for(new.organization.id) {
        return Err(OrderError::NotMember);
    }
    let sources = locating::sources(state, &new.content.measures).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| create_on(state, connection, caller, new, &sources).await)
        .await
}

/// Creates an order in the transaction of `connection`. What is located already is not located again; `sources` has
/// what the rest is located with.
///
/// # Errors
/// See [`OrderError`]; the transaction is to be given up then.
pub async fn create_on(
    state: &AppState,
    connection: &mut Connection,
    caller: &Caller,
    new: NewOrder,
    sources: &Sources,
) -> Result<Order> {
    let (organization, identifier) = (new.organization.id, new.general.identifier.clone());
    match write_new(state, connection, caller, new, sources).await {
        // An identifier that is taken is said first; where nothing else is wrong, the index of the database says so.
        Err(refused @ (OrderError::NotLocated(_) | OrderError::NotPublishable(_))) => {
            Err(identifiers::rule(connection, organization, &identifier).await?.unwrap_or(refused))
        }
        written => written.map_err(|error| identifiers::conflict(error, &identifier)),
    }
}

async fn write_new(
    state: &AppState,
    connection: &mut Connection,
    caller: &Caller,
    new: NewOrder,
    sources: &Sources,
) -> Result<Order> {
    let NewOrder { organization, source, general, mut content, publish } = new;
    for measure in &mut content.measures {
        identity::renew(measure, &mut Uuid::now_v7);
    }
    locating::locate(connection, &organization, &mut content.measures, sources, PathRoot::Order).await?;

    let id = OrderId(Uuid::now_v7());
    let row = orders::NewOrder {
        id,
        organization: organization.id,
        identifier: &general.identifier,
        source,
        content: &content,
        created_by: caller.user_uuid(),
        now: state.clock.now(),
    };
    let draft = row.inserted(organization);
    if publish {
        return publication::publish_new(connection, caller, &row, &draft, &press(state)).await;
    }
    pipeline([
        orders::insert(connection, &row).boxed(),
        write_beside(connection, caller, Action::Create, &draft).boxed(),
        listing::for_members(connection, &draft).boxed(),
    ])
    .await?;
    Ok(draft)
}

/// Writes what goes with the row of a working copy: where it is, and that it was changed so.
pub(super) async fn write_beside(
    connection: &Connection,
    caller: &Caller,
    action: Action,
    order: &Order,
) -> QueryResult<()> {
    let said = State::WorkingCopy(&order.identifier, &order.content);
    pipeline([
        match action {
            Action::Create => locations::insert(connection, order.id, &order.content).boxed(),
            _ => locations::replace(connection, order.id, &order.content).boxed(),
        },
        history::record(connection, caller, order.id, action, order.revision, said).boxed(),
    ])
    .await
}

/// Replaces the content of an order of an integrator by one that passed the rules. An order that is published, or that
/// `publish` asks to publish, is public as it is now.
///
/// # Errors
/// See [`OrderError`]; nothing is kept then.
pub async fn replace(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    side: Side,
    content: OrderContent,
    publish: bool,
) -> Result<Order> {
    let sources = locating::sources(state, &content.measures).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            if is_published(&order) && !publish {
                return Err(OrderError::BackToDraft);
            }
            let mut content = content;
            identity::keep(&mut content, &order.content, &mut Uuid::now_v7);
            locating::locate(connection, &order.organization, &mut content.measures, &sources, PathRoot::Order).await?;
            let order = save(state, connection, caller, &order, &order.identifier, content).await?;
            if !publish {
                return Ok(order);
            }
            Ok(publication::publish(connection, caller, &order, &press(state), Perimeter::Checked).await?.order)
        })
        .await
}

/// Replaces the general information of the working copy.
///
/// # Errors
/// See [`OrderError`].
pub async fn update_general(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    side: Side,
    input: &GeneralInfoInput,
) -> Result<Order> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let identifier = input.identifier.as_deref().map(str::trim);
            let broken = match identifier {
                Some(new) if !new.is_empty() && new != order.identifier => {
                    identifiers::change_rule(connection, &order, new).await?
                }
                _ => None,
            };
            let general = match (rules::general_info(input), broken) {
                (Ok(general), None) => general,
                (checked, broken) => {
                    let others = checked.err().unwrap_or_default();
                    return Err(OrderError::Invalid(broken.into_iter().chain(others).collect()));
                }
            };
            let content = OrderContent {
                category: general.category,
                subject: general.subject,
                other_category_text: general.other_category_text,
                title: general.title,
                measures: order.content.measures.clone(),
                repeal: order.content.repeal.clone(),
            };
            save(state, connection, caller, &order, &general.identifier, content).await
        })
        .await
}

/// Adds a measure to the working copy.
///
/// # Errors
/// See [`OrderError`]; paths are relative to the measure.
pub async fn add_measure(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    side: Side,
    input: &MeasureInput,
) -> Result<Order> {
    let sources = sources(state, input).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let mut measure = check(state, |context| rules::measure(input, context)).map_err(OrderError::Invalid)?;
            identity::renew(&mut measure, &mut Uuid::now_v7);
            let added = std::slice::from_mut(&mut measure);
            locating::locate(connection, &order.organization, added, &sources, PathRoot::Measure).await?;
            let mut content = order.content.clone();
            content.measures.push(measure);
            save(state, connection, caller, &order, &order.identifier, content).await
        })
        .await
}

/// Replaces a measure of the working copy, which keeps its identity.
///
/// # Errors
/// [`OrderError::NotFound`] for a measure of another order too; see [`OrderError`]; paths are relative to the measure.
pub async fn replace_measure(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    measure_id: MeasureId,
    side: Side,
    input: &MeasureInput,
) -> Result<Order> {
    let sources = sources(state, input).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let mut content = order.content.clone();
            let place =
                content.measures.iter_mut().find(|measure| measure.id == measure_id).ok_or(OrderError::NotFound)?;
            let mut measure = check(state, |context| rules::measure(input, context)).map_err(OrderError::Invalid)?;
            identity::keep_measure(&mut measure, place, &mut Uuid::now_v7);
            let replaced = std::slice::from_mut(&mut measure);
            locating::locate(connection, &order.organization, replaced, &sources, PathRoot::Measure).await?;
            *place = measure;
            save(state, connection, caller, &order, &order.identifier, content).await
        })
        .await
}

/// What a measure is located with; API Adresse is not asked for one that breaks rules, which is refused later.
async fn sources(state: &AppState, input: &MeasureInput) -> Sources {
    match check(state, |context| rules::measure(input, context)) {
        Ok(measure) if state.api_adresse.is_some() => locating::sources(state, &[measure]).await,
        _ => state.sources(),
    }
}

/// Deletes a measure of the working copy.
///
/// # Errors
/// [`OrderError::LastMeasure`] for the only one; see [`OrderError`].
pub async fn delete_measure(
    state: &AppState,
    caller: &Caller,
    id: OrderId,
    measure_id: MeasureId,
    side: Side,
) -> Result<Order> {
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let mut content = order.content.clone();
            content.measures.retain(|measure| measure.id != measure_id);
            if content.measures.len() == order.content.measures.len() {
                return Err(OrderError::NotFound);
            }
            if content.measures.is_empty() {
                return Err(OrderError::LastMeasure);
            }
            save(state, connection, caller, &order, &order.identifier, content).await
        })
        .await
}

/// Writes a new working copy of a locked order. What changes nothing writes nothing.
pub(super) async fn save(
    state: &AppState,
    connection: &mut Connection,
    caller: &Caller,
    order: &Order,
    identifier: &str,
    content: OrderContent,
) -> Result<Order> {
    if content == order.content && identifier == order.identifier {
        return Ok(order.clone());
    }
    // What only stands in another order says the same: there is nothing to publish.
    let has_unpublished_changes = match order.published {
        Some(published) => versions::content(connection, order.id, published.number)
            .await?
            .is_none_or(|public| !diff::difference(&public, &content).is_empty()),
        None => false,
    };
    let now = state.clock.now();
    let change = Change { identifier, content: &content, has_unpublished_changes, now };
    let revision = orders::update(connection, order.id, order.revision, &change)
        .await
        .map_err(|error| identifiers::conflict(error.into(), identifier))?
        .ok_or_else(|| OrderError::Stale(Box::new(order.clone())))?;
    let order = Order {
        identifier: identifier.to_owned(),
        content,
        revision,
        has_unpublished_changes,
        updated_at: now,
        ..order.clone()
    };
    pipeline([
        write_beside(connection, caller, Action::Update, &order).boxed(),
        listing::for_members(connection, &order).boxed(),
    ])
    .await?;
    Ok(order)
}
