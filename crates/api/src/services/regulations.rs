//! Orders as integrators change them: bodies of the contract, orders by identifier, published at once.

use dialog_api_types::problem::ViolationView;
use dialog_api_types::wire::WriteRegulation;
use dialog_db::Caller;
use dialog_db::orders::Order;
use dialog_domain::rules::{Context, Face};
use dialog_domain::{OrderSource, OrderStatus};
use uuid::Uuid;

use super::orders::{self, NewOrder, OrderError, Side};
use crate::app::AppState;
use crate::contract::write::Checked;
use crate::contract::{supported, violations, write};
use crate::extract::ApiClient;

/// Why an order of an integrator was not written. Nothing was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegulationError {
    /// Some rules are broken, worded as in the contract.
    #[error("{} rules of the contract are broken", .0.len())]
    Rules(Vec<ViolationView>),
    /// Valid, but not possible yet.
    #[error("{} parts are not supported yet", .0.len())]
    NotSupportedYet(Vec<ViolationView>),
    /// The organization has no order with this identifier.
    #[error("the organization has no order with this identifier")]
    UnknownIdentifier(String),
    /// The order was refused.
    #[error(transparent)]
    Order(#[from] OrderError),
}

/// What these services answer.
pub type Result<T> = std::result::Result<T, RegulationError>;

/// Creates an order, and publishes it when the body asks so.
///
/// # Errors
/// See [`RegulationError`].
pub async fn create(state: &AppState, client: &ApiClient, body: &WriteRegulation) -> Result<Order> {
    let checked = match check(state, client, body) {
        Err(RegulationError::Rules(broken)) => {
            return Err(RegulationError::Rules(with_identifier_rule(state, client, body, broken).await?));
        }
        checked => checked?,
    };
    let new = NewOrder {
        organization: client.organization_id,
        source: OrderSource::Api,
        general: checked.general,
        content: checked.content,
        publish: checked.status == OrderStatus::Published,
    };
    Ok(orders::create(state, &caller(client), new).await?)
}

/// Replaces the order that has the identifier of the body, and publishes it when the body asks so.
///
/// # Errors
/// See [`RegulationError`].
pub async fn replace(
    state: &AppState,
    client: &ApiClient,
    body: &WriteRegulation,
    revision: Option<i64>,
) -> Result<Order> {
    let identifier = body.identifier.as_deref().map(str::trim).unwrap_or_default();
    // Without identifier nothing can be looked for: the rules say that it is required.
    let found = if identifier.is_empty() {
        None
    } else {
        match find(state, client, identifier).await {
            Err(RegulationError::Order(OrderError::NotFound)) => {
                return Err(RegulationError::UnknownIdentifier(identifier.to_owned()));
            }
            found => Some(found?),
        }
    };
    let wants_draft = body.status.as_deref() == Some("draft");
    if wants_draft && found.as_ref().is_some_and(|order| order.status == OrderStatus::Published) {
        return Err(OrderError::BackToDraft.into());
    }
    let checked = check(state, client, body)?;
    let order = found.ok_or(OrderError::NotFound)?;
    let publish = checked.status == OrderStatus::Published;
    let side = Side::Integrator { revision };
    Ok(orders::replace(state, &caller(client), order.id, side, checked.content, publish).await?)
}

/// The order of the organization with this identifier: its working copy.
///
/// # Errors
/// [`OrderError::NotFound`], or when PostgreSQL fails.
pub async fn find(state: &AppState, client: &ApiClient, identifier: &str) -> Result<Order> {
    Ok(orders::find_by_identifier(state, &caller(client), client.organization_id, identifier).await?)
}

/// Publishes the order with this identifier; one that is published without change stays as it is.
///
/// # Errors
/// See [`RegulationError`].
pub async fn publish(state: &AppState, client: &ApiClient, identifier: &str) -> Result<Order> {
    let order = find(state, client, identifier).await?;
    let side = Side::Integrator { revision: None };
    Ok(orders::publish(state, &caller(client), order.id, side).await?.order)
}

/// Deletes the order with this identifier.
///
/// # Errors
/// See [`RegulationError`].
pub async fn delete(state: &AppState, client: &ApiClient, identifier: &str) -> Result<()> {
    let order = find(state, client, identifier).await?;
    Ok(orders::delete(state, &caller(client), order.id, Side::Integrator { revision: None }).await?)
}

fn caller(client: &ApiClient) -> Caller {
    Caller::api_client(client.uuid, client.organization_id)
}

fn check(state: &AppState, client: &ApiClient, body: &WriteRegulation) -> Result<Checked> {
    let zone = client.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let mut new_id = Uuid::now_v7;
    let mut context = Context { face: Face::Integrator, new_id: &mut new_id, now: state.clock.now() };
    let checked = write::check(body, zone, &mut context).map_err(RegulationError::Rules)?;
    let unsupported = supported::unsupported(&checked.content);
    if unsupported.is_empty() { Ok(checked) } else { Err(RegulationError::NotSupportedYet(unsupported)) }
}

/// Adds the rule that the identifier is free to the other broken rules, where the contract has it: after the presence
/// of measures. Mistakes of type come before any rule and stay alone.
async fn with_identifier_rule(
    state: &AppState,
    client: &ApiClient,
    body: &WriteRegulation,
    mut broken: Vec<ViolationView>,
) -> Result<Vec<ViolationView>> {
    let is_mistake_of_type = broken.iter().any(|violation| violation.property_path == "status");
    if is_mistake_of_type {
        return Ok(broken);
    }
    let taken = orders::identifier_taken(state, client.organization_id, body.identifier.as_deref()).await?;
    let place = broken.iter().take_while(|violation| violation.property_path == "measureDtos").count();
    for (rank, violation) in violations::on_the_wire(taken.as_slice()).into_iter().enumerate() {
        broken.insert(place + rank, violation);
    }
    Ok(broken)
}
