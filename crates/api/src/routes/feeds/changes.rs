use std::time::Duration;

use actix_web::body::BodyStream;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, LINK};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::feeds::{Changes, ChangesParameters};
use dialog_api_types::problem::Problem as ProblemBody;

use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::parameters::{Parameters, invalid};
use crate::services::changes::{self, Asked, Format, Wake};

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
    params(ChangesParameters),
    responses(
        (status = 200, description = "The changes, in the order in which they became public; may be none",
            content((Changes = "application/json"), (String = "application/x-ndjson"), (String = "text/xml; charset=UTF-8")),
            headers(
                ("X-Next-Cursor" = i64, description = "What to give as `after` next time"),
                ("Link" = String, description = "`rel=\"next\"`"),
            )),
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
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Next-Cursor", span.last.to_string()))
        .insert_header((LINK, format!("<{}/api/changes?{next}>; rel=\"next\"", state.config.base_url)))
        .insert_header((
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

fn after(parameters: &Parameters) -> Result<i64, Problem> {
    let after: Option<i64> = parameters.parse("after")?;
    match after {
        Some(..0) => Err(invalid("after")),
        after => Ok(after.unwrap_or_default()),
    }
}
