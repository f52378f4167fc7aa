//! The reference cases of CIFS (§7.5 of the exports fact sheet), by their numbers, in the corrected layout.

use dialog_domain::{
    Day, Direction, ExemptedVehicles, Location, LocationDescription, Measure, MeasureType, OrderSource, Period,
    PeriodId, RestrictedVehicles, Subject, VehicleSet,
};
use dialog_exports::PublishedOrder;
use roxmltree::Document;
use uuid::Uuid;

use super::{document, document_of, export, incidents, reader::read};
use crate::support::{
    LINE, all, geometry, located, measure, named_street, one, order, period, recurring, street, text, texts,
};

pub fn documents() -> Vec<String> {
    vec![
        document(&two_streets_three_periods()),
        document_of(during(recurring(None, &[]))),
        document_of(during(recurring(Some(&[Day::Tuesday, Day::Thursday]), &[("08:00", "10:00")]))),
        document_of(during(recurring(Some(&[Day::Friday]), &[("22:00", "06:00"), ("12:00", "14:00")]))),
        document_of(Measure { kind: MeasureType::AlternateRoad, ..measure() }),
        document_of(at(drawn_by_litteralis(&twenty_two_parts()))),
        document(&closed_for(Subject::Incident)),
    ]
}

fn during(period: Period) -> Measure {
    Measure { periods: vec![period], ..measure() }
}

fn at(location: Location) -> Measure {
    Measure { locations: vec![location], ..measure() }
}

fn numbered(rank: u128, period: Period) -> Period {
    Period { id: PeriodId(Uuid::from_u128(rank)), ..period }
}

fn two_streets_three_periods() -> PublishedOrder {
    let mut other = street("Rue Édouard Manet", LINE);
    other.id.0 = Uuid::from_u128(44);
    order(vec![Measure {
        periods: vec![
            numbered(31, period("2023-06-03T10:00", Some("2023-06-05T12:00"))),
            numbered(32, recurring(Some(&[Day::Tuesday]), &[("12:00", "14:00"), ("19:00", "21:00")])),
            numbered(33, recurring(None, &[("19:00", "23:00")])),
        ],
        locations: vec![street("Rue Claude Monet", LINE), other],
        ..measure()
    }])
}

fn closed_for(subject: Subject) -> PublishedOrder {
    let mut order = order(vec![measure()]);
    order.content.subject = Some(subject);
    order
}

/// A street of 22 parts of two points, drawn in any order and in both directions.
fn twenty_two_parts() -> String {
    let parts: Vec<String> = (0..22)
        .map(|rank| (rank * 5) % 22)
        .map(|rank| {
            let (a, b) = (f64::from(rank) * 0.001, f64::from(rank + 1) * 0.001);
            let (a, b) = if rank % 3 == 0 { (b, a) } else { (a, b) };
            format!("[[2.0,{:.3}],[2.0,{:.3}]]", 48.0 + a, 48.0 + b)
        })
        .collect();
    format!(r#"{{"type":"MultiLineString","coordinates":[{}]}}"#, parts.join(","))
}

fn drawn_by_litteralis(line: &str) -> Location {
    let label = "Rue de la République du carrefour de l'église au pont".to_owned();
    located(LocationDescription::RawGeoJson { label, geometry: geometry(line) }, line)
}

fn from_litteralis(location: Location) -> PublishedOrder {
    PublishedOrder { source: OrderSource::Litteralis, ..order(vec![at(location)]) }
}

/// The hours of the only incident, by day.
fn schedule(period: Period) -> Vec<(String, String)> {
    let xml = document_of(during(period));
    let document = Document::parse(&xml).expect("XML");
    let days = all(incidents(&document)[0], "schedule").into_iter().flat_map(|schedule| schedule.children());
    days.map(|day| (day.tag_name().name().to_owned(), day.text().unwrap_or_default().to_owned())).collect()
}

fn hours(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(day, hours)| ((*day).to_owned(), (*hours).to_owned())).collect()
}

/// The text of an element of the only incident.
fn said(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).expect("XML");
    let [incident] = incidents(&document)[..] else { panic!("{xml}") };
    texts(incident, name).into_iter().map(str::to_owned).collect()
}

#[test]
fn c1_one_incident_per_location_and_period_grouped_by_location() {
    let xml = document(&two_streets_three_periods());
    let document = Document::parse(&xml).expect("XML");
    let streets: Vec<_> = incidents(&document).into_iter().map(|incident| text(incident, "street")).collect();
    assert_eq!(streets, [["Rue Claude Monet"; 3], ["Rue Édouard Manet"; 3]].concat());
}

#[test]
fn c2_identifiers_are_those_of_the_location_and_the_period_without_space() {
    let ids = || -> Vec<String> {
        let xml = document(&two_streets_three_periods());
        let document = Document::parse(&xml).expect("XML");
        incidents(&document).into_iter().map(|incident| incident.attribute("id").expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(), ids());
    for (rank, id) in ids().iter().enumerate() {
        let location = two_streets_three_periods().content.measures[0].locations[rank / 3].id;
        assert!(id.starts_with(&format!("{location}.")) && !id.contains(' '), "{id}");
    }
    assert_eq!(ids()[0], "00000000-0000-0000-0000-000000000004.fde4ebb05f92f0e3", "it never changes");
}

#[test]
fn c3_closed_street_in_both_directions() {
    let xml = document_of(measure());
    let document = Document::parse(&xml).expect("XML");
    let incident = incidents(&document)[0];
    for (name, value) in [
        ("type", "ROAD_CLOSED"),
        ("description", "Circulation interdite"),
        ("street", "Rue Claude Monet"),
        ("direction", "BOTH_DIRECTIONS"),
        ("creationtime", "2023-05-01T12:00:00+02:00"),
        ("updatetime", "2023-05-01T12:00:00+02:00"),
        ("starttime", "2023-06-05T00:00:00+02:00"),
        ("endtime", "2023-06-11T00:00:00+02:00"),
        ("source/reference", "8f9164ed-dc0f-4c98-ac18-2f590a1cfd22"),
        ("source/name", "Département de Seine-Saint-Denis"),
        ("source/url", "https://example.org/regulations/00000000-0000-0000-0000-000000000001"),
    ] {
        assert_eq!(text(incident, name), value, "{name}");
    }
    assert_eq!(one(incident, "parent_event").attribute("id"), Some("00000000-0000-0000-0000-000000000001"));
    assert!(all(incident, "subtype").is_empty() && all(incident, "schedule").is_empty());
}

#[test]
fn c4_three_touching_parts_are_one_line_with_shared_points_once() {
    let parts = r#"{"type":"MultiLineString","coordinates":[
        [[2.339,48.911],[2.3392,48.9111],[2.3394,48.9112],[2.339535452,48.911316524]],
        [[2.338,48.9108],[2.3383,48.9109],[2.339,48.911]],
        [[2.337514404,48.910599408],[2.3376,48.9106],[2.3378,48.9107],[2.338,48.9108]]]}"#;
    let points = said(&document_of(at(street("Rue Claude Monet", parts))), "polyline")[0].clone();
    assert_eq!(points.split(' ').count(), 2 * 9);
    assert!(points.starts_with("48.9105994 2.3375144 ") && points.ends_with(" 48.9113165 2.3395355"), "{points}");
}

#[test]
fn c5_latitude_comes_before_longitude() {
    let polyline = said(&document_of(measure()), "polyline");
    assert_eq!(polyline, ["48.9119861 2.3442413 48.9088458 2.3441827"]);
}

#[test]
fn c6_hours_are_those_of_the_clock_in_winter_and_in_summer() {
    let days = Day::ALL;
    assert_eq!(schedule(recurring(Some(&days), &[("18:00", "22:00")])), hours(&[("everyday", "18:00-22:00")]));
    for (start, end) in [("2023-01-03T00:00", "2023-01-05T23:59"), ("2023-07-03T00:00", "2023-07-05T23:59")] {
        let (start, end) = (crate::support::local(start), Some(crate::support::local(end)));
        let period = Period { start, end, ..recurring(Some(&days), &[("19:00", "23:00")]) };
        assert_eq!(schedule(period), hours(&[("everyday", "19:00-23:00")]));
    }
}

#[test]
fn c7_two_slots_of_a_day() {
    let told = schedule(recurring(Some(&[Day::Tuesday]), &[("12:00", "14:00"), ("19:00", "21:00")]));
    assert_eq!(told, hours(&[("tuesday", "12:00-14:00,19:00-21:00")]));
}

#[test]
fn c8_days_come_in_their_order() {
    let told = schedule(recurring(Some(&[Day::Thursday, Day::Tuesday]), &[("08:00", "10:00")]));
    assert_eq!(told, hours(&[("tuesday", "08:00-10:00"), ("thursday", "08:00-10:00")]));
}

#[test]
fn c9_drawing_of_litteralis_is_one_line() {
    let order = from_litteralis(drawn_by_litteralis(&twenty_two_parts()));
    let xml = document(&order);
    assert_eq!(said(&xml, "polyline")[0].split(' ').count(), 2 * 23);
    assert_eq!(said(&xml, "street"), ["Rue de la République du carrefour de l'église au pont"]);
    assert!(said(&xml, "schedule").is_empty());
    let by_hand = PublishedOrder { source: OrderSource::Dialog, ..order };
    assert!(export(&by_hand).value.is_empty(), "a drawing of a clerk is not sent");
}

#[test]
fn c10_measure_without_period_has_no_end_that_waze_could_apply() {
    assert!(export(&order(vec![Measure { periods: Vec::new(), ..measure() }])).value.is_empty());
}

#[test]
fn c11_alternate_traffic_is_a_warning() {
    let period = recurring(Some(&[Day::Monday, Day::Friday]), &[("08:00", "10:00"), ("19:00", "21:00")]);
    let xml = document_of(Measure { kind: MeasureType::AlternateRoad, ..during(period.clone()) });
    assert_eq!(said(&xml, "type"), ["HAZARD"]);
    assert_eq!(said(&xml, "subtype"), ["HAZARD_ON_ROAD_LANE_CLOSED"]);
    assert_eq!(said(&xml, "description"), ["Circulation alternée"]);
    let slots = "08:00-10:00,19:00-21:00";
    assert_eq!(schedule(period), hours(&[("monday", slots), ("friday", slots)]));
}

#[test]
fn c12_day_without_slot_is_the_whole_day() {
    assert_eq!(schedule(recurring(Some(&[Day::Sunday]), &[])), hours(&[("sunday", "00:00-23:59")]));
    assert_eq!(schedule(recurring(Some(&Day::ALL), &[])), hours(&[("everyday", "00:00-23:59")]));
    assert_eq!(schedule(recurring(None, &[])), []);
}

#[test]
fn c13_and_c14_slots_of_every_day() {
    assert_eq!(schedule(recurring(None, &[("14:00", "16:00")])), hours(&[("everyday", "14:00-16:00")]));
    assert_eq!(schedule(recurring(Some(&Day::ALL), &[("14:00", "16:00")])), hours(&[("everyday", "14:00-16:00")]));
}

#[test]
fn slot_past_midnight_is_cut_there_and_its_morning_is_that_of_the_following_days() {
    let told = schedule(recurring(Some(&[Day::Friday, Day::Saturday]), &[("22:00", "06:00")]));
    let both = "00:00-06:00,22:00-23:59";
    assert_eq!(told, hours(&[("friday", "22:00-23:59"), ("saturday", both), ("sunday", "00:00-06:00")]));
    assert_eq!(schedule(recurring(None, &[("22:00", "06:00")])), hours(&[("everyday", both)]));
    assert_eq!(
        schedule(recurring(Some(&[Day::Sunday]), &[("22:00", "22:00")])),
        hours(&[("monday", "00:00-22:00"), ("sunday", "22:00-23:59")]),
        "24 hours"
    );
}

#[test]
fn c15_cause_is_told_in_words_of_the_schema() {
    for (subject, subtype) in [
        (Subject::Incident, Some("ROAD_CLOSED_HAZARD")),
        (Subject::RoadMaintenance, Some("ROAD_CLOSED_CONSTRUCTION")),
        (Subject::Event, Some("ROAD_CLOSED_EVENT")),
        (Subject::WinterMaintenance, None),
    ] {
        assert_eq!(said(&document(&closed_for(subject)), "subtype").first().map(String::as_str), subtype);
    }
}

#[test]
fn c16_parts_that_touch_are_joined() {
    let touching = r#"{"type":"MultiLineString","coordinates":[[[0.00,0.01],[0.02,0.03]],[[0.02,0.03],[0.04,0.05]]]}"#;
    let polyline = said(&document_of(at(street("Rue Claude Monet", touching))), "polyline");
    assert_eq!(polyline, ["0.0100000 0.0000000 0.0300000 0.0200000 0.0500000 0.0400000"]);
}

#[test]
fn c17_points_and_empty_lines_are_no_incident() {
    for nothing in [
        r#"{"type":"Point","coordinates":[2.0,48.0]}"#,
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[2.0,48.0],[2.0,48.0]]}"#,
        r#"{"type":"GeometryCollection","geometries":[]}"#,
    ] {
        assert!(export(&order(vec![at(street("Rue Claude Monet", nothing))])).value.is_empty(), "{nothing}");
    }
}

#[test]
fn c18_measures_for_some_vehicles_or_with_exemptions_are_absent_and_reported() {
    let lorries = vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }];
    for (vehicle_set, told) in [
        (VehicleSet { restricted: lorries, exempted: Vec::new() }, "pour les poids lourds de plus de 3,5 tonnes"),
        (
            VehicleSet { restricted: Vec::new(), exempted: vec![ExemptedVehicles::LocalResident] },
            "pour tous les véhicules, sauf riverains",
        ),
    ] {
        let exported = export(&order(vec![Measure { vehicle_set, ..measure() }]));
        assert!(exported.value.is_empty());
        assert_eq!(
            (exported.losses[0].path.as_str(), exported.losses[0].detail.as_str()),
            ("measures[0].vehicleSet", told)
        );
    }
    for kind in [MeasureType::SpeedLimitation, MeasureType::ParkingProhibited, MeasureType::NoOvertaking] {
        assert!(export(&order(vec![Measure { kind, max_speed_kmh: Some(30), ..measure() }])).value.is_empty());
    }
}

#[test]
fn c20_parts_that_do_not_touch_are_two_incidents() {
    let apart = r#"{"type":"MultiLineString","coordinates":[[[0.00,0.00],[0.00,0.01]],[[0.05,0.05],[0.05,0.06]]]}"#;
    let xml = document_of(at(street("Rue Claude Monet", apart)));
    let document = Document::parse(&xml).expect("XML");
    let lines: Vec<_> = incidents(&document).into_iter().map(|incident| text(incident, "polyline")).collect();
    assert_eq!(lines, ["0.0000000 0.0000000 0.0100000 0.0000000", "0.0500000 0.0500000 0.0600000 0.0500000"]);
}

#[test]
fn directions_are_those_of_travel() {
    let directed = |direction| {
        let mut section = named_street("Rue Claude Monet");
        section.direction = direction;
        let xml = document_of(at(located(LocationDescription::NamedStreet(section), LINE)));
        let document = Document::parse(&xml).expect("XML");
        read(incidents(&document)[0])
    };
    let (both, there, back) = (directed(Direction::Both), directed(Direction::AToB), directed(Direction::BToA));
    assert_eq!([both.is_one_way, there.is_one_way, back.is_one_way], [false, true, true]);
    assert_eq!(both.line, there.line);
    assert_eq!(back.line, there.line.iter().rev().copied().collect::<Vec<_>>());
}
