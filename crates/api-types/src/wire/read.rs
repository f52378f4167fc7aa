//! Answers of the integrators' contract. Members that existing clients read are always present, null when empty;
//! members marked "addition" are ours.

use dialog_domain::{MeasureType, OrderCategory, OrderStatus, Subject, input::VehicleSetInput};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{LocationView, StorageView};

/// Answer of `POST /api/regulations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedRegulation {
    /// The order.
    pub uuid: Uuid,
}

/// Answer of `POST /api/regulations?dryRun=true`: what it would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TriedRegulation {
    /// Always true: nothing was stored.
    pub dry_run: bool,
    /// The order as it would be read; its UUIDs are those of this answer only.
    pub regulation: RegulationView,
    /// French sentences on what would be accepted and yet deserves a look: a location partly outside the perimeter,
    /// something that DATEX II cannot say.
    pub warnings: Vec<String>,
}

/// Answer of `PUT /api/regulations/publish/{identifier}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedRegulation {
    /// The organization's own number.
    pub identifier: String,
    /// Always `published`.
    pub status: OrderStatus,
}

/// Answer of `PUT /api/regulations/repeal/{identifier}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepealedRegulation {
    /// The organization's own number.
    pub identifier: String,
    /// Always `published`.
    pub status: OrderStatus,
    /// The end that was put to it.
    pub repeal: RepealView,
}

/// Answer of `PUT /api/regulations`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplacedRegulation {
    /// The order.
    pub uuid: Uuid,
    /// The organization's own number.
    pub identifier: String,
    /// Draft or published.
    pub status: OrderStatus,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RegulationView {
    /// The organization's own number.
    pub identifier: String,
    /// Draft or published.
    pub status: OrderStatus,
    /// Permanent or temporary.
    pub category: OrderCategory,
    /// Why.
    pub subject: Option<Subject>,
    /// Why, in words.
    pub other_category_text: Option<String>,
    /// Short reason.
    pub title: String,
    /// Earliest start of all periods, `YYYY-MM-DDThh:mm:ss+00:00`.
    pub start_date: Option<String>,
    /// Latest end of all periods; null when one of them has none.
    pub end_date: Option<String>,
    /// Who makes it.
    pub organization: OrganizationView,
    /// In the order of creation.
    pub measures: Vec<MeasureView>,
    /// Addition: the order.
    pub uuid: Uuid,
    /// Addition: where it comes from.
    pub source: dialog_domain::OrderSource,
    /// Addition: whether the working copy, which this is, differs from what is public.
    pub has_unpublished_changes: bool,
    /// Addition: number of the last published version, if any.
    pub published_version: Option<i32>,
    /// Addition: IANA name of the zone of its local times.
    pub time_zone: String,
    /// Addition: when this was changed last; for the public, when its version was published.
    pub updated_at: String,
    /// Addition: that the order was repealed, if so: it does not change any more.
    #[serde(default)]
    pub repeal: Option<RepealView>,
    /// Addition: the official document.
    #[serde(default)]
    pub storage: Option<StorageView>,
}

/// The end that was put to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RepealView {
    /// Nothing applies from then on, `YYYY-MM-DDThh:mm:ss+00:00`.
    pub end_date: String,
    /// Why.
    pub reason: String,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganizationView {
    /// Identifier.
    pub uuid: Option<Uuid>,
    /// Name.
    pub name: String,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeasureView {
    /// The measure.
    pub uuid: Uuid,
    /// What is restricted.
    #[serde(rename = "type")]
    pub kind: MeasureType,
    /// km/h.
    pub max_speed: Option<u16>,
    /// Who; never null.
    pub vehicle_set: VehicleSetView,
    /// When.
    pub periods: Vec<PeriodView>,
    /// Where, in the order of creation.
    pub locations: Vec<LocationView>,
    /// Addition: when it was first written.
    pub created_at: String,
}

/// A vehicle set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VehicleSetView {
    /// `hazardousMaterials`, the free text, and the Crit'Air classes, in that order.
    pub restricted_types: Vec<VehicleName>,
    /// Exemptions, then the free text.
    pub exempted_types: Vec<VehicleName>,
    /// `weight`, `width`, `length`, `height`, in that order, those that are set.
    pub max_characteristics: Vec<MaxCharacteristic>,
    /// Addition: the members of the write model, so that what was read can be sent back.
    pub raw: VehicleSetInput,
}

/// The name of a kind of vehicle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VehicleName {
    /// A word of the enumeration, or free text.
    pub name: String,
    /// Present and true for free text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub is_other: Option<bool>,
}

/// A limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaxCharacteristic {
    /// `weight`, `width`, `length` or `height`.
    pub name: String,
    /// Tonnes or metres.
    pub value: f64,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    /// `everyDay` or `certainDays`.
    pub recurrence_type: String,
    /// Instant, UTC.
    pub start_date_time: Option<String>,
    /// Instant, UTC; null when permanent.
    pub end_date_time: Option<String>,
    /// Consecutive days merged.
    pub daily_range: Option<DailyRangeView>,
    /// Hours of the day.
    pub time_slots: Vec<TimeSlotView>,
    /// Addition: the period.
    pub uuid: Uuid,
    /// Addition: local start, `YYYY-MM-DDTHH:MM`.
    pub local_start: String,
    /// Addition: local end, `YYYY-MM-DDTHH:MM`.
    pub local_end: Option<String>,
    /// Addition: whether it lasts until it is repealed. With it a period can be sent back as it was read.
    pub is_permanent: bool,
}

/// Days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DailyRangeView {
    /// Runs of consecutive days.
    pub day_ranges: Vec<DayRange>,
    /// Addition: the days one by one.
    pub applicable_days: Vec<dialog_domain::Day>,
}

/// Consecutive days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DayRange {
    /// First day.
    pub first_day: dialog_domain::Day,
    /// Last day.
    pub last_day: dialog_domain::Day,
}

/// Hours of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimeSlotView {
    /// `1970-01-01Thh:mm:ss+00:00`, with the winter offset of the territory.
    pub start_time: String,
    /// Same form.
    pub end_time: String,
    /// Addition: `HH:MM` local.
    pub local_start: String,
    /// Addition: `HH:MM` local.
    pub local_end: String,
}
