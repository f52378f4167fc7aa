//! Identifiers that stay the same over all versions of an order.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }
    };
}

id!(
    /// One order, everywhere: database, URL, DATEX II `@id`.
    OrderId
);
id!(
    /// One measure of an order.
    MeasureId
);
id!(
    /// One period of a measure.
    PeriodId
);
id!(
    /// One location of a measure.
    LocationId
);
id!(
    /// The road authority that owns an order.
    OrganizationId
);
