use dialog_db::history::{Action, State};
use dialog_db::orders::{Change, Order, OrganizationKeys};
use dialog_db::{Caller, Connection, history, locations, orders, organizations, versions};
use dialog_domain::input::{GeneralInfoInput, MeasureInput, OrderInput};
use dialog_domain::rules::{self, GeneralInfo};
use dialog_domain::{
    MeasureId, OrderContent, OrderId, OrderSource, OrganizationId, Violation, ViolationCode, diff, identity,
};
use dialog_geocoder::OutsideNumbers;
use diesel_async::AsyncConnection;
use uuid::Uuid;

use super::error::{OrderError, Result};
use super::locating::{self, PathRoot};
use super::publication::Perimeter;
use super::{Side, check, is_published, listing, lock_to_edit, press, publication, reread};
use crate::app::AppState;

/// An order to create; its content passed the rules.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Who makes it; one of the caller's organizations.
    pub organization: OrganizationId,
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
            let new = NewOrder { organization, source: OrderSource::Dialog, general, content, publish: false };
            create(state, caller, new).await
        }
        Err(mut violations) => {
            if let Some(taken) = identifier_taken(state, organization, input.general.identifier.as_deref()).await? {
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
    if !caller.acts_for(new.organization) {
        return Err(OrderError::NotMember);
    }
    let numbers = locating::outside_numbers(state, &new.content.measures).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| create_on(state, connection, caller, new, &numbers).await)
        .await
}

/// Creates an order in the transaction of `connection`. What is located already is not located again; `numbers` are
/// the house numbers that only another source has.
///
/// # Errors
/// See [`OrderError`]; the transaction is to be given up then.
pub async fn create_on(
    state: &AppState,
    connection: &mut Connection,
    caller: &Caller,
    new: NewOrder,
    numbers: &OutsideNumbers,
) -> Result<Order> {
    let NewOrder { organization, source, general, mut content, publish } = new;
    let found = organizations::find(connection, organization.0).await?.ok_or(OrderError::NotMember)?;
    let organization = OrganizationKeys { id: organization, name: found.name, time_zone: found.time_zone };
    // Before anything slow: the index of the database has the last word.
    if orders::find_id(connection, organization.id, &general.identifier).await?.is_some() {
        return Err(OrderError::Invalid(vec![taken(&general.identifier)]));
    }
    for measure in &mut content.measures {
        identity::renew(measure, &mut Uuid::now_v7);
    }
    locating::locate(connection, &organization, &mut content.measures, numbers, PathRoot::Order).await?;

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
    orders::insert(connection, &row).await.map_err(|error| name_conflict(error, &general.identifier))?;
    locations::insert(connection, id, &content).await?;
    let said = State::WorkingCopy(&general.identifier, &content);
    history::record(connection, caller, id, Action::Create, 1, said).await?;
    if !publish {
        let order = reread(connection, caller, id).await?;
        listing::for_members(connection, &order).await?;
        return Ok(order);
    }
    let order = row.inserted(organization);
    publication::publish(connection, caller, &order, &press(state), Perimeter::Checked).await?;
    reread(connection, caller, id).await
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
    let numbers = locating::outside_numbers(state, &content.measures).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            if is_published(&order) && !publish {
                return Err(OrderError::BackToDraft);
            }
            let mut content = content;
            identity::keep(&mut content, &order.content, &mut Uuid::now_v7);
            locating::locate(connection, &order.organization, &mut content.measures, &numbers, PathRoot::Order).await?;
            let order = save(state, connection, caller, &order, &order.identifier, content).await?;
            if !publish {
                return Ok(order);
            }
            publication::publish(connection, caller, &order, &press(state), Perimeter::Checked).await?;
            reread(connection, caller, id).await
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
                    identifier_rule(connection, &order, new).await?
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
    let numbers = outside_numbers(state, input).await;
    let mut connection = state.database.get().await?;
    connection
        .transaction::<_, OrderError, _>(async |connection| {
            let order = lock_to_edit(connection, caller, id, side).await?;
            let mut measure = check(state, |context| rules::measure(input, context)).map_err(OrderError::Invalid)?;
            identity::renew(&mut measure, &mut Uuid::now_v7);
            let added = std::slice::from_mut(&mut measure);
            locating::locate(connection, &order.organization, added, &numbers, PathRoot::Measure).await?;
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
    let numbers = outside_numbers(state, input).await;
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
            locating::locate(connection, &order.organization, replaced, &numbers, PathRoot::Measure).await?;
            *place = measure;
            save(state, connection, caller, &order, &order.identifier, content).await
        })
        .await
}

/// House numbers of a measure that only API Adresse has; none of one that breaks rules, which is refused later.
async fn outside_numbers(state: &AppState, input: &MeasureInput) -> OutsideNumbers {
    match check(state, |context| rules::measure(input, context)) {
        Ok(measure) if state.api_adresse.is_some() => locating::outside_numbers(state, &[measure]).await,
        _ => OutsideNumbers::default(),
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
    let change = Change { identifier, content: &content, has_unpublished_changes, now: state.clock.now() };
    let revision = orders::update(connection, order.id, order.revision, &change)
        .await
        .map_err(|error| name_conflict(error, identifier))?
        .ok_or_else(|| OrderError::Stale(Box::new(order.clone())))?;
    locations::replace(connection, order.id, &content).await?;
    let said = State::WorkingCopy(identifier, &content);
    history::record(connection, caller, order.id, Action::Update, revision, said).await?;
    let order = reread(connection, caller, order.id).await?;
    listing::for_members(connection, &order).await?;
    Ok(order)
}

/// What keeps an order from taking another identifier.
async fn identifier_rule(connection: &mut Connection, order: &Order, new: &str) -> Result<Option<Violation>> {
    if is_published(order) {
        return Ok(Some(Violation::new("identifier", ViolationCode::IdentifierFrozen)));
    }
    Ok(orders::find_id(connection, order.organization.id, new).await?.map(|_| taken(new)))
}

/// The broken rule when a living order of the organization has the identifier; for answers that name every mistake.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn identifier_taken(
    state: &AppState,
    organization: OrganizationId,
    identifier: Option<&str>,
) -> Result<Option<Violation>> {
    let Some(identifier) = identifier.map(str::trim).filter(|identifier| !identifier.is_empty()) else {
        return Ok(None);
    };
    let mut connection = state.database.get().await?;
    Ok(orders::find_id(&mut connection, organization, identifier).await?.map(|_| taken(identifier)))
}

/// Two writers may choose the same identifier at the same moment: the index of the database lets one through.
fn name_conflict(error: diesel::result::Error, identifier: &str) -> OrderError {
    if orders::is_identifier_taken(&error) {
        OrderError::Invalid(vec![taken(identifier)])
    } else {
        OrderError::Query(error)
    }
}

fn taken(identifier: &str) -> Violation {
    Violation::new("identifier", ViolationCode::IdentifierTaken).with("identifier", identifier)
}
