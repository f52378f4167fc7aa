use chrono::NaiveDate;
use dialog_domain::{MeasureType, OrderCategory, OrderSource, OrderStatus, OrganizationId, Subject};
use serde::{Deserialize, Serialize};

/// Filters of `GET /api/app/regulation-records`; an order passes all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct ListOrdersQuery {
    /// Page, 1 first.
    pub page: Option<u32>,
    /// Elements per page, 20 by default; above 100 it is 100.
    pub page_size: Option<u32>,
    /// Words, each of which is part of the identifier, the title, a street or a commune, whatever case and accents.
    pub search: Option<String>,
    /// Part of the identifier, whatever the case.
    pub identifier: Option<String>,
    /// One organization. Drafts of organizations that are not the caller's are never listed.
    pub organization_uuid: Option<OrganizationId>,
    /// `true`: every published order, as who is not logged in lists them; it matters to members, who otherwise list those of
    /// their organizations.
    pub everybody: Option<bool>,
    /// With at least one measure of this type.
    pub measure_type: Option<MeasureType>,
    /// For this reason; permanent orders have none.
    pub subject: Option<Subject>,
    /// Written there.
    pub source: Option<OrderSource>,
    /// In force on this day or later.
    pub in_force_from: Option<NaiveDate>,
    /// In force on this day or before.
    pub in_force_until: Option<NaiveDate>,
    /// `draft` or `published`. Who is not a member sees published orders whatever is asked.
    pub status: Option<OrderStatus>,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub category: Option<OrderCategory>,
    /// `permanent` or `temporary`: the same as `category` in other words.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub regulation_order_type: Option<OrderType>,
    /// Drafts, or published orders by what they do now.
    #[cfg_attr(feature = "openapi", param(inline))]
    pub phase: Option<OrderPhase>,
    /// `period`, `identifier`, `source` or `status`; anything else, like nothing, is the latest start first, orders
    /// without date before all.
    pub sort: Option<String>,
    /// `asc` (by default) or `desc`, with `sort`.
    pub dir: Option<String>,
}

/// Whether an order ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OrderType {
    /// It applies until it is repealed.
    Permanent,
    /// It ends.
    Temporary,
}

impl From<OrderType> for OrderCategory {
    fn from(kind: OrderType) -> Self {
        match kind {
            OrderType::Permanent => Self::PermanentRegulation,
            OrderType::Temporary => Self::TemporaryRegulation,
        }
    }
}

/// What an order does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OrderPhase {
    /// It is a draft.
    Draft,
    /// It is published and starts later.
    Upcoming,
    /// It is published, has started and is not over.
    Current,
    /// It is published and over.
    Past,
}
