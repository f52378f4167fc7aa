//! How an order looks at a given time.

use chrono::{DateTime, Utc};

use super::{
    map::{self, Bounds},
    model::Implementation,
    words::OrderState,
};
use crate::{
    Exported, PublishedOrder,
    fragment::{EVER, FOREVER, Fragment, TimeState},
    loss::Losses,
    published::FeedContext,
    xml::Xml,
};

impl TimeState {
    const fn order_state(self) -> OrderState {
        match self {
            Self::Planned => OrderState::Planned,
            Self::Active => OrderState::MadeAndImplemented,
            Self::Over => OrderState::Withdrawn,
        }
    }

    /// What is over does not hold on the road any more, and the standard has no word for such a regulation.
    const fn implementation(self) -> Option<Implementation> {
        match self {
            Self::Planned => Some(Implementation::Planned),
            Self::Active => Some(Implementation::Active),
            Self::Over => None,
        }
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
            document.write(state.order_state(), state.implementation(), &mut xml);
            xml.into_string()
        };
        states(map::bounds(order))
            .into_iter()
            .map(|(state, valid_from, valid_until)| Fragment { state, valid_from, valid_until, body: body(state) })
            .collect()
    });
    Exported { value: written.unwrap_or_default(), losses: losses.0 }
}

/// The order as it reads once it is gone, whatever its periods say: for readers who have to forget it. `None` when no
/// measure of the order can be said.
#[must_use]
pub fn withdrawn(order: &PublishedOrder, context: &FeedContext) -> Exported<Option<String>> {
    let mut losses = Losses::default();
    let value = map::order(order, context, &mut losses).map(|document| {
        let mut xml = Xml::new();
        document.write(TimeState::Over.order_state(), TimeState::Over.implementation(), &mut xml);
        xml.into_string()
    });
    Exported { value, losses: losses.0 }
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
