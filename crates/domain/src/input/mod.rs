//! What was typed or sent: every field optional, nothing checked.
//!
//! The JSON form of these types is the body that the browser sends; [`crate::rules`] turns them into the complete
//! types or into violations whose paths name these fields.

mod document;
pub mod local_time;
mod location;
mod measure;
mod order;
mod period;
mod repeal;
mod vehicle;

pub use document::{DocumentInput, FileInput};
pub use location::{
    LocationInput, NamedStreetInput, NumberedRoadInput, RawGeoJsonInput, WholeCityExceptionInput, WholeCityInput,
    ZoneInput,
};
pub use measure::MeasureInput;
pub use order::{GeneralInfoInput, OrderInput};
pub use period::{PeriodInput, TimeSlotInput};
pub use repeal::RepealInput;
pub use vehicle::VehicleSetInput;
