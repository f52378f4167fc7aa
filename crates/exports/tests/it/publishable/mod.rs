//! No half-way: whatever the rules accept and let be published leaves in a valid document that says all of it, and
//! whatever does not is refused with a reason.

mod inputs;
mod kinds;

use std::collections::BTreeSet;

use chrono_tz::Tz;
use dialog_domain::{
    Confidence, Found, FoundStorageArea, Geometry, LocatingMethod, Location, LocationDescription, OrderContent,
    Violation,
    input::OrderInput,
    rules,
    rules::{Context, Face},
};
use dialog_exports::{LossCode, PublishedOrder, arbitrary};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use roxmltree::Document;
use uuid::Uuid;

use crate::{
    agreement,
    schema::validate,
    support::{all, config, export, measures_of, orders, texts},
};

/// Losses that would leave a part of the order out.
const HALF_WAY: [LossCode; 5] = [
    LossCode::NotLocated,
    LossCode::DegenerateGeometry,
    LossCode::StorageAreaLeftOut,
    LossCode::MeasureLeftOut,
    LossCode::VehiclesLeftOut,
];

/// What the rules make of an order, before its locations are found.
fn check(input: &OrderInput, face: Face) -> Result<OrderContent, Vec<Violation>> {
    let mut new_id = Uuid::now_v7;
    let now = "2026-11-20T08:00:00Z".parse().expect("a date-time");
    rules::order(input, &mut Context { face, new_id: &mut new_id, now }).map(|(_, content)| content)
}

/// What the geocoder may make of a location: the drawing itself, lines, or nothing.
fn found(location: &Location, lines: &Geometry, fate: u8) -> Option<Found> {
    let geometry = match &location.asked {
        LocationDescription::RawGeoJson { geometry, .. } => geometry.clone(),
        _ if fate == 0 => return None,
        _ if fate == 1 => Geometry::from_text(r#"{"type":"GeometryCollection","geometries":[]}"#).expect("a geometry"),
        _ => lines.clone(),
    };
    let storage_area = match &location.asked {
        LocationDescription::NationalRoad(road) if fate > 7 => road.storage_area_id.map(|id| FoundStorageArea {
            id,
            description: "Aire de la Touche".to_owned(),
            road_number: road.road_number.clone(),
            geometry: lines.clone(),
        }),
        _ => None,
    };
    Some(Found {
        geometry,
        length_m: 100.0,
        segments: Vec::new(),
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area,
    })
}

fn locate(content: &mut OrderContent, lines: &[Geometry], fates: &[u8]) {
    let locations = content.measures.iter_mut().flat_map(|measure| &mut measure.locations).enumerate();
    for (rank, location) in locations {
        location.found = found(location, &lines[rank % lines.len()], fates[rank % fates.len()]);
    }
}

fn published(content: OrderContent, rank: usize, time_zone: Tz) -> PublishedOrder {
    let order = crate::support::order(Vec::new());
    let id = dialog_domain::OrderId(Uuid::from_u128(rank as u128 + 1));
    PublishedOrder { id, time_zone, content, ..order }
}

/// The body of the order while it is announced, after checking that all of it is in there.
fn whole(order: &PublishedOrder) -> String {
    let exported = export(order);
    let lost: Vec<_> = exported.losses.iter().filter(|loss| HALF_WAY.contains(&loss.code)).collect();
    assert!(lost.is_empty(), "{lost:?} of {order:#?}");
    let body = exported.value.into_iter().next().expect("a fragment").body;
    let xml = dialog_exports::datex::document(order.published_at, [body.as_str()]);
    let document = Document::parse(&xml).expect("XML");
    let regulations = measures_of(orders(&document)[0]);
    assert_eq!(regulations.len(), order.content.measures.len(), "{xml}");
    for (measure, regulation) in order.content.measures.iter().zip(regulations) {
        let ids = |name: &str| {
            let is_id = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == name;
            regulation.descendants().filter(is_id).filter_map(|node| node.text()).map(str::to_owned).collect()
        };
        let (locations, periods): (BTreeSet<String>, BTreeSet<String>) = (ids("locationId"), ids("periodId"));
        assert_eq!(locations, measure.locations.iter().map(|location| location.id.to_string()).collect(), "{xml}");
        assert_eq!(periods, measure.periods.iter().map(|period| period.id.to_string()).collect(), "{xml}");
        assert_eq!(texts(regulation, "_trafficRegulationExtension/measureType"), [measure.kind.as_str()]);
    }
    let waiting = order.content.measures.iter().flat_map(|measure| &measure.locations).filter(
        |location| matches!(&location.asked, LocationDescription::NationalRoad(road) if road.storage_area_id.is_some()),
    );
    let expected = order.content.measures.len() + waiting.count();
    assert_eq!(all(orders(&document)[0], "trafficRegulation").len(), expected, "{xml}");
    body
}

/// The name of a variant.
fn name_of(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// Every kind of thing that an order says.
fn kinds_of(content: &OrderContent, seen: &mut BTreeSet<String>) {
    for measure in &content.measures {
        seen.insert(name_of(&measure.kind));
        seen.extend(measure.locations.iter().map(|location| name_of(&location.asked)));
        seen.extend(measure.vehicle_set.restricted.iter().map(|kind| format!("only {}", name_of(kind))));
        seen.extend(measure.vehicle_set.exempted.iter().map(|kind| format!("but {}", name_of(kind))));
        seen.extend(measure.periods.iter().map(|period| format!("on {}", name_of(&period.recurrence))));
        seen.extend(measure.periods.iter().map(|period| format!("ends: {}", period.end.is_some())));
    }
}

#[test]
fn what_the_rules_let_be_published_is_said_whole_or_refused_with_a_reason() {
    let count = config(400).cases as usize;
    let lines = vec(arbitrary::location().prop_filter_map("lines", |location| lines_of(&location)), 3);
    let strategy = (
        inputs::order(),
        select(vec![Face::Form, Face::Integrator]),
        (lines, vec(0_u8..24, 6)),
        select(arbitrary::ZONES.to_vec()),
        (vec(arbitrary::vehicle_profile(), 2), vec(-3000_i64..90_000, 4)),
    );
    let mut runner = TestRunner::deterministic();
    let (mut bodies, mut seen, mut reasons) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for rank in 0..count {
        let drawn = strategy.new_tree(&mut runner).expect("an order").current();
        let (input, face, (lines, fates), zone, (vehicles, minutes)) = drawn;
        let checked = check(&input, face).and_then(|mut content| {
            locate(&mut content, &lines, &fates);
            let violations = rules::publication(&content);
            if violations.is_empty() { Ok(content) } else { Err(violations) }
        });
        match checked {
            Ok(content) => {
                kinds_of(&content, &mut seen);
                let order = published(content, rank, zone);
                bodies.push(whole(&order));
                agreement::assert_agreement(&order, &vehicles, &minutes);
            }
            Err(violations) => {
                assert!(!violations.is_empty(), "{input:?}");
                for violation in violations {
                    assert!(!dialog_text::violation(&violation).is_empty() && !violation.path.is_empty());
                    reasons.insert(format!("{:?}", violation.code));
                }
            }
        }
    }
    println!("{} of {count} published; refused for {reasons:?}", bodies.len());
    assert!(bodies.len() > count / 5, "{} of {count} published, {reasons:?}", bodies.len());
    // 5 types, 6 kinds of location, 5 restrictions, 12 exemptions, every day or not, with an end or not.
    assert_eq!(seen.len(), 5 + 6 + 5 + 12 + 2 + 2, "{seen:?}");
    for reason in ["NotLocated", "NotAChoice", "Required", "NoDimension"] {
        assert!(reasons.contains(reason), "{reasons:?}");
    }
    validate("what_the_rules_let_be_published_is_said_whole_or_refused_with_a_reason", &bodies);
}

/// The geometry of a random location when it is made of lines, as the geocoder finds them.
fn lines_of(location: &Location) -> Option<Geometry> {
    use geojson::GeometryValue as Value;
    let geometry = location.found.as_ref()?.geometry.clone();
    matches!(geometry.0.value, Value::LineString { .. } | Value::MultiLineString { .. }).then_some(geometry)
}
