//! Published locations found again in other reference data, beside what is public.

use dialog_domain::{Found, OrderContent, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::load::LOCK;
use super::statement::{Bind, Statement};
use crate::Connection;
use crate::orders::read_content;
use crate::words::to_json;

/// An order as it is public.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedOrder {
    /// The order.
    pub order: OrderId,
    /// Its version.
    pub version: i32,
    /// The organization's own number.
    pub identifier: String,
    /// Who made it.
    pub organization: String,
    /// What it says.
    pub content: OrderContent,
}

/// A published location that was looked for again.
#[derive(Clone, Debug, PartialEq)]
pub struct Shadow {
    /// The location.
    pub location: Uuid,
    /// Its order.
    pub order: OrderId,
    /// The version that is public.
    pub version: i32,
    /// Edition in which it was found for its publication.
    pub edition_before: Option<String>,
    /// Where it is found now, or why it is not.
    pub found: Result<Found, String>,
}

/// What became of a published location.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct Moved {
    /// The location.
    #[diesel(sql_type = SqlUuid)]
    pub location_uuid: Uuid,
    /// `unchanged` (less than half a metre), `moved` (less than five metres), `changed`, or `lost`.
    #[diesel(sql_type = Text)]
    pub outcome: String,
    /// Greatest distance between the two geometries, metres.
    #[diesel(sql_type = Nullable<Double>)]
    pub moved_m: Option<f64>,
}

/// Up to `limit` orders that have public restrictions, after one of them, by identifier.
///
/// # Errors
/// When the query fails.
pub async fn published_orders(
    connection: &mut Connection,
    after: Option<OrderId>,
    limit: i32,
) -> QueryResult<Vec<PublishedOrder>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        order_uuid: Uuid,
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = Text)]
        identifier: String,
        #[diesel(sql_type = Text)]
        organization_name: String,
        #[diesel(sql_type = Jsonb)]
        content: serde_json::Value,
        #[diesel(sql_type = Integer)]
        schema_version: i32,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT v.order_uuid, v.number, v.identifier, v.organization_name, v.content, v.schema_version \
         FROM (SELECT DISTINCT order_uuid, version_number FROM public_restrictions \
               WHERE $1::uuid IS NULL OR order_uuid > $1 ORDER BY order_uuid LIMIT $2) AS page \
         JOIN order_versions v ON v.order_uuid = page.order_uuid AND v.number = page.version_number \
         ORDER BY v.order_uuid",
    )
    .bind::<Nullable<SqlUuid>, _>(after.map(|order| order.0))
    .bind::<Integer, _>(limit)
    .load(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PublishedOrder {
                order: OrderId(row.order_uuid),
                version: row.number,
                identifier: row.identifier,
                organization: row.organization_name,
                content: read_content(row.content, row.schema_version)?,
            })
        })
        .collect()
}

/// Puts an edition into use for the rest of this transaction, which must not be committed; no load runs meanwhile, and
/// nobody else sees it. Answers whether there is one of this name.
///
/// # Errors
/// When a query fails.
pub async fn suppose_in_use(connection: &mut Connection, name: &str) -> QueryResult<bool> {
    Statement::<()>::new("SELECT pg_advisory_xact_lock($1)", [Bind::BigInt(LOCK)]).execute(connection).await?;
    Statement::<()>::new(
        "UPDATE reference.editions e SET is_active = false FROM reference.editions n \
         WHERE n.name = $1 AND e.id <> n.id AND e.is_active \
           AND (e.kind, e.source, e.territory) = (n.kind, n.source, n.territory)",
        [Bind::Text(name)],
    )
    .execute(connection)
    .await?;
    let supposed =
        Statement::<()>::new("UPDATE reference.editions SET is_active = true WHERE name = $1", [Bind::Text(name)]);
    Ok(supposed.execute(connection).await? == 1)
}

/// Keeps what was found in place of the last comparison with the same edition, measured against what is public.
///
/// # Errors
/// When a query fails.
pub async fn keep(connection: &mut Connection, compared_with: &str, shadows: &[Shadow]) -> QueryResult<Vec<Moved>> {
    let rows = shadows.iter().map(row).collect::<QueryResult<Vec<_>>>()?;
    diesel::sql_query("DELETE FROM reference.shadow_locations WHERE compared_with = $1")
        .bind::<Text, _>(compared_with)
        .execute(connection)
        .await?;
    // Distances are taken in the plane that suits both geometries best.
    diesel::sql_query(
        "INSERT INTO reference.shadow_locations (location_uuid, order_uuid, version_number, compared_with, \
            edition_before, edition_after, outcome, moved_m, reason, geometry, found) \
         SELECT location_uuid, order_uuid, version_number, $2, edition_before, edition_after, \
            CASE WHEN reason IS NOT NULL THEN 'lost' WHEN moved_m < 0.5 THEN 'unchanged' \
                 WHEN moved_m < 5 THEN 'moved' ELSE 'changed' END, \
            moved_m, reason, geometry, found \
         FROM (SELECT row.location_uuid, row.order_uuid, row.version_number, row.edition_before, row.edition_after, \
                      row.reason, row.found, after.geometry, \
                      ST_HausdorffDistance(ST_Transform(before.geometry, plane.srid), \
                                           ST_Transform(after.geometry, plane.srid)) AS moved_m \
               FROM jsonb_to_recordset($1) AS row (location_uuid uuid, order_uuid uuid, version_number integer, \
                        edition_before text, edition_after text, reason text, geometry text, found jsonb) \
               JOIN public_restrictions p ON p.location_uuid = row.location_uuid \
               CROSS JOIN LATERAL (SELECT ST_CollectionExtract(p.geometry) AS geometry) AS before \
               CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_SetSRID(ST_GeomFromGeoJSON(row.geometry), 4326)) \
                                       AS geometry) AS after \
               CROSS JOIN LATERAL (SELECT _ST_BestSRID(before.geometry::geography, \
                                       coalesce(after.geometry, before.geometry)::geography) AS srid) AS plane) AS moved \
         RETURNING location_uuid, outcome, moved_m",
    )
    .bind::<Jsonb, _>(serde_json::Value::Array(rows))
    .bind::<Text, _>(compared_with)
    .load(connection)
    .await
}

fn row(shadow: &Shadow) -> QueryResult<serde_json::Value> {
    let (found, reason) = match &shadow.found {
        Ok(found) => (Some(found), None),
        Err(reason) => (None, Some(reason)),
    };
    Ok(serde_json::json!({
        "location_uuid": shadow.location,
        "order_uuid": shadow.order.0,
        "version_number": shadow.version,
        "edition_before": shadow.edition_before,
        "edition_after": found.and_then(|found| found.edition.as_deref()),
        "reason": reason,
        "geometry": found.map(|found| found.geometry.to_string()),
        "found": found.map(to_json).transpose()?,
    }))
}
