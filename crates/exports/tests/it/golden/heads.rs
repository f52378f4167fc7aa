use chrono_tz::Tz;
use dialog_domain::{OrderCategory, OrderSource, Subject};
use dialog_exports::{PublishedOrder, datex};
use roxmltree::Document;
use uuid::Uuid;

use crate::support::{all, document, measure, order, orders, period, text, texts};

pub fn documents() -> Vec<String> {
    [d1(), d2(), d3(), d4(), d5(), d6()].iter().map(document).collect()
}

pub fn d1() -> PublishedOrder {
    let mut order = order(vec![measure()]);
    order.id.0 = "06549047-db9d-74bb-8000-754a6f2ff4c3".parse().expect("a uuid");
    order
}

pub fn d2() -> PublishedOrder {
    PublishedOrder { identifier: "117374#24-A-0473".to_owned(), source: OrderSource::Litteralis, ..d1() }
}

pub fn d3() -> PublishedOrder {
    let mut order = d1();
    order.content.title = "Voir https://example.org/?a=1&b=<2> « à côté »".to_owned();
    order
}

pub fn d4() -> PublishedOrder {
    let mut order = d1();
    order.content.measures[0].periods = vec![
        period("2023-06-05T00:00", Some("2023-06-10T23:59")),
        period("2023-06-02T00:00", Some("2023-06-06T23:59")),
        period("2023-06-03T00:00", Some("2023-06-05T23:59")),
    ];
    order
}

pub fn d5() -> PublishedOrder {
    let mut order = d1();
    order.content.measures[0].periods = vec![
        period("2023-03-10T00:00", Some("2023-03-20T23:59")),
        period("2023-03-28T08:00", Some("2023-03-28T22:00")),
    ];
    order
}

pub fn d6() -> PublishedOrder {
    let mut order = d1();
    order.content.category = OrderCategory::PermanentRegulation;
    order.content.measures[0].periods = vec![period("2023-06-05T00:00", None)];
    order
}

/// Overall start and end of the only order.
fn validity(order: &PublishedOrder) -> (String, Option<String>) {
    let xml = document(order);
    let document = Document::parse(&xml).expect("XML");
    let specification = crate::support::one(orders(&document)[0], "validityByOrder/validityTimeSpecification");
    let end = texts(specification, "overallEndTime").first().map(|&end| end.to_owned());
    (text(specification, "overallStartTime").to_owned(), end)
}

#[test]
fn d1_head_of_the_order() {
    let xml = document(&d1());
    let document = Document::parse(&xml).expect("XML");
    let order = orders(&document)[0];
    assert_eq!(order.attribute("id"), Some("06549047-db9d-74bb-8000-754a6f2ff4c3"));
    assert_eq!(order.attribute("version"), Some("1"));
    assert_eq!(text(order, "description/values/value"), "Arrêté exporté vers CIFS");
    assert_eq!(text(order, "issuingAuthority/values/value"), "Département de Seine-Saint-Denis");
    assert_eq!(text(order, "regulationId"), "F/CIFS/2023#8f9164ed-dc0f-4c98-ac18-2f590a1cfd22");
    let extended = "_trafficRegulationOrderExtension/trafficRegulationOrderExtended";
    assert_eq!(text(order, &format!("{extended}/source")), "dialog");
    let url = format!("https://example.org/regulations/{}", "06549047-db9d-74bb-8000-754a6f2ff4c3");
    assert_eq!(text(order, &format!("{extended}/publicUrl")), url);
}

#[test]
fn d2_identifier_with_a_hash() {
    let xml = document(&d2());
    let document = Document::parse(&xml).expect("XML");
    let id = text(orders(&document)[0], "regulationId");
    let (identifier, organization) = id.rsplit_once('#').expect("two parts");
    assert_eq!((identifier, organization.parse::<Uuid>().is_ok()), ("117374#24-A-0473", true));
    assert!(xml.contains("<dx:source>litteralis</dx:source>"));
}

#[test]
fn d3_title_is_unchanged_but_escaped() {
    let xml = document(&d3());
    assert!(!xml.contains("b=<2>"));
    let document = Document::parse(&xml).expect("XML");
    assert_eq!(text(orders(&document)[0], "description/values/value"), d3().content.title);
}

#[test]
fn d4_overall_validity_spans_every_period() {
    assert_eq!(validity(&d4()), ("2023-06-02T00:00:00+02:00".to_owned(), Some("2023-06-11T00:00:00+02:00".to_owned())));
}

#[test]
fn d5_bounds_have_the_offset_of_their_own_day() {
    assert_eq!(validity(&d5()), ("2023-03-10T00:00:00+01:00".to_owned(), Some("2023-03-28T22:00:00+02:00".to_owned())));
    let reunion = PublishedOrder { time_zone: Tz::Indian__Reunion, ..d5() };
    assert_eq!(validity(&reunion).0, "2023-03-10T00:00:00+04:00");
}

#[test]
fn d6_permanent_order_has_no_end() {
    assert_eq!(validity(&d6()), ("2023-06-05T00:00:00+02:00".to_owned(), None));
    let mut dated = d1();
    dated.content.category = OrderCategory::PermanentRegulation;
    assert_eq!(validity(&dated).1, None, "whatever its periods say");
}

#[test]
fn d7_publication_without_order_has_no_container() {
    let xml = datex::document(d1().published_at, []);
    let document = Document::parse(&xml).expect("XML");
    assert!(all(document.root_element(), "trafficRegulationsFromCompetentAuthorities").is_empty());
    assert_eq!(all(document.root_element(), "publicationTime").len(), 1);
}

#[test]
fn subject_becomes_the_reason() {
    for (subject, reason) in [
        (Subject::RoadMaintenance, "roadworks"),
        (Subject::Incident, "trafficSafety"),
        (Subject::Event, "publicSafety"),
        (Subject::WinterMaintenance, "trafficSafety"),
        (Subject::Other, "other"),
    ] {
        let mut order = d1();
        order.content.subject = Some(subject);
        let xml = document(&order);
        let document = Document::parse(&xml).expect("XML");
        assert_eq!(text(orders(&document)[0], "reason"), reason);
    }
}
