use chrono::{DateTime, Utc};
use dialog_domain::{Change, OrderAction, OrderContent, OrderId, OrderSource, Repeal};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{MeasureTexts, OrganizationRef};

/// Which page of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct PageQuery {
    /// Page, 1 first.
    #[cfg_attr(feature = "openapi", param(minimum = 1))]
    pub page: Option<u32>,
    /// Elements per page, 1 to 100; 20 by default.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
    pub page_size: Option<u32>,
}

/// Something that was done to an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Identifier.
    pub uuid: Uuid,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Who.
    pub author: Author,
    /// What.
    pub action: OrderAction,
    /// Of the order, once it was done.
    pub revision: i64,
    /// The version that was published, if any.
    pub version: Option<i32>,
    /// The action in French.
    pub summary: String,
    /// What changed, one French sentence each. For a version: since the one before it.
    pub sentences: Vec<String>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// A person, a program of theirs, or ours.
    pub kind: AuthorKind,
    /// Full name, or client id of the key; absent when the account or the key is gone.
    pub name: Option<String>,
}

/// What an author is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum AuthorKind {
    /// A person on screen.
    User,
    /// A key of an integrator.
    ApiClient,
    /// DiaLog itself.
    Program,
}

/// A published version as a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VersionSummary {
    /// 1 first.
    pub number: i32,
    /// When.
    pub published_at: DateTime<Utc>,
    /// The order's number.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// That the order was repealed by this version, its last one.
    pub repeal: Option<Repeal>,
}

/// A published version, whole: what everybody could read from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    /// The order.
    pub uuid: OrderId,
    /// 1 first.
    pub number: i32,
    /// When.
    pub published_at: DateTime<Utc>,
    /// The order's number.
    pub identifier: String,
    /// Where the order came from.
    pub source: OrderSource,
    /// Who made it.
    pub organization: OrganizationRef,
    /// IANA name of the zone in which its periods are written.
    pub time_zone: String,
    /// What it says.
    pub content: OrderContent,
    /// Each measure in French, in the order of `content.measures`.
    pub texts: Vec<MeasureTexts>,
}

/// With what to compare a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct DifferenceQuery {
    /// The number of another version, or `working-copy`, for members of the organization.
    #[cfg_attr(feature = "openapi", param(pattern = "^([1-9][0-9]{0,8}|working-copy)$"))]
    pub with: String,
}

/// What changed from one state of an order to a later one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VersionDifference {
    /// The earlier version.
    pub from: i32,
    /// The later one; absent: the working copy.
    pub to: Option<i32>,
    /// Each change, typed; none when both say the same.
    pub changes: Vec<Change>,
    /// The same in French, one sentence each.
    pub sentences: Vec<String>,
}

/// What a publication or a repeal did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublicationReport {
    /// The version that is public now.
    pub version: i32,
    /// Whether it is a new one: publishing without a change makes none.
    pub is_new: bool,
    /// What changed since the version before, typed.
    pub changes: Vec<Change>,
    /// The same in French, one sentence each.
    pub sentences: Vec<String>,
}
