//! Completes error bodies with what is known of the request, and logs each failure of ours once.

use actix_session::storage::{SaveError, UpdateError};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, HttpResponseBuilder, ResponseError};
use dialog_api_types::problem::ProblemCode;

use super::request_id::{self, RequestId};
use crate::problem::{Place, Problem, is_wire_path};

/// Gives every error the one body, whoever made it: a handler, an extractor, another middleware or the router.
pub async fn complete(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path().to_owned();
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let base_url = super::state(&request).map(|state| state.config.base_url.clone()).unwrap_or_default();
    let place = Place { base_url: &base_url, path: &path, request_id: &request_id, is_wire: is_wire_path(&path) };

    match next.call(request).await {
        Ok(response) if response.status().as_u16() < 400 || is_told_otherwise(&response) => {
            Ok(response.map_into_boxed_body())
        }
        Ok(response) => {
            let (request, response) = response.into_parts();
            let mut completed = match response.error() {
                Some(error) => answer(error, &place),
                None => build(&Problem::new(code_of(response.status())), &place),
            };
            for (name, value) in response.headers() {
                if *name != CONTENT_TYPE && !completed.headers().contains_key(name) {
                    completed.headers_mut().append(name.clone(), value.clone());
                }
            }
            Ok(ServiceResponse::new(request, completed))
        }
        // Only a middleware fails in this way; the request is gone, so the layers outside add nothing any more.
        Err(error) => {
            let mut response = answer(&error, &place);
            if let Ok(value) = HeaderValue::from_str(&request_id) {
                response.headers_mut().insert(request_id::HEADER, value);
            }
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// Whether a handler answered by a body of its own, as health does: it is no error then.
fn is_told_otherwise(response: &ServiceResponse<impl MessageBody>) -> bool {
    response.response().error().is_none()
        && response.headers().get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/json"))
}

fn answer(error: &Error, place: &Place<'_>) -> HttpResponse {
    if let Some(problem) = error.as_error::<Problem>() {
        return build(problem, place);
    }
    // The session could not be written: Redis is down.
    if error.as_error::<InternalError<SaveError>>().is_some()
        || error.as_error::<InternalError<UpdateError>>().is_some()
        || error.as_error::<InternalError<anyhow::Error>>().is_some()
    {
        return build(&Problem::unavailable(error.to_string()), place);
    }
    let code = code_of(error.as_response_error().status_code());
    let problem = Problem::new(code);
    build(&if code == ProblemCode::Internal { problem.caused_by(error.to_string()) } else { problem }, place)
}

fn build(problem: &Problem, place: &Place<'_>) -> HttpResponse {
    match problem.code() {
        ProblemCode::Internal => {
            tracing::error!(problem.code = "internal", error.cause = %problem.cause_chain(), "the request failed");
        }
        ProblemCode::ServiceUnavailable => {
            tracing::warn!(
                problem.code = "service_unavailable",
                error.cause = %problem.cause_chain(),
                "the request could not be served"
            );
        }
        code => tracing::debug!(problem.code = code.as_str(), "the request was refused"),
    }
    let mut response = HttpResponseBuilder::new(problem.status_code());
    for header in problem.headers() {
        response.append_header(header.clone());
    }
    response
        .insert_header((CONTENT_TYPE, if place.is_wire { "application/json" } else { "application/problem+json" }))
        .json(problem.body(place))
}

/// The problem that stands for a bare status, made by the router or by a library.
fn code_of(status: StatusCode) -> ProblemCode {
    match status.as_u16() {
        401 => ProblemCode::Unauthorized,
        403 => ProblemCode::Forbidden,
        404 => ProblemCode::NotFound,
        405 => ProblemCode::MethodNotAllowed,
        409 => ProblemCode::Conflict,
        412 => ProblemCode::StaleRevision,
        413 => ProblemCode::PayloadTooLarge,
        415 => ProblemCode::UnsupportedMediaType,
        428 => ProblemCode::PreconditionRequired,
        429 => ProblemCode::TooManyRequests,
        503 => ProblemCode::ServiceUnavailable,
        400..=499 => ProblemCode::InvalidParameter,
        _ => ProblemCode::Internal,
    }
}
