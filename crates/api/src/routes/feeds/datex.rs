use std::time::SystemTime;

use actix_web::body::SizedStream;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETag, EntityTag, LastModified};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use bytes::Bytes;
use dialog_api_types::problem::Problem as ProblemBody;

use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::Parameters;
use crate::services::feeds::{self, Feed, FeedQuery};
use crate::services::streaming::StreamError;

/// Published orders in DATEX II v3.3, sorted by identifier of order.
///
/// The document changes as soon as an order is published or deleted, and within 30 s when one begins or ends. Ask with
/// `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/regulations.xml",
    tag = "Public",
    params(
        ("includePermanent" = Option<bool>, Query, description = "Permanent orders; true by default"),
        ("includeTemporary" = Option<bool>, Query, description = "Temporary orders; true by default"),
        ("includeExpired" = Option<bool>, Query, description = "Temporary orders that are over; false by default"),
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The publication", body = String, content_type = "text/xml; charset=UTF-8",
            headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_datex(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let query = FeedQuery {
        permanent: parameters.boolean("includePermanent", true)?,
        temporary: parameters.boolean("includeTemporary", true)?,
        expired: parameters.boolean("includeExpired", false)?,
    };
    let feed = feeds::look(&state, query).await?;
    if is_fresh(&request, &tag(&feed)) {
        return Ok(describe(&mut HttpResponse::NotModified(), &feed).finish());
    }
    if request.method() == Method::HEAD {
        let nothing = futures::stream::empty::<Result<Bytes, StreamError>>();
        return Ok(describe(&mut HttpResponse::Ok(), &feed)
            .insert_header((CONTENT_TYPE, "text/xml; charset=UTF-8"))
            .body(SizedStream::new(feed.length(), nothing)));
    }
    let (feed, document) = feeds::open(&state, query).await?;
    Ok(describe(&mut HttpResponse::Ok(), &feed)
        .insert_header((CONTENT_TYPE, "text/xml; charset=UTF-8"))
        .body(SizedStream::new(feed.length(), document)))
}

fn tag(feed: &Feed) -> EntityTag {
    EntityTag::new_strong(feed.tag())
}

fn describe<'a>(response: &'a mut HttpResponseBuilder, feed: &Feed) -> &'a mut HttpResponseBuilder {
    response
        .insert_header(ETag(tag(feed)))
        .insert_header(LastModified(SystemTime::from(feed.changed_at()).into()))
        .insert_header((CACHE_CONTROL, "public, no-cache"))
}
