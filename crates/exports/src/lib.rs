//! Published orders in the formats of others, each with the report of what it cannot say.
//!
//! * [`datex`]: DATEX II v3.3, one fragment per order and time state;
//! * [`cifs`]: the closures that Waze can apply;
//! * [`geojson`] and [`csv`]: one row per measure and location;
//! * [`Loss`]: what a format could not say, per order.

pub mod cifs;
pub mod csv;
pub mod datex;
mod fragment;
pub mod geojson;
mod loss;
mod published;
mod restriction;
mod text;
mod xml;

#[cfg(feature = "testing")]
pub mod arbitrary;

pub use fragment::{EVER, FOREVER, Fragment, TimeState};
pub use loss::{Exported, Loss, LossCode};
pub use published::{FeedContext, OfficialDocument, PublishedOrder};
pub use restriction::{FIELDS as RESTRICTION_FIELDS, Restriction};
