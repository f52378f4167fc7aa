//! What the browser application exchanges.

mod order;
mod session;

pub use order::{
    CreateOrder, ListOrdersQuery, LocationTexts, MeasureTexts, OrderSummary, OrderView, OrganizationRef, Permissions,
    PublishedVersion, SuggestedIdentifier, UpdateOrder,
};
pub use session::{Login, Me, MemberOf, Profile};
