//! What forms and integrators send: mostly right, sometimes not, of every kind.

use dialog_domain::{Period, Recurrence, input::OrderInput};
use dialog_exports::arbitrary;
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};
use uuid::Uuid;

/// A whole order as it is sent.
pub fn order() -> BoxedStrategy<OrderInput> {
    let subjects = vec![None, Some("roadMaintenance"), Some("event"), Some("winterMaintenance"), Some("other")];
    let words = (option::weighted(0.97, arbitrary::text(255)), option::of(arbitrary::text(100)));
    (any::<bool>(), select(subjects), words, any::<bool>())
        .prop_flat_map(|(is_permanent, subject, (title, reason), days_optional)| {
            vec(measure(is_permanent), 1..3).prop_map(move |measures| {
                let category = if is_permanent { "permanentRegulation" } else { "temporaryRegulation" };
                let order = json!({
                    "identifier": "F2026/001", "category": category, "subject": subject, "title": title,
                    "otherCategoryText": reason, "measures": measures,
                });
                let mut input: OrderInput = serde_json::from_value(order).expect("an order");
                for period in input.measures.iter_mut().flat_map(|measure| &mut measure.periods) {
                    period.days_optional = days_optional;
                }
                input
            })
        })
        .boxed()
}

fn measure(is_permanent: bool) -> BoxedStrategy<Value> {
    let kinds = select(vec!["noEntry", "speedLimitation", "parkingProhibited", "alternateRoad", "noOvertaking"]);
    let speed = option::weighted(0.95, 1_i64..=130);
    (kinds, speed, vehicle_set(), vec(period(is_permanent), 1..3), vec(location(), 1..3))
        .prop_map(|(kind, speed, vehicles, periods, locations)| {
            json!({"type": kind, "maxSpeed": speed, "vehicleSet": vehicles, "periods": periods, "locations": locations})
        })
        .boxed()
}

fn vehicle_set() -> BoxedStrategy<Value> {
    let restricted = vec!["heavyGoodsVehicle", "dimensions", "critair", "hazardousMaterials", "other"];
    let exempted = vec![
        "commercial",
        "emergencyServices",
        "bicycle",
        "pedestrians",
        "taxi",
        "carSharing",
        "roadMaintenanceOrConstruction",
        "cityLogistics",
        "police",
        "desserteLocale",
        "localResident",
        "other",
    ];
    let classes = ["critair0", "critair1", "critair2", "critair3", "critair4", "critair5", "critairWithout"];
    let number = |max: u32, often| option::weighted(often, (0..=max).prop_map(|tenths| f64::from(tenths) / 10.0));
    let words = |max| option::weighted(0.95, arbitrary::text(max));
    let lists = (
        subsequence(restricted, 0..=5),
        subsequence(exempted, 0..=12),
        prop_oneof![9 => subsequence(classes.to_vec(), 1..=7), 1 => Just(Vec::new())],
    );
    let sizes = (number(440, 0.9), number(100, 0.5), number(500, 0.5), number(100, 0.5));
    (select(vec![Some(false), Some(false), None, Some(true)]), lists, sizes, (words(100), words(300)))
        .prop_map(|(all, (restricted, exempted, classes), (weight, width, length, height), (ours, theirs))| {
            json!({
                "allVehicles": all, "restrictedTypes": restricted, "exemptedTypes": exempted, "critairTypes": classes,
                "heavyweightMaxWeight": weight, "maxWidth": width, "maxLength": length, "maxHeight": height,
                "otherRestrictedTypeText": ours, "otherExemptedTypeText": theirs,
            })
        })
        .boxed()
}

fn period(is_permanent: bool) -> BoxedStrategy<Value> {
    (arbitrary::period(is_permanent), prop::bool::weighted(0.03), prop::bool::weighted(0.03))
        .prop_map(|(period, has_no_end, has_no_days)| {
            let mut input = as_sent(&period);
            if has_no_end {
                input["isPermanent"] = json!(true);
            }
            if has_no_days {
                input["applicableDays"] = json!([]);
            }
            input
        })
        .boxed()
}

/// A period as a form sends it.
pub fn as_sent(period: &Period) -> Value {
    let days = match &period.recurrence {
        Recurrence::EveryDay => Vec::new(),
        Recurrence::CertainDays(days) => days.clone(),
    };
    let slots: Vec<Value> = period
        .time_slots
        .iter()
        .map(|slot| json!({"startTime": slot.start.format("%H:%M").to_string(), "endTime": slot.end.format("%H:%M").to_string()}))
        .collect();
    json!({
        "startDate": period.start.date(), "startTime": period.start.format("%H:%M").to_string(),
        "endDate": period.end.map(|end| end.date()), "endTime": period.end.map(|end| end.format("%H:%M").to_string()),
        "isPermanent": period.end.is_none(), "timeSlots": slots,
        "recurrenceType": if days.is_empty() { "everyDay" } else { "certainDays" }, "applicableDays": days,
    })
}

fn location() -> BoxedStrategy<Value> {
    let sent = |geometry: BoxedStrategy<dialog_domain::Geometry>| geometry.prop_map(|geometry| geometry.to_string());
    let road = |kind: &'static str, member: &'static str| {
        numbered_road().prop_map(move |road| json!({"roadType": kind, member: road}))
    };
    let drawing = (arbitrary::text(5000), sent(arbitrary::geometry()))
        .prop_map(|(label, geometry)| json!({"label": label, "geometry": geometry}));
    let exception = prop_oneof![
        named_street().prop_map(|street| json!({"namedStreet": street})),
        drawing.clone().prop_map(|drawing| {
            let label: String = drawing["label"].as_str().unwrap_or_default().chars().take(255).collect();
            json!({"roadType": "rawGeoJSON", "rawGeoJSON": {"label": label, "geometry": drawing["geometry"]}})
        }),
    ];
    let city = (arbitrary::text(200), vec(exception, 0..3)).prop_map(|(label, exceptions)| {
        json!({"roadType": "wholeCity", "wholeCity": {"cityCode": "38421", "cityLabel": label, "exceptions": exceptions}})
    });
    let zone = (arbitrary::text(200), sent(polygon()))
        .prop_map(|(label, geometry)| json!({"roadType": "zone", "zone": {"label": label, "geometry": geometry}}));
    prop_oneof![
        3 => named_street().prop_map(|street| json!({"roadType": "lane", "namedStreet": street})),
        1 => road("departmentalRoad", "departmentalRoad"),
        2 => road("nationalRoad", "nationalRoad"),
        2 => drawing.prop_map(|drawing| json!({"roadType": "rawGeoJSON", "rawGeoJSON": drawing})),
        1 => city,
        1 => zone,
    ]
    .boxed()
}

fn named_street() -> BoxedStrategy<Value> {
    let bounds = prop_oneof![
        2 => Just(json!({})),
        4 => ("[1-9][0-9]{0,2}(bis)?", "[1-9][0-9]{0,2}")
            .prop_map(|(from, to)| json!({"fromHouseNumber": from, "toHouseNumber": to})),
        3 => arbitrary::text(100).prop_map(|name| json!({
            "fromPointType": "intersection", "fromRoadName": name, "fromRoadBanId": "75104_1", "fromCrossing": 2,
            "toPointType": "houseNumber", "toHouseNumber": "9",
        })),
    ];
    (arbitrary::text(200), bounds, direction())
        .prop_map(|(name, mut street, direction)| {
            let known = json!({
                "cityCode": "75104", "cityLabel": "Paris 4e", "roadBanId": "75104_8331", "roadName": name,
                "direction": direction,
            });
            for (member, value) in known.as_object().expect("an object") {
                street[member] = value.clone();
            }
            street
        })
        .boxed()
}

fn numbered_road() -> BoxedStrategy<Value> {
    let point = || prop_oneof![19 => "[0-9]{1,3}", 1 => Just("12A".to_owned())];
    let side = || select(vec!["U", "D", "G"]);
    let abscissa = || option::of(-200_i32..2000);
    let area = option::weighted(0.3, any::<u128>().prop_map(|bits| Uuid::from_u128(bits).to_string()));
    ((point(), side(), abscissa()), (point(), side(), abscissa()), direction(), area, option::of(Just("38")))
        .prop_map(|((from, from_side, start), (to, to_side, end), direction, area, department)| {
            json!({
                "administrator": "DIR Ouest", "roadNumber": "n176", "fromPointNumber": from, "fromSide": from_side,
                "fromAbscissa": start, "fromDepartmentCode": department, "toPointNumber": to, "toSide": to_side,
                "toAbscissa": end, "direction": direction, "storageAreaUuid": area,
            })
        })
        .boxed()
}

fn direction() -> impl Strategy<Value = &'static str> {
    select(vec!["BOTH", "A_TO_B", "B_TO_A"])
}

fn polygon() -> BoxedStrategy<dialog_domain::Geometry> {
    (-5.0_f64..8.0, 42.0_f64..51.0, 0.001_f64..0.5)
        .prop_map(|(west, south, size)| {
            let (east, north) = (west + size, south + size);
            let ring = [[west, south], [east, south], [east, north], [west, south]];
            let text = json!({"type": "Polygon", "coordinates": [ring]}).to_string();
            dialog_domain::Geometry::from_text(&text).expect("a polygon")
        })
        .boxed()
}
