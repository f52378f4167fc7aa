use actix_web::http::header::{CACHE_CONTROL, ETag, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use sha2::{Digest, Sha256};

use super::MAX_ZOOM;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::secrets::hex;

/// The network changes with an edition, a few times a year; a browser may show an old street for a day.
const CACHE: &str = "public, max-age=86400, stale-while-revalidate=604800";

/// A tile of the base map: layers `roads` (`class`, `name`, `number`, `level`, `oneway`) and `communes` (`code`,
/// `name`).
#[utoipa::path(
    get,
    path = "/api/map/base/{z}/{x}/{y}.mvt",
    operation_id = "get_base_map_tile",
    tag = "Map",
    params(
        ("z" = u8, Path, description = "Zoom, 0 to 22"),
        ("x" = u32, Path, description = "Column"),
        ("y" = u32, Path, description = "Row"),
    ),
    responses(
        (status = 200, description = "Mapbox vector tile", content_type = "application/vnd.mapbox-vector-tile",
            body = String),
        (status = 204, description = "Nothing is loaded here"),
        (status = 304, description = "The tile is the one the caller has"),
        (status = 400, description = "A number cannot be read, or the zoom is too deep", body = ProblemBody),
    ),
    security(()),
)]
pub async fn get_base_map_tile(
    state: web::Data<AppState>,
    request: HttpRequest,
    tile: web::Path<(u8, u32, u32)>,
) -> Result<HttpResponse, Problem> {
    let (z, x, y) = tile.into_inner();
    if z > MAX_ZOOM {
        return Err(Problem::invalid_parameter(format!("Le zoom va de 0 à {MAX_ZOOM}.")));
    }
    let mut connection = state.connection().await?;
    let bytes = dialog_geocoder::base_tile(&mut connection, z, x, y).await?;
    let tag = EntityTag::new_strong(hex(&Sha256::digest(&bytes)[..8]));
    let is_known = is_fresh(&request, &tag);
    let mut response = match (is_known, bytes.is_empty()) {
        (true, _) => HttpResponse::NotModified(),
        (false, true) => HttpResponse::NoContent(),
        (false, false) => HttpResponse::Ok(),
    };
    response.insert_header((CACHE_CONTROL, CACHE)).insert_header(ETag(tag));
    if is_known || bytes.is_empty() {
        return Ok(response.finish());
    }
    Ok(response.content_type("application/vnd.mapbox-vector-tile").body(bytes))
}
