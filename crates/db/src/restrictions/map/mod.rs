//! What maps read: tiles, features, lists, popups, extents.

mod active;
mod drafts;
mod filter;
mod listed;
mod tile;

use dialog_domain::{LocationId, OrderId, OrganizationId};
use dialog_geo::tile::Tile;
use diesel::prelude::*;
use diesel::sql_types::{Double, Jsonb, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::{Stream, TryStreamExt};
use uuid::Uuid;

pub use drafts::drafts;
pub use filter::MapFilter;
pub use listed::{ListedRestriction, listed};
pub use tile::{CutTile, NEAR_ZOOM, tile};

use crate::Connection;
use crate::feeds::clauses::Value;
use crate::schema::public_restrictions;

/// A rectangle in degrees.
#[derive(Clone, Copy, Debug, PartialEq, QueryableByName)]
pub struct BoundingBox {
    /// Western edge.
    #[diesel(sql_type = Double)]
    pub min_lon: f64,
    /// Southern edge.
    #[diesel(sql_type = Double)]
    pub min_lat: f64,
    /// Eastern edge.
    #[diesel(sql_type = Double)]
    pub max_lon: f64,
    /// Northern edge.
    #[diesel(sql_type = Double)]
    pub max_lat: f64,
}

impl BoundingBox {
    /// The rectangle of a tile with its buffer.
    fn of_tile(tile: Tile) -> Self {
        let [min_lon, min_lat, max_lon, max_lat] = tile.bounds();
        Self { min_lon, min_lat, max_lon, max_lat }
    }

    /// West, south, east and north.
    const fn edges(self) -> [f64; 4] {
        [self.min_lon, self.min_lat, self.max_lon, self.max_lat]
    }
}

/// A restriction at a location, as the map and the list beside it tell it.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct MapRow {
    /// The location.
    #[diesel(sql_type = SqlUuid)]
    pub location_uuid: Uuid,
    /// Its order.
    #[diesel(sql_type = SqlUuid)]
    pub order_uuid: Uuid,
    /// Type of measure.
    #[diesel(sql_type = Text)]
    pub measure_type: String,
    /// Category of the order.
    #[diesel(sql_type = Text)]
    pub category: String,
    /// What a popup tells.
    #[diesel(sql_type = Jsonb)]
    pub card: serde_json::Value,
}

/// The columns of [`MapRow`].
const ROW: &str = "location_uuid, order_uuid, measure_type, category, card";

/// A location on the map.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct Feature {
    /// What it is.
    #[diesel(embed)]
    pub restriction: MapRow,
    /// Text of a GeoJSON geometry.
    #[diesel(sql_type = Text)]
    pub geometry: String,
}

/// The prepared geometry for a zoom.
const fn geometry_column(zoom: f64) -> &'static str {
    if zoom < 9.0 {
        "geometry_z8"
    } else if zoom < 13.0 {
        "geometry_z12"
    } else {
        "geometry"
    }
}

/// What the filter lets through, in drawing order: what must be seen comes last. Without zoom, geometries are true to
/// about 3 m.
///
/// # Errors
/// When the query fails.
pub async fn features<'connection>(
    connection: &'connection mut Connection,
    filter: &MapFilter,
    zoom: Option<f64>,
) -> QueryResult<impl Stream<Item = QueryResult<Feature>> + Send + use<'connection>> {
    let geometry = zoom.map_or("geometry", geometry_column);
    let mut clauses = filter.clauses(connection, "r").await?;
    if let Some(area) = filter.bounding_box {
        // The full geometry has the index, and nothing simpler reaches beyond it.
        clauses.and("r.geometry && ST_MakeEnvelope(?, ?, ?, ?, 4326)", area.edges().map(Value::Number));
    }
    let query = diesel::sql_query(format!(
        "SELECT {ROW}, ST_AsGeoJSON(ST_Simplify(r.{geometry}, 0.00003, true), 6) AS geometry \
         FROM public_restrictions r WHERE {} \
         ORDER BY array_position(ARRAY['alternateRoad', 'parkingProhibited', 'speedLimitation', 'noEntry', \
            'noOvertaking'], r.measure_type), r.location_uuid",
        clauses.sql()
    ));
    Ok(clauses.bind(query).load_stream::<Feature>(connection).await?.into_stream())
}

/// What the popup of a public location tells.
///
/// # Errors
/// When the query fails.
pub async fn card(connection: &mut Connection, location: LocationId) -> QueryResult<Option<serde_json::Value>> {
    public_restrictions::table.find(location.0).select(public_restrictions::card).first(connection).await.optional()
}

#[derive(QueryableByName)]
struct Extent {
    #[diesel(embed)]
    extent: Option<BoundingBox>,
}

/// The corners of `box`, for a query that has it.
const CORNERS: &str =
    "SELECT ST_XMin(box) AS min_lon, ST_YMin(box) AS min_lat, ST_XMax(box) AS max_lon, ST_YMax(box) AS max_lat";

/// The rectangle around what is public of an order.
///
/// # Errors
/// When the query fails.
pub async fn order_extent(connection: &mut Connection, order: OrderId) -> QueryResult<Option<BoundingBox>> {
    let row = diesel::sql_query(format!(
        "{CORNERS} FROM (SELECT ST_Extent(geometry) AS box FROM public_restrictions WHERE order_uuid = $1) AS extent"
    ))
    .bind::<SqlUuid, _>(order.0)
    .get_result::<Extent>(connection)
    .await?;
    Ok(row.extent)
}

/// The rectangle around the perimeter of an organization.
///
/// # Errors
/// When the query fails.
pub async fn organization_extent(
    connection: &mut Connection,
    organization: OrganizationId,
) -> QueryResult<Option<BoundingBox>> {
    let row = diesel::sql_query(format!(
        "{CORNERS} FROM (SELECT ST_Extent(geometry) AS box FROM organization_areas WHERE organization_uuid = $1) \
         AS extent"
    ))
    .bind::<SqlUuid, _>(organization.0)
    .get_result::<Extent>(connection)
    .await?;
    Ok(row.extent)
}

/// The rectangle around what the organization that publishes most has published.
///
/// # Errors
/// When the query fails.
pub async fn busiest_extent(connection: &mut Connection) -> QueryResult<Option<BoundingBox>> {
    let row = diesel::sql_query(format!(
        "{CORNERS} FROM (SELECT ST_Extent(geometry) AS box FROM public_restrictions \
            GROUP BY organization_uuid ORDER BY count(*) DESC, organization_uuid LIMIT 1) AS extent"
    ))
    .get_result::<Extent>(connection)
    .await
    .optional()?;
    Ok(row.and_then(|row| row.extent))
}
