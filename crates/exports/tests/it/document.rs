//! What surrounds the orders, and the states they go through.

use dialog_domain::{
    Confidence, Direction, FoundStorageArea, LocationDescription, MeasureType, NumberedRoad, OrderCategory,
    ReferencePointBound, RestrictedVehicles, RoadSide, VehicleSet, input::RepealInput,
};
use dialog_exports::{
    LossCode, OfficialDocument,
    datex::{self, EVER, FOREVER, TimeState},
};
use roxmltree::Document;
use uuid::Uuid;

use crate::support::{
    LINE, all, document, export, geometry, located, measure, named_street, one, order, orders, period, street, text,
    texts,
};

fn codes(losses: &[dialog_exports::Loss]) -> Vec<(&str, LossCode)> {
    losses.iter().map(|loss| (loss.path.as_str(), loss.code)).collect()
}

#[test]
fn root_has_the_attributes_of_the_contract_and_pairs_of_schema_locations() {
    let order = order(vec![measure()]);
    let xml = document(&order);
    let document = Document::parse(&xml).expect("XML");
    let root = document.root_element();
    assert_eq!(root.tag_name().namespace(), Some("http://datex2.eu/schema/3/d2Payload"));
    for (name, value) in [("modelBaseVersion", "3"), ("lang", "FR"), ("id", "910928b3-58a1-4462-881b-53dec84602f9")] {
        assert_eq!(root.attribute(name), Some(value));
    }
    let xsi = "http://www.w3.org/2001/XMLSchema-instance";
    assert_eq!(root.attribute((xsi, "type")), Some("TrafficRegulationPublication"));
    let locations: Vec<&str> =
        root.attribute((xsi, "schemaLocation")).expect("schema locations").split_whitespace().collect();
    assert_eq!(locations.len() % 2, 0, "namespace and location: {locations:?}");
    assert_eq!(locations[0], "http://datex2.eu/schema/3/d2Payload");
    assert_eq!(text(root, "publicationTime"), "2023-05-01T10:00:00+00:00");
    assert_eq!(text(root, "publicationCreator/country"), "fr");
    assert_eq!(text(root, "publicationCreator/nationalIdentifier"), "DiaLog");
    let credits = all(root, "_payloadPublicationExtension/credit");
    let sources: Vec<_> = credits.iter().filter_map(|credit| credit.attribute("source")).collect();
    assert_eq!(sources, ["osm", "bdtopo", "ban"]);
    assert!(credits[0].text().expect("a credit").contains("OpenStreetMap"));
    assert_eq!(credits[0].attribute("href"), Some("https://www.openstreetmap.org/copyright"));
}

#[test]
fn states_follow_each_other_without_gap_and_the_version_does_not_change() {
    let mut order = order(vec![measure()]);
    order.version = 7;
    let fragments = export(&order).value;
    let states: Vec<TimeState> = fragments.iter().map(|fragment| fragment.state).collect();
    assert_eq!(states, [TimeState::Planned, TimeState::Active, TimeState::Over]);
    assert_eq!((fragments[0].valid_from, fragments[2].valid_until), (EVER, FOREVER));
    for pair in fragments.windows(2) {
        assert_eq!(pair[0].valid_until, pair[1].valid_from);
    }
    assert_eq!(fragments[1].valid_from.to_rfc3339(), "2023-06-04T22:00:00+00:00");
    assert_eq!(fragments[1].valid_until.to_rfc3339(), "2023-06-10T22:00:00+00:00", "23:59 is the end of the day");

    let expected = [("planned", Some("scheduled")), ("madeAndImplemented", Some("active")), ("withdrawn", None)];
    for (fragment, (order_status, regulation_status)) in fragments.iter().zip(expected) {
        let xml = datex::document(order.published_at, [fragment.body.as_str()]);
        let document = Document::parse(&xml).expect("XML");
        let written = orders(&document)[0];
        assert_eq!(written.attribute("version"), Some("7"));
        assert_eq!(text(written, "status"), order_status);
        assert_eq!(texts(written, "trafficRegulation/status").first().copied(), regulation_status);
        let implemented = texts(written, "implementedValidity/validityStatus").first().copied();
        let expected = match fragment.state {
            TimeState::Planned => Some("planned"),
            TimeState::Active => Some("active"),
            TimeState::Over => None,
        };
        assert_eq!(implemented, expected);
    }
}

#[test]
fn measure_that_begins_after_its_order_has_no_state_of_its_own() {
    let mut late = measure();
    late.periods = vec![period("2023-06-08T00:00", Some("2023-06-10T23:59"))];
    let fragments = export(&order(vec![measure(), late])).value;
    let states = |body: &str| {
        let xml = datex::document("2026-01-01T00:00:00Z".parse().expect("a date-time"), [body]);
        let document = Document::parse(&xml).expect("XML");
        let regulations = all(orders(&document)[0], "trafficRegulation").into_iter();
        regulations.map(|one| texts(one, "status").first().map(|&state| state.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(states(&fragments[0].body), [Some("scheduled".to_owned()), Some("scheduled".to_owned())]);
    assert_eq!(states(&fragments[1].body), [Some("active".to_owned()), None], "its periods tell");
}

#[test]
fn permanent_order_is_active_for_ever_once_it_has_begun() {
    let mut order = order(vec![measure()]);
    order.content.category = OrderCategory::PermanentRegulation;
    let states: Vec<_> =
        export(&order).value.into_iter().map(|fragment| (fragment.state, fragment.valid_until)).collect();
    assert_eq!(states.len(), 2);
    assert_eq!(states[1], (TimeState::Active, FOREVER));
}

#[test]
fn repealed_permanent_order_is_over_from_its_repeal_on() {
    let mut order = order(vec![measure()]);
    order.content.category = OrderCategory::PermanentRegulation;
    order.content.measures[0].periods[0].end = None;
    let repeal = RepealInput {
        end_date: "2023-08-01".parse().ok(),
        end_time: "23:59:00".parse().ok(),
        reason: Some("Fin anticipée".to_owned()),
    };
    order.content = dialog_domain::rules::repeal(&repeal, &order.content).expect("a repeal");
    let exported = export(&order);
    let states: Vec<_> = exported.value.iter().map(|fragment| (fragment.state, fragment.valid_until)).collect();
    assert_eq!(states[1], (TimeState::Active, "2023-08-01T22:00:00Z".parse().expect("a date-time")));
    assert_eq!(states[2], (TimeState::Over, FOREVER));
    assert_eq!(codes(&exported.losses), [("repeal.reason", LossCode::RepealInWords)]);
}

#[test]
fn several_orders_make_one_container() {
    let (first, mut second) = (order(vec![measure()]), order(vec![measure()]));
    second.id.0 = Uuid::from_u128(99);
    let bodies: Vec<String> = [&first, &second].into_iter().map(|order| export(order).value[1].body.clone()).collect();
    let xml = datex::document(first.published_at, bodies.iter().map(String::as_str));
    let document = Document::parse(&xml).expect("XML");
    assert_eq!(orders(&document).len(), 2);
    let by_hand = datex::opening(first.published_at) + &bodies.join("\n") + "\n" + datex::closing();
    assert_eq!(by_hand, xml);
}

#[test]
fn same_order_gives_the_same_bytes() {
    let order = order(vec![measure()]);
    assert_eq!(export(&order), export(&order));
}

#[test]
fn complete_order_has_no_loss() {
    assert_eq!(export(&order(vec![measure()])).losses, []);
}

#[test]
fn location_without_geometry_is_left_out_and_reported_with_its_measure() {
    let mut lost = measure();
    lost.locations[0].found = None;
    let exported = export(&order(vec![lost.clone(), measure()]));
    assert_eq!(
        codes(&exported.losses),
        [("measures[0].locations[0]", LossCode::NotLocated), ("measures[0]", LossCode::MeasureLeftOut)]
    );
    let xml = datex::document("2026-01-01T00:00:00Z".parse().expect("a date-time"), [exported.value[1].body.as_str()]);
    assert_eq!(all(orders(&Document::parse(&xml).expect("XML"))[0], "trafficRegulation").len(), 1);

    assert!(export(&order(vec![lost])).value.is_empty(), "nothing is left of the order");
}

#[test]
fn restriction_that_cannot_be_said_never_becomes_a_ban_for_everybody() {
    let mut measure = measure();
    measure.vehicle_set =
        VehicleSet { restricted: vec![RestrictedVehicles::CritAir { classes: Vec::new() }], exempted: Vec::new() };
    let exported = export(&order(vec![measure]));
    assert!(exported.value.is_empty());
    assert_eq!(
        codes(&exported.losses),
        [("measures[0].vehicleSet", LossCode::VehiclesLeftOut), ("measures[0]", LossCode::MeasureLeftOut)]
    );
}

#[test]
fn speed_limit_without_speed_is_left_out() {
    let mut measure = measure();
    measure.kind = MeasureType::SpeedLimitation;
    assert!(export(&order(vec![measure])).value.is_empty());
}

#[test]
fn direction_of_a_whole_street_is_reported() {
    let mut whole = named_street("Rue Claude Monet");
    (whole.from, whole.to, whole.direction) = (None, None, Direction::AToB);
    let mut measure = measure();
    measure.locations = vec![located(LocationDescription::NamedStreet(whole), LINE)];
    let order = order(vec![measure]);
    assert_eq!(codes(&export(&order).losses), [("measures[0].locations[0]", LossCode::DirectionUnknown)]);
    assert!(!document(&order).contains("directionRelativeOnLinearSection"));
}

#[test]
fn waiting_area_is_a_regulation_of_its_own_or_reported() {
    let bound = || ReferencePointBound {
        point_number: "1".to_owned(),
        department_code: None,
        side: RoadSide::U,
        abscissa_m: 0,
    };
    let road = NumberedRoad {
        administrator: "DIR Ouest".to_owned(),
        road_number: "N176".to_owned(),
        from: bound(),
        to: bound(),
        storage_area_id: Some(Uuid::from_u128(5)),
        direction: Direction::Both,
        geometry: None,
    };
    let mut measure = measure();
    measure.locations = vec![located(LocationDescription::NationalRoad(road), LINE)];
    let losses = export(&order(vec![measure.clone()])).losses;
    assert_eq!(codes(&losses), [("measures[0].locations[0]", LossCode::StorageAreaLeftOut)]);

    let area = FoundStorageArea {
        id: Uuid::from_u128(5),
        description: "Aire de la Touche".to_owned(),
        road_number: "N176".to_owned(),
        geometry: geometry(r#"{"type":"Point","coordinates":[-1.5,48.5]}"#),
    };
    measure.locations[0].found.as_mut().expect("a location").storage_area = Some(area);
    measure.vehicle_set = VehicleSet {
        restricted: vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(7.5) }],
        exempted: Vec::new(),
    };
    let order = order(vec![measure]);
    assert_eq!(export(&order).losses, []);
    let xml = document(&order);
    let document = Document::parse(&xml).expect("XML");
    let [ban, waiting] = all(orders(&document)[0], "trafficRegulation")[..] else { panic!("{xml}") };
    assert_eq!(text(waiting, "typeOfRegulation/otherObligation/values/value"), "Aire de stockage");
    assert_eq!(text(waiting, "_trafficRegulationExtension/measureType"), "storageArea");
    let [when, place, who] = all(one(waiting, "condition"), "conditions")[..] else { panic!("{xml}") };
    let of_the_ban = all(one(ban, "condition"), "conditions");
    assert_eq!(xml[when.range()], xml[of_the_ban[0].range()], "at the same times");
    assert_eq!(xml[who.range()], xml[of_the_ban[2].range()], "for the same vehicles");
    let location = one(place, "conditions/locationByOrder");
    assert_eq!(text(location, "supplementaryPositionalDescription/roadInformation/roadNumber"), "N176");
    assert_eq!(text(location, "pointByCoordinates/pointCoordinates/latitude"), "48.5000000");
}

#[test]
fn long_title_is_cut_and_reported() {
    let mut order = order(vec![measure()]);
    order.content.title = "é".repeat(1025);
    assert_eq!(codes(&export(&order).losses), [("title", LossCode::TextCut)]);
    let xml = document(&order);
    let document = Document::parse(&xml).expect("XML");
    let description = text(orders(&document)[0], "description/values/value").chars().count();
    assert_eq!(description, 1024);
}

#[test]
fn losses_read_as_french_sentences() {
    let mut lost = measure();
    lost.locations.push(street("Rue Perdue", LINE));
    lost.locations[1].found = None;
    let losses = export(&order(vec![lost])).losses;
    assert_eq!(losses.len(), 1);
    assert!(losses[0].to_string().starts_with("Localisation sans tracé, non exportée : Rue Perdue"), "{}", losses[0]);
}

#[test]
fn extension_carries_what_the_standard_has_no_place_for() {
    let mut order = order(vec![measure()]);
    order.content.measures[0].periods = vec![period("2023-06-05T00:00", Some("2023-06-10T23:59"))];
    let xml = document(&order);
    let document = Document::parse(&xml).expect("XML");
    let written = orders(&document)[0];
    let extension = one(written, "_trafficRegulationOrderExtension");
    assert_eq!(text(extension, "category"), "temporaryRegulation");
    assert_eq!(text(extension, "identifier"), "F/CIFS/2023");
    assert!(texts(extension, "documentUrl").is_empty());
    assert_eq!(text(extension, "timeZone"), "Europe/Paris");
    assert_eq!(text(extension, "updatedAt"), "2023-05-01T12:00:00+02:00");
    let measure_extension = one(written, "trafficRegulation/_trafficRegulationExtension");
    assert_eq!(text(measure_extension, "measureId"), Uuid::from_u128(2).to_string());
    assert_eq!(text(measure_extension, "measureType"), "noEntry");
    let own = one(measure_extension, "measureId").tag_name().namespace();
    assert_eq!(own, Some(datex::EXTENSION_NAMESPACE));
}

#[test]
fn official_document_is_linked() {
    let mut order = order(vec![measure()]);
    let url = crate::support::context().document_url(order.id);
    assert_eq!(url, "https://example.org/api/documents/00000000-0000-0000-0000-000000000001");
    order.document = Some(OfficialDocument { url: url.clone(), title: Some("Arrêté signé".to_owned()) });
    let xml = document(&order);
    let document = Document::parse(&xml).expect("XML");
    let extension = one(orders(&document)[0], "_trafficRegulationOrderExtension");
    assert_eq!((text(extension, "documentUrl"), text(extension, "documentTitle")), (url.as_str(), "Arrêté signé"));
}

#[test]
fn location_says_on_which_data_it_was_found() {
    let mut measure = measure();
    let found = measure.locations[0].found.as_mut().expect("found");
    (found.edition, found.confidence) = (Some("osm:75104:2014-11-23".to_owned()), Confidence::Approximate);
    let xml = document(&order(vec![measure]));
    let document = Document::parse(&xml).expect("XML");
    let condition = all(orders(&document)[0], "trafficRegulation/condition/conditions/conditions")[1];
    let extension = one(condition, "_locationConditionExtension");
    assert_eq!((text(extension, "edition"), text(extension, "confidence")), ("osm:75104:2014-11-23", "approximate"));
}

#[test]
fn numbers_that_are_none_are_never_written() {
    let set = |restricted| VehicleSet { restricted: vec![restricted], exempted: Vec::new() };
    let sizes = RestrictedVehicles::Dimensions {
        max_width_m: Some(f64::NAN),
        max_length_m: Some(f64::INFINITY),
        max_height_m: Some(0.0),
    };
    for restricted in [RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(f64::NAN) }, sizes] {
        let exported = export(&order(vec![dialog_domain::Measure { vehicle_set: set(restricted), ..measure() }]));
        assert_eq!(exported.value, []);
        let expected =
            [("measures[0].vehicleSet", LossCode::VehiclesLeftOut), ("measures[0]", LossCode::MeasureLeftOut)];
        assert_eq!(codes(&exported.losses), expected);
    }
}

#[test]
fn title_that_changes_keeps_every_identifier_and_takes_the_next_version() {
    let before = order(vec![measure()]);
    let mut after = before.clone();
    (after.version, after.content.title) = (2, "Autre titre".to_owned());
    let [before, after] = [before, after].map(|order| document(&order));
    let renamed = before.replace("Arrêté exporté vers CIFS", "Autre titre").replace("version=\"1\"", "version=\"2\"");
    assert_eq!(after, renamed, "nothing else differs");
}

#[test]
fn same_number_in_two_organizations_is_two_identifiers() {
    let first = order(vec![measure()]);
    let mut second = first.clone();
    (second.id.0, second.organization_id.0) = (Uuid::from_u128(8), Uuid::from_u128(9));
    let ids = [first, second].map(|order| {
        let xml = document(&order);
        let document = Document::parse(&xml).expect("XML");
        let written = orders(&document)[0];
        (written.attribute("id").map(str::to_owned), text(written, "regulationId").to_owned())
    });
    assert!(ids[0].0 != ids[1].0 && ids[0].1 != ids[1].1, "{ids:?}");
}
