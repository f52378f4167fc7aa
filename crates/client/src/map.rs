use dialog_api_types::map::{MapFeatures, MapLocation, MapQuery};
use dialog_domain::LocationId;

use crate::{Client, Result};

impl Client {
    /// Everything public that passes the filter.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn map_locations(&self, filter: &MapQuery) -> Result<MapFeatures> {
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
