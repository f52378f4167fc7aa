//! How an order looks at a given time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    map::{self, Bounds},
    words::{OrderState, RegulationState},
    xml::Xml,
};
use crate::{Exported, PublishedOrder, loss::Losses, published::FeedContext};

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

    const fn order_state(self) -> OrderState {
        match self {
            Self::Planned => OrderState::Planned,
            Self::Active => OrderState::MadeAndImplemented,
            Self::Over => OrderState::Withdrawn,
        }
    }

    /// The standard has no word for a regulation that is over: its state is left out then.
    const fn regulation_state(self) -> Option<RegulationState> {
        match self {
            Self::Planned => Some(RegulationState::Scheduled),
            Self::Active => Some(RegulationState::Active),
            Self::Over => None,
        }
    }
}

/// One whole `trafficRegulationOrder` element, as it reads during a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The state that `body` tells.
    pub state: TimeState,
    /// First instant at which the order is in that state.
    pub valid_from: DateTime<Utc>,
    /// First instant at which it no longer is.
    pub valid_until: DateTime<Utc>,
    /// The element, with the prefixes of [`super::opening`].
    pub body: String,
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

/// The order in each of the states it goes through, in their order. The stretches of time follow each other without
/// gap from [`EVER`] to [`FOREVER`]. Empty when no measure of the order can be said.
#[must_use]
pub fn fragments(order: &PublishedOrder, context: &FeedContext) -> Exported<Vec<Fragment>> {
    let mut losses = Losses::default();
    let written = map::order(order, context, &mut losses).map(|document| {
        let body = |state: TimeState| {
            let mut xml = Xml::new();
            document.write(state.order_state(), state.regulation_state(), &mut xml);
            xml.into_string()
        };
        states(map::bounds(order))
            .into_iter()
            .map(|(state, valid_from, valid_until)| Fragment { state, valid_from, valid_until, body: body(state) })
            .collect()
    });
    Exported { value: written.unwrap_or_default(), losses: losses.0 }
}

/// The states with their stretches of time, those that last no time left out.
fn states((start, end): Bounds) -> Vec<(TimeState, DateTime<Utc>, DateTime<Utc>)> {
    let start = start.clamp(EVER, FOREVER);
    let end = end.map_or(FOREVER, |end| end.clamp(start, FOREVER));
    [(TimeState::Planned, EVER, start), (TimeState::Active, start, end), (TimeState::Over, end, FOREVER)]
        .into_iter()
        .filter(|(_, from, until)| from < until)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a date-time")
    }

    #[test]
    fn temporary_order_is_planned_then_active_then_over() {
        let (start, end) = (at("2026-12-01T00:00:00Z"), at("2026-12-30T23:00:00Z"));
        assert_eq!(
            states((start, Some(end))),
            vec![(TimeState::Planned, EVER, start), (TimeState::Active, start, end), (TimeState::Over, end, FOREVER)]
        );
    }

    #[test]
    fn order_without_end_is_never_over() {
        let start = at("2026-12-01T00:00:00Z");
        assert_eq!(states((start, None)), vec![(TimeState::Planned, EVER, start), (TimeState::Active, start, FOREVER)]);
    }

    #[test]
    fn order_that_lasts_no_time_is_never_active() {
        let start = at("2026-12-01T08:00:00Z");
        assert_eq!(
            states((start, Some(start))),
            vec![(TimeState::Planned, EVER, start), (TimeState::Over, start, FOREVER)]
        );
    }
}
