use dialog_api_types::map::{MapLocation, MapProperties, MapQuery};
use dialog_domain::{Geometry, LocationId};
use serde::{Deserialize, Serialize};

use crate::{Client, Result};

/// What is on the map, as GeoJSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapFeatureCollection {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// One per location.
    pub features: Vec<MapFeature>,
}

/// One location on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it is.
    pub geometry: Geometry,
    /// What it is.
    pub properties: MapProperties,
}

impl Client {
    /// Everything public that passes the filter.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn map_locations(&self, filter: &MapQuery) -> Result<MapFeatureCollection> {
        self.get("/api/map/locations.geojson", filter).await
    }

    /// What the map tells about one location.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn map_location(&self, id: LocationId) -> Result<MapLocation> {
        self.get(&format!("/api/map/locations/{id}"), &()).await
    }
}
