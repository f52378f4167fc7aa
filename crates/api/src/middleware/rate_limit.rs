//! How many requests one caller may send.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};

use super::address;
use super::kept_tiles::is_tile;
use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::throttle::{self, Allowance, Tally, Usage};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Counts the request for the integrator or for the address, and refuses it above the limit. Without Redis reads go
/// on uncounted, and writes wait: what they enqueue needs it.
pub async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // Health must tell the truth to a monitor whatever the load.
    if request.path() == "/api/health" {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let Some(state) = super::state(&request) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let allowance = allowance(&state);
    let name = request.extensions().get::<ApiClient>().map_or_else(
        || address_counter(&address::of_service_request(&request)),
        |client| format!("key:{}", client.uuid),
    );

    let now = state.clock.now();
    // A map asks for dozens at once.
    let tally = request.app_data::<web::Data<Tally>>().filter(|_| is_tile(request.path()));
    let counted = match tally {
        Some(tally) => tally.count(&state.redis, &name, allowance, now).await,
        None => throttle::count(&state.redis, &name, allowance, now).await,
    };
    match counted {
        Ok(usage) if usage.is_exceeded => {
            let mut response = request.error_response(Problem::too_many_requests(usage.reset_s));
            tell(response.headers_mut(), allowance, usage);
            Ok(response.map_into_boxed_body())
        }
        Ok(usage) => {
            let mut response = next.call(request).await?;
            tell(response.headers_mut(), allowance, usage);
            Ok(response.map_into_boxed_body())
        }
        Err(error) if request.method().is_safe() => {
            tracing::debug!(error.cause = %error, "a request could not be counted");
            next.call(request).await.map(ServiceResponse::map_into_boxed_body)
        }
        Err(error) => Ok(request.error_response(Problem::from(error)).map_into_boxed_body()),
    }
}

/// What one caller is allowed.
pub(super) fn allowance(state: &AppState) -> Allowance {
    Allowance { limit: state.config.limits.requests, window: state.config.limits.window }
}

/// The counter of an address.
pub(super) fn address_counter(address: &str) -> String {
    format!("address:{address}")
}

/// The problem with what remains to its caller.
pub(super) fn told(problem: Problem, allowance: Allowance, usage: Usage) -> Problem {
    problem
        .header(LIMIT, HeaderValue::from(allowance.limit))
        .header(REMAINING, HeaderValue::from(usage.remaining))
        .header(RESET, HeaderValue::from(usage.reset_s))
}

/// Tells a caller what remains.
pub(super) fn tell(headers: &mut HeaderMap, allowance: Allowance, usage: Usage) {
    headers.insert(LIMIT, HeaderValue::from(allowance.limit));
    headers.insert(REMAINING, HeaderValue::from(usage.remaining));
    headers.insert(RESET, HeaderValue::from(usage.reset_s));
}
