//! A feed as an HTTP answer: conditional, compressed, with its length where it is known.

use std::time::SystemTime;

use actix_web::body::{BodySize, BodyStream, MessageBody, SizedStream};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, ETag, EntityTag, HeaderMap,
    IfModifiedSince, IfNoneMatch, LastModified, VARY,
};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use dialog_db::events::PublicState;
use futures::Stream;

use crate::app::AppState;
use crate::problem::Problem;
use crate::services::feeds::{self, Accepted, Asked, Encoding, Feed, Present};
use crate::services::restrictions::{self, Format, Table};
use crate::services::streaming::{ReadError, StreamError};

/// A document of everything public that passes some filter.
pub trait Document: Sized {
    /// What every document of this revision has in its tag, however it is compressed.
    fn tag(&self, revision: i64) -> String;

    /// What it is, and the name of the file in which it is kept, when readers keep it in one.
    fn kind(&self) -> (&'static str, Option<&'static str>);

    /// What it is before its first byte, as of the present state.
    async fn look(&self, state: &AppState, now: PublicState, accepted: Accepted) -> Result<Feed, ReadError>;

    /// The same with its bytes, all as of one moment.
    async fn open(
        self,
        state: &AppState,
        accepted: Accepted,
    ) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + 'static), ReadError>;
}

impl Document for Asked {
    fn tag(&self, revision: i64) -> String {
        self.tag(revision)
    }

    fn kind(&self) -> (&'static str, Option<&'static str>) {
        ("text/xml; charset=UTF-8", None)
    }

    async fn look(&self, state: &AppState, _: PublicState, accepted: Accepted) -> Result<Feed, ReadError> {
        feeds::look(state, self, accepted).await
    }

    async fn open(
        self,
        state: &AppState,
        accepted: Accepted,
    ) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + 'static), ReadError> {
        feeds::open(state, self, accepted).await
    }
}

impl Document for Table {
    fn tag(&self, revision: i64) -> String {
        self.tag(revision)
    }

    fn kind(&self) -> (&'static str, Option<&'static str>) {
        match self.format {
            Format::GeoJson => ("application/geo+json", Some("restrictions.geojson")),
            Format::Csv => ("text/csv; charset=UTF-8; header=present", Some("restrictions.csv")),
        }
    }

    async fn look(&self, _: &AppState, now: PublicState, accepted: Accepted) -> Result<Feed, ReadError> {
        Ok(self.head(now, accepted))
    }

    async fn open(
        self,
        state: &AppState,
        accepted: Accepted,
    ) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + 'static), ReadError> {
        restrictions::open(state, self, accepted).await
    }
}

/// Answers `GET` and `HEAD` of a document.
///
/// # Errors
/// 503 when PostgreSQL does not answer.
pub async fn answer(
    request: &HttpRequest,
    state: &AppState,
    present: &Present,
    document: impl Document,
) -> Result<HttpResponse, Problem> {
    let now = present.state().await.map_err(Problem::unavailable)?;
    let modified = feeds::last_modified(now.changed_at, state.clock.now());
    if let Some(tag) = fresh(request, &document.tag(now.revision), now.changed_at) {
        let mut response = HttpResponse::NotModified();
        return Ok(describe(&mut response, tag, modified).finish());
    }
    let (accepted, kind) = (accepted(request.headers()), document.kind());
    if request.method() == Method::HEAD {
        let feed = document.look(state, now, accepted).await?;
        let mut response = whole(&feed, kind, state, request);
        return Ok(match feed.length {
            Some(length) => {
                response.body(SizedStream::new(length, futures::stream::empty::<Result<Bytes, StreamError>>()))
            }
            None => response.body(Unknown),
        });
    }
    // What is sent may be newer than what was looked at: its tag is that of its own state.
    let (feed, bytes) = document.open(state, accepted).await?;
    let mut response = whole(&feed, kind, state, request);
    Ok(match feed.length {
        Some(length) => response.body(SizedStream::new(length, bytes)),
        None => response.body(BodyStream::new(bytes)),
    })
}

fn whole(
    feed: &Feed,
    (media_type, file): (&'static str, Option<&'static str>),
    state: &AppState,
    request: &HttpRequest,
) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    let modified = feeds::last_modified(feed.changed_at, state.clock.now());
    describe(&mut response, EntityTag::new_strong(feed.tag.clone()), modified);
    response.insert_header((CONTENT_TYPE, media_type));
    if let Some(file) = file {
        response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")));
    }
    match feed.encoding {
        Encoding::Gzip => response.insert_header((CONTENT_ENCODING, "gzip")),
        Encoding::Brotli => response.insert_header((CONTENT_ENCODING, "br")),
        // Said when something could be compressed on the way, which would give other bytes the same tag.
        Encoding::Identity if request.headers().contains_key(ACCEPT_ENCODING) => {
            response.insert_header((CONTENT_ENCODING, "identity"))
        }
        Encoding::Identity => &mut response,
    };
    response
}

fn describe(
    response: &mut HttpResponseBuilder,
    tag: EntityTag,
    modified: chrono::DateTime<chrono::Utc>,
) -> &mut HttpResponseBuilder {
    response
        .insert_header(ETag(tag))
        .insert_header(LastModified(SystemTime::from(modified).into()))
        .insert_header((CACHE_CONTROL, "public, no-cache"))
        .insert_header((VARY, "Accept-Encoding"))
}

/// The tag of what the caller has, when it tells the present state: compressed in whatever way, it is the same document.
fn fresh(request: &HttpRequest, base: &str, changed_at: chrono::DateTime<chrono::Utc>) -> Option<EntityTag> {
    let is_ours = |tag: &str| tag.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    match request.get_header::<IfNoneMatch>() {
        Some(IfNoneMatch::Any) => Some(EntityTag::new_strong(base.to_owned())),
        Some(IfNoneMatch::Items(known)) => {
            let known = known.iter().map(EntityTag::tag).find(|tag| is_ours(tag))?;
            Some(EntityTag::new_strong(known.to_owned()))
        }
        None => {
            let IfModifiedSince(since) = request.get_header()?;
            let since = chrono::DateTime::<chrono::Utc>::from(SystemTime::from(since));
            (since.timestamp() >= changed_at.timestamp()).then(|| EntityTag::new_strong(base.to_owned()))
        }
    }
}

/// What the caller can decompress (RFC 9110, 12.5.3): a weight of zero is a refusal.
fn accepted(headers: &HeaderMap) -> Accepted {
    let mut accepted = Accepted::default();
    let values = headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok());
    for item in values.flat_map(|value| value.split(',')) {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        let takes = weight.is_ok_and(|weight| weight > 0.0);
        match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => accepted.gzip = takes,
            "br" => accepted.brotli = takes,
            _ => {}
        }
    }
    accepted
}

/// The body of an answer to `HEAD` whose length is not known: said by its absence.
struct Unknown;

impl MessageBody for Unknown {
    type Error = StreamError;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn encodings_are_taken_unless_their_weight_is_zero() {
        for (text, gzip, brotli) in [
            ("gzip", true, false),
            ("gzip, deflate, br, zstd", true, true),
            ("br;q=1.0, gzip;q=0", false, true),
            ("GZIP ; q=0.5", true, false),
            ("identity", false, false),
            ("gzip;q=many", false, false),
        ] {
            let request = TestRequest::get().insert_header((ACCEPT_ENCODING, text)).to_http_request();
            assert_eq!(accepted(request.headers()), Accepted { gzip, brotli }, "{text}");
        }
        assert_eq!(accepted(TestRequest::get().to_http_request().headers()), Accepted::default());
    }

    #[test]
    fn known_documents_are_recognized_however_they_were_compressed() {
        let changed = "2026-12-01T08:00:00.5Z".parse().unwrap();
        let tell = |name: &'static str, value: &str| {
            let request = TestRequest::get().insert_header((name, value)).to_http_request();
            fresh(&request, "7-a-b", changed).map(|tag| tag.tag().to_owned())
        };
        for tag in ["7-a-b", "7-a-b-gz12", "7-a-b-br"] {
            assert_eq!(tell("If-None-Match", &format!("\"0\", \"{tag}\"")).as_deref(), Some(tag));
        }
        assert_eq!(tell("If-None-Match", "*").as_deref(), Some("7-a-b"));
        assert_eq!(tell("If-None-Match", "\"7-a-bc\""), None);
        assert_eq!(tell("If-Modified-Since", "Tue, 01 Dec 2026 08:00:00 GMT").as_deref(), Some("7-a-b"));
        assert_eq!(tell("If-Modified-Since", "Tue, 01 Dec 2026 07:59:59 GMT"), None);
    }
}
