//! Orders to export, in one line each, and a way through the documents.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use dialog_domain::{
    Confidence, Day, Direction, Found, Geometry, LocatingMethod, Location, LocationDescription, LocationId, Measure,
    MeasureId, MeasureType, NamedStreet, OrderCategory, OrderContent, OrderId, OrderSource, OrganizationId, Period,
    PeriodId, Recurrence, StreetBound, TimeSlot, VehicleSet,
};
use dialog_exports::{
    Exported, FeedContext, PublishedOrder,
    datex::{self, Fragment, TimeState},
};
use proptest::test_runner::Config as ProptestConfig;
use roxmltree::Node;
use uuid::Uuid;

/// `cases` of a property, or as many as `PROPTEST_CASES` asks for.
pub fn config(cases: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases, ..config } }
}

pub fn context() -> FeedContext {
    FeedContext { base_url: "https://example.org/".to_owned() }
}

pub fn order(measures: Vec<Measure>) -> PublishedOrder {
    PublishedOrder {
        id: OrderId(Uuid::from_u128(1)),
        version: 1,
        identifier: "F/CIFS/2023".to_owned(),
        organization_id: OrganizationId("8f9164ed-dc0f-4c98-ac18-2f590a1cfd22".parse().expect("a uuid")),
        organization_name: "Département de Seine-Saint-Denis".to_owned(),
        time_zone: Tz::Europe__Paris,
        source: OrderSource::Dialog,
        content: OrderContent {
            category: OrderCategory::TemporaryRegulation,
            subject: None,
            other_category_text: None,
            title: "Arrêté exporté vers CIFS".to_owned(),
            measures,
            repeal: None,
        },
        published_at: "2023-05-01T10:00:00Z".parse().expect("a date-time"),
        updated_at: "2023-05-01T10:00:00Z".parse().expect("a date-time"),
        document: None,
    }
}

pub fn measure() -> Measure {
    Measure {
        id: MeasureId(Uuid::from_u128(2)),
        kind: MeasureType::NoEntry,
        max_speed_kmh: None,
        vehicle_set: VehicleSet::default(),
        periods: vec![period("2023-06-05T00:00", Some("2023-06-10T23:59"))],
        locations: vec![street("Rue Claude Monet", LINE)],
        created_at: "2023-05-01T10:00:00Z".parse().expect("a date-time"),
    }
}

pub fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local date-time")
}

pub fn period(start: &str, end: Option<&str>) -> Period {
    Period {
        id: PeriodId(Uuid::from_u128(3)),
        start: local(start),
        end: end.map(local),
        recurrence: Recurrence::EveryDay,
        time_slots: Vec::new(),
    }
}

pub fn recurring(days: Option<&[Day]>, slots: &[(&str, &str)]) -> Period {
    let time = |text: &str| format!("{text}:00").parse().expect("a time");
    Period {
        recurrence: days.map_or(Recurrence::EveryDay, |days| Recurrence::CertainDays(days.to_vec())),
        time_slots: slots.iter().map(|(start, end)| TimeSlot { start: time(start), end: time(end) }).collect(),
        ..period("2023-06-03T10:00", Some("2023-06-05T12:00"))
    }
}

pub const LINE: &str = r#"{"type":"LineString","coordinates":[[2.344241283,48.911986097],[2.344182729,48.908845831]]}"#;

pub fn geometry(text: &str) -> Geometry {
    Geometry::from_text(text).expect("a geometry")
}

pub fn located(asked: LocationDescription, geometry_text: &str) -> Location {
    let found = Found {
        geometry: geometry(geometry_text),
        length_m: 350.0,
        segments: Vec::new(),
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area: None,
    };
    Location { id: LocationId(Uuid::from_u128(4)), asked, found: Some(found) }
}

pub fn named_street(name: &str) -> NamedStreet {
    NamedStreet {
        city_code: "93066".to_owned(),
        city_label: "Saint-Denis".to_owned(),
        road_ban_id: Some("93066_2142".to_owned()),
        road_name: name.to_owned(),
        from: Some(StreetBound::HouseNumber { number: "2".to_owned() }),
        to: Some(StreetBound::HouseNumber { number: "20".to_owned() }),
        direction: Direction::Both,
        geometry: None,
    }
}

pub fn street(name: &str, geometry_text: &str) -> Location {
    located(LocationDescription::NamedStreet(named_street(name)), geometry_text)
}

pub fn export(order: &PublishedOrder) -> Exported<Vec<Fragment>> {
    datex::fragments(order, &context())
}

/// The order in the old layout.
pub fn legacy(order: &PublishedOrder) -> Exported<Option<String>> {
    datex::legacy::order(order, &context())
}

/// The order as a document in the old layout.
pub fn legacy_document(order: &PublishedOrder) -> String {
    let body = legacy(order).value.expect("an order");
    datex::legacy::document(order.published_at, [body.as_str()])
}

/// The order as a document while it is in force.
pub fn document(order: &PublishedOrder) -> String {
    let fragments = export(order).value;
    let active = fragments.iter().find(|fragment| fragment.state == TimeState::Active).expect("an active fragment");
    datex::document(order.published_at, [active.body.as_str()])
}

/// The document of an order with this one measure.
pub fn document_of(measure: Measure) -> String {
    document(&order(vec![measure]))
}

/// The elements at a path of local names below `node`.
pub fn all<'a, 'input>(node: Node<'a, 'input>, path: &str) -> Vec<Node<'a, 'input>> {
    let step = |nodes: Vec<Node<'a, 'input>>, name: &str| {
        nodes.iter().flat_map(|node| node.children().filter(|child| child.tag_name().name() == name)).collect()
    };
    path.split('/').fold(vec![node], step)
}

/// The only element at a path.
pub fn one<'a, 'input>(node: Node<'a, 'input>, path: &str) -> Node<'a, 'input> {
    let found = all(node, path);
    assert_eq!(found.len(), 1, "{path} in {node:?}");
    found[0]
}

/// The text of the only element at a path.
pub fn text<'a>(node: Node<'a, '_>, path: &str) -> &'a str {
    one(node, path).text().unwrap_or_default()
}

/// The texts of the elements at a path.
pub fn texts<'a>(node: Node<'a, '_>, path: &str) -> Vec<&'a str> {
    all(node, path).into_iter().map(|node| node.text().unwrap_or_default()).collect()
}

/// The `xsi:type` of an element.
pub fn kind<'a>(node: Node<'a, '_>) -> &'a str {
    node.attribute(("http://www.w3.org/2001/XMLSchema-instance", "type")).unwrap_or_default()
}

/// The regulations of an order that are its measures: without those that say where lorries wait.
pub fn measures_of<'a, 'input>(order: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    let is_measure =
        |regulation: &Node<'a, 'input>| text(*regulation, "_trafficRegulationExtension/measureType") != "storageArea";
    all(order, "trafficRegulation").into_iter().filter(is_measure).collect()
}

/// The orders of a document.
pub fn orders<'a, 'input>(document: &'a roxmltree::Document<'input>) -> Vec<Node<'a, 'input>> {
    all(document.root_element(), "trafficRegulationsFromCompetentAuthorities/trafficRegulationOrder")
}
