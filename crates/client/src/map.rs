use dialog_api_types::map::{InitialBoundingBox, MapFeatures, MapLocation, MapQuery};
use dialog_domain::{LocationId, OrderId, OrganizationId};

use crate::{Client, Result};

impl Client {
    /// Everything public that passes the filter.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn map_locations(&self, filter: &MapQuery) -> Result<MapFeatures> {
        self.get("/api/map/locations.geojson", filter).await
    }

    /// Where the map opens: on a published order, else on the territory of an organization, else where most is published.
    /// Nothing when there is nothing to see.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn initial_bounding_box(
        &self,
        order: Option<OrderId>,
        organization: Option<OrganizationId>,
    ) -> Result<Option<InitialBoundingBox>> {
        let parameters = [
            ("regulationOrderRecordUuid", order.map(|id| id.to_string())),
            ("organizationUuid", organization.map(|id| id.to_string())),
        ];
        self.get("/api/map/initial-bbox", &parameters).await
    }

    /// What the map tells about one location.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn map_location(&self, id: LocationId) -> Result<MapLocation> {
        self.get(&format!("/api/map/locations/{id}"), &()).await
    }
}
