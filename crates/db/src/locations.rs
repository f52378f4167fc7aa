//! Geometry of the working copies, and how it lies in the perimeter of an organization.

use dialog_domain::{OrderContent, OrderId, OrganizationId};
use diesel::prelude::*;
use diesel::sql_types::{Double, Jsonb, Nullable, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::FutureExt;

use crate::cached::Cached;
use crate::{Connection, pipeline};

/// Tolerance around the perimeter of an organization, metres.
const PERIMETER_TOLERANCE_M: f64 = 100.0;

/// Replaces the locations of an order by those of its working copy.
///
/// # Errors
/// When a query fails.
pub async fn replace(connection: &Connection, order: OrderId, content: &OrderContent) -> QueryResult<()> {
    pipeline([delete(connection, order).boxed(), insert(connection, order, content).boxed()]).await
}

/// Writes the locations of an order that has none yet.
///
/// # Errors
/// When the query fails.
pub async fn insert(mut connection: &Connection, order: OrderId, content: &OrderContent) -> QueryResult<()> {
    let rows: Vec<serde_json::Value> = content
        .measures
        .iter()
        .flat_map(|measure| measure.locations.iter().map(move |location| (measure.id, location)))
        .enumerate()
        .map(|(position, (measure, location))| {
            serde_json::json!({
                "uuid": location.id,
                "measure_uuid": measure,
                "position": position,
                "geometry": location.found.as_ref().map(|found| found.geometry.to_string()),
            })
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    Cached(
        diesel::sql_query(
            "INSERT INTO order_locations (uuid, order_uuid, measure_uuid, position, geometry) \
         SELECT uuid, $2, measure_uuid, position, ST_SetSRID(ST_GeomFromGeoJSON(geometry), 4326) \
         FROM jsonb_to_recordset($1) AS row (uuid uuid, measure_uuid uuid, position integer, geometry text)",
        )
        .bind::<Jsonb, _>(serde_json::Value::Array(rows))
        .bind::<SqlUuid, _>(order.0),
    )
    .execute(&mut connection)
    .await
    .map(drop)
}

/// Removes the locations of an order.
///
/// # Errors
/// When the query fails.
pub async fn delete(mut connection: &Connection, order: OrderId) -> QueryResult<()> {
    use crate::schema::order_locations;
    diesel::delete(order_locations::table.filter(order_locations::order_uuid.eq(order.0)))
        .execute(&mut connection)
        .await
        .map(drop)
}

/// Which share of each geometry (texts of GeoJSON geometries) is inside the perimeter of the organization, from 0 to 1,
/// with a tolerance of 100 m: of the length of lines, of the surface of polygons, of the number of points. An
/// organization without area has no perimeter, and every share is 0.
///
/// # Errors
/// When the query fails, for instance on a text that is no geometry.
pub async fn perimeter_shares(
    connection: &mut Connection,
    organization: OrganizationId,
    geometries: &[String],
) -> QueryResult<Vec<f64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Double>)]
        share: Option<f64>,
    }
    if geometries.is_empty() {
        return Ok(Vec::new());
    }
    // An array of JSON, because PostgreSQL guesses the same length for all of them: with arrays of its own it plans again
    // for each length, which takes longer than the question.
    //
    // Growing a whole commune by 100 m is slow: the area is first cut to the surroundings of the geometry, whose edges
    // are farther away than the tolerance. Inside one area, nothing is measured at all.
    let rows = Cached(
        diesel::sql_query(
            "SELECT CASE \
            WHEN EXISTS (SELECT 1 FROM organization_areas a WHERE a.organization_uuid = $1 \
                AND ST_Covers(a.geometry, asked.geometry)) THEN 1 \
            ELSE (SELECT CASE ST_Dimension(asked.geometry) \
                WHEN 2 THEN ST_Area(ST_CollectionExtract(part, 3)::geography) \
                    / NULLIF(ST_Area(ST_CollectionExtract(asked.geometry, 3)::geography), 0) \
                WHEN 1 THEN ST_Length(ST_CollectionExtract(part, 2)::geography) \
                    / NULLIF(ST_Length(ST_CollectionExtract(asked.geometry, 2)::geography), 0) \
                ELSE ST_NumGeometries(ST_Multi(part))::double precision \
                    / NULLIF(ST_NumGeometries(ST_Multi(asked.geometry)), 0) END \
                FROM (SELECT ST_Intersection(asked.geometry, ST_Union(ST_Buffer( \
                        ST_ClipByBox2D(a.geometry, asked.surroundings)::geography, $3)::geometry)) AS part \
                    FROM organization_areas a \
                    WHERE a.organization_uuid = $1 AND a.geometry && asked.surroundings) AS cut \
                WHERE NOT ST_IsEmpty(part)) END AS share \
         FROM (SELECT rank, geometry, ST_Expand(ST_Envelope(geometry), 0.02) AS surroundings \
            FROM (SELECT rank, ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(text), 4326)) AS geometry \
                FROM jsonb_array_elements_text($2) WITH ORDINALITY AS given (text, rank)) AS read) AS asked \
         ORDER BY rank",
        )
        .bind::<SqlUuid, _>(organization.0)
        .bind::<Jsonb, _>(serde_json::Value::from(geometries))
        .bind::<Double, _>(PERIMETER_TOLERANCE_M),
    )
    .load::<Row>(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.share.unwrap_or(0.0).clamp(0.0, 1.0)).collect())
}
