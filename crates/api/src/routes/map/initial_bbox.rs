use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::map::InitialBoundingBox;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::{OrderId, OrganizationId};
use uuid::Uuid;

use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::map;

/// Where to look first: a published order, else the perimeter of an organization, else what the organization that
/// publishes most has published. Null when there is nothing to see.
#[utoipa::path(
    get,
    path = "/api/map/initial-bbox",
    tag = "Map",
    params(
        ("organizationUuid" = Option<Uuid>, Query, description = "An organization"),
        ("regulationOrderRecordUuid" = Option<Uuid>, Query, description = "A published order"),
    ),
    responses(
        (status = 200, description = "A rectangle, or null", body = Option<InitialBoundingBox>),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_initial_bbox(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let order = parameters.parse::<Uuid>("regulationOrderRecordUuid")?.map(OrderId);
    let organization = parameters.parse::<Uuid>("organizationUuid")?.map(OrganizationId);
    let extent = map::read(&state).await?.initial_extent(order, organization).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, no-cache")).json(extent.map(|extent| {
        InitialBoundingBox {
            min_lon: extent.min_lon,
            min_lat: extent.min_lat,
            max_lon: extent.max_lon,
            max_lat: extent.max_lat,
        }
    })))
}
