use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, LastModified};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::feeds::{FeedParameters, LayoutParameters};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_db::fragments::FeedName;
use dialog_domain::OrderId;
use uuid::Uuid;

use super::answer::answer;
use super::selection::{filter, layout};
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::feeds::{self, Asked, Present};

/// Published orders in DATEX II v3.3, sorted by identifier of order.
///
/// The document changes as soon as an order is published or deleted, and when one begins or ends. Ask with
/// `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/regulations.xml",
    tag = "Public",
    params(
        FeedParameters,
        LayoutParameters,
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
pub async fn get_datex(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let asked = Asked {
        feed: FeedName::Datex,
        filter: filter(&parameters)?,
        layout: layout(&parameters)?,
        admitted: dialog_exports::cifs::CifsFilter::default(),
    };
    answer(&request, &state, &present, asked).await
}

/// One published order in DATEX II v3.3, also when it is over.
#[utoipa::path(
    get,
    path = "/api/datex/{uuid}.xml",
    tag = "Public",
    params(("uuid" = OrderId, Path, description = "The order"), LayoutParameters),
    responses(
        (status = 200, description = "A publication of this order alone", body = String,
            content_type = "text/xml; charset=UTF-8", headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "Not a UUID, or a parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 404, description = "No such order is public, or this layout cannot say it", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_datex_order(
    request: HttpRequest,
    state: web::Data<AppState>,
    uuid: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let layout = layout(&Parameters::of(&request))?;
    let uuid = Uuid::parse_str(&uuid).map_err(|_| Problem::invalid_parameter("L'adresse ne contient pas un UUID."))?;
    let one = feeds::one(&state, OrderId(uuid), layout).await?;
    let Some(one) = one else { return Err(Problem::not_found().detail("Aucun arrêté publié n'a cet identifiant.")) };
    // A small answer: its tag is made of its bytes.
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/xml; charset=UTF-8"))
        .insert_header((CACHE_CONTROL, "public, no-cache"))
        .insert_header(LastModified(std::time::SystemTime::from(one.since).into()))
        .body(one.document))
}
