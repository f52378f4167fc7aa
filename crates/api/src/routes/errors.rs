//! Errors of the router and of the extractors of actix, as our [`Problem`]s.

use actix_web::error::{JsonPayloadError, PathError, PayloadError, QueryPayloadError};
use actix_web::web::{self, JsonConfig, PathConfig, PayloadConfig, QueryConfig};
use actix_web::{HttpRequest, ResponseError};
use dialog_api_types::problem::ProblemCode;

use crate::problem::Problem;

/// Most bytes of a JSON body.
pub const JSON_LIMIT: usize = 2 * 1024 * 1024;

/// Registers the error handlers of JSON bodies, queries and paths.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.app_data(JsonConfig::default().limit(JSON_LIMIT).error_handler(|error, _| json(error).into()))
        .app_data(PayloadConfig::new(JSON_LIMIT))
        .app_data(QueryConfig::default().error_handler(|error, _| query(&error).into()))
        .app_data(PathConfig::default().error_handler(|error, _| path(&error).into()));
}

/// 404 for a path that no route knows.
///
/// # Errors
/// Always.
pub async fn not_found(_: HttpRequest) -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}

/// The problem of a JSON body that cannot be read.
#[must_use]
pub fn json(error: JsonPayloadError) -> Problem {
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Problem::new(ProblemCode::PayloadTooLarge)
        }
        JsonPayloadError::ContentType => Problem::new(ProblemCode::UnsupportedMediaType),
        JsonPayloadError::Deserialize(error) if error.is_data() => {
            let (line, column) = (error.line(), error.column());
            Problem::new(ProblemCode::ValidationFailed)
                .detail(format!(
                    "Une valeur du corps de la requête n'est pas du type attendu (ligne {line}, colonne {column})."
                ))
                .caused_by(error)
        }
        JsonPayloadError::Deserialize(error) => not_json(&error),
        JsonPayloadError::Payload(error) => payload(&error),
        other => Problem::new(ProblemCode::InvalidJson).caused_by(other.to_string()),
    }
}

/// The problem of a body that is not JSON.
#[must_use]
pub fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemCode::InvalidJson).detail(format!(
        "Le corps de la requête ne peut pas être lu comme du JSON (ligne {}, colonne {}).",
        error.line(),
        error.column()
    ))
}

/// The problem of a body that cannot be received.
#[must_use]
pub fn payload(error: &PayloadError) -> Problem {
    match error {
        PayloadError::Overflow => Problem::new(ProblemCode::PayloadTooLarge),
        other if other.status_code() == 413 => Problem::new(ProblemCode::PayloadTooLarge),
        _ => Problem::new(ProblemCode::InvalidJson).detail("Le corps de la requête est incomplet."),
    }
}

fn query(error: &QueryPayloadError) -> Problem {
    Problem::invalid_parameter("Un paramètre de la requête ne peut pas être lu.").caused_by(error.to_string())
}

fn path(error: &PathError) -> Problem {
    Problem::invalid_parameter("Une partie de l'adresse ne peut pas être lue.").caused_by(error.to_string())
}
