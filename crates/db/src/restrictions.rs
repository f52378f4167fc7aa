//! What is public, one row per measure and location: what maps read.

mod map;
mod rows;

use chrono::{DateTime, Utc};
use dialog_domain::{Found, Geometry, Location, LocationDescription, Measure, OrderId, RestrictedVehicles};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Jsonb, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::FutureExt;

pub use map::{
    BoundingBox, CutTile, Feature, ListedRestriction, MapFilter, MapRow, NEAR_ZOOM, busiest_extent, card, drafts,
    features, listed, order_extent, organization_extent, tile,
};
pub use rows::{GeometryText, RestrictionRow, rows};

use crate::cached::Cached;
use crate::orders::Order;
use crate::schema::public_restrictions;
use crate::words::{to_json, word};
use crate::{Connection, pipeline};

/// A measure at one of its locations, as maps will show it.
#[derive(Clone, Debug)]
pub struct NewRestriction<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// The location.
    pub location: &'a Location,
    /// Where the location was found.
    pub found: &'a Found,
    /// The stretches of time of the measure's periods, as exact instants; `None`: for good.
    pub validity: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// What a popup tells.
    pub card: serde_json::Value,
}

/// Replaces what is public of an order.
///
/// # Errors
/// When a query fails.
pub async fn replace(
    connection: &Connection,
    order: &Order,
    version: i32,
    restrictions: &[NewRestriction<'_>],
) -> QueryResult<()> {
    let written = insert(connection, order, version, restrictions);
    pipeline([delete(connection, order.id).boxed(), written.boxed()]).await
}

/// Writes what is public of an order of which nothing is yet.
///
/// # Errors
/// When the query fails.
pub async fn insert(
    mut connection: &Connection,
    order: &Order,
    version: i32,
    restrictions: &[NewRestriction<'_>],
) -> QueryResult<()> {
    if restrictions.is_empty() {
        return Ok(());
    }
    let rows = restrictions.iter().map(row).collect::<QueryResult<Vec<_>>>()?;
    // Degrees: 0.0001 is about 10 m, 0.001 about 100 m. A line that would vanish is kept as a point-like line.
    Cached(diesel::sql_query(
        "INSERT INTO public_restrictions (location_uuid, measure_uuid, order_uuid, version_number, organization_uuid, \
            category, measure_type, max_speed_kmh, restricts_heavy_goods, vehicle_set, periods, validity, card, \
            city_codes, area, direction, road_type, road_name, city_code, length_m, geometry, geometry_z12, geometry_z8) \
         SELECT location_uuid, measure_uuid, $2, $3, $4, $5, measure_type, max_speed_kmh, restricts_heavy_goods, \
            vehicle_set, periods, validity, card, CASE WHEN city_code IS NULL THEN reference.communes_of(COALESCE(ground, shape)) \
                WHEN road_type = 'wholeCity' THEN ARRAY[city_code] || reference.arrondissements_of(city_code) \
                ELSE ARRAY[city_code] END, ground, direction, \
            road_type, road_name, city_code, length_m, shape, COALESCE(ST_Simplify(shape, 0.0001, true), shape), \
            COALESCE(ST_Simplify(shape, 0.001, true), shape) \
         FROM jsonb_to_recordset($1) AS row (location_uuid uuid, measure_uuid uuid, measure_type text, \
            max_speed_kmh integer, restricts_heavy_goods boolean, vehicle_set jsonb, periods jsonb, \
            validity tstzmultirange, card jsonb, direction text, road_type text, road_name text, city_code text, \
            length_m double precision, geometry text, area text), \
            LATERAL ST_SetSRID(ST_GeomFromGeoJSON(row.geometry), 4326) AS shape, \
            LATERAL ST_SetSRID(ST_GeomFromGeoJSON(row.area), 4326) AS ground",
    )
    .bind::<Jsonb, _>(serde_json::Value::Array(rows))
    .bind::<SqlUuid, _>(order.id.0)
    .bind::<Integer, _>(version)
    .bind::<SqlUuid, _>(order.organization.id.0)
    .bind::<Text, _>(word(order.content.category)?))
    .execute(&mut connection)
    .await
    .map(drop)
}

/// Removes what is public of an order.
///
/// # Errors
/// When the query fails.
pub async fn delete(mut connection: &Connection, order: OrderId) -> QueryResult<()> {
    diesel::delete(public_restrictions::table.filter(public_restrictions::order_uuid.eq(order.0)))
        .execute(&mut connection)
        .await
        .map(drop)
}

fn row(restriction: &NewRestriction<'_>) -> QueryResult<serde_json::Value> {
    let NewRestriction { measure, location, found, validity, card } = restriction;
    let restricts_heavy_goods = measure
        .vehicle_set
        .restricted
        .iter()
        .any(|vehicles| matches!(vehicles, RestrictedVehicles::HeavyGoodsVehicle { .. }));
    Ok(serde_json::json!({
        "location_uuid": location.id,
        "measure_uuid": measure.id,
        "measure_type": measure.kind.as_str(),
        "max_speed_kmh": measure.max_speed_kmh,
        "restricts_heavy_goods": restricts_heavy_goods,
        "vehicle_set": to_json(&measure.vehicle_set)?,
        "periods": to_json(&measure.periods)?,
        "validity": multirange(validity),
        "card": card,
        "direction": to_json(&location.asked.direction())?,
        "road_type": to_json(&location.asked.road_type())?,
        "road_name": road_name(&location.asked),
        "city_code": city_code(&location.asked),
        "length_m": found.length_m,
        "geometry": found.geometry.to_string(),
        "area": area(&location.asked, found).map(ToString::to_string),
    }))
}

/// What the place is called: the street, the number of the road, or what the area is called.
fn road_name(asked: &LocationDescription) -> &str {
    match asked {
        LocationDescription::NamedStreet(street) => &street.road_name,
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => &road.road_number,
        LocationDescription::RawGeoJson { label, .. } | LocationDescription::Zone { label, .. } => label,
        LocationDescription::WholeCity { city_label, .. } => city_label,
    }
}

/// The ground that is covered, where the geometry is the streets on it.
const fn area<'a>(asked: &'a LocationDescription, found: &'a Found) -> Option<&'a Geometry> {
    match asked {
        LocationDescription::WholeCity { .. } => found.contour.as_ref(),
        LocationDescription::Zone { geometry, .. } => Some(geometry),
        _ => None,
    }
}

fn city_code(asked: &LocationDescription) -> Option<&str> {
    match asked {
        LocationDescription::NamedStreet(street) => Some(&street.city_code),
        LocationDescription::WholeCity { city_code, .. } => Some(city_code),
        _ => None,
    }
}

/// The text of a `tstzmultirange`; PostgreSQL merges what overlaps.
fn multirange(stretches: &[(DateTime<Utc>, Option<DateTime<Utc>>)]) -> String {
    let ranges: Vec<String> = stretches
        .iter()
        .filter(|(start, end)| end.is_none_or(|end| *start < end))
        .map(|(start, end)| {
            let end = end.map(|end| end.to_rfc3339()).unwrap_or_default();
            format!("[{},{end})", start.to_rfc3339())
        })
        .collect();
    format!("{{{}}}", ranges.join(","))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::multirange;

    #[test]
    fn open_and_empty_stretches_of_time_are_written_as_postgresql_reads_them() {
        let day = |day| Utc.with_ymd_and_hms(2026, 12, day, 0, 0, 0).unwrap();
        let text = multirange(&[(day(1), Some(day(2))), (day(3), Some(day(3))), (day(4), None)]);
        assert_eq!(text, "{[2026-12-01T00:00:00+00:00,2026-12-02T00:00:00+00:00),[2026-12-04T00:00:00+00:00,)}");
        assert_eq!(multirange(&[]), "{}");
    }
}
