use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{CreatedRegulation, WriteRegulation};

use super::body::Body;
use super::path::location;
use super::problem::problem;
use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::services::regulations;

/// Create an order with its measures, published at once when `status` is `published`.
#[utoipa::path(
    post,
    path = "/api/regulations",
    tag = "Private",
    request_body = WriteRegulation,
    responses(
        (status = 201, description = "Created", body = CreatedRegulation,
            headers(("Location" = String, description = "Path of the order"))),
        (status = 400, description = "Not JSON, not publishable, unknown address, or outside the perimeter", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or this is not supported yet", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn create_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    Body(body): Body,
) -> Result<HttpResponse, Problem> {
    let order = regulations::create(&state, &client, &body).await.map_err(|error| problem(error, &client))?;
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, location(&order.identifier)))
        .json(CreatedRegulation { uuid: order.id.0 }))
}
