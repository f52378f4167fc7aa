use dialog_api_types::map::{InitialBoundingBox, MapDrafts, MapLocation, MapQuery, MapRestrictions};
use dialog_api_types::places::Places;
use dialog_domain::{LocationId, OrderId, OrganizationId};

use crate::{Client, Result};

impl Client {
    /// What a map of the rectangle of the filter shows, in words.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn map_restrictions(&self, filter: &MapQuery) -> Result<MapRestrictions> {
        self.get("/api/map/restrictions", filter).await
    }

    /// The drafts of the person's organizations that pass the filter, on the map.
    ///
    /// # Errors
    /// `unauthorized` when nobody is logged in, or see [`crate::ClientError`].
    pub async fn map_drafts(&self, filter: &MapQuery) -> Result<MapDrafts> {
        self.get("/api/app/map/drafts", filter).await
    }

    /// Addresses, streets and communes by a text of three characters or more, best first.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn search_places(&self, text: &str) -> Result<Places> {
        self.get("/api/geo/search", &[("q", text)]).await
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
