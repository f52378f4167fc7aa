//! Restrictions as tables, for geographic information systems and spreadsheets.

use std::time::SystemTime;

use actix_web::body::BodyStream;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETag, EntityTag, LastModified};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use bytes::Bytes;
use dialog_api_types::feeds::FeedParameters;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_db::events::PublicState;

use super::selection::filter;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::parameters::Parameters;
use crate::services::feeds::{self, Present};
use crate::services::restrictions::{self, Format, Table};
use crate::services::streaming::StreamError;

/// Every measure at each of its locations, as a GeoJSON feature collection in longitude and latitude (CRS84), streamed.
/// The fields are described in docs/restrictions.md. Opens in QGIS as it is.
///
/// Ask with `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/restrictions.geojson",
    tag = "Public",
    params(
        FeedParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "A feature collection", body = serde_json::Value,
            content_type = "application/geo+json", headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_geojson(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    answer(&request, &state, &present, Format::GeoJson).await
}

/// Every measure at each of its locations, as CSV (RFC 4180, UTF-8, geometries as WKT in longitude and latitude),
/// streamed. The columns are described in docs/restrictions.md.
///
/// Ask with `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/restrictions.csv",
    tag = "Public",
    params(
        FeedParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "A header and a line per row", body = String,
            content_type = "text/csv; charset=UTF-8; header=present",
            headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_csv(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    answer(&request, &state, &present, Format::Csv).await
}

async fn answer(
    request: &HttpRequest,
    state: &AppState,
    present: &Present,
    format: Format,
) -> Result<HttpResponse, Problem> {
    let table = Table { format, filter: filter(&Parameters::of(request))? };
    let now = present.state().await.map_err(Problem::unavailable)?;
    let tag = EntityTag::new_strong(table.tag(now.revision));
    if is_fresh(request, &tag) {
        let mut response = HttpResponse::NotModified();
        return Ok(describe(&mut response, &table, now, state).finish());
    }
    if request.method() == Method::HEAD {
        let mut response = HttpResponse::Ok();
        return Ok(full(&mut response, &table, now, state).body(BodyStream::new(nothing())));
    }
    // What is sent may be newer than what was looked at: its tag is that of its own state.
    let (shown, document) = restrictions::open(state, table.clone()).await?;
    let mut response = HttpResponse::Ok();
    Ok(full(&mut response, &table, shown, state).body(BodyStream::new(document)))
}

fn full<'a>(
    response: &'a mut HttpResponseBuilder,
    table: &Table,
    shown: PublicState,
    state: &AppState,
) -> &'a mut HttpResponseBuilder {
    let (kind, file) = match table.format {
        Format::GeoJson => ("application/geo+json", "restrictions.geojson"),
        Format::Csv => ("text/csv; charset=UTF-8; header=present", "restrictions.csv"),
    };
    describe(response, table, shown, state)
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")))
}

fn describe<'a>(
    response: &'a mut HttpResponseBuilder,
    table: &Table,
    shown: PublicState,
    state: &AppState,
) -> &'a mut HttpResponseBuilder {
    let modified = feeds::last_modified(shown.changed_at, state.clock.now());
    response
        .insert_header(ETag(EntityTag::new_strong(table.tag(shown.revision))))
        .insert_header(LastModified(SystemTime::from(modified).into()))
        .insert_header((CACHE_CONTROL, "public, no-cache"))
}

/// The body of an answer to `HEAD`: the length of the document is not known before it is written.
fn nothing() -> impl futures::Stream<Item = Result<Bytes, StreamError>> {
    futures::stream::empty()
}
