//! An order in a feed, as it reads during a stretch of time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a moment stands in the life of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeState {
    /// Before the first start.
    Planned,
    /// Between the first start and the last end.
    Active,
    /// After the last end.
    Over,
}

impl TimeState {
    /// The word kept in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Active => "active",
            Self::Over => "over",
        }
    }
}

/// What a feed says of an order, as it reads during a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The state that `body` tells.
    pub state: TimeState,
    /// First instant at which the order is in that state.
    pub valid_from: DateTime<Utc>,
    /// First instant at which it no longer is.
    pub valid_until: DateTime<Utc>,
    /// Whole elements, with the prefixes of the feed's opening.
    pub body: String,
}

/// What surrounds the bodies of a feed: everything before the first one, everything after the last one, and a whole
/// document without any.
pub(crate) struct Envelope {
    pub(crate) opening: fn(DateTime<Utc>) -> String,
    pub(crate) closing: fn() -> &'static str,
    pub(crate) empty: fn(DateTime<Utc>) -> String,
}

impl Envelope {
    /// A whole document of `bodies`, each on lines of its own.
    pub(crate) fn around<'a>(&self, at: DateTime<Utc>, bodies: impl IntoIterator<Item = &'a str>) -> String {
        let mut bodies = bodies.into_iter().peekable();
        if bodies.peek().is_none() {
            return (self.empty)(at);
        }
        let mut document = (self.opening)(at);
        for body in bodies {
            document.push_str(body);
            document.push('\n');
        }
        document.push_str((self.closing)());
        document
    }
}

/// "Since ever": earlier than any order, within what PostgreSQL keeps.
pub const EVER: DateTime<Utc> = midnight(NaiveDate::from_ymd_opt(1, 1, 1));

/// "For ever": later than any order, within what PostgreSQL keeps.
pub const FOREVER: DateTime<Utc> = midnight(NaiveDate::from_ymd_opt(9999, 12, 31));

const fn midnight(date: Option<NaiveDate>) -> DateTime<Utc> {
    match date {
        Some(date) => date.and_time(NaiveTime::MIN).and_utc(),
        None => DateTime::<Utc>::UNIX_EPOCH,
    }
}
