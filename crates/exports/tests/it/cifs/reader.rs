//! An independent reader: from the schema and the text of the specification, without a line of the exporter.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, TimeZone, Timelike, Utc};
use roxmltree::Node;

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// An incident as a driver's application understands it.
#[derive(Debug)]
pub struct Read {
    pub id: String,
    pub kind: String,
    pub is_one_way: bool,
    /// Latitude and longitude.
    pub line: Vec<(f64, f64)>,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    /// Minutes from and to, by day; absent: all the time.
    hours: Option<BTreeMap<String, Vec<(u32, u32)>>>,
}

/// Reads one `incident`.
pub fn read(incident: Node<'_, '_>) -> Read {
    let text = |name: &str| {
        let found: Vec<_> = incident.children().filter(|child| child.has_tag_name(name)).collect();
        assert!(found.len() <= 1, "{name} twice");
        found.first().map(|node| node.text().unwrap_or_default().to_owned())
    };
    let needed = |name: &str| text(name).unwrap_or_else(|| panic!("no {name}"));
    let instant = |name: &str| DateTime::parse_from_rfc3339(&needed(name)).expect("a date-time").with_timezone(&Utc);
    let numbers: Vec<f64> = needed("polyline").split(' ').map(|number| number.parse().expect("a number")).collect();
    assert!(numbers.len() >= 4 && numbers.len().is_multiple_of(2), "{numbers:?}");
    let schedule = incident.children().find(|child| child.has_tag_name("schedule"));
    Read {
        id: incident.attribute("id").expect("an id").to_owned(),
        kind: needed("type"),
        is_one_way: needed("direction") == "ONE_DIRECTION",
        line: numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect(),
        start: instant("starttime"),
        end: instant("endtime"),
        hours: schedule.map(|schedule| {
            let days = schedule.children().filter(Node::is_element);
            days.map(|day| (day.tag_name().name().to_owned(), hours(day.text().unwrap_or_default()))).collect()
        }),
    }
}

fn hours(text: &str) -> Vec<(u32, u32)> {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').expect("a time");
        let (hour, minute): (u32, u32) = (hour.parse().expect("an hour"), minute.parse().expect("a minute"));
        assert!(hour < 24 && minute < 60, "{text}");
        hour * 60 + minute
    };
    let slot = |slot: &str| {
        let (from, to) = slot.split_once('-').expect("a slot");
        let (from, to) = (minute(from), minute(to));
        assert!(from < to, "{slot} ends before it begins");
        // The last minute of a day is its end.
        (from, if to == 24 * 60 - 1 { 24 * 60 } else { to })
    };
    text.split(',').map(slot).collect()
}

impl Read {
    /// Whether the incident is on at `at`, on a road of this zone.
    pub fn is_on<Z: TimeZone>(&self, at: DateTime<Utc>, zone: &Z) -> bool {
        if at < self.start || at >= self.end {
            return false;
        }
        let Some(hours) = &self.hours else { return true };
        let local = at.with_timezone(zone).naive_local();
        let day = WEEK[local.weekday().num_days_from_monday() as usize];
        let minute = local.hour() * 60 + local.minute();
        ["everyday", day]
            .iter()
            .filter_map(|name| hours.get(*name))
            .flatten()
            .any(|(from, to)| (*from..*to).contains(&minute))
    }
}
