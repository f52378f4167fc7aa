//! Addresses, streets and communes as API Adresse answers them, and the streets around a geometry.

use serde::{Deserialize, Serialize};

use crate::geo::PlaceSource;

/// Parameters of `GET /api/geo/search`, those of API Adresse.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct PlacesSearchQuery {
    /// The text: 3 to 200 characters, the first one a letter or a digit. Required.
    pub q: Option<String>,
    /// How many places: 5 by default, 10 at most.
    pub limit: Option<String>,
    /// `housenumber`, `street`, `locality` or `municipality` only; localities are known to API Adresse alone.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", param(rename = "type"))]
    pub kind: Option<String>,
    /// Only in the commune of this INSEE code.
    pub citycode: Option<String>,
    /// Only in communes with this postcode.
    pub postcode: Option<String>,
    /// `0`: the last word is finished. By default it may be the beginning of one.
    pub autocomplete: Option<String>,
    /// Longitude: places around it first. With `lat`.
    pub lon: Option<String>,
    /// Latitude: places around it first. With `lon`.
    pub lat: Option<String>,
}

/// Parameters of `GET /api/geo/reverse`, those of API Adresse.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct PlacesReverseQuery {
    /// Longitude, degrees. Required.
    pub lon: Option<String>,
    /// Latitude, degrees. Required.
    pub lat: Option<String>,
    /// How many places: 1 by default, 10 at most.
    pub limit: Option<String>,
    /// `housenumber`, `street` or `municipality` only.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", param(rename = "type"))]
    pub kind: Option<String>,
}

/// Places, best or nearest first: a GeoJSON feature collection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Places {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Always `draft`, as API Adresse says it.
    pub version: String,
    /// The places.
    pub features: Vec<PlaceFeature>,
    /// Who made the data: the editions in use.
    pub attribution: String,
    /// What was searched; absent for a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// How many places at most.
    pub limit: u8,
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where.
    pub geometry: PlacePoint,
    /// What.
    pub properties: PlaceProperties,
}

/// A GeoJSON point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlacePoint {
    /// Always `Point`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Longitude and latitude, degrees.
    pub coordinates: [f64; 2],
}

/// What a place is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlaceProperties {
    /// The whole of it on one line: `2bis Rue des Rosiers 75004 Paris`.
    pub label: String,
    /// Between 0 and 1, best first.
    pub score: f64,
    /// Identifier: of the street and the number, of the street, or the INSEE code.
    pub id: String,
    /// `housenumber`, `street`, `locality` or `municipality`.
    #[serde(rename = "type")]
    pub kind: String,
    /// First line of the address, or the commune.
    pub name: String,
    /// House number with its suffix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub housenumber: Option<String>,
    /// Name of the street, of a house number or a street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// INSEE code.
    pub citycode: String,
    /// Commune.
    pub city: String,
    /// The arrondissement of Paris, Lyon or Marseille in which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// INSEE code of the former commune that was found, which is a part of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldcitycode: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldcity: Option<String>,
    /// Département and region: `75, Paris, Île-de-France`.
    pub context: String,
    /// Easting in the legal projection of the territory (Lambert-93 in metropolitan France), metres; absent abroad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<f64>,
    /// Northing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<f64>,
    /// Between 0 and 1, greater for larger communes.
    pub importance: f64,
    /// Inhabitants, of a commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<i32>,
    /// Metres from the point that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// Who knows it.
    #[serde(default)]
    pub source: PlaceSource,
}

/// Body of `POST /api/nearby-streets`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NearbyStreetsBody {
    /// Geometry around which streets are looked for, of any type.
    pub geometry: dialog_domain::Geometry,
    /// Metres, 1 to 500; more is read as 500.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<i64>,
    /// How many streets, 1 to 50; more is read as 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}

/// A street around a geometry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NearbyStreet {
    /// Name.
    pub road_name: String,
    /// Metres, with one decimal.
    pub distance: f64,
}
