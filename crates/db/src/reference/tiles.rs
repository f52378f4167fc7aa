//! Vector tiles of the base map, made from the loaded network.

use diesel::prelude::*;
use diesel::sql_types::Bytea;
use diesel_async::RunQueryDsl;

use super::statement::{Bind, Statement};
use crate::Connection;

/// Deepest zoom of a tile.
pub const MAX_ZOOM: u8 = 22;

/// Base-map tile `z`/`x`/`y` (Web Mercator, extent 4096, buffer 64) as a Mapbox vector tile; empty where nothing is
/// loaded and outside the pyramid. Two layers: `roads` (`class`, `name`, `number`, `level`, `oneway`) and `communes`
/// (`code`, `name`).
///
/// The further out, the fewer roads: motorways and primary roads from zoom 6, secondary from 9, tertiary from 11,
/// streets from 12, paths and service ways from 14.
///
/// # Errors
/// When the query fails.
pub async fn base_tile(connection: &mut Connection, z: u8, x: u32, y: u32) -> QueryResult<Vec<u8>> {
    let side = 1_u64 << z.min(MAX_ZOOM);
    if z > MAX_ZOOM || u64::from(x) >= side || u64::from(y) >= side {
        return Ok(Vec::new());
    }
    let (zoom, column, row) = (i32::from(z), i64::from(x), i64::from(y));
    let classes: Vec<String> = classes_at(z).iter().map(|class| (*class).to_owned()).collect();
    // About half a pixel of a 512-pixel tile at 45° of latitude, in degrees.
    let tolerance_deg = 360.0 / 1024.0 / 2f64.powi(zoom);
    Statement::<Bytea>::new(
        "WITH tile AS MATERIALIZED ( \
             SELECT ST_TileEnvelope($1, $2::integer, $3::integer) AS box, \
                    ST_Transform(ST_TileEnvelope($1, $2::integer, $3::integer, margin => 64.0 / 4096), 4326) AS around), \
         active AS MATERIALIZED (SELECT id FROM reference.editions WHERE is_active), \
         roads AS MATERIALIZED ( \
             SELECT ST_AsMVTGeom(ST_Transform(ST_Simplify(s.geometry, $5, true), 3857), tile.box, 4096, 64) AS geometry, \
                    s.class, t.name, s.road_number AS number, s.level::integer AS level, s.oneway::integer AS oneway \
             FROM tile CROSS JOIN active JOIN reference.segments s ON s.edition_id = active.id \
             LEFT JOIN LATERAL ( \
                 SELECT x.name FROM reference.streets x WHERE x.edition_id = s.edition_id \
                    AND x.street_id = COALESCE(s.street_left, s.street_right) LIMIT 1) t ON true \
             WHERE s.geometry && tile.around AND s.class = ANY ($4) \
             ORDER BY s.segment_id), \
         communes AS MATERIALIZED ( \
             SELECT ST_AsMVTGeom(ST_Transform(ST_Simplify(g.geometry, $5, true), 3857), tile.box, 4096, 64) AS geometry, \
                    g.insee AS code, \
                    (SELECT c.name FROM reference.communes c JOIN active ON active.id = c.edition_id \
                     WHERE c.insee = g.insee AND c.kind IN ('commune', 'arrondissement') LIMIT 1) AS name \
             FROM tile CROSS JOIN active JOIN reference.commune_contours g ON g.edition_id = active.id \
             WHERE g.geometry && tile.around AND $1 >= 9 \
             ORDER BY g.insee) \
         SELECT COALESCE((SELECT ST_AsMVT(roads, 'roads', 4096, 'geometry') FROM roads \
                          WHERE roads.geometry IS NOT NULL), ''::bytea) \
             || COALESCE((SELECT ST_AsMVT(communes, 'communes', 4096, 'geometry') FROM communes \
                          WHERE communes.geometry IS NOT NULL), ''::bytea)",
        [
            Bind::Integer(zoom),
            Bind::BigInt(column),
            Bind::BigInt(row),
            Bind::Texts(&classes),
            Bind::Double(tolerance_deg),
        ],
    )
    .get_result(connection)
    .await
}

/// Classes of roads that a tile of this zoom shows.
fn classes_at(z: u8) -> &'static [&'static str] {
    const CLASSES: [&str; 14] = [
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "local",
        "pedestrian",
        "ferry",
        "service",
        "cycleway",
        "track",
        "path",
        "steps",
        "other",
    ];
    let shown = match z {
        0..=5 => 0,
        6..=8 => 3,
        9..=10 => 4,
        11 => 5,
        12..=13 => 8,
        _ => CLASSES.len(),
    };
    CLASSES.split_at(shown).0
}
