//! What is typed, as plain values, and where its mistakes are shown. Nothing here needs a browser.

pub mod drawing;
pub mod errors;
pub mod general;
pub mod house_number;
pub mod labels;
pub mod location;
pub mod measure;
pub mod model;
pub mod numbers;
pub mod period;
pub mod preview;
pub mod street;

pub use errors::{FieldError, FormState};
pub use general::GeneralDraft;
pub use location::LocationDraft;
pub use measure::MeasureDraft;
pub use model::{Model, model};
pub use period::{PeriodDraft, SlotDraft};
pub use street::{BoundDraft, StreetDraft};
