//! What the browser application exchanges.

mod document;
mod order;
mod history;
mod order_list;
mod session;

pub use document::{DocumentFile, DocumentView, SendDocument};
pub use order::{
    CreateOrder, LocationTexts, MeasureTexts, OrderSummary, OrderView, OrganizationRef, Permissions, PublishedVersion,
    SuggestedIdentifier, UpdateOrder,
pub use history::{
    Author, AuthorKind, DifferenceQuery, HistoryEntry, PageQuery, PublicationReport, VersionDifference, VersionSummary,
    VersionView,
};
};
pub use order_list::{ListOrdersQuery, OrderPhase, OrderType};
pub use session::{Login, Me, MemberOf, Profile};
