use std::f64::consts::PI;

use chrono::{DateTime, Utc};
use dialog_domain::{LocationId, MeasureType, OrderCategory, OrderId, OrganizationId};
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, Binary, Bool, Double, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures::{Stream, TryStreamExt};
use uuid::Uuid;

use crate::Connection;
use crate::schema::public_restrictions;
use crate::words::word;

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
    const WORLD: Self = Self { min_lon: -180.0, min_lat: -90.0, max_lon: 180.0, max_lat: 90.0 };
}

/// What to show on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFilter {
    /// Where; `None`: everywhere.
    pub bounding_box: Option<BoundingBox>,
    /// Types of measure.
    pub measure_types: Vec<MeasureType>,
    /// Categories of order.
    pub categories: Vec<OrderCategory>,
    /// Whether to show what restricts heavy goods vehicles.
    pub heavy_goods: bool,
    /// Only what applies at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Only what applies before this instant.
    pub until: Option<DateTime<Utc>>,
}

impl MapFilter {
    /// Whether nothing can match.
    fn is_empty(&self) -> bool {
        self.measure_types.is_empty()
            || self.categories.is_empty()
            || self.from.zip(self.until).is_some_and(|(from, until)| from >= until)
    }
}

/// A location on the map.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct Feature {
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
    /// Text of a GeoJSON geometry.
    #[diesel(sql_type = Text)]
    pub geometry: String,
}

/// A tile of the usual square grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Zoom, 0 for the whole world.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

/// Units of a tile's side, and how far geometries go beyond it.
const TILE_EXTENT: i32 = 4096;
const TILE_BUFFER: i32 = 64;

impl Tile {
    /// Whether the grid has such a tile.
    #[must_use]
    pub const fn exists(self) -> bool {
        self.z <= 31 && (self.x as u64) < (1 << self.z) && (self.y as u64) < (1 << self.z)
    }

    /// The tile with its buffer, within the world.
    fn bounding_box(self) -> BoundingBox {
        let side = f64::from(self.z).exp2();
        let buffer = f64::from(TILE_BUFFER) / f64::from(TILE_EXTENT);
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let longitude = |x: f64| (x / side * 360.0 - 180.0).clamp(-180.0, 180.0);
        let latitude = |y: f64| (PI * (1.0 - 2.0 * (y / side).clamp(0.0, 1.0))).sinh().atan().to_degrees();
        BoundingBox {
            min_lon: longitude(x - buffer),
            min_lat: latitude(y + 1.0 + buffer),
            max_lon: longitude(x + 1.0 + buffer),
            max_lat: latitude(y - buffer),
        }
    }
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

/// The conditions of a filter, with parameters `$1` to `$9`; see [`bind`]. The full geometry has the index, and nothing
/// simpler reaches beyond it.
const CONDITIONS: &str = "geometry && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND measure_type = ANY($5) \
    AND category = ANY($6) AND ($7 OR NOT restricts_heavy_goods) \
    AND ($8 IS NULL AND $9 IS NULL OR validity && tstzrange($8, $9, '[)'))";

fn bind(
    query: SqlQuery,
    area: BoundingBox,
    filter: &MapFilter,
) -> QueryResult<BoxedSqlQuery<'static, diesel::pg::Pg, SqlQuery>> {
    // PostgreSQL refuses a range whose bounds are in the wrong order, even where no row is asked for.
    let (from, until) = if filter.is_empty() { (None, None) } else { (filter.from, filter.until) };
    let measure_types: Vec<&'static str> = filter.measure_types.iter().map(|kind| kind.as_str()).collect();
    let categories = filter.categories.iter().map(|&category| word(category)).collect::<QueryResult<Vec<_>>>()?;
    Ok(query
        .into_boxed()
        .bind::<Double, _>(area.min_lon)
        .bind::<Double, _>(area.min_lat)
        .bind::<Double, _>(area.max_lon)
        .bind::<Double, _>(area.max_lat)
        .bind::<Array<Text>, _>(measure_types)
        .bind::<Array<Text>, _>(categories)
        .bind::<Bool, _>(filter.heavy_goods)
        .bind::<Nullable<Timestamptz>, _>(from)
        .bind::<Nullable<Timestamptz>, _>(until))
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
    let limit = if filter.is_empty() { 0 } else { i64::MAX };
    let query = diesel::sql_query(format!(
        "SELECT location_uuid, order_uuid, measure_type, category, card, \
            ST_AsGeoJSON(ST_Simplify({geometry}, 0.00003, true), 6) AS geometry \
         FROM public_restrictions WHERE {CONDITIONS} \
         ORDER BY array_position(ARRAY['alternateRoad', 'parkingProhibited', 'speedLimitation', 'noEntry', \
            'noOvertaking'], measure_type), location_uuid LIMIT {limit}"
    ));
    let query = bind(query, filter.bounding_box.unwrap_or(BoundingBox::WORLD), filter)?;
    Ok(query.load_stream::<Feature>(connection).await?.into_stream())
}

/// A vector tile with the layer `restrictions`; empty when the tile shows nothing.
///
/// # Errors
/// When the query fails.
pub async fn tile(connection: &mut Connection, filter: &MapFilter, tile: Tile) -> QueryResult<Vec<u8>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Binary>)]
        tile: Option<Vec<u8>>,
    }
    if filter.is_empty() || !tile.exists() {
        return Ok(Vec::new());
    }
    let geometry = geometry_column(f64::from(tile.z));
    let query = diesel::sql_query(format!(
        "SELECT ST_AsMVT(layer, 'restrictions', {TILE_EXTENT}, 'shape') AS tile FROM ( \
            SELECT measure_type, location_uuid::text AS location_uuid, category AS regulation_category, \
                ST_AsMVTGeom(ST_Transform({geometry}, 3857), ST_TileEnvelope($10, $11, $12), {TILE_EXTENT}, \
                    {TILE_BUFFER}, true) AS shape \
            FROM public_restrictions WHERE {CONDITIONS} \
            ORDER BY array_position(ARRAY['alternateRoad', 'parkingProhibited', 'speedLimitation', 'noEntry', \
                'noOvertaking'], measure_type), public_restrictions.location_uuid) AS layer \
         WHERE shape IS NOT NULL"
    ));
    let row = bind(query, tile.bounding_box(), filter)?
        .bind::<Integer, _>(i32::from(tile.z))
        .bind::<Integer, _>(i32::try_from(tile.x).unwrap_or(i32::MAX))
        .bind::<Integer, _>(i32::try_from(tile.y).unwrap_or(i32::MAX))
        .get_result::<Row>(connection)
        .await?;
    Ok(row.tile.unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use super::Tile;

    #[test]
    fn tile_that_covers_the_world_stays_within_it() {
        let world = Tile { z: 0, x: 0, y: 0 }.bounding_box();
        assert_eq!((world.min_lon, world.max_lon), (-180.0, 180.0));
        assert!((world.max_lat - 85.051_13).abs() < 1e-4 && (world.min_lat + 85.051_13).abs() < 1e-4);
    }

    #[test]
    fn tile_of_paris_contains_the_town_hall() {
        let tile = Tile { z: 14, x: 8299, y: 5636 }.bounding_box();
        assert!(tile.min_lon < 2.3522 && 2.3522 < tile.max_lon && tile.min_lat < 48.8566 && 48.8566 < tile.max_lat);
    }

    #[test]
    fn tiles_beyond_the_grid_do_not_exist() {
        assert!(Tile { z: 2, x: 3, y: 3 }.exists());
        assert!(!Tile { z: 2, x: 4, y: 0 }.exists());
        assert!(!Tile { z: 23, x: u32::MAX, y: 0 }.exists());
    }
}
