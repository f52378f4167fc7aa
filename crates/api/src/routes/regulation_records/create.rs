use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, web};
use dialog_api_types::app::{CreateOrder, OrderView};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_domain::input::{GeneralInfoInput, MeasureInput, OrderInput};
use dialog_domain::{OrganizationId, Violation, ViolationCode};
use serde::Deserialize;

use super::{answer, member, problem::problem};
use crate::app::AppState;
use crate::extract::{CurrentUser, JsonBody};
use crate::problem::Problem;
use crate::services::orders::{self, OrderError, Viewed};

/// [`CreateOrder`] with all of its members at one level, so that a mistake is told on its path.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Body {
    organization_uuid: Option<OrganizationId>,
    identifier: Option<String>,
    category: Option<String>,
    subject: Option<String>,
    other_category_text: Option<String>,
    title: Option<String>,
    measures: Vec<MeasureInput>,
}

impl From<Body> for CreateOrder {
    fn from(body: Body) -> Self {
        let Body { organization_uuid, identifier, category, subject, other_category_text, title, measures } = body;
        let general = GeneralInfoInput { identifier, category, subject, other_category_text, title };
        Self { organization_uuid, order: OrderInput { general, measures, measures_sent_empty: false } }
    }
}

/// Write a draft, with measures or without.
#[utoipa::path(
    post,
    path = "/regulation-records",
    tag = "Orders",
    request_body = CreateOrder,
    responses(
        (status = 201, description = "Created", body = OrderView, headers(("ETag" = String), ("Location" = String))),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is logged in", body = ProblemBody),
        (status = 403, description = "Not a member of the organization, or no CSRF token", body = ProblemBody),
        (status = 413, description = "Body over 2 MB", body = ProblemBody),
        (status = 422, description = "Some rules are broken, or this is not supported yet", body = ProblemBody),
        (status = 503, description = "PostgreSQL or Redis is down", body = ProblemBody),
    ),
    security(("SessionCookie" = [], "CsrfToken" = []))
)]
pub async fn create_order(
    user: CurrentUser,
    state: web::Data<AppState>,
    JsonBody(body): JsonBody<Body>,
) -> Result<HttpResponse, Problem> {
    let body = CreateOrder::from(body);
    // Who has one organization need not choose it.
    let organization = match (body.organization_uuid, user.memberships.as_slice()) {
        (Some(organization), _) => organization,
        (None, [only]) => only.organization_uuid.into(),
        (None, _) => {
            let violation = Violation::new("organizationUuid", ViolationCode::Required);
            return Err(problem(OrderError::Invalid(vec![violation])));
        }
    };
    let order = orders::create_from_form(&state, &member(&user), organization, &body.order).await.map_err(problem)?;
    let mut response = HttpResponse::Created();
    response.insert_header((LOCATION, format!("/api/app/regulation-records/{}", order.id)));
    answer(&state, response, Viewed { order, losses: Vec::new() }).await
}
