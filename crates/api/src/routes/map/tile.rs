use actix_web::http::header::{CACHE_CONTROL, ETag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::MapQuery;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_geo::tile::Tile;

use super::selection::selection;
use super::tag_of;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::map::tiles::{Found, Key, Tiles};

/// Deepest zoom.
const MAX_ZOOM: u8 = 22;
/// An application that must show at once what was just published adds `?v=<revision>`.
const CACHE: &str = "public, max-age=300, stale-while-revalidate=300";

/// A vector tile (MVT) of what is public. Layer `restrictions`: lines, areas and points with `measure_type`,
/// `location_uuid`, `regulation_category`, and `direction` (`oneWay`, along the line) where one direction of traffic is
/// bound; before zoom 12 only what is longer than a few pixels. Layer `clusters`, before zoom 12: dots with `count`, and
/// with the attributes above when it is 1. Same filters and defaults as the GeoJSON; `bbox` and `zoom` are not used.
#[utoipa::path(
    get,
    path = "/api/map/tiles/{z}/{x}/{y}.mvt",
    tag = "Map",
    params(
        ("z" = u8, Path, description = "Zoom, 0 to 22"),
        ("x" = u32, Path, description = "Column, from the west"),
        ("y" = u32, Path, description = "Row, from the north"),
        MapQuery,
        ("v" = Option<String>, Query,
            description = "A `revision` that the caller knows of: the tile shows at least that. Anything else only makes \
                another entry of caches"),
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The tile", body = Vec<u8>, content_type = "application/vnd.mapbox-vector-tile",
            headers(("ETag" = String))),
        (status = 204, description = "Nothing to show, or no such tile"),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_tile(
    request: HttpRequest,
    state: web::Data<AppState>,
    tiles: web::Data<Tiles>,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (z, x, y) = path.into_inner();
    let tile = Tile {
        z: z.parse().ok().filter(|z| *z <= MAX_ZOOM).ok_or_else(|| invalid("z"))?,
        x: coordinate("x", &x)?,
        y: coordinate("y", &y)?,
    };
    let parameters = Parameters::of(&request);
    let now = state.clock.now();
    let selection = selection(&parameters, now)?;
    let (key, known) = Key::of(request.path(), request.query_string(), now);
    let found = match tiles.kept(&key, known) {
        Some(found) => found,
        None => tiles.present(&state, key.clone(), tile, selection).await?,
    };
    Ok(answer(&request, &key, found))
}

/// The answer that has a tile, or says that the caller has it.
pub(crate) fn answer(request: &HttpRequest, key: &Key, found: Found) -> HttpResponse {
    let tag = tag_of(found.revision, key);
    let (is_known, is_empty) = (is_fresh(request, &tag), found.bytes.is_empty());
    let mut response = match (is_known, is_empty) {
        (true, _) => HttpResponse::NotModified(),
        (false, true) => HttpResponse::NoContent(),
        (false, false) => HttpResponse::Ok(),
    };
    response.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, CACHE));
    if is_known || is_empty {
        response.finish()
    } else {
        response.content_type("application/vnd.mapbox-vector-tile").body(found.bytes)
    }
}

/// A column or a row; one that is too large for any grid is a tile that does not exist.
fn coordinate(name: &str, text: &str) -> Result<u32, Problem> {
    if text.is_empty() || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(invalid(name));
    }
    Ok(text.parse().unwrap_or(u32::MAX))
}
