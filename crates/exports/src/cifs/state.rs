//! How an order looks at a given time.

use chrono::{DateTime, Utc};

use super::{
    map::{self, Timed},
    model::Incident,
};
use crate::{
    Exported, PublishedOrder,
    fragment::{EVER, Fragment, TimeState},
    loss::Losses,
    published::FeedContext,
    xml::Xml,
};

/// How many incidents the fragments of an order hold together before the ones that are over wait for others to leave.
const MAX_WRITTEN: usize = 20_000;

/// The incidents of an order, from the beginning to the end of the last one: those that are over have left. Stretches of
/// time follow each other without gap, and several may have the same state. After the last one the order is not in the
/// feed. Empty when Waze can apply nothing of the order.
#[must_use]
pub fn fragments(order: &PublishedOrder, context: &FeedContext) -> Exported<Vec<Fragment>> {
    let mut losses = Losses::default();
    let incidents = map::incidents(order, context, &mut losses);
    let written: Vec<(DateTime<Utc>, String)> =
        incidents.iter().map(|Timed { incident, end, .. }| (*end, line(incident))).collect();
    let stretches = stretches(&incidents);
    let value = stretches
        .into_iter()
        .map(|(state, valid_from, valid_until)| {
            let lines: Vec<&str> =
                written.iter().filter(|(end, _)| *end > valid_from).map(|(_, line)| line.as_str()).collect();
            Fragment { state, valid_from, valid_until, body: lines.join("\n") }
        })
        .collect();
    Exported { value, losses: losses.0 }
}

fn line(incident: &Incident) -> String {
    let mut xml = Xml::new();
    incident.write(&mut xml);
    xml.into_string()
}

fn stretches(incidents: &[Timed]) -> Vec<(TimeState, DateTime<Utc>, DateTime<Utc>)> {
    let Some(start) = incidents.iter().map(|timed| timed.start).min() else { return Vec::new() };
    let mut ends: Vec<DateTime<Utc>> = incidents.iter().map(|timed| timed.end).collect();
    ends.sort_unstable();
    ends.dedup();
    // The last end always counts.
    let step = (ends.len() * incidents.len()).div_ceil(MAX_WRITTEN).max(1);
    let ends = ends.iter().rev().step_by(step).rev();
    let mut from = start;
    let mut stretches = vec![(TimeState::Planned, EVER, start)];
    for &end in ends {
        stretches.push((TimeState::Active, from, end));
        from = end;
    }
    stretches
}
