use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{OwnRegulations, OwnRegulationsParameters};
use dialog_db::listings::{Selection, SortKey, Window};

use crate::app::AppState;
use crate::contract::read;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::routes::lists::{Cursor, cursor, links, moment, next_cursor, sort, word};
use crate::routes::parameters::Parameters;
use crate::routes::regulations::order_problem;
use crate::services::search;

const PATH: &str = "/api/organization/regulations";
const SORTS: [(&str, SortKey); 2] = [("uuid", SortKey::Creation), ("updatedAt", SortKey::Change)];

/// The orders of one's organization, drafts included, as they are now. To keep a copy up to date: `sort=updatedAt`, and
/// next time `updatedSince` with the last `updatedAt` less a minute, for what was being written meanwhile.
#[utoipa::path(
    get,
    path = "/api/organization/regulations",
    tag = "Private",
    params(OwnRegulationsParameters),
    responses(
        (status = 200, description = "Part of the orders, and the cursor of what follows", body = OwnRegulations,
            headers(("Link" = String, description = "`rel=\"next\"`"))),
        (status = 400, description = "A parameter cannot be read", body = ProblemBody),
        (status = 401, description = "No credentials, or refused ones", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(("ApiClientIdHeader" = [], "ApiClientSecretHeader" = []))
)]
pub async fn list_own_regulations(
    client: ApiClient,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let sort = sort(&parameters, &SORTS)?;
    let after = match cursor(&parameters, sort)? {
        Cursor::After(position) => Some(position),
        Cursor::Absent | Cursor::Beginning => None,
    };
    let limit = i64::from(parameters.clamped("limit", 20, 1..=100)?);
    let selection = Selection {
        identifier: parameters.text("identifier")?.map(str::to_owned),
        status: word(&parameters, "status")?,
        category: word(&parameters, "category")?,
        changed_since: moment(&parameters, "updatedSince")?,
        ..Selection::default()
    };
    let window = Window { after, offset: 0, limit };
    let orders = search::own(&state, &client, &selection, sort, window).await.map_err(order_problem)?;

    let next_cursor = next_cursor(&orders, limit, sort);
    let next: Vec<_> = next_cursor.iter().map(|next| ("next", "cursor", next.clone())).collect();
    let zone = client.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let mut response = HttpResponse::Ok();
    if let Some(links) = links(&format!("{}{PATH}", state.config.base_url), &parameters, &next) {
        response.insert_header(links);
    }
    Ok(response.json(OwnRegulations {
        regulations: orders.iter().map(|order| read::regulation(order, zone, &state.config.base_url)).collect(),
        next_cursor,
    }))
}
