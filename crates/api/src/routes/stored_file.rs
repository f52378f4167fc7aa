//! Downloads of official documents.

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETag, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::endpoint::Endpoint;
use crate::services::orders::{self, Opened, OrderError};
use crate::storage::attachment;

/// `GET /api/documents/{uuid}`.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/documents/{uuid}").get(__path_get_document, get_document));
}

/// Download the official document of an order: of a published one, or with the keys of its organization of a draft.
#[utoipa::path(
    get,
    path = "/api/documents/{uuid}",
    operation_id = "get_document",
    tag = "Public",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The file",
            headers(("ETag" = String), ("Content-Disposition" = String, description = "Its name")),
            content(
                ("application/pdf"),
                ("image/jpeg"),
                ("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                ("application/vnd.oasis.opendocument.text"),
            )),
        (status = 304, description = "Not changed"),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 404, description = "No such order, a draft of another organization, or no file", body = ProblemBody),
        (status = 503, description = "PostgreSQL or the storage is down", body = ProblemBody),
    ),
    security((), ("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
async fn get_document(
    client: Option<ApiClient>,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = client.as_ref().map(ApiClient::caller).unwrap_or_default();
    let opened = orders::file_of(&state, &caller, uuid.into_inner()).await.map_err(problem)?;
    download(&state, &request, &opened, "public, no-cache").await
}

/// The answer to whoever downloads a file. `published` is the `Cache-Control` of a file that everybody may read.
pub(super) async fn download(
    state: &AppState,
    request: &HttpRequest,
    opened: &Opened,
    published: &'static str,
) -> Result<HttpResponse, Problem> {
    let Opened { file, is_public } = opened;
    let cache_control = if *is_public { published } else { "private, no-store" };
    // Another content is another file.
    let tag = EntityTag::new_strong(file.storage_key.rsplit('/').next().unwrap_or_default().to_owned());
    if *is_public && is_fresh(request, &tag) {
        return Ok(HttpResponse::NotModified()
            .insert_header(ETag(tag))
            .insert_header((CACHE_CONTROL, cache_control))
            .finish());
    }
    let content = orders::content_of(state, file).await.map_err(problem)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type.as_str()))
        // Always to be saved, never shown as a page of ours: what it holds is somebody else's.
        .insert_header(attachment(&file.file_name))
        .insert_header(ETag(tag))
        .insert_header((CACHE_CONTROL, cache_control))
        // Such files are compressed already.
        .insert_header((CONTENT_ENCODING, "identity"))
        .body(SizedStream::new(content.size, content.stream)))
}

fn problem(error: OrderError) -> Problem {
    match error {
        OrderError::NotFound | OrderError::NotMember => Problem::not_found(),
        OrderError::Storage(error) => error.into(),
        OrderError::Query(error) => error.into(),
        OrderError::Pool(error) => error.into(),
        other => Problem::internal(other),
    }
}
