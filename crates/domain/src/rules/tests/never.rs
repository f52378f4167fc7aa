//! What holds whatever is typed.

use proptest::prelude::*;

use super::*;

/// A few words of every list, and some that are in none.
fn word() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        "",
        " ",
        "other",
        "noEntry",
        "speedLimitation",
        "lane",
        "critair",
        "critair4",
        "dimensions",
        "heavyGoodsVehicle",
        "everyDay",
        "certainDays",
        "monday",
        "houseNumber",
        "intersection",
        "U",
        "75104",
        "x",
        "Rue des Rosiers",
    ])
    .prop_map(Value::from)
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Value::Null), (-5.0_f64..60.0).prop_map(Value::from), Just(json!(0))]
}

fn words() -> impl Strategy<Value = Value> {
    prop::collection::vec(word(), 0..4).prop_map(Value::from)
}

fn or_null(strategy: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 3 => strategy]
}

prop_compose! {
    fn vehicles()(
        all in prop::sample::select(vec![json!(null), json!(true), json!(false)]),
        (restricted, classes, exempted) in (words(), words(), words()),
        (weight, width) in (number(), number()),
        (text, other) in (or_null(word()), or_null(word())),
    ) -> Value {
        json!({
            "allVehicles": all, "restrictedTypes": restricted, "critairTypes": classes, "exemptedTypes": exempted,
            "heavyweightMaxWeight": weight, "maxWidth": width,
            "otherRestrictedTypeText": text, "otherExemptedTypeText": other,
        })
    }
}

prop_compose! {
    fn periods()(
        dates in prop::sample::subsequence(vec!["2026-11-24", "2026-11-25", "1066-10-14"], 2),
        times in prop::sample::subsequence(vec!["00:00", "08:00", "23:59"], 2),
        is_permanent: bool,
        (recurrence, days) in (or_null(word()), words()),
    ) -> Value {
        json!([{
            "startDate": dates[1], "endDate": dates[0], "startTime": times[0], "endTime": times[1],
            "isPermanent": is_permanent, "recurrenceType": recurrence, "applicableDays": days,
        }])
    }
}

prop_compose! {
    fn locations()(
        road_type in prop::sample::select(vec![
            json!(null), json!("lane"), json!("departmentalRoad"), json!("nationalRoad"), json!("rawGeoJSON"),
            json!("wholeCity"), json!("zone"),
        ]),
        names in prop::collection::vec(or_null(word()), 8),
        has_section: bool,
    ) -> Value {
        let section = json!({
            "cityCode": names[0], "cityLabel": names[1], "roadName": names[2], "roadBanId": names[3],
            "fromPointType": names[4], "fromHouseNumber": names[5], "toPointType": names[6], "toRoadName": names[7],
            "roadNumber": names[0], "administrator": names[1], "fromPointNumber": names[2], "fromSide": names[3],
            "label": names[4], "geometry": names[5], "exceptions": [{"namedStreet": {"roadName": names[6]}}],
        });
        let mut location = json!({"roadType": road_type});
        if has_section {
            for name in ["namedStreet", "departmentalRoad", "nationalRoad", "rawGeoJSON", "wholeCity", "zone"] {
                location[name] = section.clone();
            }
        }
        json!([location])
    }
}

proptest! {
    #![proptest_config(crate::properties::config(512))]

    /// A refusal always says why, and what passes is what is stored. One part at a time is arbitrary more often than
    /// all of them, so that both happen.
    #[test]
    fn a_refusal_has_a_reason(
        kind in prop::option::weighted(0.2, word()),
        speed in prop::sample::select(vec![json!(null), json!(-1), json!(30), json!(500)]),
        vehicles in prop::option::weighted(0.4, vehicles()),
        periods in prop::option::weighted(0.4, periods()),
        locations in prop::option::weighted(0.4, locations()),
    ) {
        let mut input = measure_with(json!({"maxSpeed": speed}));
        for (name, part) in [("type", kind), ("vehicleSet", vehicles), ("periods", periods), ("locations", locations)] {
            if let Some(part) = part {
                input[name] = part;
            }
        }
        for face in FACES {
            match check_measure(face, input.clone()) {
                Ok(measure) => {
                    let stored = serde_json::to_value(&measure).unwrap();
                    prop_assert_eq!(serde_json::from_value::<Measure>(stored).unwrap(), measure);
                }
                Err(violations) => prop_assert!(!violations.is_empty(), "{input}"),
            }
        }
    }
}
