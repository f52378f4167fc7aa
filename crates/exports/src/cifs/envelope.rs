//! What surrounds the incidents of a feed.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::fragment::Envelope;

/// Everything before the first incident.
#[must_use]
pub fn opening(publication_time: DateTime<Utc>) -> String {
    head(publication_time) + ">\n"
}

/// Everything after the last incident of an [`opening`].
#[must_use]
pub const fn closing() -> &'static str {
    "</incidents>\n"
}

/// A whole feed without any incident.
#[must_use]
pub fn empty(publication_time: DateTime<Utc>) -> String {
    head(publication_time) + "/>\n"
}

/// A whole feed of `bodies`; for what is too small to be streamed.
#[must_use]
pub fn document<'a>(publication_time: DateTime<Utc>, bodies: impl IntoIterator<Item = &'a str>) -> String {
    Envelope { opening, closing, empty }.around(publication_time, bodies)
}

fn head(publication_time: DateTime<Utc>) -> String {
    let time = publication_time.to_rfc3339_opts(SecondsFormat::Secs, false);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <incidents xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:noNamespaceSchemaLocation=\"http://www.gstatic.com/road-incidents/cifsv2.xsd\" timestamp=\"{time}\""
    )
}
