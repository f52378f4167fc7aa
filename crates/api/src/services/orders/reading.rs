use chrono::{Datelike, NaiveDate, NaiveTime};
use dialog_db::listings::{self, Audience, Phase, Selection, Sort, SortKey, Window};
use dialog_db::orders::Order;
use dialog_db::{Caller, orders, organizations};
use dialog_domain::{MeasureType, OrderCategory, OrderId, OrderStatus, OrganizationId, time};

use super::error::{OrderError, Result};
use crate::app::AppState;

/// Which orders to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Words of the identifier, the title, the streets and the communes.
    pub search: Option<String>,
    /// Part of the identifier.
    pub identifier: Option<String>,
    /// One organization. By default a person sees the orders of the person's organizations, and anybody else all that
    /// is published.
    pub organization: Option<OrganizationId>,
    /// All that is published, for whoever asks.
    pub everybody: bool,
    /// With at least one measure of this type.
    pub measure_type: Option<MeasureType>,
    /// Drafts or published orders. Who is no member sees published ones whatever is asked.
    pub status: Option<OrderStatus>,
    /// Permanent or temporary orders.
    pub category: Option<OrderCategory>,
    /// What they do now; who is no member sees published ones when drafts are asked.
    pub phase: Option<Phase>,
    /// In which order; by default the latest start first.
    pub sort: Option<Sort>,
    /// Orders before the page.
    pub offset: i64,
    /// Orders of the page.
    pub limit: i64,
}

/// The order, if the caller may see it.
///
/// # Errors
/// [`OrderError::NotFound`], or when PostgreSQL fails.
pub async fn find(state: &AppState, caller: &Caller, id: OrderId) -> Result<Order> {
    let mut connection = state.database.get().await?;
    orders::find(&mut connection, caller, id).await?.ok_or(OrderError::NotFound)
}

/// The order with this number in the organization for which the caller acts.
///
/// # Errors
/// [`OrderError::NotFound`], or when PostgreSQL fails.
pub async fn find_by_identifier(
    state: &AppState,
    caller: &Caller,
    organization: OrganizationId,
    identifier: &str,
) -> Result<Order> {
    let mut connection = state.database.get().await?;
    let id = orders::find_id(&mut connection, organization, identifier).await?.ok_or(OrderError::NotFound)?;
    orders::find(&mut connection, caller, id).await?.ok_or(OrderError::NotFound)
}

/// A page of the orders that the caller may see.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn list(state: &AppState, caller: &Caller, listing: &Listing) -> Result<listings::Page> {
    let audience = match listing.organization {
        _ if listing.everybody => Audience::Public,
        Some(organization) if caller.acts_for(organization) => Audience::Members,
        None if !caller.organizations.is_empty() => Audience::Members,
        _ => Audience::Public,
    };
    let is_member = audience == Audience::Members;
    let phase = listing.phase.filter(|phase| is_member || *phase != Phase::Draft);
    let text =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let selection = Selection {
        organizations: listing.organization.map(|organization| vec![organization]),
        identifier: text(&listing.identifier),
        search: text(&listing.search),
        status: listing.status.filter(|_| is_member),
        category: listing.category,
        measure_type: listing.measure_type,
        phase: phase.map(|phase| (phase, state.clock.now())),
        ..Selection::default()
    };
    let sort = listing.sort.unwrap_or(Sort { key: SortKey::Start, is_descending: true });
    let window = Window { after: None, offset: listing.offset, limit: listing.limit };
    let mut connection = state.database.get().await?;
    Ok(listings::page(&mut connection, caller, audience, &selection, sort, window).await?)
}

/// A free identifier for the next order of an organization of the caller: year, month and number.
///
/// # Errors
/// [`OrderError::NotFound`] for another organization, or when PostgreSQL fails.
pub async fn next_identifier(state: &AppState, caller: &Caller, organization: OrganizationId) -> Result<String> {
    if !caller.acts_for(organization) {
        return Err(OrderError::NotFound);
    }
    let mut connection = state.database.get().await?;
    let found = organizations::find(&mut connection, organization.0).await?.ok_or(OrderError::NotFound)?;
    let zone = found.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let today = state.clock.now().with_timezone(&zone).date_naive();
    let first_day = NaiveDate::from_ymd_opt(today.year(), today.month(), 1).unwrap_or(today);
    let month_start = time::instant(first_day.and_time(NaiveTime::MIN), &zone);
    let month = today.format("%Y-%m").to_string();
    Ok(orders::next_identifier(&mut connection, organization, &month, month_start).await?)
}
