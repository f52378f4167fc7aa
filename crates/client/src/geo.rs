use dialog_api_types::{
    geo::{City, CrossingStreet, LocationGeometry, LocationGeometryQuery, Street},
    page::Items,
};

use crate::{Client, Result, transport::segment};

impl Client {
    /// Communes whose name or postcode starts like `search`, best first.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn cities(&self, search: &str) -> Result<Vec<City>> {
        let page: Items<City> = self.get("/api/geo/cities", &[("search", search)]).await?;
        Ok(page.items)
    }

    /// Streets of a commune, best first.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn streets(&self, city_code: &str, search: &str) -> Result<Vec<Street>> {
        let page: Items<Street> = self.get("/api/geo/streets", &[("cityCode", city_code), ("search", search)]).await?;
        Ok(page.items)
    }

    /// House numbers of a street, in order.
    ///
    /// # Errors
    /// `not_found` for an unknown street, or see [`crate::ClientError`].
    pub async fn house_numbers(&self, road_ban_id: &str) -> Result<Vec<String>> {
        let path = format!("/api/geo/streets/{}/house-numbers", segment(road_ban_id));
        let page: Items<String> = self.get(&path, &()).await?;
        Ok(page.items)
    }

    /// Streets that cross a street.
    ///
    /// # Errors
    /// `not_found` for an unknown street, or see [`crate::ClientError`].
    pub async fn crossing_streets(&self, road_ban_id: &str) -> Result<Vec<CrossingStreet>> {
        let path = format!("/api/geo/streets/{}/intersections", segment(road_ban_id));
        let page: Items<CrossingStreet> = self.get(&path, &()).await?;
        Ok(page.items)
    }

    /// Where a location is.
    ///
    /// # Errors
    /// `address_not_found`, `section_not_found`, `intersection_not_found`, or see [`crate::ClientError`].
    pub async fn location_geometry(&self, location: &LocationGeometryQuery) -> Result<LocationGeometry> {
        self.get("/api/geo/location-geometry", location).await
    }
}
