use dialog_api_types::{
    geo::LocationGeometry,
    page::Items,
    roads::{NumberedRoadMatch, ReferencePointItem, RoadAdministrators, StorageAreaItem},
};
use dialog_domain::input::LocationInput;

use crate::{
    Client, Result,
    transport::{Method, segment},
};

impl Client {
    /// Those who manage numbered roads.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn road_administrators(&self) -> Result<RoadAdministrators> {
        self.get("/api/geo/administrators", &()).await
    }

    /// Numbered roads of a manager whose number begins like `search`; `road_type` is `departmentalRoad` or `nationalRoad`.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn roads(&self, administrator: &str, road_type: &str, search: &str) -> Result<Vec<NumberedRoadMatch>> {
        let parameters = [("administrator", administrator), ("roadType", road_type), ("search", search)];
        let page: Items<NumberedRoadMatch> = self.get("/api/geo/roads", &parameters).await?;
        Ok(page.items)
    }

    /// Every reference point of a road.
    ///
    /// # Errors
    /// `not_found` for an unknown road, or see [`crate::ClientError`].
    pub async fn reference_points(&self, administrator: &str, road_number: &str) -> Result<Vec<ReferencePointItem>> {
        let path = format!("/api/geo/roads/{}/reference-points", segment(road_number));
        let page: Items<ReferencePointItem> = self.get(&path, &[("administrator", administrator)]).await?;
        Ok(page.items)
    }

    /// Lorry waiting areas on the roads of this number.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn storage_areas(&self, road_number: &str) -> Result<Vec<StorageAreaItem>> {
        let path = format!("/api/geo/roads/{}/storage-areas", segment(road_number));
        let page: Items<StorageAreaItem> = self.get(&path, &()).await?;
        Ok(page.items)
    }

    /// The whole of a numbered road.
    ///
    /// # Errors
    /// `not_found` for an unknown road, or see [`crate::ClientError`].
    pub async fn road_geometry(
        &self,
        administrator: &str,
        road_type: &str,
        road_number: &str,
    ) -> Result<LocationGeometry> {
        let parameters = [("administrator", administrator), ("roadType", road_type), ("roadNumber", road_number)];
        self.get("/api/geo/location-geometry", &parameters).await
    }

    /// Where a location of any kind is: the very computation that saving does.
    ///
    /// # Errors
    /// `validation_failed`, or what cannot be found with the field that says it; see [`crate::ClientError`].
    pub async fn compute_geometry(&self, location: &LocationInput) -> Result<LocationGeometry> {
        self.change(Method::Post, "/api/geo/location-geometry", None, Some(location)).await
    }
}
