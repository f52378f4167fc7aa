use serde::{Deserialize, Serialize};

use crate::{Direction, LocationId, RoadType};

/// A location as typed: exactly one section, the one that `road_type` names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct LocationInput {
    /// The location that this one replaces, to keep its identity.
    pub uuid: Option<LocationId>,
    /// Kind of location.
    pub road_type: Option<RoadType>,
    /// For `lane`.
    pub named_street: Option<NamedStreetInput>,
    /// For `departmentalRoad`.
    pub departmental_road: Option<NumberedRoadInput>,
    /// For `nationalRoad`.
    pub national_road: Option<NumberedRoadInput>,
    /// For `rawGeoJSON`.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<RawGeoJsonInput>,
    /// For `wholeCity`.
    pub whole_city: Option<WholeCityInput>,
    /// For `zone`.
    pub zone: Option<ZoneInput>,
}

/// A named street as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct NamedStreetInput {
    /// INSEE code, five characters.
    pub city_code: Option<String>,
    /// At most 255 characters.
    pub city_label: Option<String>,
    /// Identifier of the street; forms require it, the wire resolves it from the name.
    pub road_ban_id: Option<String>,
    /// At most 255 characters.
    pub road_name: Option<String>,
    /// Explicit "whole street"; absent: whole when no bound is given.
    pub is_entire_street: Option<bool>,
    /// `houseNumber`, `intersection` or `point`.
    pub from_point_type: Option<String>,
    /// At most 8 characters.
    pub from_house_number: Option<String>,
    /// At most 255 characters.
    pub from_road_name: Option<String>,
    /// Identifier of the crossing street.
    pub from_road_ban_id: Option<String>,
    /// Which crossing, 1 first, when the streets meet several times.
    pub from_crossing: Option<u16>,
    /// Longitude and latitude, for a point.
    pub from_coordinates: Option<[f64; 2]>,
    /// `houseNumber`, `intersection` or `point`.
    pub to_point_type: Option<String>,
    /// At most 8 characters.
    pub to_house_number: Option<String>,
    /// At most 255 characters.
    pub to_road_name: Option<String>,
    /// Identifier of the crossing street.
    pub to_road_ban_id: Option<String>,
    /// Which crossing, 1 first, when the streets meet several times.
    pub to_crossing: Option<u16>,
    /// Longitude and latitude, for a point.
    pub to_coordinates: Option<[f64; 2]>,
    /// Both by default.
    pub direction: Option<Direction>,
    /// Text of a GeoJSON geometry that replaces the computation.
    pub geometry: Option<String>,
}

/// A numbered road as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "see ReferencePointBound; each field exists once per bound")]
pub struct NumberedRoadInput {
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
    pub storage_area_uuid: Option<uuid::Uuid>,
    pub direction: Option<Direction>,
    pub geometry: Option<String>,
}

/// A drawn geometry as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct RawGeoJsonInput {
    /// At most 5000 characters.
    pub label: Option<String>,
    /// Text of a GeoJSON geometry.
    pub geometry: Option<String>,
}

/// A whole city as typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WholeCityInput {
    /// INSEE code, five characters.
    pub city_code: Option<String>,
    /// At most 255 characters.
    pub city_label: Option<String>,
    /// Streets and drawings that stay free.
    pub exceptions: Vec<WholeCityExceptionInput>,
}

/// Part of a whole city that stays free, as typed: a street (`lane`) or a drawing (`rawGeoJSON`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct WholeCityExceptionInput {
    /// `lane` or `rawGeoJSON`.
    pub road_type: Option<RoadType>,
    /// For `lane`; the city is that of the location.
    pub named_street: Option<NamedStreetInput>,
    /// For `rawGeoJSON`.
    #[serde(rename = "rawGeoJSON")]
    pub raw_geo_json: Option<RawGeoJsonInput>,
}

/// A zone as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ZoneInput {
    /// At most 255 characters.
    pub label: Option<String>,
    /// Text of a GeoJSON polygon.
    pub geometry: Option<String>,
}
