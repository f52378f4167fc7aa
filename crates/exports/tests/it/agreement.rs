//! The independent reader and the domain give the same answer, for random orders, vehicles and instants.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use dialog_domain::{
    ExemptedVehicles, Measure, RestrictedVehicles, VehicleSet, time,
    vehicle::{VehicleKind, VehicleProfile, VehicleUsage},
};
use dialog_exports::{PublishedOrder, arbitrary, datex};
use proptest::{collection::vec, prelude::*};
use roxmltree::Document;

use crate::{
    reader::{Question, binds},
    support::{all, config, document_of, export, measure, measures_of, orders},
};

/// What the domain says.
fn applies(measure: &Measure, vehicle: &VehicleProfile, at: DateTime<Utc>, zone: Tz) -> bool {
    let is_active = measure.periods.iter().any(|period| time::is_active(period, &zone, at));
    is_active && measure.vehicle_set.applies_to(vehicle)
}

/// The hour that occurs twice in autumn is the documented exception: hours that begin or end inside it.
fn is_in_doubled_hour(at: DateTime<Utc>, zone: Tz) -> bool {
    zone.from_local_datetime(&at.with_timezone(&zone).naive_local()).single().is_none()
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

/// Fails when the reader and the domain disagree on one of the measures for one of the vehicles, at an instant that is
/// worth asking about or some minutes after a start.
pub fn assert_agreement(order: &PublishedOrder, vehicles: &[VehicleProfile], minutes: &[i64]) {
    let fragments = export(order).value;
    let xml = datex::document(order.published_at, [fragments[0].body.as_str()]);
    let document = Document::parse(&xml).expect("XML");
    let regulations = measures_of(orders(&document)[0]);
    assert_eq!(regulations.len(), order.content.measures.len());
    let zone = order.time_zone;
    for (measure, regulation) in order.content.measures.iter().zip(regulations) {
        for at in instants(order, minutes).into_iter().filter(|at| !is_in_doubled_hour(*at, zone)) {
            for vehicle in vehicles.iter().filter(|vehicle| !is_wider_in_datex(&measure.vehicle_set, vehicle)) {
                let read = binds(regulation, &Question { vehicle, at, zone });
                let expected = applies(measure, vehicle, at, zone);
                assert_eq!(read, expected, "{at} for {vehicle:?}, {measure:?}\n{xml}");
            }
        }
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn reader_agrees_with_the_domain(
        order in arbitrary::published_order(),
        vehicles in vec(arbitrary::vehicle_profile(), 3),
        minutes in vec(-3000_i64..90_000, 10),
    ) {
        assert_agreement(&order, &vehicles, &minutes);
    }

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
        let (vehicle, zone) = (VehicleProfile::default(), order.time_zone);
        for at in instants(&order, &minutes).into_iter().filter(|at| !is_in_doubled_hour(*at, zone)) {
            let read = binds(regulation, &Question { vehicle: &vehicle, at, zone });
            prop_assert_eq!(read, time::is_active(&period, &zone, at), "{} in {:?}\n{}", at, period, xml);
        }
    }
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
        let question = Question { vehicle: &vehicle, at, zone: Tz::Europe__Paris };
        assert_eq!(binds(regulation, &question), bound, "{name}");
    }
}
