use chrono::{DateTime, Utc};
use chrono_tz::Europe::Paris;
use dialog_db::documents::{Document, Place, StoredFile};
use dialog_db::orders::{OrganizationKeys, Published};
use dialog_domain::{
    Confidence, Direction, Found, Geometry, LocatingMethod, Location, LocationDescription, LocationId, MeasureId,
    MeasureType, NamedStreet, OrderCategory, OrderId, OrderSource, OrderStatus, OrganizationId, PeriodId, StreetBound,
    rules::{Context, Face},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

const NOW: &str = "2031-01-02T03:04:05Z";

fn now() -> DateTime<Utc> {
    NOW.parse().expect("a date-time")
}

fn order_of(measures: Vec<Measure>) -> Order {
    Order {
        id: OrderId(Uuid::nil()),
        organization: OrganizationKeys {
            id: OrganizationId(Uuid::nil()),
            name: "Commune".into(),
            time_zone: "Europe/Paris".into(),
        },
        identifier: "F/1".into(),
        status: OrderStatus::Published,
        source: OrderSource::Api,
        content: OrderContent {
            category: OrderCategory::TemporaryRegulation,
            subject: None,
            other_category_text: None,
            title: "Titre".into(),
            measures,
            repeal: None,
        },
        revision: 3,
        published: Some(Published { number: 2, at: now() }),
        has_unpublished_changes: true,
        created_at: now(),
        updated_at: now(),
        is_member: true,
        document: None,
    }
}

fn measure_of(set: VehicleSet, periods: Vec<Period>, locations: Vec<Location>) -> Measure {
    Measure {
        id: MeasureId(Uuid::nil()),
        kind: MeasureType::NoEntry,
        max_speed_kmh: None,
        vehicle_set: set,
        periods,
        locations,
        created_at: now(),
    }
}

fn period_of(start: &str, end: Option<&str>, recurrence: Recurrence, slots: &[(&str, &str)]) -> Period {
    let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local date-time");
    let time = |text: &str| text.parse().expect("a time");
    Period {
        id: PeriodId(Uuid::nil()),
        start: local(start),
        end: end.map(local),
        recurrence,
        time_slots: slots.iter().map(|(start, end)| TimeSlot { start: time(start), end: time(end) }).collect(),
    }
}

fn view_of(measures: Vec<Measure>) -> Value {
    serde_json::to_value(regulation(&order_of(measures), Paris, "https://dialog.example.fr")).expect("JSON")
}

fn vehicles_of(set: VehicleSet) -> Value {
    view_of(vec![measure_of(set, vec![], vec![])])["measures"][0]["vehicleSet"].take()
}

#[test]
fn every_member_is_present_and_null_when_empty() {
    let view = view_of(vec![]);
    let expected = json!({"identifier": "F/1", "status": "published", "category": "temporaryRegulation", "subject": null,
        "otherCategoryText": null, "title": "Titre", "startDate": null, "endDate": null,
        "organization": {"uuid": Uuid::nil(), "name": "Commune"}, "measures": [], "uuid": Uuid::nil(), "source": "api",
        "hasUnpublishedChanges": true, "publishedVersion": 2, "timeZone": "Europe/Paris", "storage": null,
        "repeal": null, "updatedAt": "2031-01-02T03:04:05+00:00"});
    assert_eq!(view, expected);
}

#[test]
fn sizes_of_files_are_rounded_kilobytes_and_none_below_half_of_one() {
    for (size, told) in [(123_456, json!(123)), (654_321, json!(654)), (500, json!(1)), (499, Value::Null)] {
        let place = Place::File(StoredFile {
            storage_key: "documents/a".into(),
            file_name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            size,
        });
        let order = Order { document: Some(Document { revision: 1, title: None, place }), ..order_of(vec![]) };
        let view = serde_json::to_value(storage(&order, "https://dialog.example.fr")).expect("JSON");
        assert_eq!((&view["fileSize"], &view["fileSizeBytes"]), (&told, &json!(size)));
        assert_eq!(view["fileUrl"], format!("https://dialog.example.fr/api/documents/{}", Uuid::nil()));
    }
}

#[test]
fn order_without_vehicle_set_has_three_empty_lists() {
    let vehicles = vehicles_of(VehicleSet::default());
    for list in ["restrictedTypes", "exemptedTypes", "maxCharacteristics"] {
        assert_eq!(vehicles[list], json!([]), "{list}");
    }
}

#[test]
fn worked_vehicle_set_is_read_back() {
    let restricted = vec![
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) },
        RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: Some(2.4) },
        RestrictedVehicles::CritAir { classes: vec![dialog_domain::CritAir::Class4] },
        RestrictedVehicles::HazardousMaterials,
        RestrictedVehicles::Other { text: "Convois".into() },
    ];
    let exempted = vec![ExemptedVehicles::Other { text: "Riverains".into() }, ExemptedVehicles::Taxi];
    let vehicles = vehicles_of(VehicleSet { restricted, exempted });
    let expected = json!([{"name": "hazardousMaterials"}, {"name": "Convois", "isOther": true}, {"name": "critair4"}]);
    assert_eq!(vehicles["restrictedTypes"], expected);
    assert_eq!(vehicles["exemptedTypes"], json!([{"name": "taxi"}, {"name": "Riverains", "isOther": true}]));
    let limits = json!([{"name": "weight", "value": 3.5}, {"name": "height", "value": 2.4}]);
    assert_eq!(vehicles["maxCharacteristics"], limits);
    assert_eq!(
        vehicles["raw"]["restrictedTypes"],
        json!(["heavyGoodsVehicle", "dimensions", "critair", "hazardousMaterials", "other"])
    );
}

#[test]
fn raw_vehicle_set_gives_the_same_set_when_sent_back() {
    let everything = VehicleSet {
        restricted: vec![
            RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None },
            RestrictedVehicles::Dimensions { max_width_m: Some(2.5), max_length_m: Some(12.0), max_height_m: None },
            RestrictedVehicles::CritAir { classes: vec![dialog_domain::CritAir::Without] },
            RestrictedVehicles::HazardousMaterials,
            RestrictedVehicles::Other { text: "Convois".into() },
        ],
        exempted: vec![
            ExemptedVehicles::Commercial,
            ExemptedVehicles::EmergencyServices,
            ExemptedVehicles::Bicycle,
            ExemptedVehicles::Pedestrians,
            ExemptedVehicles::Taxi,
            ExemptedVehicles::CarSharing,
            ExemptedVehicles::RoadMaintenanceOrConstruction,
            ExemptedVehicles::CityLogistics,
            ExemptedVehicles::Police,
            ExemptedVehicles::DesserteLocale,
            ExemptedVehicles::LocalResident,
            ExemptedVehicles::Other { text: "Forains".into() },
        ],
    };
    let only_exempted = VehicleSet { restricted: vec![], ..everything.clone() };
    for set in [everything, only_exempted, VehicleSet::default()] {
        let mut new_id = Uuid::now_v7;
        let input = dialog_domain::input::MeasureInput {
            kind: Some("noEntry".into()),
            vehicle_set: Some(raw_vehicle_set(&set)),
            periods: vec![dialog_domain::input::PeriodInput {
                start_date: "2031-01-10".parse().ok(),
                is_permanent: true,
                recurrence_type: Some("everyDay".into()),
                ..Default::default()
            }],
            ..Default::default()
        };
        let mut context = Context { face: Face::Integrator, new_id: &mut new_id, now: now() };
        let read = dialog_domain::rules::measure(&input, &mut context).expect("a measure");
        assert_eq!(read.vehicle_set, set);
    }
}

#[test]
fn consecutive_days_are_merged_without_going_round_the_week() {
    use Day::{Friday, Monday, Sunday, Tuesday, Wednesday};
    let ranges = |days: &[Day]| {
        let period = period_of("2031-01-10T00:00", None, Recurrence::CertainDays(days.to_vec()), &[]);
        view_of(vec![measure_of(VehicleSet::default(), vec![period], vec![])])["measures"][0]["periods"][0].take()
    };
    let range = |first: &str, last: &str| json!({"firstDay": first, "lastDay": last});
    let days = |period: Value| period["dailyRange"]["dayRanges"].clone();
    assert_eq!(
        days(ranges(&[Monday, Tuesday, Wednesday, Friday])),
        json!([range("monday", "wednesday"), range("friday", "friday")])
    );
    assert_eq!(days(ranges(&[Monday, Sunday])), json!([range("monday", "monday"), range("sunday", "sunday")]));
    assert_eq!(days(ranges(&Day::ALL)), json!([range("monday", "sunday")]));
    assert_eq!(ranges(&[Monday])["recurrenceType"], "certainDays");
}

#[test]
fn period_is_written_as_instants_with_the_end_of_the_clerk() {
    let period = period_of(
        "2031-06-10T00:00",
        Some("2031-12-30T23:59"),
        Recurrence::EveryDay,
        &[("07:00:00", "10:00:00"), ("00:30:00", "00:30:00")],
    );
    let view = view_of(vec![measure_of(VehicleSet::default(), vec![period], vec![])]);
    let expected = json!({"recurrenceType": "everyDay", "startDateTime": "2031-06-09T22:00:00+00:00",
        "endDateTime": "2031-12-30T22:59:00+00:00", "dailyRange": null, "timeSlots": [
            {"startTime": "1970-01-01T06:00:00+00:00", "endTime": "1970-01-01T09:00:00+00:00",
                "localStart": "07:00", "localEnd": "10:00"},
            {"startTime": "1970-01-01T23:30:00+00:00", "endTime": "1970-01-01T23:30:00+00:00",
                "localStart": "00:30", "localEnd": "00:30"}],
        "uuid": Uuid::nil(), "localStart": "2031-06-10T00:00", "localEnd": "2031-12-30T23:59", "isPermanent": false});
    assert_eq!(view["measures"][0]["periods"], json!([expected]));
    assert_eq!(view["startDate"], "2031-06-09T22:00:00+00:00");
    assert_eq!(view["endDate"], "2031-12-30T22:59:00+00:00");
    assert_eq!(view["measures"][0]["createdAt"], "2031-01-02T03:04:05+00:00");
}

#[test]
fn overall_end_is_null_as_soon_as_one_period_has_none() {
    let closed = || period_of("2031-03-01T08:00", Some("2031-03-02T08:00"), Recurrence::EveryDay, &[]);
    let open = period_of("2031-02-01T08:00", None, Recurrence::EveryDay, &[]);
    let first = measure_of(VehicleSet::default(), vec![closed()], vec![]);
    let second = measure_of(VehicleSet::default(), vec![closed(), open], vec![]);
    let view = view_of(vec![first, second]);
    assert_eq!((&view["startDate"], &view["endDate"]), (&json!("2031-02-01T07:00:00+00:00"), &Value::Null));
}

fn located(asked: LocationDescription) -> Value {
    let geometry = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.34424128312345,48.9],[2.35,48.91]]}"#);
    let found = Found {
        geometry: geometry.expect("a geometry"),
        length_m: 12.0,
        segments: vec![],
        method: LocatingMethod::StreetSection,
        confidence: Confidence::Exact,
        edition: None,
        contour: None,
        storage_area: None,
    };
    let location = Location { id: LocationId(Uuid::nil()), asked, found: Some(found) };
    view_of(vec![measure_of(VehicleSet::default(), vec![], vec![location])])["measures"][0]["locations"][0].take()
}

#[test]
fn street_is_written_with_its_additions_and_its_geometry_as_a_text() {
    let street = NamedStreet {
        city_code: "93066".into(),
        city_label: "Saint-Denis (93200)".into(),
        road_ban_id: Some("93066_2142".into()),
        road_name: "Rue Claude Monet".into(),
        from: Some(StreetBound::HouseNumber { number: "2bis".into() }),
        to: Some(StreetBound::Intersection { road_name: "Rue X".into(), road_ban_id: None, crossing: Some(1) }),
        direction: Direction::AToB,
        geometry: None,
    };
    let expected = json!({"uuid": Uuid::nil(), "roadType": "lane", "namedStreet": {
            "cityLabel": "Saint-Denis (93200)", "roadName": "Rue Claude Monet", "fromHouseNumber": "2bis",
            "fromRoadName": null, "toHouseNumber": null, "toRoadName": "Rue X", "cityCode": "93066",
            "roadBanId": "93066_2142", "direction": "A_TO_B", "fromPointType": "houseNumber",
            "toPointType": "intersection", "toCrossing": 1},
        "numberedRoad": null, "rawGeoJSON": null, "storageArea": null, "zone": null,
        "geometry": "{\"type\":\"LineString\",\"coordinates\":[[2.344241283,48.9],[2.35,48.91]]}"});
    assert_eq!(located(LocationDescription::NamedStreet(street)), expected);
}

#[test]
fn other_kinds_fill_their_own_section() {
    let geometry = || Geometry::from_text(r#"{"type":"Point","coordinates":[2.3,48.9]}"#).expect("a geometry");
    let raw = located(LocationDescription::RawGeoJson { label: "Parvis".into(), geometry: geometry() });
    assert_eq!((&raw["roadType"], &raw["rawGeoJSON"]), (&json!("rawGeoJSON"), &json!({"label": "Parvis"})));
    let point = r#"{"type":"Point","coordinates":[2.3,48.9]}"#;
    let zone = located(LocationDescription::Zone { label: "Centre".into(), geometry: geometry() });
    assert_eq!((&zone["roadType"], &zone["zone"]), (&json!("zone"), &json!({"label": "Centre", "geometry": point})));
    let city = located(LocationDescription::WholeCity {
        city_code: "38421".into(),
        city_label: "Saint-Martin-d'Hères (38400)".into(),
        exceptions: vec![],
    });
    assert_eq!(
        city["wholeCity"],
        json!({"cityCode": "38421", "cityLabel": "Saint-Martin-d'Hères (38400)", "exceptions": []})
    );
}

#[test]
fn text_of_a_geometry_is_a_json_text() {
    let text = located(LocationDescription::RawGeoJson {
        label: "x".into(),
        geometry: Geometry::from_text(r#"{"type":"Point","coordinates":[2.3,48.9]}"#).expect("a geometry"),
    });
    let inner: Value = serde_json::from_str(text["geometry"].as_str().expect("a text")).expect("JSON");
    assert_eq!(inner["type"], "LineString");
}
