//! The independent reader and the domain give the same answer, within what CIFS can say.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use dialog_domain::{Location, Measure, MeasureType, OrderContent, Period, VehicleSet, time, vehicle::VehicleProfile};
use dialog_exports::{FOREVER, LossCode, PublishedOrder, arbitrary, datex::Fragment};
use proptest::{collection::vec, prelude::*};
use roxmltree::Document;

use super::{
    export, incidents, orders,
    reader::{Read, read},
};
use crate::support::{config, measure, order};

/// The hour that occurs twice in autumn is the documented exception, as for DATEX II.
fn is_in_doubled_hour(at: DateTime<Utc>, zone: Tz) -> bool {
    zone.from_local_datetime(&at.with_timezone(&zone).naive_local()).single().is_none()
}

/// The last minutes before midnight, when one of them was reported as lost.
fn is_just_before_midnight(at: DateTime<Utc>, zone: Tz) -> bool {
    let local = at.with_timezone(&zone);
    (local.hour(), local.minute()) >= (23, 58)
}

/// Changes of every period, one second before and after, and others.
fn instants(periods: &[Period], zone: Tz, minutes: &[i64]) -> Vec<DateTime<Utc>> {
    let mut instants = Vec::new();
    for period in periods {
        let (start, end) = time::bounds(period, &zone);
        instants.extend([start, end.unwrap_or(start)]);
        let mut change = start;
        for _ in 0..8 {
            let Some(next) = time::next_change(period, &zone, change) else { break };
            instants.push(next);
            change = next;
        }
        instants.extend(minutes.iter().map(|&minutes| start + TimeDelta::minutes(minutes)));
    }
    instants.iter().flat_map(|&at| [at - TimeDelta::seconds(1), at, at + TimeDelta::seconds(1)]).collect()
}

/// The feed as it is at each time: what a fragment says while it holds, by location.
struct Feed(Vec<(Fragment, BTreeMap<String, Vec<Read>>)>);

impl Feed {
    fn of(order: &PublishedOrder) -> Self {
        let fragments = export(order).value.into_iter().map(|fragment| {
            let xml = dialog_exports::cifs::document(order.published_at, [fragment.body.as_str()]);
            let document = Document::parse(&xml).expect("XML");
            let mut by_location: BTreeMap<String, Vec<Read>> = BTreeMap::new();
            for incident in incidents(&document).into_iter().map(read) {
                let location = incident.id.split('.').next().unwrap_or_default().to_owned();
                by_location.entry(location).or_default().push(incident);
            }
            (fragment, by_location)
        });
        Self(fragments.collect())
    }

    /// The types of the incidents of a location that are on, as somebody who reads the feed at `at` sees them.
    fn on(&self, location: &Location, at: DateTime<Utc>, zone: Tz) -> Vec<&str> {
        let holds = self.0.iter().find(|(fragment, _)| fragment.valid_from <= at && at < fragment.valid_until);
        let read = holds.and_then(|(_, read)| read.get(&location.id.to_string())).into_iter().flatten();
        read.filter(|one| one.is_on(at, &zone)).map(|one| one.kind.as_str()).collect()
    }
}

/// What the feed must say of a measure at `at`, and whether it may say less.
fn assert_agreement(order: &PublishedOrder, vehicles: &[VehicleProfile], minutes: &[i64]) {
    let zone = order.time_zone;
    let feed = Feed::of(order);
    let losses = export(order).losses;
    for (i, measure) in order.content.measures.iter().enumerate() {
        let path = format!("measures[{i}]");
        let is_lost = |path: &str, code| losses.iter().any(|loss| loss.path == path && loss.code == code);
        let sendable = |(j, _): &(usize, &Period)| {
            let path = format!("{path}.periods[{j}]");
            !is_lost(&path, LossCode::EndlessPeriod) && !is_lost(&path, LossCode::NoTimeLeft)
        };
        let sent: Vec<&Period> =
            measure.periods.iter().enumerate().filter(sendable).map(|(_, period)| period).collect();
        let loses_minutes =
            losses.iter().any(|loss| loss.code == LossCode::LastMinuteLost && loss.path.starts_with(&path));
        for location in &measure.locations {
            let is_sent = feed.0.iter().any(|(_, read)| read.contains_key(&location.id.to_string()));
            for at in instants(&measure.periods, zone, minutes).into_iter().filter(|at| !is_in_doubled_hour(*at, zone))
            {
                let on = feed.on(location, at, zone);
                let applies = measure.periods.iter().any(|period| time::is_active(period, &zone, at));
                if !on.is_empty() {
                    // Never more than what the order says, for whoever drives.
                    assert!(applies, "{at}: {measure:?}\n{feed:?}", feed = feed.0);
                    let expected = if measure.kind == MeasureType::NoEntry { "ROAD_CLOSED" } else { "HAZARD" };
                    assert!(on.iter().all(|kind| *kind == expected), "{on:?}");
                    assert!(vehicles.iter().all(|vehicle| measure.vehicle_set.applies_to(vehicle)));
                } else if is_sent && !(loses_minutes && is_just_before_midnight(at, zone)) {
                    let applies = sent.iter().any(|period| time::is_active(period, &zone, at));
                    assert!(!applies, "{at} is not told: {measure:?}\n{feed:?}", feed = feed.0);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn cifs_never_says_more_than_the_order_and_what_it_can_say_whole(
        order in orders(),
        vehicles in vec(arbitrary::vehicle_profile(), 3),
        minutes in vec(-3000_i64..90_000, 10),
    ) {
        assert_agreement(&order, &vehicles, &minutes);
    }

    #[test]
    fn cifs_agrees_with_the_domain_on_the_time_alone(
        periods in vec(arbitrary::period(false), 1..3),
        zone in proptest::sample::select(arbitrary::ZONES.to_vec()),
        minutes in vec(-3000_i64..90_000, 30),
    ) {
        let measure = Measure { periods, vehicle_set: VehicleSet::default(), ..measure() };
        let content = OrderContent { measures: vec![measure], ..order(Vec::new()).content };
        let order = PublishedOrder { time_zone: zone, content, ..order(Vec::new()) };
        assert_agreement(&order, &[], &minutes);
        prop_assert!(export(&order).value.iter().all(|fragment| fragment.valid_until < FOREVER));
    }
}

/// Weeks in which the clocks change, minute by minute.
#[test]
fn cifs_agrees_with_the_domain_on_every_minute_of_the_weeks_in_which_clocks_change() {
    for (start, end) in [("2026-03-26T00:00", "2026-03-31T23:59"), ("2026-10-22T00:00", "2026-10-27T23:59")] {
        for slots in [&[("22:00", "06:00")][..], &[("02:30", "03:30"), ("19:00", "23:00")], &[("00:00", "23:59")]] {
            let period = Period {
                start: crate::support::local(start),
                end: Some(crate::support::local(end)),
                ..crate::support::recurring(Some(&[dialog_domain::Day::Saturday, dialog_domain::Day::Sunday]), slots)
            };
            let order = order(vec![Measure { periods: vec![period], ..measure() }]);
            let every_minute: Vec<i64> = (-60..7 * 24 * 60).collect();
            assert_agreement(&order, &[], &every_minute);
        }
    }
}
