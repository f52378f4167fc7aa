//! One identifier per request, in the log, in the answer and in error bodies.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use uuid::Uuid;

/// Header in which the identifier comes and goes.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Identifier of the request: the caller's when it is short and plain, ours otherwise.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The method as it was sent: handlers see `GET` in place of `HEAD`, and the connection drops the body.
#[derive(Clone, Debug)]
pub struct SentMethod(pub Method);

/// Gives the request its identifier and makes every `GET` route answer `HEAD`.
pub async fn identify(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = request
        .headers()
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .filter(|id| is_plain(id))
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned);
    let method = request.method().clone();
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    request.extensions_mut().insert(SentMethod(method));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

fn is_plain(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
