//! The reference cases in the old layout.
//!
//! The study has its hours in UTC for a zone of UTC+1, where winter lasts all year.

mod heads;
mod places;
mod validity;
mod vehicles;

use chrono_tz::Tz;
use dialog_domain::Measure;
use dialog_exports::PublishedOrder;

use crate::support::{legacy_document, order};

/// The zone of the study.
const ZONE: Tz = Tz::Etc__GMTMinus1;

/// A document of every case that the old layout can say.
pub fn documents() -> Vec<String> {
    [heads::orders(), validity::orders(), places::orders(), vehicles::orders()]
        .concat()
        .iter()
        .map(legacy_document)
        .collect()
}

/// An order with this one measure, where winter lasts all year.
fn with(measure: Measure) -> PublishedOrder {
    PublishedOrder { time_zone: ZONE, ..order(vec![measure]) }
}
