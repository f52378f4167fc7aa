//! What surrounds the orders of each feed.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Utc};
use dialog_db::fragments::FeedName;
use dialog_exports::{cifs, datex};

use super::Layout;

/// How a document begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Which feed.
    pub feed: FeedName,
    /// In which layout.
    pub layout: Layout,
}

impl Envelope {
    /// Everything before the first order.
    #[must_use]
    pub fn opening(self, at: DateTime<Utc>) -> String {
        match (self.feed, self.layout) {
            (FeedName::Datex, Layout::Current) => datex::opening(at),
            (FeedName::Datex, Layout::Legacy) => datex::legacy::opening(at),
            (FeedName::Cifs, _) => cifs::opening(at),
        }
    }

    /// Everything after the last order.
    #[must_use]
    pub fn closing(self) -> &'static str {
        match (self.feed, self.layout) {
            (FeedName::Datex, Layout::Current) => datex::closing(),
            (FeedName::Datex, Layout::Legacy) => datex::legacy::closing(),
            (FeedName::Cifs, _) => cifs::closing(),
        }
    }

    /// A whole document without any order: the schemas refuse an empty container.
    #[must_use]
    pub fn empty(self, at: DateTime<Utc>) -> String {
        match (self.feed, self.layout) {
            (FeedName::Datex, Layout::Current) => datex::empty(at),
            (FeedName::Datex, Layout::Legacy) => datex::legacy::empty(at),
            (FeedName::Cifs, _) => cifs::empty(at),
        }
    }

    /// Another release may write the envelope in another way: its documents have other tags.
    #[must_use]
    pub fn tag(self) -> String {
        let at = DateTime::UNIX_EPOCH;
        let mut hasher = DefaultHasher::new();
        (self.opening(at), self.closing(), self.empty(at)).hash(&mut hasher);
        format!("{:x}", hasher.finish())
    }
}
