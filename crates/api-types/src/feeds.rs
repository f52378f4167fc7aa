//! Feeds of everything public: parameters, and what changed.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrderSource, OrganizationId};
use serde::{Deserialize, Serialize};

/// Parameters of every feed; an order passes all of them. Those on place, time, type of measure and vehicle are passed
/// by one location of one measure together; the order is given whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct FeedParameters {
    /// A single order, by its UUID.
    pub order: Option<String>,
    /// Permanent orders; true by default.
    pub include_permanent: Option<bool>,
    /// Temporary orders; true by default.
    pub include_temporary: Option<bool>,
    /// Temporary orders that are over; false by default.
    pub include_expired: Option<bool>,
    /// Orders of one organization, by its UUID or its SIRET number.
    pub organization: Option<String>,
    /// `minLon,minLat,maxLon,maxLat` in degrees: what reaches into this rectangle.
    pub bbox: Option<String>,
    /// INSEE code: of a commune in which the location lies, or of the organization.
    pub insee_code: Option<String>,
    /// Date or date-time: what applies then or later. A date is its first instant in UTC.
    pub date_start: Option<String>,
    /// Date or date-time: what applies before.
    pub date_end: Option<String>,
    /// `noEntry`, `speedLimitation`, `parkingProhibited`, `alternateRoad`, `noOvertaking`: one of these, separated by
    /// commas.
    pub measure_type: Option<String>,
    /// What concerns such vehicles: restricts them or everybody, and does not exempt them. `heavyGoodsVehicle`,
    /// `dimensions`, `critair`, `hazardousMaterials`, or one that may be exempted: `commercial`, `emergencyServices`,
    /// `bicycle`, `pedestrians`, `taxi`, `carSharing`, `roadMaintenanceOrConstruction`, `cityLogistics`, `police`,
    /// `desserteLocale`, `localResident`.
    pub vehicle: Option<String>,
    /// Date or date-time: orders whose present version was published, or whose official document changed, then or later.
    pub updated_since: Option<String>,
}

/// Parameters of the DATEX II documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct LayoutParameters {
    /// `legacy`: the layout of DiaLog (PHP), with what the schema allows of it.
    pub layout: Option<String>,
}

/// Parameters of `GET /api/changes`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct ChangesParameters {
    /// The `cursor` of the last change that the caller has; absent or 0: from the first one on.
    pub after: Option<u64>,
    /// `json` (by default), `ndjson`: one change a line, or `datex`: a publication of the orders, those that were
    /// deleted with the state `withdrawn`.
    pub format: Option<String>,
    /// Most changes of an answer, 100 by default; taken back into 1 to 1000.
    pub limit: Option<u32>,
    /// Seconds to wait for a change when there is none; 0 by default, taken back into 0 to 30.
    pub wait: Option<u32>,
}

/// What happened in public since a cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// What to give as `after` next time.
    pub cursor: i64,
    /// Whether more may follow at once: the answer is as long as was allowed.
    pub has_more: bool,
    /// Each change once, in the order in which they became public.
    pub changes: Vec<PublicChange>,
}

/// Something that happened to a public order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicChange {
    /// Grows with every change.
    pub cursor: i64,
    /// What happened.
    pub kind: PublicChangeKind,
    /// The order.
    pub order_uuid: OrderId,
    /// Its organization.
    pub organization_uuid: OrganizationId,
    /// The version that was published; of a deletion, the last one that was public.
    pub version: Option<i32>,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// What is public from then on; null for a deletion.
    pub order: Option<PublicOrder>,
}

/// What can happen to a public order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum PublicChangeKind {
    /// A version was published, or the official document of the one that is public changed.
    Published,
    /// It was repealed: its last version has an end.
    Repealed,
    /// It was deleted: nothing of it is public any more.
    Deleted,
}

/// A version of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicOrder {
    /// The organization's own number.
    pub identifier: String,
    /// Who made it.
    pub organization_name: String,
    /// IANA name of the zone in which its periods are written.
    pub time_zone: String,
    /// Where it came from.
    pub source: OrderSource,
    /// When this version was published.
    pub published_at: DateTime<Utc>,
    /// What it says.
    pub content: OrderContent,
}
