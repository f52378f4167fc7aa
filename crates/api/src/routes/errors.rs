//! Errors of the router and of the extractors of actix, as our [`Problem`]s.

use actix_web::error::{PathError, PayloadError};
use actix_web::web::{self, PathConfig, PayloadConfig};
use actix_web::{HttpRequest, ResponseError};
use dialog_api_types::problem::ProblemCode;

use crate::problem::Problem;

/// Most bytes of a JSON body.
pub const JSON_LIMIT: usize = 2 * 1024 * 1024;

/// Registers the limit of bodies and the error handler of paths; bodies and queries are read by [`crate::extract`].
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.app_data(PayloadConfig::new(JSON_LIMIT))
        .app_data(PathConfig::default().error_handler(|error, _| path(&error).into()));
}

/// 404 for a path that no route knows.
///
/// # Errors
/// Always.
pub async fn not_found(_: HttpRequest) -> Result<&'static str, Problem> {
    Err(Problem::not_found())
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

fn path(error: &PathError) -> Problem {
    Problem::invalid_parameter("Une partie de l'adresse ne peut pas être lue.").caused_by(error.to_string())
}
