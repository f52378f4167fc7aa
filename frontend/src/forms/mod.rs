//! What is typed, as plain values, and where its mistakes are shown. Nothing here needs a browser.

pub mod calendar;
pub mod errors;
pub mod general;
pub mod labels;
pub mod location;
pub mod measure;
pub mod model;
pub mod numbers;
pub mod period;
pub mod preview;
pub mod road;
pub mod shape;
pub mod street;
pub mod vehicles;

pub use errors::{FieldError, FormState};
pub use general::GeneralDraft;
pub use location::LocationDraft;
pub use measure::{HeadDraft, MeasureDraft};
pub use model::{Model, model, text};
pub use period::{PeriodDraft, SlotDraft};
pub use road::{RoadBoundDraft, RoadDraft};
pub use street::{BoundDraft, StreetDraft};
pub use vehicles::VehiclesDraft;
