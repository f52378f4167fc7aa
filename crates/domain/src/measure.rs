//! One measure: what is restricted, for whom, when and where.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Location, MeasureId, Period, VehicleSet};

/// A restriction with its vehicles, periods and locations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// Stable over versions.
    pub id: MeasureId,
    /// What is restricted.
    #[serde(rename = "type")]
    pub kind: MeasureType,
    /// Speed limit in km/h, 1 to 130; present exactly when `kind` is [`MeasureType::SpeedLimitation`].
    #[serde(default)]
    pub max_speed_kmh: Option<u16>,
    /// Who is concerned.
    pub vehicle_set: VehicleSet,
    /// When; at least one.
    pub periods: Vec<Period>,
    /// Where, in the order of entry.
    pub locations: Vec<Location>,
    /// When the measure was first written.
    pub created_at: DateTime<Utc>,
}

/// The five kinds of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum MeasureType {
    /// Circulation interdite.
    NoEntry,
    /// Limitation de vitesse.
    SpeedLimitation,
    /// Stationnement interdit.
    ParkingProhibited,
    /// Circulation alternée.
    AlternateRoad,
    /// Interdiction de dépasser.
    NoOvertaking,
}

impl MeasureType {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 5] =
        [Self::NoEntry, Self::SpeedLimitation, Self::ParkingProhibited, Self::AlternateRoad, Self::NoOvertaking];

    /// The word used on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoEntry => "noEntry",
            Self::SpeedLimitation => "speedLimitation",
            Self::ParkingProhibited => "parkingProhibited",
            Self::AlternateRoad => "alternateRoad",
            Self::NoOvertaking => "noOvertaking",
        }
    }
}
