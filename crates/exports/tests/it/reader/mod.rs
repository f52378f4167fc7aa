//! A reader of DATEX II that knows the standard and nothing of how our documents are made: is this vehicle concerned,
//! at this place, at this instant?
//!
//! Validity is read plainly: between the bounds, on one of the days and in one of the hours of one valid period, on
//! the clock of the place.

mod place;

use chrono::{DateTime, Datelike, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use dialog_domain::{
    CritAir,
    vehicle::{VehicleKind, VehicleProfile, VehicleUsage},
};
use roxmltree::Node;

use crate::support::{all, kind, one, text, texts};

pub use place::Spot;

/// Who is where, and when.
pub struct Question<'a> {
    pub vehicle: &'a VehicleProfile,
    pub spot: &'a Spot,
    pub at: DateTime<Utc>,
    pub zone: Tz,
}

/// Whether a `trafficRegulation` binds the vehicle at that place and instant.
pub fn binds(regulation: Node<'_, '_>, question: &Question<'_>) -> bool {
    holds(one(regulation, "condition"), question)
}

fn holds(condition: Node<'_, '_>, question: &Question<'_>) -> bool {
    let vehicle = question.vehicle;
    let found = match kind(condition) {
        "ConditionSet" => {
            let mut parts = all(condition, "conditions").into_iter().map(|part| holds(part, question));
            match text(condition, "operator") {
                "and" => parts.all(|part| part),
                "or" => parts.any(|part| part),
                other => panic!("operator {other}"),
            }
        }
        "ValidityCondition" => is_valid(one(condition, "validityByOrder"), question),
        "LocationCondition" => place::is_in(one(condition, "locationByOrder"), question.spot),
        "VehicleCondition" => has(one(condition, "vehicleCharacteristics"), vehicle),
        "NonVehicularRoadUserCondition" => {
            text(condition, "nonVehicularRoadUser") == "pedestrians" && vehicle.kind == VehicleKind::Pedestrian
        }
        "AccessCondition" => {
            text(condition, "accessConditionType") == "destinationTraffic"
                && vehicle.usages.contains(&VehicleUsage::DestinationTraffic)
        }
        "DriverCondition" => {
            text(condition, "driverCharacteristicsType") == "localResident"
                && vehicle.usages.contains(&VehicleUsage::LocalResident)
        }
        other => panic!("condition {other}"),
    };
    found != (texts(condition, "negate") == ["true"])
}

fn is_valid(validity: Node<'_, '_>, question: &Question<'_>) -> bool {
    assert_eq!(text(validity, "validityStatus"), "definedByValidityTimeSpec");
    let specification = one(validity, "validityTimeSpecification");
    let instant = |text: &str| DateTime::parse_from_rfc3339(text).expect("a date-time with its offset");
    if question.at < instant(text(specification, "overallStartTime")) {
        return false;
    }
    if texts(specification, "overallEndTime").iter().any(|end| question.at >= instant(end)) {
        return false;
    }
    let periods = all(specification, "validPeriod");
    periods.is_empty() || periods.into_iter().any(|period| is_in(period, question))
}

fn is_in(period: Node<'_, '_>, question: &Question<'_>) -> bool {
    let local = question.at.with_timezone(&question.zone);
    let days = texts(period, "recurringDayWeekMonthPeriod/applicableDay");
    let weekday = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        [local.weekday().num_days_from_monday() as usize];
    let hours = all(period, "recurringTimePeriodOfDay");
    let now = local.num_seconds_from_midnight();
    let in_hours = hours
        .iter()
        .any(|slot| seconds(text(*slot, "startTimeOfPeriod")) <= now && now < seconds(text(*slot, "endTimeOfPeriod")));
    (days.is_empty() || days.contains(&weekday)) && (hours.is_empty() || in_hours)
}

/// Seconds since midnight; XML Schema writes the end of the day as 24:00:00.
fn seconds(time: &str) -> u32 {
    match time {
        "24:00:00" => 24 * 3600,
        time => time.parse::<NaiveTime>().expect("a time without offset").num_seconds_from_midnight(),
    }
}

/// Whether a vehicle has **all** the given characteristics.
fn has(characteristics: Node<'_, '_>, vehicle: &VehicleProfile) -> bool {
    let mut characteristics = characteristics.children().filter(Node::is_element).peekable();
    assert!(characteristics.peek().is_some(), "a condition on nothing would hold for everybody");
    characteristics.all(|characteristic| {
        let word = characteristic.text().unwrap_or_default();
        let is_above = |value: &str, of: Option<f64>| {
            assert_eq!(text(characteristic, "comparisonOperator"), "greaterThan");
            of.is_some_and(|of| of > text(characteristic, value).parse::<f64>().expect("a number"))
        };
        match characteristic.tag_name().name() {
            "vehicleType" => is_a(word, characteristic.attribute("_extendedValue"), vehicle),
            "vehicleUsage" => is_used_for(word, vehicle),
            "loadType" => word == "hazardousMaterials" && vehicle.hazardous,
            "grossWeightCharacteristic" => is_above("grossVehicleWeight", vehicle.weight_t),
            "heightCharacteristic" => is_above("vehicleHeight", vehicle.height_m),
            "lengthCharacteristic" => is_above("vehicleLength", vehicle.length_m),
            "widthCharacteristic" => is_above("vehicleWidth", vehicle.width_m),
            "emissions" => texts(characteristic, "emissionClassificationOther")
                .iter()
                .any(|class| vehicle.crit_air.map(word_of) == Some(class)),
            "_vehicleCharacteristicsExtension" => {
                let description = text(characteristic, "vehicleCharacteristicsExtended/otherVehicleType");
                let plain = |text: &str| without_controls(&text.to_lowercase()).trim().to_owned();
                vehicle.descriptions.iter().any(|words| plain(words) == plain(description))
            }
            other => panic!("characteristic {other}"),
        }
    })
}

/// XML cannot carry control characters, whoever wrote them; but for line feeds and tabs.
fn without_controls(text: &str) -> String {
    let is_kept = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.replace("\r\n", "\n").chars().filter(is_kept).collect()
}

fn is_a(word: &str, extended: Option<&str>, vehicle: &VehicleProfile) -> bool {
    let carries_goods = vehicle.kind == VehicleKind::Goods;
    match (word, extended) {
        ("bicycle", None) => vehicle.kind == VehicleKind::Bicycle,
        // The schema: "vehicles with a total weight above 3,500 kg".
        ("heavyGoodsVehicle", None) => carries_goods && vehicle.weight_t.is_some_and(|weight| weight > 3.5),
        ("_extended", Some("goodsVehicles")) => carries_goods,
        other => panic!("vehicle type {other:?}"),
    }
}

fn is_used_for(word: &str, vehicle: &VehicleProfile) -> bool {
    let used_for = |usage| vehicle.usages.contains(&usage);
    match word {
        "carSharing" => used_for(VehicleUsage::CarSharing),
        "cityLogistics" => used_for(VehicleUsage::CityLogistics),
        "commercial" => used_for(VehicleUsage::Commercial),
        "emergencyServices" => used_for(VehicleUsage::EmergencyServices) || used_for(VehicleUsage::Police),
        "roadMaintenanceOrConstruction" => used_for(VehicleUsage::RoadMaintenanceOrConstruction),
        "taxi" => used_for(VehicleUsage::Taxi),
        other => panic!("usage {other}"),
    }
}

fn word_of(class: CritAir) -> &'static str {
    match class {
        CritAir::Class0 => "critair0",
        CritAir::Class1 => "critair1",
        CritAir::Class2 => "critair2",
        CritAir::Class3 => "critair3",
        CritAir::Class4 => "critair4",
        CritAir::Class5 => "critair5",
        CritAir::Without => "critairWithout",
    }
}
