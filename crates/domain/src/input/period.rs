use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::PeriodId;

/// A period as typed, in local wall-clock dates and times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct PeriodInput {
    /// The period that this one replaces, to keep its identity.
    pub uuid: Option<PeriodId>,
    /// Required.
    pub start_date: Option<NaiveDate>,
    /// Required unless permanent.
    #[serde(with = "crate::input::local_time")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "00:00"))]
    pub start_time: Option<NaiveTime>,
    /// Required unless permanent.
    pub end_date: Option<NaiveDate>,
    /// Required unless permanent.
    #[serde(with = "crate::input::local_time")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "23:59"))]
    pub end_time: Option<NaiveTime>,
    /// Whether the period has no end.
    pub is_permanent: bool,
    /// `everyDay` or `certainDays`.
    pub recurrence_type: Option<String>,
    /// With `certainDays`: at least one day, `monday` to `sunday`.
    pub applicable_days: Vec<String>,
    /// Whether an empty `applicable_days` is accepted with `certainDays` and read as every day. The integrators'
    /// contract accepts `certainDays` without `dailyRange`; forms never set this.
    #[serde(skip)]
    pub days_optional: bool,
    /// Hours of the day; none: the whole day.
    pub time_slots: Vec<TimeSlotInput>,
}

/// Hours of a day as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct TimeSlotInput {
    /// Required.
    #[serde(with = "crate::input::local_time")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "07:00"))]
    pub start_time: Option<NaiveTime>,
    /// Required; at or before `start_time` means the following day.
    #[serde(with = "crate::input::local_time")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "10:00"))]
    pub end_time: Option<NaiveTime>,
}
