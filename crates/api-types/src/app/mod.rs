//! What the browser application exchanges.

mod api_client;
mod diffusion;
mod document;
mod history;
mod order;
mod order_list;
mod organization;
mod session;

pub use api_client::{
    ApiClientScope, ApiClientView, CreateApiClient, CreatedApiClient, RegenerateQuery, RegeneratedApiClient,
};
pub use diffusion::{Diffusion, Feed, FeedDiffusion, FeedLoss};
pub use document::{DocumentFile, DocumentView, SendDocument};
pub use history::{
    Author, AuthorKind, DifferenceQuery, HistoryEntry, PageQuery, PublicationReport, VersionDifference, VersionSummary,
    VersionView,
};
pub use order::{
    CreateOrder, LocationTexts, MeasureTexts, OrderMeasureView, OrderSummary, OrderView, OrganizationRef, Permissions,
    PublishedVersion, SuggestedIdentifier, UpdateOrder, WantedIdentifier,
};
pub use order_list::{ListOrdersQuery, OrderPhase, OrderType};
pub use organization::{Organization, PublishersQuery};
pub use session::{CurrentSession, Login, Me, MemberOf, Profile};
