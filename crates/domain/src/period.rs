//! When a measure applies, as local wall-clock dates and times.
//!
//! Everything is in the time zone of the organization's territory and kept as the clerk wrote it: no offset, minute
//! precision, half-open intervals. `23:59` as an end means the end of that day.

use chrono::{NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::PeriodId;

/// A stretch of time, possibly restricted to some days and hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Period {
    /// Stable over versions.
    pub id: PeriodId,
    /// First local instant.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-12-01T07:00:00"))]
    pub start: NaiveDateTime,
    /// Local instant at which it stops; `None` for a permanent period.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-12-30T23:59:00"))]
    pub end: Option<NaiveDateTime>,
    /// On which days it recurs.
    pub recurrence: Recurrence,
    /// Hours of each of those days; empty means the whole day.
    #[serde(default)]
    pub time_slots: Vec<TimeSlot>,
}

impl Period {
    /// Whether the period has no end.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        self.end.is_none()
    }
}

/// Days on which a period applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type", content = "days")]
pub enum Recurrence {
    /// Every day.
    EveryDay,
    /// These days of the week, Monday first, without duplicates.
    CertainDays(Vec<Day>),
}

/// Day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the days of the week need no explanation")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// The week, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// The word used on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// The same day for `chrono`.
    #[must_use]
    pub const fn weekday(self) -> chrono::Weekday {
        match self {
            Self::Monday => chrono::Weekday::Mon,
            Self::Tuesday => chrono::Weekday::Tue,
            Self::Wednesday => chrono::Weekday::Wed,
            Self::Thursday => chrono::Weekday::Thu,
            Self::Friday => chrono::Weekday::Fri,
            Self::Saturday => chrono::Weekday::Sat,
            Self::Sunday => chrono::Weekday::Sun,
        }
    }
}

/// Hours of a day. `end` at or before `start` means that the slot ends on the following day; equal means 24 hours.
/// The slot belongs to the day on which it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimeSlot {
    /// Local time of day, minute precision.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "07:00:00"))]
    pub start: NaiveTime,
    /// Local time of day, minute precision.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "10:00:00"))]
    pub end: NaiveTime,
}
