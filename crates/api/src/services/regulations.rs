//! Orders as integrators change them: bodies of the contract, orders by identifier, published at once.

use chrono_tz::Tz;
use dialog_api_types::problem::ViolationView;
use dialog_api_types::wire::{WriteRegulation, WriteRepeal};
use dialog_db::Caller;
use dialog_db::orders::{Order, OrganizationKeys};
use dialog_domain::rules::{Context, Face};
use dialog_domain::{OrderId, OrderSource, OrderStatus};
use diesel_async::AsyncConnection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::once::{self, Once, Start};
use super::orders::{self, NewOrder, OrderError, Side, Trial};
use crate::app::AppState;
use crate::contract::write::Checked;
use crate::contract::{self, violations, write};
use crate::extract::ApiClient;

/// Why an order of an integrator was not written. Nothing was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegulationError {
    /// Some rules are broken, worded as in the contract.
    #[error("{} rules of the contract are broken", .0.len())]
    Rules(Vec<ViolationView>),
    /// The idempotency key stands for another request.
    #[error("the idempotency key was used for another request")]
    KeyTaken,
    /// The request with this idempotency key is still being done.
    #[error("a request with the same idempotency key is being done")]
    KeyBusy,
    /// The organization has no order with this identifier.
    #[error("the organization has no order with this identifier")]
    UnknownIdentifier(String),
    /// The order was refused.
    #[error(transparent)]
    Order(#[from] OrderError),
}

impl From<diesel::result::Error> for RegulationError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Order(error.into())
    }
}

/// What these services answer.
pub type Result<T> = std::result::Result<T, RegulationError>;

/// What the answer to a creation is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The order.
    pub id: OrderId,
    /// Its number.
    pub identifier: String,
    /// Its revision at that moment.
    pub revision: i64,
}

/// Creates an order, and publishes it when the body asks so. With a key it is done once, however often it is asked.
///
/// # Errors
/// See [`RegulationError`].
pub async fn create(
    state: &AppState,
    client: &ApiClient,
    body: &WriteRegulation,
    key: Option<&str>,
) -> Result<Once<Created>> {
    let new = checked_order(state, client, body).await?;
    let sources = orders::sources(state, &new.content.measures).await;
    let mut connection = state.database.get().await.map_err(OrderError::from)?;
    connection
        .transaction::<_, RegulationError, _>(async |connection| {
            let request = ("POST /api/regulations", body);
            let claim = match once::begin(state, connection, client, key, &request).await? {
                Start::Do(claim) => claim,
                Start::Repeat(created) => return Ok(Once::Before(created)),
            };
            let order = orders::create_on(state, connection, &caller(client), new, &sources).await?;
            let created = Created { id: order.id, identifier: order.identifier, revision: order.revision };
            once::keep(connection, claim.as_ref(), &created).await?;
            Ok(Once::Done(created))
        })
        .await
}

/// Same as [`create`], and nothing is kept: what it would give.
///
/// # Errors
/// See [`RegulationError`].
pub async fn try_create(state: &AppState, client: &ApiClient, body: &WriteRegulation) -> Result<Trial> {
    let new = checked_order(state, client, body).await?;
    Ok(orders::try_create(state, &caller(client), new).await?)
}

/// The order of a body that passes the rules, the identifier's included.
async fn checked_order(state: &AppState, client: &ApiClient, body: &WriteRegulation) -> Result<NewOrder> {
    refuse_mistakes_of_type(client, body)?;
    let checked = match check(state, client, body) {
        Err(RegulationError::Rules(broken)) => {
            return Err(RegulationError::Rules(with_identifier_rule(state, client, body, broken).await?));
        }
        checked => checked?,
    };
    Ok(NewOrder {
        organization: keys(client),
        source: OrderSource::Api,
        general: checked.general,
        content: checked.content,
        publish: checked.status == OrderStatus::Published,
    })
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
    refuse_mistakes_of_type(client, body)?;
    let identifier = body.identifier.as_deref().map(str::trim).unwrap_or_default();
    // Nothing can be looked for without identifier, or with one that no database keeps: the rules say so.
    let found = if identifier.is_empty() || identifier.contains('\0') {
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
pub async fn publish(state: &AppState, client: &ApiClient, identifier: &str, revision: Option<i64>) -> Result<Order> {
    let order = find(state, client, identifier).await?;
    let side = Side::Integrator { revision };
    Ok(orders::publish(state, &caller(client), order.id, side).await?.order)
}

/// Puts an end to the published order with this identifier, by a last version.
///
/// # Errors
/// See [`RegulationError`].
pub async fn repeal(
    state: &AppState,
    client: &ApiClient,
    identifier: &str,
    revision: Option<i64>,
    body: &WriteRepeal,
) -> Result<Order> {
    let order = find(state, client, identifier).await?;
    let asked = contract::repeal::asked(body, zone(client));
    let side = Side::Integrator { revision };
    match orders::repeal(state, &caller(client), order.id, side, &asked.input).await {
        Ok(publication) => Ok(publication.order),
        Err(OrderError::Invalid(broken)) => Err(RegulationError::Rules(asked.refused(broken))),
        Err(error) => Err(error.into()),
    }
}

/// Deletes the order with this identifier.
///
/// # Errors
/// See [`RegulationError`].
pub async fn delete(state: &AppState, client: &ApiClient, identifier: &str, revision: Option<i64>) -> Result<()> {
    let order = find(state, client, identifier).await?;
    Ok(orders::delete(state, &caller(client), order.id, Side::Integrator { revision }).await?)
}

fn caller(client: &ApiClient) -> Caller {
    Caller::api_client(client.uuid, client.organization_id)
}

fn keys(client: &ApiClient) -> OrganizationKeys {
    OrganizationKeys {
        id: client.organization_id,
        name: client.organization_name.clone(),
        time_zone: client.time_zone.clone(),
    }
}

fn zone(client: &ApiClient) -> Tz {
    client.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris)
}

/// Mistakes of type come before anything else, an unknown identifier included.
fn refuse_mistakes_of_type(client: &ApiClient, body: &WriteRegulation) -> Result<()> {
    let mistakes = write::mistakes_of_type(body, zone(client));
    if mistakes.is_empty() { Ok(()) } else { Err(RegulationError::Rules(mistakes)) }
}

fn check(state: &AppState, client: &ApiClient, body: &WriteRegulation) -> Result<Checked> {
    let zone = zone(client);
    let mut new_id = Uuid::now_v7;
    let mut context = Context { face: Face::Integrator, new_id: &mut new_id, now: state.clock.now() };
    write::check(body, zone, &mut context).map_err(RegulationError::Rules)
}

/// Adds the rule that the identifier is free to the other broken rules, where the contract has it: after the presence
/// of measures.
async fn with_identifier_rule(
    state: &AppState,
    client: &ApiClient,
    body: &WriteRegulation,
    mut broken: Vec<ViolationView>,
) -> Result<Vec<ViolationView>> {
    let taken = orders::identifier_taken(state, client.organization_id, body.identifier.as_deref()).await?;
    let place = broken.iter().take_while(|violation| violation.property_path == "measureDtos").count();
    for (rank, violation) in violations::on_the_wire(taken.as_slice()).into_iter().enumerate() {
        broken.insert(place + rank, violation);
    }
    Ok(broken)
}
