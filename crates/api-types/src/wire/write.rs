//! Body of `POST` and `PUT /api/regulations`.
//!
//! Unknown members are ignored; `null` and absent are the same unless a field says otherwise. Closed enumerations are
//! texts here and checked by the server, so that a wrong word is reported on its field like any other mistake.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A whole order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteRegulation {
    /// The organization's own number; at most 60 characters.
    pub identifier: Option<String>,
    /// `draft` or `published`; required.
    pub status: Option<String>,
    /// `temporaryRegulation` or `permanentRegulation`.
    pub category: Option<String>,
    /// `roadMaintenance`, `incident`, `event`, `winterMaintenance`, `other`.
    pub subject: Option<String>,
    /// With subject `other`; at most 100 characters.
    pub other_category_text: Option<String>,
    /// At most 255 characters.
    pub title: Option<String>,
    /// At least one.
    pub measures: Option<Vec<WriteMeasure>>,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteMeasure {
    /// Addition: the measure that this one replaces on `PUT`, to keep its identity.
    pub uuid: Option<Uuid>,
    /// `noEntry`, `speedLimitation`, `parkingProhibited`, `alternateRoad`, `noOvertaking`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// km/h, 1 to 130, with `speedLimitation`.
    pub max_speed: Option<i64>,
    /// Date-time; now by default.
    pub created_at: Option<String>,
    /// Absent: all vehicles.
    pub vehicle_set: Option<WriteVehicleSet>,
    /// At least one.
    pub periods: Vec<WritePeriod>,
    /// May be empty in a draft.
    pub locations: Vec<WriteLocation>,
}

/// A vehicle set: the members of the form.
pub type WriteVehicleSet = dialog_domain::input::VehicleSetInput;

/// A period. Dates and times are date-times read as wall-clock time in the zone of the territory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WritePeriod {
    /// Addition: the period that this one replaces on `PUT`, to keep its identity.
    pub uuid: Option<Uuid>,
    /// Required, unless `startDateTime` stands for it.
    #[cfg_attr(feature = "openapi", schema(example = "2026-12-01T00:00:00Z"))]
    pub start_date: Option<String>,
    /// Required unless permanent.
    pub start_time: Option<String>,
    /// Required unless permanent.
    pub end_date: Option<String>,
    /// Required unless permanent.
    pub end_time: Option<String>,
    /// Addition: date and time of the start in one instant, in place of `startDate` and `startTime`, which count when
    /// one of them is there.
    pub start_date_time: Option<String>,
    /// Addition: date and time of the end in one instant, in place of `endDate` and `endTime`.
    pub end_date_time: Option<String>,
    /// `everyDay` or `certainDays`.
    pub recurrence_type: Option<String>,
    /// False by default.
    pub is_permanent: Option<bool>,
    /// Days of the week, with `certainDays`.
    pub daily_range: Option<WriteDailyRange>,
    /// Hours of the day.
    pub time_slots: Option<Vec<WriteTimeSlot>>,
}

/// Days of the week.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteDailyRange {
    /// With `certainDays`, `applicableDays` must not be empty.
    pub recurrence_type: Option<String>,
    /// `monday` to `sunday`.
    pub applicable_days: Vec<String>,
}

/// Hours of the day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteTimeSlot {
    /// Date-time, or (addition) `HH:MM` local.
    pub start_time: Option<String>,
    /// Date-time, or (addition) `HH:MM` local.
    pub end_time: Option<String>,
}

/// A location: exactly one section, the one that `roadType` names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteLocation {
    /// Addition: the location that this one replaces on `PUT`, to keep its identity.
    pub uuid: Option<Uuid>,
    /// `lane`, `departmentalRoad`, `nationalRoad`, `rawGeoJSON`, `wholeCity`, `zone`.
    pub road_type: Option<String>,
    /// For `lane`.
    pub named_street: Option<WriteNamedStreet>,
    /// For `departmentalRoad`.
    pub departmental_road: Option<WriteNumberedRoad>,
    /// For `nationalRoad`.
    pub national_road: Option<WriteNumberedRoad>,
    /// For `rawGeoJSON`.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<WriteRawGeoJson>,
    /// Addition: the section of either kind of numbered road, under the name by which it is read.
    pub numbered_road: Option<WriteNumberedRoad>,
    /// Addition, for `wholeCity`.
    pub whole_city: Option<WriteWholeCity>,
    /// Addition, for `zone`: a drawing whose geometry is a polygon.
    pub zone: Option<WriteRawGeoJson>,
    /// Addition: the geometry of `rawGeoJSON`, where it is read, when the section has none.
    pub geometry: Option<serde_json::Value>,
}

/// Every road of a commune.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteWholeCity {
    /// INSEE code, five characters.
    pub city_code: Option<String>,
    /// At most 255 characters.
    pub city_label: Option<String>,
    /// What stays free.
    pub exceptions: Option<Vec<WriteException>>,
}

/// Part of a whole city that stays free: a street (`lane`) or a drawing (`rawGeoJSON`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteException {
    /// `lane` or `rawGeoJSON`.
    pub road_type: Option<String>,
    /// For `lane`; the city is that of the location.
    pub named_street: Option<WriteNamedStreet>,
    /// For `rawGeoJSON`.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<WriteRawGeoJson>,
}

/// A named street. Identifiers are resolved from names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "same members as dialog_domain::input::NamedStreetInput")]
pub struct WriteNamedStreet {
    pub city_code: Option<String>,
    pub city_label: Option<String>,
    pub road_name: Option<String>,
    pub from_point_type: Option<String>,
    pub from_house_number: Option<String>,
    pub from_road_name: Option<String>,
    /// Addition: which crossing, 1 first, where the streets meet several times; the nearest to the other bound without.
    pub from_crossing: Option<u16>,
    /// Addition: longitude and latitude, for a bound of type `point`.
    pub from_coordinates: Option<[f64; 2]>,
    pub to_point_type: Option<String>,
    pub to_house_number: Option<String>,
    pub to_road_name: Option<String>,
    /// Addition, as for the other bound.
    pub to_crossing: Option<u16>,
    /// Addition, as for the other bound.
    pub to_coordinates: Option<[f64; 2]>,
    pub direction: Option<String>,
    /// GeoJSON geometry, as a text or as an object, that replaces the computation.
    pub geometry: Option<serde_json::Value>,
}

/// A numbered road between two reference points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "same members as dialog_domain::input::NumberedRoadInput")]
pub struct WriteNumberedRoad {
    pub administrator: Option<String>,
    pub road_number: Option<String>,
    pub from_point_number: Option<String>,
    pub from_department_code: Option<String>,
    pub from_side: Option<String>,
    pub from_abscissa: Option<i32>,
    pub to_point_number: Option<String>,
    pub to_department_code: Option<String>,
    pub to_side: Option<String>,
    pub to_abscissa: Option<i32>,
    /// Addition: the lorry waiting area of a national road.
    pub storage_area_uuid: Option<String>,
    pub direction: Option<String>,
    /// GeoJSON geometry, as a text or as an object, that replaces the computation.
    pub geometry: Option<serde_json::Value>,
}

/// A drawn geometry.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WriteRawGeoJson {
    /// At most 5000 characters.
    pub label: Option<String>,
    /// GeoJSON geometry, as a text or as an object.
    pub geometry: Option<serde_json::Value>,
}
