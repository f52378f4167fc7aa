//! Headers that every answer carries.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS, X_XSS_PROTECTION,
};
use actix_web::middleware::Next;

/// Nothing that the API answers is a page, but Swagger UI.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
const DOC_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Adds the security headers, and a `Cache-Control` where the handler chose none.
pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path();
    let is_page = path == "/api/doc" || path.starts_with("/api/doc/");
    let is_personal = is_personal(path);
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    add(headers, if is_page { DOC_POLICY } else { API_POLICY });
    set_default(headers, CACHE_CONTROL, if is_personal { "private, no-store" } else { "private, no-cache" });
    Ok(response)
}

/// Adds the security headers of an answer that is no page.
pub(super) fn secure_data(headers: &mut HeaderMap) {
    add(headers, API_POLICY);
}

fn add(headers: &mut HeaderMap, policy: &'static str) {
    set_default(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set_default(headers, X_FRAME_OPTIONS, "DENY");
    set_default(headers, X_XSS_PROTECTION, "1; mode=block");
    set_default(headers, REFERRER_POLICY, "no-referrer, strict-origin-when-cross-origin");
    set_default(headers, CONTENT_SECURITY_POLICY, policy);
}

/// Whether a path serves one person: never cached, never readable from another origin.
pub(super) fn is_personal(path: &str) -> bool {
    ["/api/app", "/api/login", "/api/logout", "/api/admin"].iter().any(|prefix| path.starts_with(prefix))
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    if !headers.contains_key(&name) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
