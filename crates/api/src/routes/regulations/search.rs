use actix_web::http::header::{CACHE_CONTROL, ETag, EntityTag};
use actix_web::{HttpRequest, HttpResponse, web};
use dialog_api_types::page::PageMetadata;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::wire::{SearchMetadata, SearchParameters, SearchResult};
use dialog_db::listings::{Phase, Selection, Sort, SortKey, Window};
use dialog_domain::OrganizationId;
use sha2::{Digest, Sha256};

use super::problem::order_problem;
use crate::app::AppState;
use crate::contract::read;
use crate::problem::Problem;
use crate::routes::conditional::is_fresh;
use crate::routes::lists::{Cursor, cursor, links, moment, next_cursor, sort, word};
use crate::routes::parameters::{Parameters, invalid};
use crate::secrets::hex;
use crate::services::search;

const PATH: &str = "/api/regulations/search";
const SORTS: [(&str, SortKey); 3] =
    [("uuid", SortKey::Creation), ("startDate", SortKey::Start), ("updatedAt", SortKey::Change)];

/// Search the published orders of every organization, in force now unless `status` says otherwise. An order without
/// end applies for good.
#[utoipa::path(
    get,
    path = "/api/regulations/search",
    tag = "Public",
    params(SearchParameters, ("If-None-Match" = Option<String>, Header, description = "ETag of what the caller has")),
    responses(
        (status = 200, description = "A page of orders; beyond the last one it is empty", body = SearchResult,
            headers(("ETag" = String), ("Link" = String, description = "`rel=\"next\"` and `rel=\"prev\"`"))),
        (status = 304, description = "Not changed"),
        (status = 400, description = "A parameter cannot be read; `error` names it", body = ProblemBody),
        (status = 401, description = "Credentials were sent, and are refused", body = ProblemBody),
        (status = 429, description = "Too many requests", body = ProblemBody),
        (status = 503, description = "PostgreSQL is down", body = ProblemBody),
    ),
    security(())
)]
pub async fn search_regulations(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let parameters = Parameters::of(&request);
    let asked = Asked::read(&parameters, state.clock.now())?;
    let page = search::published(&state, &asked.selection, asked.sort, asked.window()).await.map_err(order_problem)?;

    let metadata = PageMetadata::new(asked.page, asked.page_size, page.total);
    let next = next_cursor(&page.orders, i64::from(asked.page_size), asked.sort);
    let links = links(&format!("{}{PATH}", state.config.base_url), &parameters, &asked.others(metadata, next.as_ref()));
    let base_url = &state.config.base_url;
    let result = SearchResult {
        metadata: SearchMetadata { page: metadata, next_cursor: next },
        regulations: page.orders.iter().map(|order| read::searched_regulation(order, base_url)).collect(),
    };
    let body = serde_json::to_vec(&result)?;

    let tag = EntityTag::new_weak(hex(&Sha256::digest(&body)[..12]));
    let is_fresh = is_fresh(&request, &tag);
    let mut response = if is_fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, "public, no-cache"));
    if let Some(links) = links {
        response.insert_header(links);
    }
    if is_fresh { Ok(response.finish()) } else { Ok(response.content_type("application/json").body(body)) }
}

/// A search, checked.
struct Asked {
    selection: Selection,
    sort: Sort,
    cursor: Cursor,
    page: u32,
    page_size: u32,
}

impl Asked {
    /// Parameters are checked in the order of the contract: the first mistake is told.
    fn read(parameters: &Parameters, now: chrono::DateTime<chrono::Utc>) -> Result<Self, Problem> {
        let phase = match parameters.get("status") {
            None | Some("current") => Some((Phase::Current, now)),
            Some("expired") => Some((Phase::Over, now)),
            Some("upcoming") => Some((Phase::Upcoming, now)),
            Some("all") => None,
            Some(_) => return Err(invalid("status")),
        };
        let category = word(parameters, "category")?;
        let measure_type = word(parameters, "measureType")?;
        let ends_from = moment(parameters, "dateStart")?;
        let starts_until = moment(parameters, "dateEnd")?;
        let without_heavy_goods = !parameters.boolean("includeHeavyGoodsVehicle", true)?;
        let page = parameters.clamped("page", 1, 1..=u32::MAX)?;
        let page_size = parameters.clamped("pageSize", 20, 1..=100)?;
        let organization = parameters.parse::<uuid::Uuid>("organizationUuid")?;
        let sort = sort(parameters, &SORTS)?;
        let cursor = cursor(parameters, sort)?;
        let selection = Selection {
            organizations: organization.map(|organization| vec![OrganizationId(organization)]),
            category,
            phase,
            city_code: parameters.text("inseeCode")?.map(str::to_owned),
            measure_type,
            without_heavy_goods,
            ends_from,
            starts_until,
            changed_since: moment(parameters, "updatedSince")?,
            bounding_box: parameters.bounding_box("bbox")?,
            ..Selection::default()
        };
        // A cursor takes the place of a page.
        let page = if cursor == Cursor::Absent { page } else { 1 };
        Ok(Self { selection, sort, cursor, page, page_size })
    }

    fn window(&self) -> Window {
        let limit = i64::from(self.page_size);
        match self.cursor {
            Cursor::Absent => Window { after: None, offset: i64::from(self.page - 1) * limit, limit },
            Cursor::Beginning => Window { after: None, offset: 0, limit },
            Cursor::After(position) => Window { after: Some(position), offset: 0, limit },
        }
    }

    /// The pages around this one, as `Link` has them.
    fn others(&self, page: PageMetadata, next: Option<&String>) -> Vec<(&'static str, &'static str, String)> {
        if self.cursor != Cursor::Absent {
            return next.map(|next| ("next", "cursor", next.clone())).into_iter().collect();
        }
        let next = (page.page < page.last_page).then(|| page.page + 1);
        let previous = (page.page > 1).then(|| (page.page - 1).min(page.last_page));
        [("next", next), ("prev", previous)]
            .into_iter()
            .filter_map(|(relation, page)| Some((relation, "page", page?.to_string())))
            .collect()
    }
}
