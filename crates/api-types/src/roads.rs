//! Look-ups of numbered roads, their managers and their reference points.

use dialog_domain::RoadSide;
use serde::{Deserialize, Serialize};

/// Those who manage numbered roads, by type of location, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoadAdministrators {
    /// Départements and the like.
    pub departmental_road: Vec<String>,
    /// Services of the State and the like.
    pub national_road: Vec<String>,
    /// Motorways: services of the State, and companies. Their roads are located as national ones.
    pub motorway: Vec<String>,
    /// Groups of communes. Their roads are located as those of départements.
    pub intercommunal_road: Vec<String>,
}

/// Parameters of `GET /api/geo/roads`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct RoadsQuery {
    /// Beginning of the number: `D9`, `RD 9` or `9`; nothing is proposed without.
    pub search: Option<String>,
    /// Who manages the road, as `GET /api/geo/administrators` names it. Required.
    pub administrator: Option<String>,
    /// `departmentalRoad` or `nationalRoad`. Required.
    pub road_type: Option<String>,
}

/// Parameters of `GET /api/geo/roads/{roadNumber}/reference-points`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct ReferencePointsQuery {
    /// Who manages the road. Required.
    pub administrator: Option<String>,
    /// Beginning of the number; all of them without.
    pub search: Option<String>,
}

/// Parameters of `GET /api/geo/roads/{roadNumber}/reference-points.geojson`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct ReferencePointMarksQuery {
    /// Who manages the road. Required.
    pub administrator: Option<String>,
}

/// Parameters of `GET /api/geo/roads/{roadNumber}/sides`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct SidesQuery {
    /// Who manages the road. Required.
    pub administrator: Option<String>,
    /// Number of the reference point, or its `value` (`22##12`). Required.
    pub point_number: Option<String>,
    /// Its département, when the number exists in several.
    pub department_code: Option<String>,
}

/// More parameters of `GET /api/geo/location-geometry`, for a numbered road.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct RoadGeometryQuery {
    /// Who manages the road.
    pub administrator: Option<String>,
    /// Number of the road.
    pub road_number: Option<String>,
    /// Reference point of bound A: its number, or its `value` (`22##12`).
    pub from_point_number: Option<String>,
    /// Carriageway of bound A: `U`, `D` or `G`.
    pub from_side: Option<String>,
    /// Metres from the point of bound A, negative backwards.
    pub from_abscissa: Option<i32>,
    /// Reference point of bound B.
    pub to_point_number: Option<String>,
    /// Carriageway of bound B.
    pub to_side: Option<String>,
    /// Metres from the point of bound B.
    pub to_abscissa: Option<i32>,
}

/// A numbered road proposed while typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NumberedRoadMatch {
    /// Its number.
    pub road_number: String,
    /// Who manages it.
    pub administrator: String,
}

/// A lorry waiting area used in winter, proposed for a national road.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StorageAreaItem {
    /// Identifier, the same from one load of the data to the next.
    pub uuid: uuid::Uuid,
    /// What it is called.
    pub description: String,
}

/// A reference point (PR) proposed while typing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointItem {
    /// Its number.
    pub point_number: String,
    /// Its département.
    pub department_code: String,
    /// In how many départements the road has a point of this number.
    pub num_departments: u32,
    /// Département and number in one: `22##12`.
    pub value: String,
    /// The number, with its département when it exists in several: `12 (dép 22)`.
    pub label: String,
    /// Sides it is on.
    pub sides: Vec<RoadSide>,
    /// Longitude and latitude, degrees.
    pub coordinates: [f64; 2],
}

/// Reference points of a road: a GeoJSON feature collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointMap {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A feature for each point.
    pub features: Vec<ReferencePointFeature>,
}

/// A reference point on the map: a GeoJSON feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where.
    pub geometry: ReferencePointGeometry,
    /// Which.
    pub properties: ReferencePointMark,
}

/// Where a reference point is: a GeoJSON point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointGeometry {
    /// Always `Point`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Longitude and latitude, degrees.
    pub coordinates: [f64; 2],
}

/// What the map writes beside a reference point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointMark {
    /// Its number.
    pub point_number: String,
    /// Its département.
    pub department_code: String,
    /// The number, with its département when the road lies in several.
    pub label: String,
}
