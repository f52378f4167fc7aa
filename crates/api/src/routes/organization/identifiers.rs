use actix_web::{HttpRequest, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{Identifiers, IdentifiersParameters};

use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::routes::parameters::{Parameters, invalid};
use crate::routes::regulations::order_problem;
use crate::services::search;

/// Identifiers that the organization uses already, sorted.
#[utoipa::path(
    get,
    path = "/api/organization/identifiers",
    tag = "Private",
    params(IdentifiersParameters),
    responses(
        (status = 200, description = "Those of drafts and published orders", body = Identifiers),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn list_identifiers(
    client: ApiClient,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> Result<web::Json<Identifiers>, Problem> {
    let parameters = Parameters::of(&request);
    let prefix = parameters.text("prefix")?.unwrap_or_default();
    let limit: Option<u32> = parameters.parse("limit")?;
    if limit == Some(0) {
        return Err(invalid("limit"));
    }
    let identifiers = search::identifiers(&state, &client, prefix, limit).await.map_err(order_problem)?;
    Ok(web::Json(Identifiers { identifiers }))
}
