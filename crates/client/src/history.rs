use dialog_api_types::{
    app::{
        DifferenceQuery, Diffusion, HistoryEntry, OrderView, PageQuery, VersionDifference, VersionSummary, VersionView,
    },
    page::Page,
};
use dialog_domain::{MeasureId, OrderId, input::RepealInput};

use crate::{Client, Result, transport::Method};

const ORDERS: &str = "/api/app/regulation-records";

impl Client {
    /// Puts an end to a published order by a last version.
    ///
    /// # Errors
    /// `validation_failed` with its violations, `order_repealed`, `conflict` for a draft, `stale_revision`, or see
    /// [`crate::ClientError`].
    pub async fn repeal_order(&self, id: OrderId, revision: i64, repeal: &RepealInput) -> Result<OrderView> {
        self.change(Method::Post, &format!("{ORDERS}/{id}/repeal"), Some(revision), Some(repeal)).await
    }

    /// Makes a draft that says the same as an order.
    ///
    /// # Errors
    /// `validation_failed` when a location is outside the perimeter of today, or see [`crate::ClientError`].
    pub async fn duplicate_order(&self, id: OrderId) -> Result<OrderView> {
        self.change::<(), _>(Method::Post, &format!("{ORDERS}/{id}/duplicate"), None, None).await
    }

    /// Adds to an order a measure that says the same as one of its measures.
    ///
    /// # Errors
    /// `stale_revision` when somebody else saved first, or see [`crate::ClientError`].
    pub async fn duplicate_measure(&self, id: OrderId, measure: MeasureId, revision: i64) -> Result<OrderView> {
        let path = format!("{ORDERS}/{id}/measures/{measure}/duplicate");
        self.change::<(), _>(Method::Post, &path, Some(revision), None).await
    }

    /// A page of what was done to an order, latest first.
    ///
    /// # Errors
    /// `forbidden` for an order of another organization, or see [`crate::ClientError`].
    pub async fn order_history(&self, id: OrderId, page: &PageQuery) -> Result<Page<HistoryEntry>> {
        self.get(&format!("{ORDERS}/{id}/history"), page).await
    }

    /// Where an order is published, and what each feed cannot say of it.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn order_diffusion(&self, id: OrderId) -> Result<Diffusion> {
        self.get(&format!("{ORDERS}/{id}/diffusion"), &()).await
    }

    /// A page of the published versions of an order, latest first.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn order_versions(&self, id: OrderId, page: &PageQuery) -> Result<Page<VersionSummary>> {
        self.get(&format!("{ORDERS}/{id}/versions"), page).await
    }

    /// A published version of an order.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn order_version(&self, id: OrderId, number: i32) -> Result<VersionView> {
        self.get(&format!("{ORDERS}/{id}/versions/{number}"), &()).await
    }

    /// What changed between a version of an order and another one, or `working-copy`.
    ///
    /// # Errors
    /// `not_found`, or see [`crate::ClientError`].
    pub async fn version_difference(&self, id: OrderId, number: i32, with: &str) -> Result<VersionDifference> {
        let query = DifferenceQuery { with: with.to_owned() };
        self.get(&format!("{ORDERS}/{id}/versions/{number}/difference"), &query).await
    }
}
