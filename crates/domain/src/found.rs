//! Where a location was found on the reference network, and how.

use serde::{Deserialize, Serialize};

use crate::Geometry;

/// The result of locating a description: what is drawn and exported, and enough to compute it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Line of the section from bound A to bound B (`LineString`), several parts for a whole street
    /// (`MultiLineString`), or the geometry that was drawn.
    pub geometry: Geometry,
    /// Length along the ground, metres.
    pub length_m: f64,
    /// Segments of the network in order of travel; for a drawn geometry, those under it, if any.
    #[serde(default)]
    pub segments: Vec<FoundSegment>,
    /// How the geometry was obtained.
    pub method: LocatingMethod,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Edition of the reference data, for instance `town:00001:2026-01-01`; absent for a drawing away
    /// from every road.
    #[serde(default)]
    pub edition: Option<String>,
    /// The ground of a whole city, as far as its contour is loaded; `geometry` is the roads in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contour: Option<Geometry>,
    /// The lorry waiting area that a national road asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_area: Option<FoundStorageArea>,
}

/// A lorry waiting area (*aire de stockage*), as the reference data have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundStorageArea {
    /// The one that was asked for.
    pub id: uuid::Uuid,
    /// What it is called.
    pub description: String,
    /// The road on which it lies, for instance `N176`.
    pub road_number: String,
    /// Where.
    pub geometry: Geometry,
}

/// A stretch of one segment of the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FoundSegment {
    /// Identifier of the segment in its source (`cleabs`, `osm:<way>:<n>`…).
    pub segment_id: String,
    /// Where the stretch begins on the segment, as a fraction of its length, 0 to 1. Greater than `to_fraction` when
    /// the segment is followed against its drawing.
    pub from_fraction: f64,
    /// Where the stretch ends on the segment, 0 to 1.
    pub to_fraction: f64,
}

/// How a geometry was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum LocatingMethod {
    /// Every segment of the street.
    WholeStreet,
    /// Shortest path on the segments of the street between its two bounds.
    StreetSection,
    /// The same, where a house number that does not exist was placed between its neighbours.
    InterpolatedSection,
    /// The same, where API Adresse placed a house number that the reference data lack.
    OutsideNumberSection,
    /// Every road of a commune, but what stays free.
    WholeCity,
    /// Every road inside a perimeter.
    Zone,
    /// The whole of a numbered road.
    WholeRoad,
    /// Along a numbered road, between two places measured from its reference points.
    RoadSection,
    /// Drawn by the clerk, or sent as GeoJSON in place of a computation.
    Drawn,
}

/// How far a geometry can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Confidence {
    /// Bounds and path come straight from the reference data.
    Exact,
    /// A gap of the network was bridged, or a bound was derived.
    Approximate,
}
