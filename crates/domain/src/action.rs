//! What happens to an order in its life.

use serde::{Deserialize, Serialize};

/// What somebody did to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OrderAction {
    /// Written first.
    Create,
    /// Changed.
    Update,
    /// Published, or its changes.
    Publish,
    /// Repealed: its last version.
    Repeal,
    /// Deleted.
    Delete,
    /// Given an official document, or another one.
    Attach,
    /// Deprived of its official document.
    Detach,
}
