//! Public answers may be read by scripts of any origin; what serves one person may not.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};

use super::headers::is_personal;

const EXPOSED: &str = "ETag, Link, X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After";

/// Answers the questions that browsers ask before a cross-origin request, and marks public answers as readable.
pub async fn share(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if is_personal(request.path()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    if request.method() == Method::OPTIONS && asks_to_read(&request) {
        let response = HttpResponse::NoContent()
            .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
            .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "*"))
            .insert_header((ACCESS_CONTROL_MAX_AGE, "86400"))
            .finish();
        return Ok(request.into_response(response));
    }
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let mut response = next.call(request).await?;
    if is_read {
        mark(response.headers_mut());
    }
    Ok(response.map_into_boxed_body())
}

/// Marks an answer as readable by scripts of any origin.
pub(super) fn mark(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

fn asks_to_read(request: &ServiceRequest) -> bool {
    request
        .headers()
        .get(ACCESS_CONTROL_REQUEST_METHOD)
        .is_some_and(|method| [b"GET".as_slice(), b"HEAD"].contains(&method.as_bytes()))
}
