//! Locations as the contract answers them. Members marked "addition" are ours: with them a location can be sent back as
//! it was read.

use dialog_domain::{Direction, PointType, RoadSide, RoadType};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A location.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationView {
    /// The location.
    pub uuid: Uuid,
    /// Its kind.
    pub road_type: RoadType,
    /// For `lane`.
    pub named_street: Option<NamedStreetView>,
    /// For both kinds of numbered road.
    pub numbered_road: Option<NumberedRoadView>,
    /// For `rawGeoJSON`; its geometry is that of the location.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<RawGeoJsonView>,
    /// With a numbered road.
    pub storage_area: Option<StorageAreaView>,
    /// For `zone`.
    pub zone: Option<DrawingView>,
    /// Text of a GeoJSON geometry: what was found.
    pub geometry: Option<String>,
    /// Addition, for `wholeCity`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub whole_city: Option<WholeCityView>,
}

/// A named street. From `cityCode` on, the members are additions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "same members as the write model")]
pub struct NamedStreetView {
    pub city_label: Option<String>,
    pub road_name: Option<String>,
    pub from_house_number: Option<String>,
    pub from_road_name: Option<String>,
    pub to_house_number: Option<String>,
    pub to_road_name: Option<String>,
    pub city_code: String,
    pub road_ban_id: Option<String>,
    pub direction: Direction,
    pub from_point_type: Option<PointType>,
    pub to_point_type: Option<PointType>,
    /// Which crossing, 1 first, where the streets meet several times and one was chosen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from_crossing: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to_crossing: Option<u16>,
    /// Longitude and latitude, for a bound of type `point`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from_coordinates: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to_coordinates: Option<[f64; 2]>,
    /// Text of the GeoJSON geometry that was sent in place of a computation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub geometry: Option<String>,
}

/// A numbered road. From `fromDepartmentCode` on, the members are additions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "same members as the write model")]
pub struct NumberedRoadView {
    pub administrator: String,
    pub road_number: String,
    pub from_point_number: String,
    pub from_abscissa: i32,
    pub from_side: RoadSide,
    pub to_point_number: String,
    pub to_abscissa: i32,
    pub to_side: RoadSide,
    pub from_department_code: Option<String>,
    pub to_department_code: Option<String>,
    pub direction: Direction,
    /// The lorry waiting area of a national road.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub storage_area_uuid: Option<Uuid>,
    /// Text of the GeoJSON geometry that was sent in place of a computation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub geometry: Option<String>,
}

/// A drawn location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RawGeoJsonView {
    /// What it is.
    pub label: String,
}

/// A zone, or something drawn that stays free in a whole city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawingView {
    /// Its name.
    pub label: String,
    /// Addition: text of the GeoJSON geometry that was drawn.
    pub geometry: String,
}

/// Every road of a commune.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WholeCityView {
    /// INSEE code.
    pub city_code: String,
    /// Its name.
    pub city_label: String,
    /// What stays free.
    pub exceptions: Vec<ExceptionView>,
}

/// Part of a whole city that stays free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExceptionView {
    /// `lane` or `rawGeoJSON`.
    pub road_type: RoadType,
    /// For `lane`.
    pub named_street: Option<NamedStreetView>,
    /// For `rawGeoJSON`.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<DrawingView>,
}

/// A lorry waiting area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorageAreaView {
    /// What it is.
    pub description: Option<String>,
}
