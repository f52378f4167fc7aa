//! `ETag` of small public answers whose handlers have none of their own.

use actix_web::body::{BodySize, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, ETag, EntityTag, TryIntoHeaderPair};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::secrets::hex;

/// Larger answers have a tag by what they are made of, not by their bytes.
const LARGEST: u64 = 512 * 1024;

/// Tags an answer that everybody may keep by its content, and answers 304 to whoever has it.
pub async fn tag(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    if !is_untagged(&response) {
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body).await.map_err(|error| Problem::internal(error.to_string()))?;
    // Weak: a compressed answer is the same answer.
    let digest = Sha256::digest(&bytes);
    let tag = EntityTag::new_weak(hex(digest.get(..12).unwrap_or_default()));
    let is_known = is_fresh(&request, &tag);
    let (name, value) = ETag(tag).try_into_pair()?;
    head.headers_mut().insert(name, value);
    if !is_known {
        return Ok(ServiceResponse::new(request, head.set_body(bytes)).map_into_boxed_body());
    }
    let mut unchanged = HttpResponse::new(StatusCode::NOT_MODIFIED);
    for (name, value) in head.headers() {
        if *name != CONTENT_TYPE && *name != CONTENT_LENGTH {
            unchanged.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, unchanged))
}

fn is_untagged(response: &ServiceResponse<impl MessageBody>) -> bool {
    let is_small = matches!(response.response().body().size(), BodySize::Sized(size) if size <= LARGEST);
    let is_public = response.headers().get(CACHE_CONTROL).is_some_and(|value| value.as_bytes().starts_with(b"public"));
    response.request().method().is_safe()
        && response.status() == StatusCode::OK
        && is_small
        && is_public
        && !response.headers().contains_key(ETAG)
}
