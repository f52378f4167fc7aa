use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::feeds::FeedParameters;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_db::feeds::Admitted;
use dialog_db::fragments::FeedName;

use super::answer::answer;
use super::selection::filter;
use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::parameters::Parameters;
use crate::services::feeds::{Asked, Layout, Present};

/// What Waze can apply of the published orders, in CIFS v2: closures and alternate traffic that concern every vehicle
/// and have an end. What is left out of it, and why, is told to whoever wrote the order.
///
/// Ask with `If-None-Match`: as long as nothing changes the answer is 304 without body.
#[utoipa::path(
    get,
    path = "/api/regulations/cifs.xml",
    tag = "Public",
    params(
        FeedParameters,
        ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has"),
    ),
    responses(
        (status = 200, description = "The incidents", body = String, content_type = "text/xml; charset=UTF-8",
            headers(("ETag" = String), ("Last-Modified" = String))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "Refused credentials", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn get_cifs(
    request: HttpRequest,
    state: web::Data<AppState>,
    present: web::Data<Present>,
) -> Result<HttpResponse, Problem> {
    let admitted = state.config.cifs_filter.clone();
    let mut filter = filter(&Parameters::of(&request))?;
    filter.admitted = Admitted {
        sources: admitted.allowed_sources.clone(),
        without_identifiers: admitted.excluded_identifiers.clone(),
        without_organizations: admitted.excluded_org_uuids.clone(),
    };
    let asked = Asked { feed: FeedName::Cifs, layout: Layout::Current, filter, admitted };
    answer(&request, &state, &present, asked).await
}
