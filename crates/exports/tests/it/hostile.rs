//! Orders that no rule would let through: whatever they say, what is written of them is valid.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use dialog_domain::{
    CritAir, Geometry, Location, LocationDescription, Measure, Period, Recurrence, RestrictedVehicles,
};
use dialog_exports::{OfficialDocument, PublishedOrder, arbitrary};
use geojson::{GeometryValue, Position};
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};

use crate::{
    schema::validate,
    support::{config, export, legacy},
};

/// What is done to an order that was in order.
type Damage = fn(&mut PublishedOrder);

const DAMAGES: [Damage; 22] = [
    |order| order.version = i32::MIN,
    |order| order.identifier = "\u{0}".repeat(3),
    |order| order.identifier = "#".repeat(4000),
    |order| order.organization_name = "é".repeat(4000),
    |order| order.content.title = String::new(),
    |order| order.time_zone = Tz::Asia__Kathmandu,
    |order| order.content.measures.clear(),
    |order| order.document = Some(OfficialDocument { url: "\u{1}<&>\"]]>".to_owned(), title: None }),
    |order| measures(order, |measure| measure.max_speed_kmh = None),
    |order| measures(order, |measure| measure.periods.clear()),
    |order| measures(order, |measure| measure.locations.clear()),
    |order| only(order, RestrictedVehicles::CritAir { classes: Vec::new() }),
    |order| only(order, RestrictedVehicles::CritAir { classes: vec![CritAir::Class1; 40] }),
    |order| only(order, RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(f64::NAN) }),
    |order| only(order, RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(1e300) }),
    |order| only(order, RestrictedVehicles::Other { text: "\u{ffff}".repeat(2000) }),
    |order| periods(order, |period| period.recurrence = Recurrence::CertainDays(Vec::new())),
    |order| periods(order, |period| period.start = in_year(0)),
    |order| periods(order, |period| period.end = Some(in_year(10_000))),
    |order| locations(order, |location| location.found = None),
    |order| positions(order, |position| *position = Position::from(vec![f64::NAN, 1e300])),
    |order| locations(order, reword),
];

fn measures(order: &mut PublishedOrder, damage: fn(&mut Measure)) {
    order.content.measures.iter_mut().for_each(damage);
}

fn periods(order: &mut PublishedOrder, damage: fn(&mut Period)) {
    order.content.measures.iter_mut().flat_map(|measure| &mut measure.periods).for_each(damage);
}

fn locations(order: &mut PublishedOrder, damage: fn(&mut Location)) {
    order.content.measures.iter_mut().flat_map(|measure| &mut measure.locations).for_each(damage);
}

fn only(order: &mut PublishedOrder, restricted: RestrictedVehicles) {
    for measure in &mut order.content.measures {
        measure.vehicle_set.restricted = vec![restricted.clone()];
    }
}

/// The first position of each line, and every point.
fn positions(order: &mut PublishedOrder, damage: fn(&mut Position)) {
    fn each(value: &mut GeometryValue, damage: fn(&mut Position)) {
        match value {
            GeometryValue::Point { coordinates } => damage(coordinates),
            GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
                coordinates.iter_mut().take(1).for_each(damage);
            }
            GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
                coordinates.iter_mut().flatten().take(1).for_each(damage);
            }
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter_mut().flatten().flatten().take(1).for_each(damage);
            }
            GeometryValue::GeometryCollection { geometries } => {
                geometries.iter_mut().for_each(|geometry| each(&mut geometry.value, damage));
            }
        }
    }
    for location in order.content.measures.iter_mut().flat_map(|measure| &mut measure.locations) {
        if let LocationDescription::Zone { geometry: Geometry(geometry), .. } = &mut location.asked {
            each(&mut geometry.value, damage);
        }
        if let Some(found) = &mut location.found {
            each(&mut found.geometry.0.value, damage);
        }
    }
}

fn reword(location: &mut Location) {
    let words = || "\u{b}<\u{fffe}&".repeat(3000);
    match &mut location.asked {
        LocationDescription::NamedStreet(street) => {
            (street.road_name, street.road_ban_id, street.city_code) = (words(), Some(words()), words());
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            (road.road_number, road.administrator) = (words(), words());
            (road.from.point_number, road.from.abscissa_m) = (words(), i32::MIN);
        }
        LocationDescription::RawGeoJson { label, .. } | LocationDescription::Zone { label, .. } => *label = words(),
        LocationDescription::WholeCity { city_label, city_code, .. } => (*city_label, *city_code) = (words(), words()),
    }
    if let Some(found) = &mut location.found {
        found.edition = Some(format!("osm:{}", words()));
    }
}

fn in_year(year: i32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day") + TimeDelta::days(40);
    day.and_hms_opt(8, 0, 0).expect("a time")
}

#[test]
fn whatever_an_order_says_what_is_written_of_it_is_valid() {
    let count = config(300).cases;
    let strategy = (arbitrary::published_order(), vec(0..DAMAGES.len(), 1..4));
    let mut runner = TestRunner::deterministic();
    let (mut current, mut old, mut refused) = (Vec::new(), Vec::new(), 0);
    for _ in 0..count {
        let (mut order, damages) = strategy.new_tree(&mut runner).expect("an order").current();
        damages.into_iter().for_each(|damage| DAMAGES[damage](&mut order));
        let exported = export(&order);
        if exported.value.is_empty() {
            refused += 1;
            assert!(order.content.measures.is_empty() || !exported.losses.is_empty(), "left out without a word");
        }
        current.extend(exported.value.into_iter().take(1).map(|fragment| fragment.body));
        old.extend(legacy(&order).value);
    }
    assert!(current.len() > count as usize / 4 && old.len() > count as usize / 20 && refused > 0);
    validate("whatever_an_order_says_what_is_written_of_it_is_valid", &current);
    validate("whatever_an_order_says_what_is_written_of_it_is_valid_in_the_old_layout", &old);
}
