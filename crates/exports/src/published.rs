//! What an exporter needs to know about a published order.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderContent, OrderId, OrderSource, OrganizationId};

/// One published version of an order, with the keys that live beside its content.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedOrder {
    /// The order; the same for all its versions.
    pub id: OrderId,
    /// Number of the version, 1 first.
    pub version: i32,
    /// The organization's own number.
    pub identifier: String,
    /// Who made the order.
    pub organization_id: OrganizationId,
    /// Their name.
    pub organization_name: String,
    /// Zone in which the periods are written.
    pub time_zone: chrono_tz::Tz,
    /// Where the order comes from.
    pub source: OrderSource,
    /// What it says.
    pub content: OrderContent,
    /// When this version was published.
    pub published_at: DateTime<Utc>,
    /// When what is public of the order changed last: this version was published, or its document changed.
    pub updated_at: DateTime<Utc>,
    /// The order as it was signed, when it is attached.
    pub document: Option<OfficialDocument>,
}

/// Where everybody reads the official document of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialDocument {
    /// Its address.
    pub url: String,
    /// What it is called.
    pub title: Option<String>,
}

/// The word of all feeds for where an order comes from.
pub(crate) const fn source_word(source: OrderSource) -> &'static str {
    match source {
        OrderSource::Dialog => "dialog",
        OrderSource::Api => "api",
        OrderSource::EudonetParis => "eudonet_paris",
        OrderSource::Bacidf => "bacidf",
        OrderSource::Jop => "jop",
        OrderSource::Litteralis => "litteralis",
    }
}

/// What a feed needs to know about the server that publishes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedContext {
    /// Public address of the application, with or without a final slash.
    pub base_url: String,
}

impl FeedContext {
    /// Address of the file of an order, when its official document is one.
    #[must_use]
    pub fn document_url(&self, order: OrderId) -> String {
        format!("{}/api/documents/{order}", self.base_url.trim_end_matches('/'))
    }

    /// Address of an order alone, as DATEX II.
    #[must_use]
    pub fn datex_url(&self, order: OrderId) -> String {
        format!("{}/api/datex/{order}.xml", self.base_url.trim_end_matches('/'))
    }

    /// Public page of an order.
    #[must_use]
    pub fn order_url(&self, order: OrderId) -> String {
        format!("{}/regulations/{order}", self.base_url.trim_end_matches('/'))
    }
}
