//! One span and one line of log per request.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage};
use tracing::Span;
use tracing::field::Empty;
use tracing_actix_web::RootSpanBuilder;

use super::request_id::RequestId;

/// When the request arrived.
#[derive(Clone, Copy)]
struct Arrived(Instant);

/// The span of a request. It names the route rather than the path, and neither the caller's address nor the query:
/// a log holds no personal data.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        request.extensions_mut().insert(Arrived(Instant::now()));
        let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        tracing::info_span!("request", request.id = %id, http.method = %request.method(), http.route = %route, http.status = Empty)
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let (status, arrived) = match outcome {
            Ok(response) => {
                (response.status(), response.request().extensions().get::<Arrived>().map(|arrived| arrived.0))
            }
            Err(error) => (error.as_response_error().status_code(), None),
        };
        span.record("http.status", status.as_u16());
        let duration_ms = arrived.map(|arrived| u64::try_from(arrived.elapsed().as_millis()).unwrap_or(u64::MAX));
        tracing::info!(duration_ms, "answered");
    }
}
