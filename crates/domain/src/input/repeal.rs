use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// The repeal of a published order, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RepealInput {
    /// Required: last day.
    pub end_date: Option<NaiveDate>,
    /// Required: when that day; 23:59 means the end of it.
    #[serde(with = "crate::input::local_time")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "23:59"))]
    pub end_time: Option<NaiveTime>,
    /// Required: at most 255 characters.
    pub reason: Option<String>,
}
