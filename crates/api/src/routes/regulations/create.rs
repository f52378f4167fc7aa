use actix_web::http::header::{ETag, EntityTag, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{CreatedRegulation, TriedRegulation, WriteRegulation};

use super::body::Body;
use super::path::location;
use super::problem::problem;
use crate::app::AppState;
use crate::contract::read;
use crate::extract::{ApiClient, IdempotencyKey};
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::once::Once;
use crate::services::regulations;

/// Create an order with its measures, published at once when `status` is `published`.
///
/// `dryRun=true` goes all the way and stores nothing: the answer is the order as it would be, or the same errors. With an
/// `Idempotency-Key` the request may be sent again for 24 hours: it is done once, and answered the same each time.
#[utoipa::path(
    post,
    path = "/api/regulations",
    tag = "Private",
    params(
        ("dryRun" = Option<bool>, Query, description = "Answer what this would do, and store nothing"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters, a new one for each request"),
    ),
    request_body = WriteRegulation,
    responses(
        (status = 200, description = "With dryRun: what would be created", body = TriedRegulation),
        (status = 201, description = "Created", body = CreatedRegulation,
            headers(("Location" = String, description = "Path of the order"), ("ETag" = String),
                ("Idempotency-Replayed" = Option<String>, description = "`true`: it was created by the same request before"))),
        (status = 400, description = "Not JSON, not publishable, unknown address, or outside the perimeter", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 403, description = "The key may only read", body = ProblemBody),
        (status = 409, description = "The request with the same Idempotency-Key is still being done", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or the Idempotency-Key stands for another request", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn create_regulation(
    client: ApiClient,
    state: web::Data<AppState>,
    request: HttpRequest,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<WriteRegulation>,
) -> Result<HttpResponse, Problem> {
    if Parameters::of(&request).boolean("dryRun", false)? {
        return try_regulation(&client, &state, &body).await;
    }
    let created =
        regulations::create(&state, &client, &body, key.as_deref()).await.map_err(|error| problem(error, &client))?;

    let mut response = HttpResponse::Created();
    let created = match created {
        Once::Done(created) => created,
        Once::Before(created) => {
            response.insert_header(("Idempotency-Replayed", "true"));
            created
        }
    };
    Ok(response
        .insert_header((LOCATION, location(&created.identifier)))
        .insert_header(ETag(EntityTag::new_weak(created.revision.to_string())))
        .json(CreatedRegulation { uuid: created.id.0 }))
}

async fn try_regulation(client: &ApiClient, state: &AppState, body: &WriteRegulation) -> Result<HttpResponse, Problem> {
    let trial = regulations::try_create(state, client, body).await.map_err(|error| problem(error, client))?;
    let zone = client.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let losses = trial.losses.iter().map(|loss| format!("DATEX II : {loss}."));
    Ok(HttpResponse::Ok().json(TriedRegulation {
        dry_run: true,
        regulation: read::regulation(&trial.order, zone, &state.config.base_url),
        warnings: trial.warnings.into_iter().chain(losses).collect(),
    }))
}
