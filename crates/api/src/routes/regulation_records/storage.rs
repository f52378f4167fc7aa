use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::app::{OrderView, SendDocument};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{anyone, member, problem::problem, saved};
use crate::app::AppState;
use crate::extract::{CurrentUser, IfMatch, OptionalUser, read_document};
use crate::problem::Problem;
use crate::routes::stored_file::download;
use crate::services::orders::{self, Side};

/// Attach the official document, a file or a link, in place of the one that is there. A title alone keeps the file.
#[utoipa::path(
    put,
    path = "/regulation-records/{uuid}/storage",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    request_body(content((SendDocument = "multipart/form-data"), (SendDocument = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "Attached: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not a UUID, or a form that cannot be read", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 413, description = "Form over 6 MB", body = ProblemBody),
        (status = 415, description = "Not a form", body = ProblemBody),
        (status = 422, description = "Some rules are broken", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL, Redis or the storage is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn attach_document(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (caller, side) = (member(&user), Side::Screen { revision });
    let order = orders::require_change(&state, &caller, uuid.into_inner(), side).await.map_err(problem)?;
    let upload = read_document(&request, payload).await?;
    let attached = orders::attach(&state, &caller, &order, side, upload).await;
    saved(&state, attached.map(|attached| attached.order)).await
}

/// Take the official document away; without document nothing happens.
#[utoipa::path(
    delete,
    path = "/regulation-records/{uuid}/storage",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("If-Match" = String, Header, description = "ETag of the order as it was shown"),
    ),
    responses(
        (status = 200, description = "Gone: the whole order", body = OrderView, headers(("ETag" = String))),
        (status = 400, description = "Not a UUID", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Read-only for the caller, or no CSRF token", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 412, description = "Changed since it was shown; see current", body = ProblemBody),
        (status = 428, description = "No If-Match", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn detach_document(
    user: CurrentUser,
    IfMatch(revision): IfMatch,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
) -> Result<HttpResponse, Problem> {
    let order = orders::detach(&state, &member(&user), uuid.into_inner(), Side::Screen { revision }).await;
    saved(&state, order).await
}

/// Download the file of an order: of a draft for the members of its organization, of a published order for anybody.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/storage/file",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order")),
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
        (status = 404, description = "No such order, a draft of another organization, or no file", body = ProblemBody),
        (status = 503, description = "PostgreSQL or the storage is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_document_file(
    user: OptionalUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let opened = orders::file_of(&state, &anyone(&user), uuid.into_inner()).await.map_err(problem)?;
    download(&state, &request, &opened, "private, no-cache").await
}
