use dialog_api_types::{
    app::{
        CreateOrder, ListOrdersQuery, OrderSummary, OrderView, OrganizationRef, PublishersQuery, SuggestedIdentifier,
        UpdateOrder, WantedIdentifier,
    },
    page::{Items, Page},
};
use dialog_domain::{MeasureId, OrderId, OrganizationId, input::MeasureInput};

use crate::{Client, Result, transport::Method};

const ORDERS: &str = "/api/app/regulation-records";

impl Client {
    /// One page of the orders that the caller may see.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn list_orders(&self, filter: &ListOrdersQuery) -> Result<Page<OrderSummary>> {
        self.get(ORDERS, filter).await
    }

    /// Creates a draft.
    ///
    /// # Errors
    /// `validation_failed` with its violations, or see [`crate::ClientError`].
    pub async fn create_order(&self, order: &CreateOrder) -> Result<OrderView> {
        self.change(Method::Post, ORDERS, None, Some(order)).await
    }

    /// One order, whole.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn order(&self, id: OrderId) -> Result<OrderView> {
        self.get(&format!("{ORDERS}/{id}"), &()).await
    }

    /// Replaces the general information of an order.
    ///
    /// # Errors
    /// `stale_revision` when somebody else saved first, `validation_failed`, or see [`crate::ClientError`].
    pub async fn update_order(&self, id: OrderId, revision: i64, order: &UpdateOrder) -> Result<OrderView> {
        self.change(Method::Patch, &format!("{ORDERS}/{id}"), Some(revision), Some(order)).await
    }

    /// Deletes an order.
    ///
    /// # Errors
    /// `stale_revision` when somebody else saved first, or see [`crate::ClientError`].
    pub async fn delete_order(&self, id: OrderId, revision: i64) -> Result<()> {
        self.change_without_answer::<()>(Method::Delete, &format!("{ORDERS}/{id}"), Some(revision), None).await
    }

    /// Publishes an order, or its changes.
    ///
    /// # Errors
    /// `not_publishable` with its violations, `stale_revision`, or see [`crate::ClientError`].
    pub async fn publish_order(&self, id: OrderId, revision: i64) -> Result<OrderView> {
        self.change::<(), _>(Method::Post, &format!("{ORDERS}/{id}/publish"), Some(revision), None).await
    }

    /// Adds a measure to an order.
    ///
    /// # Errors
    /// `validation_failed`, `address_not_found`, `section_not_found`, `stale_revision`, or see [`crate::ClientError`].
    pub async fn add_measure(&self, id: OrderId, revision: i64, measure: &MeasureInput) -> Result<OrderView> {
        self.change(Method::Post, &format!("{ORDERS}/{id}/measures"), Some(revision), Some(measure)).await
    }

    /// Replaces a measure of an order.
    ///
    /// # Errors
    /// Those of [`Client::add_measure`].
    pub async fn update_measure(
        &self,
        id: OrderId,
        measure_id: MeasureId,
        revision: i64,
        measure: &MeasureInput,
    ) -> Result<OrderView> {
        self.change(Method::Put, &format!("{ORDERS}/{id}/measures/{measure_id}"), Some(revision), Some(measure)).await
    }

    /// Removes a measure from an order.
    ///
    /// # Errors
    /// `stale_revision` when somebody else saved first, or see [`crate::ClientError`].
    pub async fn delete_measure(&self, id: OrderId, measure_id: MeasureId, revision: i64) -> Result<OrderView> {
        let path = format!("{ORDERS}/{id}/measures/{measure_id}");
        self.change::<(), _>(Method::Delete, &path, Some(revision), None).await
    }

    /// An identifier that is free in the organization at this moment.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn next_identifier(&self, organization: OrganizationId) -> Result<SuggestedIdentifier> {
        self.get(&format!("/api/app/organizations/{organization}/next-identifier"), &()).await
    }

    /// The same, and whether this identifier is free.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn is_identifier_free(&self, organization: OrganizationId, wanted: &str) -> Result<SuggestedIdentifier> {
        let path = format!("/api/app/organizations/{organization}/next-identifier");
        self.get(&path, &WantedIdentifier { wanted: Some(wanted.to_owned()) }).await
    }

    /// The first organizations by name that published orders and are looked for.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn publishers(&self, query: &PublishersQuery) -> Result<Vec<OrganizationRef>> {
        let found: Items<OrganizationRef> = self.get("/api/publishers", query).await?;
        Ok(found.items)
    }
}
