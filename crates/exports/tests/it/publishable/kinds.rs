//! Every type of measure × every kind of location × every restriction × every exemption, with the shapes of period in
//! turn.

use chrono_tz::Tz;
use dialog_domain::{
    CritAir, Geometry,
    input::OrderInput,
    rules::{self, Face},
    vehicle::{VehicleKind, VehicleProfile, VehicleUsage},
};
use serde_json::{Value, json};

use super::{check, locate, published, whole};
use crate::{agreement, schema::validate, support::LINE};

const TYPES: [&str; 5] = ["noEntry", "speedLimitation", "parkingProhibited", "alternateRoad", "noOvertaking"];

const EXEMPTIONS: [&str; 12] = [
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

fn locations() -> Vec<Value> {
    let street = json!({
        "cityCode": "75104", "cityLabel": "Paris 4e", "roadBanId": "75104_8331", "roadName": "Rue des Rosiers",
        "fromHouseNumber": "2", "toHouseNumber": "20",
    });
    let whole_street = json!({
        "cityCode": "75104", "cityLabel": "Paris 4e", "roadBanId": "75104_8332", "roadName": "Rue Pavée",
    });
    let road = |number: &str| {
        json!({
            "administrator": "DIR Ouest", "roadNumber": number, "fromPointNumber": "0", "fromSide": "U",
            "toPointNumber": "12", "toSide": "U", "toAbscissa": 350, "direction": "A_TO_B",
        })
    };
    let mut national = road("N176");
    national["storageAreaUuid"] = json!("019b0000-0000-7000-8000-0000000000aa");
    let polygon = r#"{"type":"Polygon","coordinates":[[[2.35,48.85],[2.36,48.85],[2.36,48.86],[2.35,48.85]]]}"#;
    let city = json!({"cityCode": "38421", "cityLabel": "Saint-Martin-d'Hères", "exceptions": [
        {"namedStreet": whole_street}, {"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Parvis", "geometry": LINE}},
    ]});
    vec![
        json!({"roadType": "lane", "namedStreet": street}),
        json!({"roadType": "departmentalRoad", "departmentalRoad": road("D160")}),
        json!({"roadType": "nationalRoad", "nationalRoad": national}),
        json!({"roadType": "rawGeoJSON", "rawGeoJSON": {"label": "Parvis", "geometry": LINE}}),
        json!({"roadType": "wholeCity", "wholeCity": city}),
        json!({"roadType": "zone", "zone": {"label": "Centre", "geometry": polygon}}),
    ]
}

/// Everybody, each restriction alone, all of them together.
fn restrictions() -> Vec<Value> {
    let all = ["heavyGoodsVehicle", "dimensions", "critair", "hazardousMaterials", "other"];
    let set = |kinds: &[&str]| {
        json!({
            "allVehicles": kinds.is_empty(), "restrictedTypes": kinds, "heavyweightMaxWeight": 3.5, "maxHeight": 2.5,
            "maxLength": 12, "critairTypes": ["critair5", "critairWithout"],
            "otherRestrictedTypeText": "Convois exceptionnels",
        })
    };
    std::iter::once(set(&[])).chain(all.iter().map(|kind| set(&[kind]))).chain([set(&all)]).collect()
}

/// With an end or without, whole days, some days, hours, hours over midnight, over a change of the clocks.
fn periods(is_permanent: bool) -> Vec<Value> {
    let base = |start: &str, end: &str, days: Value, slots: Value| {
        json!({
            "startDate": start, "startTime": "00:00", "endDate": end, "endTime": "23:59", "isPermanent": is_permanent,
            "recurrenceType": if days == json!([]) { "everyDay" } else { "certainDays" }, "applicableDays": days,
            "timeSlots": slots,
        })
    };
    let slot = |start: &str, end: &str| json!({"startTime": start, "endTime": end});
    vec![
        base("2026-12-01", "2026-12-30", json!([]), json!([])),
        base("2026-03-20", "2026-04-05", json!(["monday", "sunday"]), json!([])),
        base("2026-10-20", "2026-11-05", json!([]), json!([slot("22:00", "06:00")])),
        base("2026-12-01", "2026-12-30", json!(["friday"]), json!([slot("20:00", "05:30"), slot("12:00", "14:00")])),
        base("2026-12-01", "2026-12-01", json!([]), json!([slot("08:00", "08:00")])),
        base("2026-03-28", "2026-03-30", json!([]), json!([slot("02:10", "02:50")])),
    ]
}

fn vehicles() -> Vec<VehicleProfile> {
    use VehicleUsage as Usage;
    let lorry = VehicleProfile {
        kind: VehicleKind::Goods,
        weight_t: Some(12.0),
        height_m: Some(3.8),
        length_m: Some(9.0),
        crit_air: Some(CritAir::Class5),
        ..VehicleProfile::default()
    };
    let usages = [
        Usage::Commercial,
        Usage::EmergencyServices,
        Usage::Taxi,
        Usage::CarSharing,
        Usage::RoadMaintenanceOrConstruction,
        Usage::CityLogistics,
        Usage::Police,
        Usage::DestinationTraffic,
        Usage::LocalResident,
    ];
    let used = usages.map(|usage| VehicleProfile { usages: vec![usage], hazardous: true, ..lorry.clone() });
    let of_kind = |kind| VehicleProfile { kind, weight_t: Some(0.1), ..VehicleProfile::default() };
    let described = |text: &str| VehicleProfile { descriptions: vec![text.to_owned()], ..VehicleProfile::default() };
    let others = [
        of_kind(VehicleKind::Car),
        of_kind(VehicleKind::Goods),
        of_kind(VehicleKind::Bicycle),
        of_kind(VehicleKind::Pedestrian),
        described("convois exceptionnels"),
        described("Forains"),
        lorry,
    ];
    used.into_iter().chain(others).collect()
}

#[test]
fn every_kind_of_everything_is_published_whole_and_evaluated_alike() {
    let (lines, vehicles) = ([Geometry::from_text(LINE).expect("a line")], vehicles());
    let exemptions = std::iter::once(None).chain(EXEMPTIONS.map(Some));
    let combinations = exemptions.flat_map(|exemption| {
        restrictions().into_iter().flat_map(move |restriction| {
            let restriction = match exemption {
                None => restriction,
                Some(exemption) => {
                    let mut restriction = restriction;
                    restriction["exemptedTypes"] = json!([exemption]);
                    restriction["otherExemptedTypeText"] = json!("Forains");
                    restriction
                }
            };
            locations().into_iter().flat_map(move |location| {
                let restriction = restriction.clone();
                TYPES.map(|kind| (kind, location.clone(), restriction.clone()))
            })
        })
    });
    let mut bodies = Vec::new();
    for (rank, (kind, location, restriction)) in combinations.enumerate() {
        // 5 is prime to 6 and to the other numbers of kinds: every shape meets every kind.
        let (is_permanent, shape) = (rank % 11 == 0, rank % 7 % 6);
        let measure = json!({
            "type": kind, "maxSpeed": 30, "vehicleSet": restriction, "locations": [location],
            "periods": [periods(is_permanent)[shape]],
        });
        let category = if is_permanent { "permanentRegulation" } else { "temporaryRegulation" };
        let order = json!({"identifier": "F1", "category": category, "title": "Essai", "measures": [measure]});
        let input: OrderInput = serde_json::from_value(order).expect("an order");
        let mut content = check(&input, Face::Form).expect("an order that a form accepts");
        locate(&mut content, &lines, &[9]);
        assert_eq!(rules::publication(&content), [], "{input:?}");
        let order = published(content, rank, Tz::Europe__Paris);
        bodies.push(whole(&order));
        // Every vehicle meets every kind of vehicles; not every one at every rank.
        let some: Vec<_> = vehicles.iter().skip(rank % 3).step_by(3).cloned().collect();
        agreement::assert_agreement(&order, &some, &[60, 3000]);
    }
    assert_eq!(bodies.len(), 5 * 6 * 7 * 13);
    validate("every_kind_of_everything_is_published_whole_and_evaluated_alike", &bodies);
}
