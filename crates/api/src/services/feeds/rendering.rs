//! An order as each feed says it, written once, when it is published.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use dialog_db::diffusions::{Exporter, NewDiffusion};
use dialog_db::fragments::{FeedName, NewFragment};
use dialog_db::versions::Version;
use dialog_domain::OrderId;
use dialog_exports::{
    EVER, Exported, FOREVER, FeedContext, Fragment, Loss, LossCode, OfficialDocument, PublishedOrder, TimeState, cifs,
    datex,
};
use diesel::QueryResult;
use diesel::result::Error as QueryError;

/// The feeds that are written, with the edition of their exporter: to be raised whenever it writes the same order in
/// another way, so that the worker writes again what is published.
pub const EDITIONS: [(FeedName, i32); 2] = [(FeedName::Datex, 2), (FeedName::Cifs, 1)];

/// An order in every feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// What is written.
    pub fragments: Vec<NewFragment>,
    /// What each exporter makes of the order.
    pub outcomes: Vec<Outcome>,
}

/// What an exporter makes of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Which exporter.
    pub exporter: Exporter,
    /// When the order leaves by the passage of time; `None`: it never is in.
    pub leaves_at: Option<DateTime<Utc>>,
    /// What could not be said.
    pub losses: Vec<Loss>,
}

impl Rendered {
    /// Whether the order is in a feed at some time, or would be if its exporter did not fail.
    #[must_use]
    pub fn is_in(&self, feed: FeedName) -> bool {
        self.fragments.iter().any(|one| one.feed == feed && (!one.body.is_empty() || one.set_aside.is_some()))
    }

    /// What an exporter could not say.
    #[must_use]
    pub fn losses(&self, exporter: Exporter) -> &[Loss] {
        self.outcomes.iter().find(|outcome| outcome.exporter == exporter).map_or(&[], |outcome| &outcome.losses)
    }

    /// The outcomes as they are kept.
    ///
    /// # Errors
    /// When a loss cannot be written as JSON.
    pub fn diffusions(&self) -> QueryResult<Vec<NewDiffusion>> {
        let kept = |Outcome { exporter, leaves_at, losses }: &Outcome| {
            let losses = serde_json::to_value(losses).map_err(|error| QueryError::SerializationError(error.into()))?;
            Ok(NewDiffusion { exporter: *exporter, leaves_at: *leaves_at, losses })
        };
        self.outcomes.iter().map(kept).collect()
    }
}

/// Writes an order for every feed. A feed that cannot have it sets it aside and hinders no other.
#[must_use]
pub fn render(order: &PublishedOrder, context: &FeedContext) -> Rendered {
    let (mut fragments, mut outcomes) = (Vec::new(), Vec::new());
    for (feed, edition) in EDITIONS {
        // A defect of an exporter takes one order out of one feed, and neither the publication nor the other feeds.
        match catch_unwind(AssertUnwindSafe(|| export(feed, order, context))) {
            Ok(Exported { value, losses }) => {
                let last = value.iter().rfind(|fragment| fragment.state != TimeState::Over);
                outcomes.push(Outcome {
                    exporter: exporter(feed),
                    leaves_at: last.map(|fragment| fragment.valid_until),
                    losses,
                });
                fragments.extend(without_gap(feed, edition, value));
            }
            Err(panic) => {
                let reason = reason(panic.as_ref());
                tracing::error!(order.id = %order.id, feed = feed.as_str(), reason, "an order is set aside of a feed");
                outcomes.push(Outcome { exporter: exporter(feed), leaves_at: None, losses: Vec::new() });
                fragments.push(NewFragment { set_aside: Some(reason), ..nothing(feed, edition, EVER, FOREVER) });
            }
        }
    }
    // The old layout and the rows are made when somebody asks, of the orders that DATEX II has.
    let is_datex = |outcome: &&Outcome| outcome.exporter == Exporter::Datex;
    let leaves_at = outcomes.iter().find(is_datex).and_then(|outcome| outcome.leaves_at);
    outcomes.push(in_the_old_layout(order, context, leaves_at));
    outcomes.push(as_rows(order, leaves_at));
    Rendered { fragments, outcomes }
}

const fn exporter(feed: FeedName) -> Exporter {
    match feed {
        FeedName::Datex => Exporter::Datex,
        FeedName::Cifs => Exporter::Cifs,
    }
}

fn in_the_old_layout(order: &PublishedOrder, context: &FeedContext, leaves_at: Option<DateTime<Utc>>) -> Outcome {
    // What fails is told to the log when somebody asks for it.
    let said = catch_unwind(AssertUnwindSafe(|| datex::legacy::order(order, context))).ok();
    let (is_in, losses) = said.map_or((false, Vec::new()), |said| (said.value.is_some(), said.losses));
    Outcome { exporter: Exporter::DatexLegacy, leaves_at: leaves_at.filter(|_| is_in), losses }
}

/// A location that was never found has no row.
fn as_rows(order: &PublishedOrder, leaves_at: Option<DateTime<Utc>>) -> Outcome {
    let (mut losses, mut has_rows) = (Vec::new(), false);
    for (i, measure) in order.content.measures.iter().enumerate() {
        for (k, location) in measure.locations.iter().enumerate() {
            has_rows |= location.found.is_some();
            if location.found.is_none() {
                losses.push(Loss {
                    path: format!("measures[{i}].locations[{k}]"),
                    code: LossCode::NotLocated,
                    detail: dialog_text::location(&location.asked),
                });
            }
        }
    }
    Outcome { exporter: Exporter::Rows, leaves_at: leaves_at.filter(|_| has_rows), losses }
}

fn export(feed: FeedName, order: &PublishedOrder, context: &FeedContext) -> Exported<Vec<Fragment>> {
    match feed {
        FeedName::Datex => datex::fragments(order, context),
        FeedName::Cifs => cifs::fragments(order, context),
    }
}

/// The fragments, and between them those that say that nothing of the order is in the feed.
fn without_gap(feed: FeedName, edition: i32, fragments: Vec<Fragment>) -> Vec<NewFragment> {
    let mut all = Vec::with_capacity(fragments.len() + 1);
    let mut next = EVER;
    for Fragment { state, valid_from, valid_until, body } in fragments {
        if next < valid_from {
            all.push(nothing(feed, edition, next, valid_from));
        }
        next = valid_until;
        let state = state.as_str();
        all.push(NewFragment { feed, edition, state, valid_from, valid_until, set_aside: None, body });
    }
    if next < FOREVER {
        all.push(nothing(feed, edition, next, FOREVER));
    }
    all
}

fn nothing(feed: FeedName, edition: i32, valid_from: DateTime<Utc>, valid_until: DateTime<Utc>) -> NewFragment {
    let state = TimeState::Active.as_str();
    NewFragment { feed, edition, state, valid_from, valid_until, set_aside: None, body: String::new() }
}

fn reason(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("the exporter failed").to_owned()
}

/// A version as exporters read it.
#[must_use]
pub fn published(order: OrderId, version: Version, document: Option<OfficialDocument>) -> PublishedOrder {
    PublishedOrder {
        id: order,
        version: version.number,
        identifier: version.identifier,
        organization_id: version.organization.id,
        time_zone: version.organization.time_zone.parse().unwrap_or(chrono_tz::Europe::Paris),
        organization_name: version.organization.name,
        source: version.source,
        content: version.content,
        published_at: version.published_at,
        updated_at: version.published_at,
        document,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn feed_says_nothing_where_the_exporter_wrote_nothing() {
        let (start, end) = (at("2026-12-01T00:00:00Z"), at("2026-12-03T00:00:00Z"));
        let active = Fragment { state: TimeState::Active, valid_from: start, valid_until: end, body: "a".to_owned() };
        let all = without_gap(FeedName::Cifs, 1, vec![active]);
        let told: Vec<_> = all.iter().map(|one| (one.valid_from, one.valid_until, one.body.as_str())).collect();
        assert_eq!(told, [(EVER, start, ""), (start, end, "a"), (end, FOREVER, "")]);
        let never = without_gap(FeedName::Cifs, 1, Vec::new());
        assert_eq!(never, [nothing(FeedName::Cifs, 1, EVER, FOREVER)]);
    }
}
