use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use dialog_db::listings::{self, Audience, Phase, Selection, Sort, SortKey, Window};
use dialog_db::orders::Order;
use dialog_db::{Caller, Connection, orders, organizations};
use dialog_domain::{MeasureType, OrderCategory, OrderId, OrderSource, OrderStatus, OrganizationId, Subject, time};

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
    /// For this reason.
    pub subject: Option<Subject>,
    /// From there.
    pub source: Option<OrderSource>,
    /// In force between these days, both included, in the zone of the organization whose orders are asked for.
    pub in_force: (Option<NaiveDate>, Option<NaiveDate>),
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
    let mut connection = state.database.get().await?;
    let (ends_from, starts_until) = in_force(&mut connection, caller, listing).await?;
    let selection = Selection {
        organizations: listing.organization.map(|organization| vec![organization]),
        identifier: text(&listing.identifier),
        search: text(&listing.search),
        status: listing.status.filter(|_| is_member),
        category: listing.category,
        subject: listing.subject,
        source: listing.source,
        ends_from,
        starts_until,
        measure_type: listing.measure_type,
        phase: phase.map(|phase| (phase, state.clock.now())),
        ..Selection::default()
    };
    let sort = listing.sort.unwrap_or(Sort { key: SortKey::Start, is_descending: true });
    let window = Window { after: None, offset: listing.offset, limit: listing.limit };
    Ok(listings::page(&mut connection, caller, audience, &selection, sort, window).await?)
}

/// What ends at the first instant or later and starts at the second one or earlier is in force on the days that are asked
/// for. What ends when the first day begins is not, nor what starts when the last one is over.
async fn in_force(
    connection: &mut Connection,
    caller: &Caller,
    listing: &Listing,
) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    if listing.in_force == (None, None) {
        return Ok((None, None));
    }
    let (from, until) = listing.in_force;
    let organization = listing.organization.or_else(|| caller.organizations.first().copied());
    let zone = match organization {
        Some(organization) => zone(connection, organization).await?.unwrap_or(chrono_tz::Europe::Paris),
        None => chrono_tz::Europe::Paris,
    };
    let midnight = |day: NaiveDate| time::instant(day.and_time(NaiveTime::MIN), &zone);
    let least = TimeDelta::microseconds(1);
    let end = |day: NaiveDate| day.succ_opt().map(|next| midnight(next) - least);
    Ok((from.map(|day| midnight(day) + least), until.and_then(end)))
}

/// The zone of an organization; `None` when there is no such organization.
async fn zone(connection: &mut Connection, organization: OrganizationId) -> Result<Option<Tz>> {
    let found = organizations::find(connection, organization.0).await?;
    Ok(found.map(|found| found.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris)))
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
    let zone = zone(&mut connection, organization).await?.ok_or(OrderError::NotFound)?;
    let today = state.clock.now().with_timezone(&zone).date_naive();
    let first_day = NaiveDate::from_ymd_opt(today.year(), today.month(), 1).unwrap_or(today);
    let month_start = time::instant(first_day.and_time(NaiveTime::MIN), &zone);
    let month = today.format("%Y-%m").to_string();
    Ok(orders::next_identifier(&mut connection, organization, &month, month_start).await?)
}
