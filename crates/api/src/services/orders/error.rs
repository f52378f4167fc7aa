use dialog_db::orders::Order;
use dialog_domain::Violation;
use diesel_async::pooled_connection::deadpool::PoolError;

use crate::storage::StorageError;

/// Why an order was not written. Nothing was: each service is one transaction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OrderError {
    /// There is no such order, or none that the caller may know of.
    #[error("the order does not exist for this caller")]
    NotFound,
    /// The caller does not act for the organization.
    #[error("the caller does not act for this organization")]
    NotMember,
    /// The order came from another program and is published: it changes where it came from.
    #[error("a published order of another source is read-only on screen")]
    ReadOnly,
    /// Somebody else changed the order first; this is what it is now.
    #[error("the order was changed by somebody else")]
    Stale(Box<Order>),
    /// An order keeps at least one measure.
    #[error("the only measure of an order cannot be deleted")]
    LastMeasure,
    /// A published order does not become a draft again.
    #[error("a published order cannot become a draft again")]
    BackToDraft,
    /// A draft is not repealed: it is deleted.
    #[error("a draft cannot be repealed")]
    NotPublished,
    /// A repealed order has had its last version.
    #[error("a repealed order does not change any more")]
    Repealed,
    /// Some rules are broken.
    #[error("{} rules are broken", .0.len())]
    Invalid(Vec<Violation>),
    /// Some locations were not found, or are not where the organization may act.
    #[error("{} locations are refused", .0.len())]
    NotLocated(Vec<Violation>),
    /// No feed could express the order as it is.
    #[error("{} rules of publication are broken", .0.len())]
    NotPublishable(Vec<Violation>),
    /// A file cannot be kept or read.
    #[error("keeping or reading a file")]
    Storage(#[from] StorageError),
    /// A query failed.
    #[error("reading or writing an order")]
    Query(#[from] diesel::result::Error),
    /// PostgreSQL gives no connection.
    #[error("connecting to PostgreSQL")]
    Pool(#[from] PoolError),
}

/// What services answer.
pub type Result<T> = std::result::Result<T, OrderError>;
