//! The generator of random orders draws everything that an order can say.

use std::collections::BTreeSet;

use dialog_domain::{
    LocationDescription, OrderContent, Period, Recurrence, RestrictedVehicles, StreetBound, WholeCityException,
};
use dialog_exports::{PublishedOrder, arbitrary};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// The name of a variant.
fn name_of(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").split([' ', '(']).next().unwrap_or_default().to_owned()
}

fn kinds_of(order: &PublishedOrder, seen: &mut BTreeSet<String>) {
    let OrderContent { category, subject, repeal, measures, .. } = &order.content;
    seen.insert(name_of(category));
    seen.insert(format!("because {subject:?}"));
    seen.insert(format!("repealed {}", repeal.is_some()));
    seen.insert(format!("from {:?}", order.source));
    seen.insert(format!("in {}", order.time_zone));
    seen.insert(format!("document {}", order.document.is_some()));
    for measure in measures {
        seen.insert(name_of(&measure.kind));
        for restricted in &measure.vehicle_set.restricted {
            seen.insert(format!("only {}", name_of(restricted)));
            if let RestrictedVehicles::CritAir { classes } = restricted {
                seen.extend(classes.iter().map(name_of));
            }
        }
        seen.extend(measure.vehicle_set.exempted.iter().map(|kind| format!("but {}", name_of(kind))));
        measure.periods.iter().for_each(|period| shapes_of(period, seen));
        for location in &measure.locations {
            let found = location.found.as_ref().expect("found");
            seen.insert(format!("on {}", name_of(&found.geometry.0.value)));
            seen.insert(format!("{:?}", found.confidence));
            seen.insert(format!("by {:?}", found.method));
            seen.insert(format!("edition {}", found.edition.is_some()));
            places_of(&location.asked, seen);
        }
    }
}

fn places_of(asked: &LocationDescription, seen: &mut BTreeSet<String>) {
    seen.insert(name_of(asked));
    seen.insert(format!("towards {:?}", asked.direction()));
    match asked {
        LocationDescription::NamedStreet(street) => {
            seen.insert(format!("whole {}", street.is_whole()));
            for bound in street.from.iter().chain(&street.to) {
                seen.insert(format!("bound {}", name_of(bound)));
                if let StreetBound::Intersection { crossing, .. } = bound {
                    seen.insert(format!("crossing {}", crossing.is_some()));
                }
            }
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            seen.extend([&road.from, &road.to].map(|bound| format!("side {:?}", bound.side)));
            seen.insert(format!("waiting area {}", road.storage_area_id.is_some()));
        }
        LocationDescription::WholeCity { exceptions, .. } => {
            seen.extend(exceptions.iter().map(|exception| match exception {
                WholeCityException::NamedStreet(street) => format!("free street, drawn {}", street.geometry.is_some()),
                WholeCityException::RawGeoJson { .. } => "free drawing".to_owned(),
            }));
        }
        LocationDescription::RawGeoJson { .. } | LocationDescription::Zone { .. } => {}
    }
}

fn shapes_of(period: &Period, seen: &mut BTreeSet<String>) {
    seen.insert(format!("ends {}", period.end.is_some()));
    seen.insert(format!("slots {}", period.time_slots.len().min(2)));
    match &period.recurrence {
        Recurrence::EveryDay => seen.insert("every day".to_owned()),
        Recurrence::CertainDays(days) => seen.insert(format!("{} days", days.len())),
    };
    if let Recurrence::CertainDays(days) = &period.recurrence {
        seen.extend(days.iter().map(name_of));
    }
    if period.end.is_some_and(|end| end.format("%R").to_string() == "23:59") {
        seen.insert("to the last minute".to_owned());
    }
    for slot in &period.time_slots {
        let end = slot.end.format("%R").to_string();
        let shape = match (slot.start.cmp(&slot.end), end.as_str()) {
            (std::cmp::Ordering::Equal, _) => "slot of 24 hours",
            (_, "00:00") => "slot to midnight",
            (_, "23:59") => "slot to the last minute",
            (std::cmp::Ordering::Greater, _) => "overnight slot",
            (std::cmp::Ordering::Less, _) => "slot of a day",
        };
        seen.insert(shape.to_owned());
    }
}

#[test]
fn thousand_random_orders_say_everything_that_an_order_can_say() {
    let (mut runner, strategy) = (TestRunner::deterministic(), arbitrary::published_order());
    let mut seen = BTreeSet::new();
    for _ in 0..1000 {
        kinds_of(&strategy.new_tree(&mut runner).expect("an order").current(), &mut seen);
    }
    let kinds = [
        ("categories, reasons, repealed or not", 2 + 6 + 2),
        ("sources, zones, document or not", 6 + arbitrary::ZONES.len() + 2),
        ("types of measure", 5),
        ("restrictions, classes, exemptions", 5 + 7 + 12),
        ("kinds of location, directions", 6 + 3),
        ("whole or not, bounds, crossings", 2 + 3 + 2),
        ("sides, waiting area or not, what stays free", 3 + 2 + 3),
        ("geometries, confidences, methods, edition or not", 7 + 2 + 7 + 2),
        ("end or not, numbers of slots, shapes of slots, last minute", 2 + 3 + 5 + 1),
        ("every day, numbers of days, days", 1 + 7 + 7),
    ];
    let expected: usize = kinds.iter().map(|(_, count)| count).sum();
    assert_eq!(seen.len(), expected, "{seen:#?}");
}
