use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{LocationInput, PeriodInput, VehicleSetInput};
use crate::MeasureId;

/// A measure as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct MeasureInput {
    /// The measure that this one replaces, to keep its identity.
    pub uuid: Option<MeasureId>,
    /// One of the five kinds.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// km/h, with `speedLimitation` only.
    pub max_speed: Option<i64>,
    /// Absent: all vehicles.
    pub vehicle_set: Option<VehicleSetInput>,
    /// At least one.
    pub periods: Vec<PeriodInput>,
    /// At least one to publish.
    pub locations: Vec<LocationInput>,
    /// When it was first written, if not now.
    pub created_at: Option<DateTime<Utc>>,
}
