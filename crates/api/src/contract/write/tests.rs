use chrono::DateTime;
use chrono_tz::Europe::Paris;
use dialog_domain::{
    Day, Direction, LocationDescription, MeasureType, OrderCategory, Period, Recurrence, RestrictedVehicles,
    StreetBound, rules::Face,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::json::read;

/// Checks the JSON of a body as the API does.
fn check_json(body: &Value) -> Result<Checked, Vec<ViolationView>> {
    let body = read(body.to_string().as_bytes()).expect("a readable body");
    let mut new_id = Uuid::now_v7;
    let now = DateTime::UNIX_EPOCH;
    check(&body, Paris, &mut Context { face: Face::Integrator, new_id: &mut new_id, now })
}

fn accepted(body: &Value) -> Checked {
    check_json(body).unwrap_or_else(|broken| panic!("{broken:#?}"))
}

/// Path, title and index of the measure of each broken rule.
fn refused(body: &Value) -> Vec<(String, String, Option<usize>)> {
    let broken = check_json(body).expect_err("broken rules");
    broken.into_iter().map(|rule| (rule.property_path, rule.title, rule.measure_index)).collect()
}

fn paths(body: &Value) -> Vec<String> {
    refused(body).into_iter().map(|(path, _, _)| path).collect()
}

/// The worked example of a create that needs no geocoder.
fn example() -> Value {
    json!({"identifier": "T2031/7", "status": "draft", "category": "permanentRegulation",
        "title": "Stationnement interdit", "measures": [{"type": "parkingProhibited",
            "periods": [{"startDate": "2031-01-10T00:00:00Z", "recurrenceType": "everyDay", "isPermanent": true}],
            "locations": [{"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Parvis",
                "geometry": "{\"type\":\"LineString\",\"coordinates\":[[2.3480,48.9051],[2.3490,48.9047]]}"}}]}]})
}

fn with(pointer: &str, value: Value) -> Value {
    let mut body = example();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match body.pointer_mut(parent).expect("a place") {
        Value::Object(members) => {
            members.insert(key.to_owned(), value);
        }
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("nothing to replace at {pointer}"),
    }
    body
}

fn period_of(period: Value) -> Period {
    accepted(&with("/measures/0/periods/0", period)).content.measures[0].periods[0].clone()
}

fn temporary(start_date: &str, start_time: &str, end_date: &str, end_time: &str) -> Value {
    json!({"startDate": start_date, "startTime": start_time, "endDate": end_date, "endTime": end_time,
        "recurrenceType": "everyDay"})
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local date-time")
}

#[test]
fn worked_example_is_accepted() {
    let checked = accepted(&example());
    assert_eq!(checked.status, OrderStatus::Draft);
    assert_eq!(checked.general.identifier, "T2031/7");
    assert_eq!(checked.content.category, OrderCategory::PermanentRegulation);
    let measure = &checked.content.measures[0];
    assert_eq!(measure.kind, MeasureType::ParkingProhibited);
    assert_eq!((measure.periods[0].start, measure.periods[0].end), (local("2031-01-10T01:00"), None));
    assert!(matches!(&measure.locations[0].asked, LocationDescription::RawGeoJson { label, .. } if label == "Parvis"));
}

#[test]
fn worked_violation_set_has_its_paths_in_their_order() {
    let body = with(
        "/measures/0",
        json!({"type": "speedLimitation", "maxSpeed": 30, "periods": [{"isPermanent": true}],
            "locations": [{"roadType": "lane"}]}),
    );
    assert_eq!(
        paths(&body),
        ["periods[0].startDate", "periods[0].recurrenceType", "locations[0]", "locations[0].roadType"]
    );
    assert!(refused(&body).iter().all(|(_, _, index)| *index == Some(0)));
}

#[test]
fn general_information_is_reported_after_the_measures() {
    let body = json!({"identifier": "", "status": "draft", "category": "invalid", "subject": "other", "title": "",
        "measures": null});
    assert_eq!(
        paths(&body),
        [
            "measureDtos",
            "generalInfo.identifier",
            "generalInfo.category",
            "generalInfo.otherCategoryText",
            "generalInfo.title"
        ]
    );
    let titles: Vec<String> = refused(&with("/measures", json!([]))).into_iter().map(|(_, title, _)| title).collect();
    assert_eq!(titles, ["Cette valeur ne doit pas être vide.", "Cette collection doit contenir 1 élément ou plus."]);
}

#[test]
fn lengths_are_counted_in_characters_and_reported_with_their_limit() {
    let too_long = |n: usize, max: usize, path: &str| {
        (
            path.to_owned(),
            format!("Cette chaîne est trop longue. Elle doit avoir au maximum {max} caractères."),
            "é".repeat(n),
        )
    };
    for (path, title, text) in [too_long(61, 60, "generalInfo.identifier"), too_long(256, 255, "generalInfo.title")] {
        let field = path.strip_prefix("generalInfo.").expect("a general field");
        assert_eq!(refused(&with(&format!("/{field}"), json!(text))), [(path, title, None)]);
    }
    accepted(&with("/identifier", json!("é".repeat(60))));
}

#[test]
fn missing_status_and_unknown_words_stop_before_the_rules() {
    let null = "Cette valeur ne doit pas être nulle.".to_owned();
    assert_eq!(refused(&with("/status", Value::Null)), [("status".to_owned(), null, None)]);
    for (pointer, value, path, index) in [
        ("/status", "final", "status", None),
        ("/measures/0/type", "closed", "measures[0].type", Some(0)),
        ("/measures/0/periods/0/recurrenceType", "weekly", "measures[0].periods[0].recurrenceType", Some(0)),
        ("/measures/0/locations/0/roadType", "street", "measures[0].locations[0].roadType", Some(0)),
    ] {
        let mut body = with(pointer, json!(value));
        body["title"] = Value::Null;
        let broken = refused(&body);
        assert_eq!(broken.len(), 1, "{pointer}: {broken:?}");
        assert_eq!((broken[0].0.as_str(), broken[0].2), (path, index));
        assert!(broken[0].1.starts_with("Cette valeur doit être de type \""), "{}", broken[0].1);
    }
}

#[test]
fn every_unknown_word_is_reported_at_once() {
    let mut body = with("/measures/0/type", json!("closed"));
    body["status"] = json!("final");
    body["measures"][0]["locations"][0]["namedStreet"] = json!({"direction": "UP"});
    assert_eq!(paths(&body), ["status", "measures[0].type", "measures[0].locations[0].namedStreet.direction"]);
}

#[test]
fn dates_and_times_are_merged_on_the_wall_clock_of_the_zone() {
    for (start_date, start_time, expected) in [
        ("2031-01-10T00:00:00Z", "2031-01-10T08:30:00Z", "2031-01-10T09:30"),
        ("2031-01-10T23:30:00Z", "2031-01-10T08:30:00Z", "2031-01-11T09:30"),
        ("2031-07-10T00:00:00Z", "2031-07-10T08:30:00Z", "2031-07-10T10:30"),
        ("2031-01-10", "08:30", "2031-01-10T08:30"),
        ("2031-01-10T09:00:00+01:00", "2031-01-10T08:30:59.999+01:00", "2031-01-10T08:30"),
        // Each part has the offset of its own instant: the contract says so.
        ("2031-07-10T00:00:00Z", "1970-01-01T08:30:00Z", "2031-07-10T09:30"),
    ] {
        let period = period_of(temporary(start_date, start_time, "2031-12-30", "2031-12-30T22:59:00Z"));
        assert_eq!(period.start, local(expected), "{start_date} {start_time}");
        assert_eq!(period.end, Some(local("2031-12-30T23:59")));
    }
}

#[test]
fn permanent_period_starts_at_the_instant_of_its_date_and_ignores_its_time() {
    let period = period_of(json!({"startDate": "2031-01-10T08:30:45Z", "startTime": "2031-01-10T12:00:00Z",
        "recurrenceType": "everyDay", "isPermanent": true}));
    assert_eq!((period.start, period.end), (local("2031-01-10T09:30"), None));
    let kept = period_of(json!({"startDate": "2031-01-10", "endDate": "2031-02-10", "endTime": "18:00",
        "recurrenceType": "everyDay", "isPermanent": true}));
    assert_eq!((kept.start, kept.end), (local("2031-01-10T00:00"), Some(local("2031-02-10T18:00"))));
}

#[test]
fn one_instant_may_stand_for_a_date_and_a_time() {
    let period =
        |start: Value, end: Value| json!({"startDateTime": start, "endDateTime": end, "recurrenceType": "everyDay"});
    let read = period_of(period(json!("2031-07-10T08:30:45Z"), json!("2031-07-12T21:59:00Z")));
    assert_eq!((read.start, read.end), (local("2031-07-10T10:30"), Some(local("2031-07-12T23:59"))));
    // What the contract has counts when it is there.
    let mut both = temporary("2031-01-10", "08:00", "2031-01-11", "18:00");
    both["startDateTime"] = json!("2030-01-01T00:00:00Z");
    both["endDateTime"] = json!("2032-01-01T00:00:00Z");
    let read = period_of(both);
    assert_eq!((read.start, read.end), (local("2031-01-10T08:00"), Some(local("2031-01-11T18:00"))));
    let permanent = json!({"startDateTime": "2031-01-10T08:30:00Z", "endDateTime": null, "recurrenceType": "everyDay",
        "isPermanent": true});
    assert_eq!((period_of(permanent.clone()).start, period_of(permanent).end), (local("2031-01-10T09:30"), None));

    let at = |period| paths(&with("/measures/0/periods/0", period));
    assert_eq!(at(period(json!("demain"), json!("jamais"))), ["periods[0].startDateTime", "periods[0].endDateTime"]);
    assert_eq!(at(period(json!("2031-01-10T08:30:00Z"), json!("2031-01-09T08:30:00Z"))), ["periods[0].endDate"]);
    let missing = at(period(Value::Null, json!("")));
    assert!(missing.contains(&"periods[0].startDate".to_owned()), "{missing:?}");
}

#[test]
fn unreadable_dates_are_reported_on_their_path() {
    let body = with("/measures/0/periods/0", temporary("demain", "2031-01-10T08:30:00Z", "2031-13-45", "24h"));
    let broken = check_json(&body).expect_err("broken rules");
    let found: Vec<(&str, &str)> =
        broken.iter().map(|rule| (rule.property_path.as_str(), rule.code.as_str())).collect();
    for path in ["periods[0].startDate", "periods[0].endDate", "periods[0].endTime"] {
        assert!(found.contains(&(path, "malformed")), "{path} in {found:?}");
        assert!(!found.contains(&(path, "required")), "{path} in {found:?}");
    }

    let optional =
        json!({"startDate": "2031-01-10", "endDate": "jamais", "recurrenceType": "everyDay", "isPermanent": true});
    assert_eq!(paths(&with("/measures/0/periods/0", optional)), ["periods[0].endDate"]);
    accepted(&with("/measures/0/createdAt", json!("hier")));
}

#[test]
fn blank_dates_are_missing() {
    let body = with("/measures/0/periods/0", temporary("", " ", "", ""));
    assert!(paths(&body).contains(&"periods[0].startDate".to_owned()));
    assert!(check_json(&body).expect_err("broken rules").iter().all(|rule| rule.code != "malformed"));
}

#[test]
fn end_before_start_is_reported_on_the_end() {
    let broken = refused(&with("/measures/0/periods/0", temporary("2031-01-10", "08:00", "2031-01-09", "10:00")));
    let title = "La date de fin doit être supérieure à la date de début.".to_owned();
    assert_eq!(broken, [("periods[0].endDate".to_owned(), title, Some(0))]);

    let broken = refused(&with("/measures/0/periods/0", temporary("2031-01-10", "10:00", "2031-01-10", "08:00")));
    let title = "L'heure de fin doit être supérieure à l'heure de début.".to_owned();
    assert_eq!(broken, [("periods[0].endTime".to_owned(), title, Some(0))]);
}

#[test]
fn days_follow_the_contract() {
    let period = |recurrence: &str, range: Value| json!({"startDate": "2031-01-10", "recurrenceType": recurrence, "isPermanent": true, "dailyRange": range});
    let days = |body| period_of(body).recurrence;
    let monday_friday = Recurrence::CertainDays(vec![Day::Monday, Day::Friday]);
    assert_eq!(days(period("certainDays", json!({"applicableDays": ["friday", "monday"]}))), monday_friday);
    assert_eq!(days(period("everyDay", json!({"applicableDays": ["monday"]}))), Recurrence::EveryDay);
    assert_eq!(days(period("certainDays", Value::Null)), Recurrence::EveryDay, "accepted without days");

    let body = with("/measures/0/periods/0", period("certainDays", json!({"recurrenceType": "certainDays"})));
    assert_eq!(paths(&body), ["periods[0].dailyRange.applicableDays"]);
    let body = with("/measures/0/periods/0", period("certainDays", json!({"applicableDays": ["lundi"]})));
    assert_eq!(paths(&body), ["periods[0].dailyRange.applicableDays"]);
}

#[test]
fn time_slots_are_read_as_wall_clock_times() {
    let slots = |start: &str, end: &str| {
        json!({"startDate": "2031-01-10", "recurrenceType": "everyDay", "isPermanent": true,
            "timeSlots": [{"startTime": start, "endTime": end}]})
    };
    let read = |start, end| {
        let slot = period_of(slots(start, end)).time_slots[0];
        (slot.start.format("%H:%M").to_string(), slot.end.format("%H:%M").to_string())
    };
    let times = |start: &str, end: &str| (start.to_owned(), end.to_owned());
    assert_eq!(read("1970-01-01T06:00:00+00:00", "1970-01-01T09:00:00+00:00"), times("07:00", "10:00"));
    assert_eq!(read("2031-07-01T05:00:00Z", "2031-07-01T08:00:00Z"), times("07:00", "10:00"));
    assert_eq!(read("22:00", "06:00"), times("22:00", "06:00"));

    let body = with("/measures/0/periods/0", slots("", "10:00"));
    assert_eq!(paths(&body), ["periods[0].timeSlots[0].startTime"]);
    let body = with("/measures/0/periods/0", slots("midi", "10:00"));
    assert_eq!(paths(&body), ["periods[0].timeSlots[0].startTime"]);
}

#[test]
fn geometry_is_accepted_as_a_text_and_as_an_object() {
    let line = json!({"type": "LineString", "coordinates": [[2.348, 48.9051], [2.349, 48.9047]]});
    let at = "/measures/0/locations/0/rawGeoJSON/geometry";
    let strip = |checked: Checked| match checked.content.measures[0].locations[0].asked.clone() {
        LocationDescription::RawGeoJson { geometry, .. } => geometry,
        other => panic!("{other:?}"),
    };
    let as_object = strip(accepted(&with(at, line.clone())));
    let as_text = strip(accepted(&with(at, json!(line.to_string()))));
    assert_eq!(as_object, as_text);

    assert_eq!(paths(&with(at, json!(12))), ["measures[0].locations[0].rawGeoJSON.geometry"]);
    assert_eq!(paths(&with(at, json!(true))), ["measures[0].locations[0].rawGeoJSON.geometry"]);
    for text in ["", "{notvalidjson", r#"{"type":"Point"}"#, r#"{"type":"Feature","geometry":null,"properties":{}}"#] {
        assert_eq!(paths(&with(at, json!(text))), ["locations[0].rawGeoJSON.geometry"], "{text}");
    }
    assert_eq!(paths(&with(at, Value::Null)), ["locations[0].rawGeoJSON.geometry"]);
}

#[test]
fn street_is_read_by_name_and_its_direction_is_both_by_default() {
    let body = with(
        "/measures/0/locations/0",
        json!({"roadType": "lane", "namedStreet": {"cityCode": "75104", "cityLabel": "Paris 4e Arrondissement",
            "roadName": "Rue des Rosiers", "roadBanId": "ignored", "fromPointType": "houseNumber", "fromHouseNumber": "2",
            "toPointType": "intersection", "toRoadName": "Rue Pavée", "direction": "B_TO_A"}}),
    );
    let asked = accepted(&body).content.measures[0].locations[0].asked.clone();
    let LocationDescription::NamedStreet(street) = asked else { panic!("{asked:?}") };
    assert_eq!((street.road_name.as_str(), street.road_ban_id), ("Rue des Rosiers", None));
    assert_eq!(street.from, Some(StreetBound::HouseNumber { number: "2".into() }));
    assert!(matches!(street.to, Some(StreetBound::Intersection { road_name, .. }) if road_name == "Rue Pavée"));
    assert_eq!(street.direction, Direction::BToA);
}

#[test]
fn whole_city_and_zone_are_additions_with_a_section_each() {
    let city = json!({"cityCode": "38421", "cityLabel": "Ailleurs", "exceptions": [
        {"roadType": "lane", "namedStreet": {"roadName": "Rue Neuve"}}]});
    let square = json!({"type": "Polygon", "coordinates": [[[2.0, 47.0], [2.1, 47.0], [2.1, 47.1], [2.0, 47.0]]]});
    let body = |location| with("/measures/0/locations/0", location);
    let asked = |location| accepted(&body(location)).content.measures[0].locations[0].asked.clone();
    let asked_city = asked(json!({"roadType": "wholeCity", "wholeCity": city}));
    let LocationDescription::WholeCity { exceptions, .. } = asked_city else { panic!("{asked_city:?}") };
    assert_eq!(exceptions.len(), 1);
    let asked_zone = asked(json!({"roadType": "zone", "zone": {"label": "Centre", "geometry": square}}));
    assert!(matches!(asked_zone, LocationDescription::Zone { .. }), "{asked_zone:?}");
    let both = json!({"roadType": "zone", "wholeCity": city, "zone": {"label": "Centre", "geometry": square}});
    assert_eq!(paths(&body(both)), ["locations[0]"]);
    let empty = json!({"roadType": "wholeCity"});
    assert_eq!(paths(&body(empty)), ["locations[0]", "locations[0].roadType"]);
}

#[test]
fn vehicle_set_is_taken_literally() {
    let body =
        with("/measures/0/vehicleSet", json!({"restrictedTypes": ["heavyGoodsVehicle"], "heavyweightMaxWeight": 3.5}));
    let set = accepted(&body).content.measures[0].vehicle_set.clone();
    assert_eq!(set.restricted, [RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }]);
    let body = with("/measures/0/vehicleSet", json!({"restrictedTypes": ["heavyGoodsVehicle"]}));
    assert_eq!(paths(&body), ["vehicleSet.heavyweightMaxWeight"]);
}

#[test]
fn each_measure_is_reported_with_its_index() {
    let mut body = example();
    let mut second = body["measures"][0].clone();
    second["periods"] = json!([]);
    second["maxSpeed"] = json!(150);
    body["measures"] = json!([body["measures"][0], second]);
    let title = "Veuillez définir au moins une période d'application.".to_owned();
    let speed = "Cette valeur doit être inférieure ou égale à 130.".to_owned();
    assert_eq!(refused(&body), [("maxSpeed".to_owned(), speed, Some(1)), ("periods".to_owned(), title, Some(1))]);
}

#[test]
fn measure_without_location_is_accepted() {
    accepted(&with("/measures/0/locations", json!([])));
}
