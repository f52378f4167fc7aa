use chrono::{DateTime, Utc};
use dialog_domain::{
    LocationId, Measure, MeasureId, OrderCategory, OrderContent, OrderId, OrderSource, OrderStatus, OrganizationId,
    Repeal,
    input::{GeneralInfoInput, OrderInput},
};
use serde::{Deserialize, Serialize};

use super::{DocumentView, OrderPhase, PublicationReport};

/// Body of `POST /api/app/regulation-records`: a draft.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct CreateOrder {
    /// The organization that makes the order; one of the caller's.
    pub organization_uuid: Option<OrganizationId>,
    /// General information and measures.
    #[serde(flatten)]
    pub order: OrderInput,
}

/// Body of `PATCH /api/app/regulation-records/{uuid}`: the general information, whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct UpdateOrder {
    /// General information.
    #[serde(flatten)]
    pub general: GeneralInfoInput,
}

/// An order as a line of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderSummary {
    /// The order.
    pub uuid: OrderId,
    /// Its number.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Permanent or temporary.
    pub category: OrderCategory,
    /// Draft or published.
    pub status: OrderStatus,
    /// Where it comes from.
    pub source: OrderSource,
    /// Who makes it.
    pub organization: OrganizationRef,
    /// The first location in French; absent without location.
    pub first_location: Option<String>,
    /// Number of locations of all measures.
    pub location_count: u32,
    /// The overall period in French, for instance `du 01/12/2026 au 30/12/2026`.
    pub period: Option<String>,
    /// What it does now; absent for a published order without period.
    #[serde(default)]
    pub phase: Option<OrderPhase>,
    /// When it begins, or stops, in French: `commence dans 3 jours`, `se termine le 30/06/2027`; absent for a draft.
    #[serde(default)]
    pub next_change: Option<String>,
    /// Whether the working copy differs from what is public.
    pub has_unpublished_changes: bool,
    /// That it was repealed, if so.
    #[serde(default)]
    pub repeal: Option<Repeal>,
    /// What the caller may do.
    pub permissions: Permissions,
}

/// An organization, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganizationRef {
    /// Identifier.
    pub uuid: OrganizationId,
    /// Name.
    pub name: String,
}

/// What the caller may do with an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// Change it.
    pub can_edit: bool,
    /// Publish it, or its changes.
    pub can_publish: bool,
    /// Delete it.
    pub can_delete: bool,
    /// Put an end to it: a published order that nobody repealed yet.
    #[serde(default)]
    pub can_repeal: bool,
    /// Make a draft that says the same.
    #[serde(default)]
    pub can_duplicate: bool,
    /// See who did what to it, and what is not published.
    #[serde(default)]
    pub can_see_history: bool,
}

/// An order, whole. For a member: the working copy; for anybody else: the published version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderView {
    /// The order.
    pub uuid: OrderId,
    /// Its number.
    pub identifier: String,
    /// Draft or published.
    pub status: OrderStatus,
    /// Where it comes from.
    pub source: OrderSource,
    /// Who makes it.
    pub organization: OrganizationRef,
    /// IANA name of the zone in which its periods are written.
    pub time_zone: String,
    /// To send back as `If-Match` (also the `ETag` header).
    pub revision: i64,
    /// What it says.
    pub content: OrderContent,
    /// Each measure in French, in the order of `content.measures`.
    pub texts: Vec<MeasureTexts>,
    /// The overall period in French, for instance `du 01/12/2026 au 30/12/2026`.
    #[serde(default)]
    pub period: Option<String>,
    /// What it does now; absent for a published order without period.
    #[serde(default)]
    pub phase: Option<OrderPhase>,
    /// When it begins, or stops, in French: `commence dans 3 jours`, `se termine le 30/06/2027`; absent for a draft.
    #[serde(default)]
    pub next_change: Option<String>,
    /// Whether the working copy differs from what is public.
    pub has_unpublished_changes: bool,
    /// The last published version, if any.
    pub published: Option<PublishedVersion>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// What the caller may do.
    pub permissions: Permissions,
    /// Remarks that do not prevent saving, for instance a location partly outside the perimeter, in French.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Its official document, if any.
    #[serde(default)]
    pub document: Option<DocumentView>,
    /// In the answer of a publication or a repeal: what it changed in public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<PublicationReport>,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublishedVersion {
    /// 1 first.
    pub number: i32,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// A measure in French.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeasureTexts {
    /// The measure.
    pub uuid: MeasureId,
    /// `Circulation interdite`, `Vitesse limitée à 30 km/h`…
    pub title: String,
    /// For whom.
    pub vehicles: String,
    /// When, one sentence per period.
    pub periods: Vec<String>,
    /// Where, one per location.
    pub locations: Vec<LocationTexts>,
    /// All of it in one sentence.
    pub sentence: String,
}

/// Answer of `GET /api/app/regulation-records/{uuid}/measures/{measure}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderMeasureView {
    /// What it says.
    pub measure: Measure,
    /// The same in French.
    pub texts: MeasureTexts,
    /// What the caller may do with its order.
    pub permissions: Permissions,
}

/// A location in French.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationTexts {
    /// The location.
    pub uuid: LocationId,
    /// `Rue des Rosiers du n° 2 au n° 20 à Paris 4e`.
    pub text: String,
    /// `186 m`; absent without geometry.
    pub length: Option<String>,
}

/// Parameters of `GET /api/app/organizations/{uuid}/next-identifier`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct WantedIdentifier {
    /// An identifier of which to say whether it is free.
    pub wanted: Option<String>,
}

/// Answer of `GET /api/app/organizations/{uuid}/next-identifier`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuggestedIdentifier {
    /// `YYYY-MM-NNNN`, free at this moment.
    pub identifier: String,
    /// Whether no living order of the organization has the wanted one; absent when none was asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_wanted_free: Option<bool>,
}
