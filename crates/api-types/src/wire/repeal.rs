//! Body of `PUT /api/regulations/repeal/{identifier}`, an addition to the contract.

use serde::{Deserialize, Serialize};

/// The end that is put to a published order. Dates and times are written as in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteRepeal {
    /// Last day; required, unless `endDateTime` stands for it.
    #[cfg_attr(feature = "openapi", schema(example = "2026-12-15"))]
    pub end_date: Option<String>,
    /// Time of that day from which nothing applies; 23:59 means the end of the day. Required with `endDate`.
    #[cfg_attr(feature = "openapi", schema(example = "23:59"))]
    pub end_time: Option<String>,
    /// Date and time in one instant, in place of both.
    pub end_date_time: Option<String>,
    /// Required: why, for everybody to read; at most 255 characters.
    pub reason: Option<String>,
}
