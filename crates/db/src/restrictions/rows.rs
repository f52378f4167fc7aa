//! What is public as rows: a table of every measure at each of its locations.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::Stream;
use uuid::Uuid;

use crate::Connection;
use crate::feeds::{FeedFilter, Matching};
use crate::fragments::FeedName;

/// How geometries are written, seven decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeometryText {
    /// A GeoJSON geometry.
    GeoJson,
    /// Well-known text.
    Wkt,
}

/// A measure of a published order at one of its locations.
#[derive(Clone, Debug, QueryableByName)]
pub struct RestrictionRow {
    /// The location.
    #[diesel(sql_type = SqlUuid)]
    pub location_uuid: Uuid,
    /// The measure.
    #[diesel(sql_type = SqlUuid)]
    pub measure_uuid: Uuid,
    /// The order.
    #[diesel(sql_type = SqlUuid)]
    pub order_uuid: Uuid,
    /// Its version.
    #[diesel(sql_type = Integer)]
    pub version_number: i32,
    /// Who made it.
    #[diesel(sql_type = SqlUuid)]
    pub organization_uuid: Uuid,
    /// `permanentRegulation` or `temporaryRegulation`.
    #[diesel(sql_type = Text)]
    pub category: String,
    /// `planned`, `active` or `over`.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// What is restricted.
    #[diesel(sql_type = Text)]
    pub measure_type: String,
    /// Speed limit.
    #[diesel(sql_type = Nullable<Integer>)]
    pub max_speed_kmh: Option<i32>,
    /// For whom.
    #[diesel(sql_type = Jsonb)]
    pub vehicle_set: serde_json::Value,
    /// When.
    #[diesel(sql_type = Jsonb)]
    pub periods: serde_json::Value,
    /// First instant; none without period.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub starts_at: Option<DateTime<Utc>>,
    /// First instant after the last one; none for good.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ends_at: Option<DateTime<Utc>>,
    /// What a popup tells.
    #[diesel(sql_type = Jsonb)]
    pub card: serde_json::Value,
    /// Kind of location.
    #[diesel(sql_type = Text)]
    pub road_type: String,
    /// What the place is called.
    #[diesel(sql_type = Text)]
    pub road_name: String,
    /// INSEE code of its commune.
    #[diesel(sql_type = Nullable<Text>)]
    pub city_code: Option<String>,
    /// Length along the ground, metres.
    #[diesel(sql_type = Double)]
    pub length_m: f64,
    /// When the version was published.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    /// The geometry as text.
    #[diesel(sql_type = Text)]
    pub geometry: String,
}

/// The rows that pass a filter, by order and location, as PostgreSQL sends them.
///
/// # Errors
/// When the query fails.
pub async fn rows<'connection>(
    connection: &'connection mut Connection,
    filter: &FeedFilter,
    geometry: GeometryText,
) -> QueryResult<impl Stream<Item = QueryResult<RestrictionRow>> + Send + use<'connection>> {
    let matching = Matching::rows(FeedName::Datex, filter);
    let geometry = match geometry {
        GeometryText::GeoJson => "ST_AsGeoJSON(r.geometry, 7)",
        GeometryText::Wkt => "ST_AsText(r.geometry, 7)",
    };
    let query = diesel::sql_query(format!(
        "SELECT r.location_uuid, r.measure_uuid, r.order_uuid, r.version_number, r.organization_uuid, r.category, \
            c.state, r.measure_type, r.max_speed_kmh, r.vehicle_set, r.periods, lower(r.validity) AS starts_at, \
            upper(r.validity) AS ends_at, r.card, r.road_type, r.road_name, r.city_code, r.length_m, \
            listed.changed_at AS updated_at, {geometry} AS geometry \
         FROM current_feed_fragments c, public_restrictions r JOIN public_orders listed USING (order_uuid) \
         WHERE {} ORDER BY r.order_uuid, r.location_uuid",
        matching.sql()
    ));
    matching.bind(query).load_stream::<RestrictionRow>(connection).await
}
