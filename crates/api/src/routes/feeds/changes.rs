use std::time::Duration;

use actix_web::body::BodyStream;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETag, EntityTag, LINK};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::feeds::{Changes, ChangesParameters};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_db::changes::Span;

use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::changes::{self, Asked, Format, Wake};

/// To be raised whenever the same changes are written in another way.
const EDITION: u8 = 1;
/// Whoever keeps an answer asks again with its tag.
const CACHE: &str = "public, no-cache";
/// Most seconds that an answer waits for a change: the hosting platform drops a request after 30 s without a byte.
const LONGEST_WAIT: u32 = 25;

/// What happened in public since a cursor: each publication and repeal with what it published, each deletion.
///
/// Begin without `after`, keep what you read by `orderUuid`, forget the orders that are deleted, and go on from `cursor`
/// for ever: you have what the feeds have. No change is ever left out or told twice. What time alone changes (an order
/// begins or ends) is no change here: every order says when it applies. With `wait` the answer comes as soon as there is
/// a change; when there is none it is empty, at the latest after 25 s.
///
/// In DATEX II an order that was deleted, or is over, has the status `withdrawn`; the version of an order that is told
/// twice grows. `X-Next-Cursor` says where to go on, whatever the format.
#[utoipa::path(
    get,
    path = "/api/changes",
    tag = "Public",
    params(
        ChangesParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has; not in DATEX II"),
    ),
    responses(
        (status = 200, description = "The changes, in the order in which they became public; may be none",
            content((Changes = "application/json"), (String = "application/x-ndjson"), (String = "text/xml; charset=UTF-8")),
            headers(
                ("X-Next-Cursor" = i64, description = "What to give as `after` next time"),
                ("Link" = String, description = "`rel=\"next\"`"),
                ("ETag" = String, description = "Of JSON and lines: the same changes for good"),
            )),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read; `error` names it", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_changes(
    request: HttpRequest,
    state: web::Data<AppState>,
    wake: web::Data<Wake>,
) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let asked = Asked {
        after: after(&parameters)?,
        limit: i64::from(parameters.clamped("limit", 100, 1..=1000)?),
        wait: Duration::from_secs(u64::from(parameters.clamped("wait", 0, 0..=30)?.min(LONGEST_WAIT))),
        format: match parameters.get("format") {
            None | Some("" | "json") => Format::Json,
            Some("ndjson") => Format::Lines,
            Some("datex") => Format::Datex,
            Some(_) => return Err(invalid("format")),
        },
    };
    let span = changes::look(&state, &wake, asked).await?;
    let next = parameters.with("after", &span.last.to_string());
    let tag = tag(asked, span);
    let mut response = HttpResponse::Ok();
    let is_known = tag.as_ref().is_some_and(|tag| is_fresh(&request, tag));
    if is_known {
        response = HttpResponse::NotModified();
    }
    if let Some(tag) = tag {
        response.insert_header(ETag(tag));
    }
    response
        .insert_header((CACHE_CONTROL, CACHE))
        .insert_header(("X-Next-Cursor", span.last.to_string()))
        .insert_header((LINK, format!("<{}/api/changes?{next}>; rel=\"next\"", state.config.base_url)));
    if is_known {
        return Ok(response.finish());
    }
    response.insert_header((
        CONTENT_TYPE,
        match asked.format {
            Format::Json => "application/json",
            Format::Lines => "application/x-ndjson",
            Format::Datex => "text/xml; charset=UTF-8",
        },
    ));
    if request.method() == Method::HEAD {
        return Ok(response.finish());
    }
    Ok(response.body(BodyStream::new(changes::open(&state, asked, span).await?)))
}

/// What tags a page: events and versions are written once, so that the same ones have the same bytes. DATEX II tells of
/// the moment at which it is asked for, and has none.
fn tag(asked: Asked, span: Span) -> Option<EntityTag> {
    let format = match asked.format {
        Format::Json => "json",
        Format::Lines => "ndjson",
        Format::Datex => return None,
    };
    let is_full = span.count == asked.limit;
    Some(EntityTag::new_strong(format!("{EDITION}-{format}-{}-{}-{is_full}", span.after, span.last)))
}

fn after(parameters: &Parameters) -> Result<i64, Problem> {
    let after: Option<i64> = parameters.parse("after")?;
    match after {
        Some(..0) => Err(invalid("after")),
        after => Ok(after.unwrap_or_default()),
    }
}
