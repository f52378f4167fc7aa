//! What lists and searches read: one narrow row per living order and [`Audience`], written with the order.
//!
//! The order itself is then read by [`crate::orders`], which decides again what the caller may see.

mod conditions;
mod identifiers;
mod page;
mod patterns;
mod places;
mod selection;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dialog_domain::{Location, LocationDescription, OrderContent, OrderId, RestrictedVehicles};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::FutureExt;

pub use identifiers::identifiers;
pub use page::{Page, Position, Window, count, find, page};
pub use selection::{Phase, Selection, Sort, SortKey};

use crate::Connection;
use crate::cached::Cached;
use crate::orders::Order;
use crate::pipeline::pipeline;
use crate::schema::{public_orders, working_orders};
use crate::words::word;

/// Who reads a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: last published versions.
    Public,
    /// Members of the organizations of the orders: working copies, drafts included.
    Members,
}

impl Audience {
    const fn table(self) -> &'static str {
        match self {
            Self::Public => "public_orders",
            Self::Members => "working_orders",
        }
    }

    /// The communes of an order whose locations name those of `$11`. What is public may lie in others without naming them:
    /// drawings, zones, numbered roads, the arrondissements of a whole city.
    const fn places(self) -> &'static str {
        match self {
            Self::Public => {
                "ARRAY(SELECT unnest($11::text[]) UNION SELECT unnest(r.city_codes) FROM public_restrictions r \
                    WHERE r.order_uuid = $1 AND (r.city_code IS NULL OR r.road_type = 'wholeCity') ORDER BY 1)"
            }
            Self::Members => "$11",
        }
    }
}

/// When an order applies, as lists see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First instant; `None` without period.
    pub starts_at: Option<DateTime<Utc>>,
    /// First instant after it; `None`: it applies for good.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Lists an order as it is now for one audience; for everybody once its restrictions are written, in whose communes it is.
///
/// # Errors
/// When the query fails.
pub async fn write(
    connection: &Connection,
    audience: Audience,
    order: &Order,
    validity: Validity,
    changed_at: DateTime<Utc>,
) -> QueryResult<()> {
    let types: BTreeSet<&str> = order.content.measures.iter().map(|measure| measure.kind.as_str()).collect();
    let (types, codes) = (types.into_iter().collect::<Vec<_>>(), city_codes(&order.content));
    let row = write_row(connection, audience, order, validity, changed_at, &types, &codes);
    match audience {
        Audience::Members => row.await,
        Audience::Public => pipeline([row.boxed(), places::write(connection, order.id, &types).boxed()]).await,
    }
}

async fn write_row(
    mut connection: &Connection,
    audience: Audience,
    order: &Order,
    validity: Validity,
    changed_at: DateTime<Utc>,
    measure_types: &[&str],
    city_codes: &[&str],
) -> QueryResult<()> {
    let restricts_heavy_goods = order
        .content
        .measures
        .iter()
        .flat_map(|measure| &measure.vehicle_set.restricted)
        .any(|vehicles| matches!(vehicles, RestrictedVehicles::HeavyGoodsVehicle { .. }));
    Cached(
        diesel::sql_query(format!(
            "INSERT INTO {} (order_uuid, organization_uuid, identifier, status, source, category, starts_at, ends_at, \
            restricts_heavy_goods, measure_types, city_codes, words, changed_at, subject) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, {}, left(lower(unaccent($12)), 10000), $13, $14) \
         ON CONFLICT (order_uuid) DO UPDATE SET organization_uuid = excluded.organization_uuid, \
            identifier = excluded.identifier, status = excluded.status, source = excluded.source, \
            category = excluded.category, starts_at = excluded.starts_at, ends_at = excluded.ends_at, \
            restricts_heavy_goods = excluded.restricts_heavy_goods, measure_types = excluded.measure_types, \
            city_codes = excluded.city_codes, words = excluded.words, changed_at = excluded.changed_at, \
            subject = excluded.subject",
            audience.table(),
            audience.places()
        ))
        .bind::<SqlUuid, _>(order.id.0)
        .bind::<SqlUuid, _>(order.organization.id.0)
        .bind::<Text, _>(&order.identifier)
        .bind::<Text, _>(word(order.status)?)
        .bind::<Text, _>(word(order.source)?)
        .bind::<Text, _>(word(order.content.category)?)
        .bind::<Nullable<Timestamptz>, _>(validity.starts_at)
        .bind::<Nullable<Timestamptz>, _>(validity.ends_at)
        .bind::<Bool, _>(restricts_heavy_goods)
        .bind::<Array<Text>, _>(measure_types)
        .bind::<Array<Text>, _>(city_codes)
        .bind::<Text, _>(words(order))
        .bind::<Timestamptz, _>(changed_at)
        .bind::<Nullable<Text>, _>(order.content.subject.map(word).transpose()?),
    )
    .execute(&mut connection)
    .await
    .map(drop)
}

/// Takes an order off every list. A draft that is deleted goes by itself.
///
/// # Errors
/// When a query fails.
pub async fn delete(connection: &mut Connection, order: OrderId) -> QueryResult<()> {
    diesel::delete(public_orders::table.find(order.0)).execute(connection).await?;
    diesel::delete(working_orders::table.find(order.0)).execute(connection).await.map(drop)
}

fn locations(content: &OrderContent) -> impl Iterator<Item = &Location> {
    content.measures.iter().flat_map(|measure| &measure.locations)
}

/// INSEE codes of the communes that an order names, each once.
fn city_codes(content: &OrderContent) -> Vec<&str> {
    let codes: BTreeSet<&str> = locations(content)
        .filter_map(|location| match &location.asked {
            LocationDescription::NamedStreet(street) => Some(street.city_code.as_str()),
            LocationDescription::WholeCity { city_code, .. } => Some(city_code.as_str()),
            _ => None,
        })
        .collect();
    codes.into_iter().collect()
}

/// Everything that a search looks into.
fn words(order: &Order) -> String {
    let names: BTreeSet<&str> = locations(&order.content).flat_map(|location| names(&location.asked)).collect();
    let mut text = format!("{} {}", order.identifier, order.content.title);
    for name in names {
        text.push(' ');
        text.push_str(name);
    }
    text
}

/// The names of a place.
fn names(asked: &LocationDescription) -> Vec<&str> {
    match asked {
        LocationDescription::NamedStreet(street) => vec![&street.road_name, &street.city_label],
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            vec![&road.road_number, &road.administrator]
        }
        LocationDescription::RawGeoJson { label, .. } | LocationDescription::Zone { label, .. } => vec![label],
        LocationDescription::WholeCity { city_label, .. } => vec![city_label],
    }
}
