//! The independent reader and the domain give the same answer, for random orders, vehicles, places and instants.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use dialog_domain::{
    ExemptedVehicles, Measure, RestrictedVehicles, VehicleSet, time,
    vehicle::{VehicleKind, VehicleProfile, VehicleUsage},
};
use dialog_exports::{PublishedOrder, arbitrary, datex};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use roxmltree::Document;

use crate::{
    places,
    reader::{Question, Spot, binds},
    support::{all, config, document_of, export, measure, measures_of, orders},
};

/// Triples drawn per order; about one in twenty is left out as too close to call.
const PER_ORDER: usize = 80;

/// What the domain says.
fn applies(measure: &Measure, vehicle: &VehicleProfile, spot: &Spot, at: DateTime<Utc>, zone: Tz) -> bool {
    measure.periods.iter().any(|period| time::is_active(period, &zone, at))
        && measure.vehicle_set.applies_to(vehicle)
        && measure.locations.iter().any(|location| places::is_in(location, spot))
}

/// The hour that occurs twice in autumn is the documented exception: hours that begin or end inside it.
fn is_in_doubled_hour(at: DateTime<Utc>, zone: Tz) -> bool {
    zone.from_local_datetime(&at.with_timezone(&zone).naive_local()).single().is_none()
}

/// Whether the clocks change in the week around an instant.
fn is_near_a_change_of_the_clocks(at: DateTime<Utc>, zone: Tz) -> bool {
    let half = TimeDelta::hours(84);
    let offset = |at: DateTime<Utc>| at.with_timezone(&zone).offset().fix();
    offset(at - half) != offset(at + half)
}

/// "Police but not ambulances" is the documented wider exemption.
fn is_wider_in_datex(set: &VehicleSet, vehicle: &VehicleProfile) -> bool {
    set.exempted.contains(&ExemptedVehicles::Police)
        && !set.exempted.contains(&ExemptedVehicles::EmergencyServices)
        && vehicle.usages.contains(&VehicleUsage::EmergencyServices)
}

/// Instants worth asking about: the changes of every period, one second before and after, and any other.
fn instants(order: &PublishedOrder, minutes: &[i64]) -> Vec<DateTime<Utc>> {
    let zone = &order.time_zone;
    let mut instants = Vec::new();
    for period in order.content.measures.iter().flat_map(|measure| &measure.periods) {
        let (start, end) = time::bounds(period, zone);
        instants.extend([start, end.unwrap_or(start)]);
        let mut change = start;
        for _ in 0..6 {
            let Some(next) = time::next_change(period, zone, change) else { break };
            instants.push(next);
            change = next;
        }
        instants.extend(minutes.iter().map(|&minutes| start + TimeDelta::minutes(minutes)));
    }
    instants.iter().flat_map(|&at| [at - TimeDelta::seconds(1), at, at + TimeDelta::seconds(1)]).collect()
}

/// Fails when the reader and the domain disagree on one of the measures for one of the vehicles, in and around its
/// locations, at an instant that is worth asking about or some minutes after a start.
pub fn assert_agreement(order: &PublishedOrder, vehicles: &[VehicleProfile], minutes: &[i64]) {
    let fragments = export(order).value;
    let xml = datex::document(order.published_at, [fragments[0].body.as_str()]);
    let document = Document::parse(&xml).expect("XML");
    let regulations = measures_of(orders(&document)[0]);
    assert_eq!(regulations.len(), order.content.measures.len());
    let zone = order.time_zone;
    for (measure, regulation) in order.content.measures.iter().zip(regulations) {
        let draws = [[0.3, 0.5, 0.5, 0.2], [0.6, 0.1, 0.3, 0.7]];
        let spots = draws.iter().flat_map(|&draw| measure.locations.iter().map(move |one| places::spot(one, draw)));
        let spots: Vec<Spot> = spots.filter(|spot| places::is_clear(&measure.locations, spot)).collect();
        let mut turn = spots.iter().cycle();
        for at in instants(order, minutes).into_iter().filter(|at| !is_in_doubled_hour(*at, zone)) {
            for vehicle in vehicles.iter().filter(|vehicle| !is_wider_in_datex(&measure.vehicle_set, vehicle)) {
                // Each in its turn.
                let Some(spot) = turn.next() else { continue };
                let read = binds(regulation, &Question { vehicle, spot, at, zone });
                let expected = applies(measure, vehicle, spot, at, zone);
                assert_eq!(read, expected, "{at} at {spot:?} for {vehicle:?}, {measure:?}\n{xml}");
            }
        }
    }
}

/// Triples that are asked about: as many as `DIALOG_READER_TRIPLES` says.
fn triples() -> usize {
    let asked = std::env::var("DIALOG_READER_TRIPLES").ok();
    asked.map_or(10_000, |count| count.parse().expect("DIALOG_READER_TRIPLES is a number"))
}

/// What was asked about.
#[derive(Default)]
struct Tally {
    asked: AtomicUsize,
    bound: AtomicUsize,
    inside: AtomicUsize,
    near_a_change: AtomicUsize,
}

impl Tally {
    fn add(counter: &AtomicUsize, is_one_more: bool) {
        counter.fetch_add(usize::from(is_one_more), Ordering::Relaxed);
    }
}

/// A vehicle, a place and an instant, by their ranks among those of an order.
type Draw = (usize, usize, usize, usize, [f64; 4]);

fn ask(
    order: &PublishedOrder,
    vehicles: &[VehicleProfile],
    draws: &[Draw],
    tally: &Tally,
) -> Result<(), TestCaseError> {
    let xml = datex::document(order.published_at, [export(order).value[0].body.as_str()]);
    let document = Document::parse(&xml).expect("XML");
    let regulations = measures_of(orders(&document)[0]);
    prop_assert_eq!(regulations.len(), order.content.measures.len());
    let (zone, instants) = (order.time_zone, instants(order, &[-60, 600, 5_000, 43_200]));
    for &(of_measure, of_vehicle, of_location, of_instant, numbers) in draws {
        let rank = of_measure % regulations.len();
        let (measure, regulation) = (&order.content.measures[rank], regulations[rank]);
        let vehicle = &vehicles[of_vehicle % vehicles.len()];
        let spot = places::spot(&measure.locations[of_location % measure.locations.len()], numbers);
        let at = instants[of_instant % instants.len()];
        let is_told = !is_in_doubled_hour(at, zone)
            && !is_wider_in_datex(&measure.vehicle_set, vehicle)
            && places::is_clear(&measure.locations, &spot);
        if is_told {
            let read = binds(regulation, &Question { vehicle, spot: &spot, at, zone });
            let expected = applies(measure, vehicle, &spot, at, zone);
            prop_assert_eq!(read, expected, "{} at {:?} for {:?}, {:?}\n{}", at, &spot, vehicle, measure, &xml);
            Tally::add(&tally.asked, true);
            Tally::add(&tally.bound, read);
            Tally::add(&tally.inside, measure.locations.iter().any(|location| places::is_in(location, &spot)));
            Tally::add(&tally.near_a_change, is_near_a_change_of_the_clocks(at, zone));
        }
    }
    Ok(())
}

#[test]
fn independent_reader_agrees_with_the_domain_on_random_vehicles_places_and_instants() {
    let rank = || any::<prop::sample::Index>().prop_map(|index| index.index(1 << 20));
    let draw = (rank(), rank(), rank(), rank(), [0.0_f64..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0]);
    let strategy = (arbitrary::published_order(), vec(arbitrary::vehicle_profile(), 4), vec(draw, PER_ORDER)).boxed();
    let tally = Tally::default();
    let asked = || tally.asked.load(Ordering::Relaxed);
    let count = triples();
    let batch = u32::try_from(count.div_ceil(PER_ORDER * 9 / 10)).expect("a number of orders");
    let config = Config { cases: batch, failure_persistence: None, ..Config::default() };
    // Some are too close to call: as many batches as it takes, each from a seed of its own.
    for round in 0_u8.. {
        if asked() >= count {
            break;
        }
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[round; 32]);
        let mut runner = TestRunner::new_with_rng(config.clone(), rng);
        let outcome = runner.run(&strategy, |(order, vehicles, draws)| ask(&order, &vehicles, &draws, &tally));
        outcome.unwrap_or_else(|failure| panic!("{failure}"));
    }
    let [bound, inside, near] =
        [&tally.bound, &tally.inside, &tally.near_a_change].map(|counter| counter.load(Ordering::Relaxed));
    println!(
        "{} triples of vehicle, place and instant read alike: {bound} bound, {inside} in the place, {near} in a week \
         when the clocks change",
        asked()
    );
    assert!(bound * 20 > asked() && inside * 4 > asked() && near * 50 > asked(), "each answer is frequent");
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn reader_agrees_with_the_domain_on_the_time_alone(
        period in arbitrary::period(true),
        minutes in vec(-3000_i64..90_000, 30),
    ) {
        let order = PublishedOrder {
            content: dialog_domain::OrderContent {
                measures: vec![Measure { periods: vec![period.clone()], ..measure() }],
                ..crate::support::order(Vec::new()).content
            },
            ..crate::support::order(Vec::new())
        };
        let xml = datex::document(order.published_at, [export(&order).value[0].body.as_str()]);
        let document = Document::parse(&xml).expect("XML");
        let regulation = all(orders(&document)[0], "trafficRegulation")[0];
        let (vehicle, zone, spot) = (VehicleProfile::default(), order.time_zone, on_the_street());
        for at in instants(&order, &minutes).into_iter().filter(|at| !is_in_doubled_hour(*at, zone)) {
            let read = binds(regulation, &Question { vehicle: &vehicle, spot: &spot, at, zone });
            prop_assert_eq!(read, time::is_active(&period, &zone, at), "{} in {:?}\n{}", at, period, xml);
        }
    }
}

/// In the middle of the only location of [`measure`].
fn on_the_street() -> Spot {
    places::spot(&measure().locations[0], [0.5; 4])
}

#[test]
fn lorries_above_3_5_t_except_emergency_and_residents_bind_only_the_heavy_lorry() {
    let set = VehicleSet {
        restricted: vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }],
        exempted: vec![ExemptedVehicles::EmergencyServices, ExemptedVehicles::LocalResident],
    };
    let xml = document_of(Measure { vehicle_set: set, ..measure() });
    let document = Document::parse(&xml).expect("XML");
    let regulation = all(orders(&document)[0], "trafficRegulation")[0];
    let at = "2023-06-06T10:00:00Z".parse().expect("a date-time");
    let lorry =
        |weight: f64| VehicleProfile { kind: VehicleKind::Goods, weight_t: Some(weight), ..VehicleProfile::default() };
    let used_for = |usage| VehicleProfile { usages: vec![usage], ..VehicleProfile::default() };
    for (name, vehicle, bound) in [
        ("lorry of 12 t", lorry(12.0), true),
        ("lorry of 3 t", lorry(3.0), false),
        ("car", VehicleProfile::default(), false),
        ("ambulance", used_for(VehicleUsage::EmergencyServices), false),
        ("resident", used_for(VehicleUsage::LocalResident), false),
    ] {
        let question = Question { vehicle: &vehicle, spot: &on_the_street(), at, zone: Tz::Europe__Paris };
        assert_eq!(binds(regulation, &question), bound, "{name}");
        let next_street = Spot { longitude: 2.4, ..on_the_street() };
        assert!(!binds(regulation, &Question { spot: &next_street, ..question }), "{name} elsewhere");
    }
}
