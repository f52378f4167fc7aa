use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::{DifferenceQuery, PageQuery, VersionDifference, VersionSummary, VersionView};
use dialog_api_types::page::Page;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::OrderId;

use super::{anyone, problem::problem};
use crate::app::AppState;
use crate::extract::{OptionalUser, Pagination, Query};
use crate::problem::Problem;
use crate::services::orders::{self, Compared};

/// What is public once stays as it is, but disappears with its order.
const CACHE: (actix_web::http::header::HeaderName, &str) = (CACHE_CONTROL, "private, no-cache");

/// The published versions of an order, latest first. A draft has none.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/versions",
    tag = "Orders",
    params(("uuid" = OrderId, Path, description = "The order"), PageQuery),
    responses(
        (status = 200, description = "A page of versions", body = Page<VersionSummary>),
        (status = 400, description = "Not a UUID, or a parameter cannot be read", body = ProblemBody),
        (status = 404, description = "No such order, or a draft of another organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn list_versions(
    user: OptionalUser,
    state: web::Data<AppState>,
    uuid: web::Path<OrderId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let page = Pagination::new(query.page, query.page_size)?;
    let (items, total) = orders::versions(&state, &anyone(&user), uuid.into_inner(), page).await.map_err(problem)?;
    Ok(HttpResponse::Ok().insert_header(CACHE).json(Page { items, metadata: page.metadata(total) }))
}

/// A published version of an order, as it was and stays.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/versions/{number}",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("number" = i32, Path, minimum = 1, description = "The version, 1 first"),
    ),
    responses(
        (status = 200, description = "The version", body = VersionView),
        (status = 400, description = "Not a UUID, or not a number", body = ProblemBody),
        (status = 404, description = "No such version or order, or a draft of another organization", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_version(
    user: OptionalUser,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, i32)>,
) -> Result<HttpResponse, Problem> {
    let (id, number) = path.into_inner();
    let version: VersionView = orders::version(&state, &anyone(&user), id, number).await.map_err(problem)?;
    Ok(HttpResponse::Ok().insert_header(CACHE).json(version))
}

/// What changed between a version and another one, or the working copy: from the earlier to the later of both.
#[utoipa::path(
    get,
    path = "/regulation-records/{uuid}/versions/{number}/difference",
    tag = "Orders",
    params(
        ("uuid" = OrderId, Path, description = "The order"),
        ("number" = i32, Path, minimum = 1, description = "The version, 1 first"),
        DifferenceQuery,
    ),
    responses(
        (status = 200, description = "What changed", body = VersionDifference),
        (status = 400, description = "Not a UUID, not a number, or nothing to compare with", body = ProblemBody),
        (status = 404, description = "No such version or order, or none that the caller may know of", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security((), ("SessionCookie" = []))
)]
pub async fn get_difference(
    user: OptionalUser,
    state: web::Data<AppState>,
    path: web::Path<(OrderId, i32)>,
    query: Query<DifferenceQuery>,
) -> Result<HttpResponse, Problem> {
    let (id, number) = path.into_inner();
    let with = compared(&query.with)?;
    let difference: VersionDifference =
        orders::difference(&state, &anyone(&user), id, number, with).await.map_err(problem)?;
    Ok(HttpResponse::Ok().insert_header(CACHE).json(difference))
}

fn compared(with: &str) -> Result<Compared, Problem> {
    match with {
        "working-copy" => Ok(Compared::WorkingCopy),
        number => number.parse().ok().filter(|number| *number > 0).map(Compared::Version).ok_or_else(|| {
            Problem::invalid_parameter("Le paramètre « with » est le numéro d'une version, ou « working-copy ».")
        }),
    }
}
