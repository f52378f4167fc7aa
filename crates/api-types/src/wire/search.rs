//! Lists of orders of the integrators' contract.

use serde::{Deserialize, Serialize};

use super::RegulationView;
use crate::page::PageMetadata;

/// Parameters of `GET /api/regulations/search`; an order passes all of them. Those from `organizationUuid` on are
/// additions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct SearchParameters {
    /// `current` (by default), `expired`, `upcoming` or `all`.
    pub status: Option<String>,
    /// INSEE code: of the commune of a street, or of the organization.
    pub insee_code: Option<String>,
    /// Date or date-time: orders that end then or later, or never.
    pub date_start: Option<String>,
    /// Date or date-time: orders that start then or earlier. A date is its first instant in UTC.
    pub date_end: Option<String>,
    /// `temporaryRegulation` or `permanentRegulation`.
    pub category: Option<String>,
    /// `noEntry`, `speedLimitation`, `parkingProhibited`, `alternateRoad` or `noOvertaking`: orders with at least one
    /// such measure, whole.
    pub measure_type: Option<String>,
    /// `false` leaves out every order with a measure that restricts heavy goods vehicles.
    pub include_heavy_goods_vehicle: Option<bool>,
    /// Page, 1 first; less is 1.
    pub page: Option<i64>,
    /// Orders per page, 20 by default; taken back into 1 to 100.
    pub page_size: Option<i64>,
    /// Orders of one organization.
    pub organization_uuid: Option<String>,
    /// `minLon,minLat,maxLon,maxLat` in degrees: orders with something there.
    pub bbox: Option<String>,
    /// Date or date-time: orders whose present version was published then or later.
    pub updated_since: Option<String>,
    /// `uuid` (by default: the order of creation), `startDate` or `updatedAt`; after a `-`, the greatest first.
    pub sort: Option<String>,
    /// In place of `page`: the `nextCursor` of the page before; empty for the first. Not with `startDate`.
    pub cursor: Option<String>,
}

/// Answer of `GET /api/regulations/search`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    /// Where this page stands.
    pub metadata: SearchMetadata,
    /// The orders of the page, as they are published.
    pub regulations: Vec<RegulationView>,
}

/// Where a page of the search stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchMetadata {
    /// Page and totals.
    #[serde(flatten)]
    pub page: PageMetadata,
    /// Addition: the `cursor` of what follows; null at the end, and where orders are sorted by start.
    pub next_cursor: Option<String>,
}

/// Parameters of `GET /api/organization/regulations`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct OwnRegulationsParameters {
    /// `draft` or `published`.
    pub status: Option<String>,
    /// `temporaryRegulation` or `permanentRegulation`.
    pub category: Option<String>,
    /// Part of the identifier, whatever the case.
    pub identifier: Option<String>,
    /// Date or date-time: orders that were changed then or later.
    pub updated_since: Option<String>,
    /// `uuid` (by default: the order of creation) or `updatedAt`; after a `-`, the greatest first.
    pub sort: Option<String>,
    /// Most orders of the answer, 20 by default; taken back into 1 to 100.
    pub limit: Option<i64>,
    /// The `nextCursor` of the answer before.
    pub cursor: Option<String>,
}

/// Answer of `GET /api/organization/regulations`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OwnRegulations {
    /// Working copies, drafts included.
    pub regulations: Vec<RegulationView>,
    /// The `cursor` of what follows; null at the end.
    pub next_cursor: Option<String>,
}

/// Parameters of `GET /api/organization/identifiers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct IdentifiersParameters {
    /// Addition: what they begin with.
    pub prefix: Option<String>,
    /// Addition: most identifiers of the answer, 1 or more; all by default.
    pub limit: Option<u32>,
}

/// Answer of `GET /api/organization/identifiers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identifiers {
    /// Those of drafts and published orders, sorted by code point.
    pub identifiers: Vec<String>,
}
