use dialog_geo::tile::{Attribute, Layer, Shape, Tile};
use dialog_geo::wkb;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{BoundingBox, MapFilter, geometry_column};
use crate::Connection;
use crate::cached::Cached;
use crate::feeds::clauses::{Clauses, Value};

/// From this zoom on a street is long enough to be seen. Before it restrictions are counted, and only the lines that
/// stretch over several pixels are drawn.
pub const NEAR_ZOOM: u8 = 12;
/// A tile counts in 16 × 16 cells: of 32 pixels, when it is shown on 512.
const GRID_BITS: u8 = 4;
/// The length of eight pixels at zoom 0, in France, metres.
const EIGHT_PIXELS_M: f64 = 400_000.0;

#[derive(QueryableByName)]
struct LineRow {
    #[diesel(sql_type = SqlUuid)]
    location_uuid: Uuid,
    #[diesel(sql_type = Text)]
    measure_type: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Text)]
    direction: String,
    #[diesel(sql_type = Binary)]
    shape: Vec<u8>,
}

#[derive(QueryableByName)]
struct ClusterRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = BigInt)]
    cell: i64,
    #[diesel(sql_type = Text)]
    location_uuid: String,
    #[diesel(sql_type = Text)]
    measure_type: String,
    #[diesel(sql_type = Text)]
    category: String,
}

/// A vector tile; empty when it shows nothing. Layer `restrictions`: lines, areas and points with `measure_type`,
/// `location_uuid`, `regulation_category`, and `direction` (`oneWay`: along the line) where one direction alone is bound.
/// Layer `clusters`, before zoom 12: how many restrictions (`count`) have their middle around a dot; the attributes above
/// when it is one.
///
/// # Errors
/// When a query fails.
pub async fn tile(connection: &mut Connection, filter: &MapFilter, tile: Tile) -> QueryResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if filter.is_empty() || !tile.exists() {
        return Ok(bytes);
    }
    let clauses = filter.clauses(connection).await?;
    lines(connection, clauses.clone(), tile).await?.finish(&mut bytes);
    if tile.z < NEAR_ZOOM {
        clusters(connection, clauses, tile).await?.finish(&mut bytes);
    }
    Ok(bytes)
}

async fn lines(connection: &mut Connection, mut clauses: Clauses, tile: Tile) -> QueryResult<Layer> {
    let bounds = BoundingBox::of_tile(tile);
    clauses.and("r.geometry && ST_MakeEnvelope(?, ?, ?, ?, 4326)", bounds.edges().map(Value::Number));
    let is_near = tile.z >= NEAR_ZOOM;
    if !is_near {
        clauses.and("r.length_m > ?", [Value::Number(EIGHT_PIXELS_M / f64::from(tile.z).exp2())]);
    }
    let geometry = geometry_column(f64::from(tile.z));
    let query = clauses.bind(diesel::sql_query(format!(
        "SELECT r.location_uuid, r.measure_type, r.category, r.direction, ST_AsBinary(r.{geometry}, 'NDR') AS shape \
         FROM public_restrictions r WHERE {}",
        clauses.sql()
    )));
    // From afar the plan depends on how much of the world the tile covers; near by it is always the same.
    let rows: Vec<LineRow> =
        if is_near { Cached(query).load(connection).await? } else { query.load(connection).await? };
    let mut layer = Layer::new("restrictions");
    for row in rows {
        let geometry = wkb::read(&row.shape)
            .ok_or_else(|| diesel::result::Error::DeserializationError("a geometry is not WKB".into()))?;
        for shape in Shape::of(&geometry, tile, row.direction == "B_TO_A") {
            let direction = (row.direction != "BOTH").then(|| ("direction", Attribute::Text("oneWay".to_owned())));
            layer.add(
                &shape,
                attributes(&row.location_uuid.to_string(), &row.measure_type, &row.category).chain(direction),
            );
        }
    }
    Ok(layer)
}

async fn clusters(connection: &mut Connection, mut clauses: Clauses, tile: Tile) -> QueryResult<Layer> {
    let mut layer = Layer::new("clusters");
    let Some((first, end)) = tile.cells() else { return Ok(layer) };
    clauses.and("r.cell >= ? AND r.cell < ?", [Value::Long(first), Value::Long(end)]);
    let shift = 2 * (dialog_geo::tile::CELL_ZOOM - GRID_BITS).saturating_sub(tile.z);
    // The middle one of the restrictions of a cell shows where they are: a point of the grid would look like one.
    let rows: Vec<ClusterRow> = clauses
        .bind(diesel::sql_query(format!(
            "SELECT count(*) AS count, percentile_disc(0.5) WITHIN GROUP (ORDER BY r.cell) AS cell, \
                min(r.location_uuid::text) AS location_uuid, min(r.measure_type) AS measure_type, \
                min(r.category) AS category \
             FROM public_restrictions r WHERE {} GROUP BY r.cell >> {shift}",
            clauses.sql()
        )))
        .load(connection)
        .await?;
    for row in rows {
        let count = [("count", Attribute::Number(u64::try_from(row.count).unwrap_or_default()))];
        let one = (row.count == 1).then(|| attributes(&row.location_uuid, &row.measure_type, &row.category));
        layer.add(&Shape::dot(tile.cell_middle(row.cell)), count.into_iter().chain(one.into_iter().flatten()));
    }
    Ok(layer)
}

fn attributes(location: &str, kind: &str, category: &str) -> impl Iterator<Item = (&'static str, Attribute)> + use<> {
    [("measure_type", kind), ("location_uuid", location), ("regulation_category", category)]
        .map(|(key, text)| (key, Attribute::Text(text.to_owned())))
        .into_iter()
}
