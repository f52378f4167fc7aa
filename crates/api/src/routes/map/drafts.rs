use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::{MapDrafts, MapQuery};
use dialog_api_types::problem::Problem as ProblemBody;

use super::selection::selection;
use crate::app::AppState;
use crate::extract::CurrentUser;
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::map;

/// The drafts of the person's organizations on the map, at each of their locations. Same filters and defaults as the
/// tiles; `bbox` and `zoom` are not used.
#[utoipa::path(
    get,
    path = "/map/drafts",
    tag = "Map",
    params(MapQuery),
    responses(
        (status = 200, description = "The drafts", body = MapDrafts),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = []))
)]
pub async fn list_drafts(
    request: HttpRequest,
    state: web::Data<AppState>,
    user: CurrentUser,
) -> Result<HttpResponse, Problem> {
    let selection = selection(&Parameters::of(&request), state.clock.now())?;
    let drafts = map::drafts(&state, &user.caller(), &selection).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(drafts))
}
