//! Look-ups of communes, streets, numbers, crossings and geometries.

use dialog_domain::Found;
use serde::{Deserialize, Serialize};

/// Parameters of `GET /api/geo/cities`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct CitiesQuery {
    /// Part of the name, or a postcode; nothing is proposed below three characters. Required, be it empty.
    pub search: Option<String>,
}

/// Parameters of `GET /api/geo/streets`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct StreetsQuery {
    /// Part of the name; nothing is proposed below two characters. Required, be it empty.
    pub search: Option<String>,
    /// INSEE code of the commune. Required.
    pub city_code: Option<String>,
}

/// Parameters of `GET /api/geo/streets/{roadBanId}/house-numbers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct HouseNumbersQuery {
    /// Beginning of a number: `12`, `12 b`. All of them without.
    pub search: Option<String>,
}

/// Who knows a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum PlaceSource {
    /// The loaded data.
    #[default]
    Loaded,
    /// API Adresse alone.
    ApiAdresse,
}

/// A commune proposed while typing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct City {
    /// INSEE code.
    pub code: String,
    /// Name with its postcode: `Saint-Martin-d'Hères (38400)`.
    pub label: String,
    /// Name alone.
    pub name: String,
    /// Every postcode.
    pub postcodes: Vec<String>,
    /// Rank between 0 and 1, best first.
    pub score: f64,
    /// Who knows it.
    #[serde(default)]
    pub source: PlaceSource,
}

/// A street proposed while typing, or crossing another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Street {
    /// Identifier in the reference data.
    pub road_ban_id: String,
    /// Name.
    pub road_name: String,
    /// Rank between 0 and 1, best first.
    pub score: f64,
    /// False for a street without a line, that API Adresse alone knows, or whose house numbers alone are loaded: it can be
    /// named, and has to be drawn.
    #[serde(default = "known")]
    pub has_geometry: bool,
    /// Who knows it.
    #[serde(default)]
    pub source: PlaceSource,
}

const fn known() -> bool {
    true
}

/// A street that crosses another one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CrossingStreet {
    /// Identifier in the reference data.
    pub road_ban_id: String,
    /// Name.
    pub road_name: String,
    /// The crossings, in order along the first street; several when the two streets meet several times.
    pub crossings: Vec<Crossing>,
}

/// One crossing of two streets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Crossing {
    /// Rank, 1 first.
    pub number: u16,
    /// Longitude and latitude, degrees.
    pub coordinates: [f64; 2],
}

/// Parameters of `GET /api/geo/location-geometry`, named as in the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct LocationGeometryQuery {
    /// `lane`, `departmentalRoad`, `nationalRoad` or `wholeCity`.
    pub road_type: Option<String>,
    /// INSEE code of the commune.
    pub city_code: Option<String>,
    /// Identifier of the street; resolved from `roadName` when absent.
    pub road_ban_id: Option<String>,
    /// Name of the street.
    pub road_name: Option<String>,
    /// House number of bound A.
    pub from_house_number: Option<String>,
    /// Street crossed at bound A.
    pub from_road_ban_id: Option<String>,
    /// Name of the street crossed at bound A.
    pub from_road_name: Option<String>,
    /// Which crossing at bound A, 1 first.
    pub from_crossing: Option<u16>,
    /// Place of bound A on the map, `2.3608,48.8564`: longitude and latitude.
    pub from_coordinates: Option<String>,
    /// House number of bound B.
    pub to_house_number: Option<String>,
    /// Street crossed at bound B.
    pub to_road_ban_id: Option<String>,
    /// Name of the street crossed at bound B.
    pub to_road_name: Option<String>,
    /// Which crossing at bound B, 1 first.
    pub to_crossing: Option<u16>,
    /// Place of bound B on the map.
    pub to_coordinates: Option<String>,
    /// `BOTH`, `A_TO_B` or `B_TO_A`.
    pub direction: Option<String>,
    /// Streets that stay free in a whole city, identifiers separated by commas.
    pub excluded_road_ban_ids: Option<String>,
}

/// Where a location is: a GeoJSON feature, so that it can be dropped on a map as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationGeometry {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The line, A to B.
    pub geometry: dialog_domain::Geometry,
    /// How it was found.
    pub properties: LocationGeometryProperties,
}

/// How a geometry was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationGeometryProperties {
    /// Everything that would be stored, its geometry included.
    pub found: Found,
    /// The same in French: the street, its bounds and its length.
    pub text: String,
    /// How each bound of a section of street was placed.
    #[serde(default)]
    pub bounds: Vec<LocatedBound>,
    /// The other way round, when the street is a loop: sent as the geometry of the street with the same bounds, it is
    /// what is kept.
    #[serde(default)]
    pub alternatives: Vec<Found>,
}

/// A bound that was placed on its street.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocatedBound {
    /// `from` or `to`.
    pub bound: String,
    /// `houseNumber`, `apiAdresse`, `interpolated`, `crossing`, `communeLimit` or `point`.
    pub method: String,
    /// The house numbers between which a missing one was placed.
    #[serde(default)]
    pub between: Vec<String>,
    /// Where it is on the street: longitude and latitude, degrees.
    pub coordinates: [f64; 2],
    /// Every crossing of the pair, when there are several.
    #[serde(default)]
    pub candidates: Vec<Crossing>,
}
