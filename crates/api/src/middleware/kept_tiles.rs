//! Tiles of the map that are kept in memory, answered before anything else is done.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderValue;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::{address, cors, headers, rate_limit, request_id};
use crate::routes::map::tile;
use crate::services::map::tiles::{Key, Tiles};
use crate::throttle::Tally;

/// Whether a path is that of a tile.
pub(super) fn is_tile(path: &str) -> bool {
    path.starts_with("/api/map/tiles/")
}

/// Answers a tile that is kept, as the layers below would, but for a line in the log: a map asks for dozens at once, and
/// a span, a log and a question to Redis take many times what the answer takes. Any other request goes on.
pub async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match kept(&request).await {
        Some(response) => Ok(request.into_response(response).map_into_right_body()),
        None => next.call(request).await.map(ServiceResponse::map_into_left_body),
    }
}

async fn kept(request: &ServiceRequest) -> Option<HttpResponse> {
    // Credentials count for their key, and are checked.
    if request.method() != Method::GET || !is_tile(request.path()) || request.headers().contains_key("X-Client-Id") {
        return None;
    }
    let state = super::state(request)?;
    let (tiles, tally) = (request.app_data::<web::Data<Tiles>>()?, request.app_data::<web::Data<Tally>>()?);
    let now = state.clock.now();
    let (key, known) = Key::of(request.path(), request.query_string(), now);
    let found = tiles.kept(&key, known)?;

    let allowance = rate_limit::allowance(&state);
    let counter = rate_limit::address_counter(&address::of_service_request(request));
    let usage = match tally.count(&state.redis, &counter, allowance, now).await {
        // What refuses a request is the layer that is made for it.
        Ok(usage) if usage.is_exceeded => return None,
        Ok(usage) => Some(usage),
        Err(error) => {
            tracing::debug!(error.cause = %error, "a tile could not be counted");
            None
        }
    };
    let mut response = tile::answer(request.request(), &key, found);
    let answered = response.headers_mut();
    headers::secure_data(answered);
    cors::mark(answered);
    if let Some(usage) = usage {
        rate_limit::tell(answered, allowance, usage);
    }
    if let Ok(id) = HeaderValue::from_str(&request_id::of(request)) {
        answered.insert(request_id::HEADER, id);
    }
    Some(response)
}
