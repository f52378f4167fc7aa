//! An order as each feed says it, written once, when it is published.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use dialog_db::fragments::{FeedName, NewFragment};
use dialog_db::versions::Version;
use dialog_domain::OrderId;
use dialog_exports::{
    EVER, Exported, FOREVER, FeedContext, Fragment, Loss, OfficialDocument, PublishedOrder, TimeState, cifs, datex,
};

/// The feeds that are written, with the edition of their exporter: to be raised whenever it writes the same order in
/// another way, so that the worker writes again what is published.
pub const EDITIONS: [(FeedName, i32); 2] = [(FeedName::Datex, 1), (FeedName::Cifs, 1)];

/// An order in every feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// What is written.
    pub fragments: Vec<NewFragment>,
    /// What DATEX II cannot say.
    pub losses: Vec<Loss>,
}

impl Rendered {
    /// Whether the order is in a feed at some time, or would be if its exporter did not fail.
    #[must_use]
    pub fn is_in(&self, feed: FeedName) -> bool {
        self.fragments.iter().any(|one| one.feed == feed && (!one.body.is_empty() || one.set_aside.is_some()))
    }
}

/// Writes an order for every feed. A feed that cannot have it sets it aside and hinders no other.
#[must_use]
pub fn render(order: &PublishedOrder, context: &FeedContext) -> Rendered {
    let mut rendered = Rendered { fragments: Vec::new(), losses: Vec::new() };
    for (feed, edition) in EDITIONS {
        // A defect of an exporter takes one order out of one feed, and neither the publication nor the other feeds.
        match catch_unwind(AssertUnwindSafe(|| export(feed, order, context))) {
            Ok(exported) => {
                rendered.fragments.extend(without_gap(feed, edition, exported.value));
                if feed == FeedName::Datex {
                    rendered.losses = exported.losses;
                }
            }
            Err(panic) => {
                let reason = reason(panic.as_ref());
                tracing::error!(order.id = %order.id, feed = feed.as_str(), reason, "an order is set aside of a feed");
                rendered
                    .fragments
                    .push(NewFragment { set_aside: Some(reason), ..nothing(feed, edition, EVER, FOREVER) });
            }
        }
    }
    rendered
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
