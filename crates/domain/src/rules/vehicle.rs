//! Rules of a vehicle set.

use super::{
    Face,
    report::{Report, trimmed, word},
};
use crate::{
    CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet, Violation, ViolationCode, input::VehicleSetInput,
};

/// Largest weight limit, tonnes.
pub const WEIGHT_MAX_T: f64 = 44.0;
/// Largest width limit, metres.
pub const WIDTH_MAX_M: f64 = 10.0;
/// Largest length limit, metres.
pub const LENGTH_MAX_M: f64 = 50.0;
/// Largest height limit, metres.
pub const HEIGHT_MAX_M: f64 = 10.0;
/// Longest text of restricted vehicles, in characters.
pub const OTHER_RESTRICTED_MAX: usize = 100;
/// Longest text of exempted vehicles, in characters.
pub const OTHER_EXEMPTED_MAX: usize = 300;

/// The words of `restrictedTypes`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RestrictedType {
    HeavyGoodsVehicle,
    Dimensions,
    CritAir,
    HazardousMaterials,
    Other,
}

impl RestrictedType {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "heavyGoodsVehicle" => Self::HeavyGoodsVehicle,
            "dimensions" => Self::Dimensions,
            "critair" => Self::CritAir,
            "hazardousMaterials" => Self::HazardousMaterials,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

pub(super) fn check(input: &VehicleSetInput, face: Face, report: &mut Report) -> Option<VehicleSet> {
    // A form does not send what it hides; the contract judges every member that was sent.
    let all_vehicles = input.all_vehicles == Some(true);
    let types: Vec<RestrictedType> =
        if all_vehicles && face == Face::Form { Vec::new() } else { restricted_types(input, report) };
    let has = |kind| types.contains(&kind);
    let judged = |kind| face == Face::Integrator || types.contains(&kind);

    if input.all_vehicles == Some(false) && input.restricted_types.is_empty() {
        report.add("restrictedTypes", ViolationCode::NoVehicle);
    }
    let sizes = [input.max_width, input.max_length, input.max_height];
    if has(RestrictedType::Dimensions) && sizes.iter().all(|size| positive(*size).is_none()) {
        report.add("restrictedTypes", ViolationCode::NoDimension);
    }

    let other_text = input.other_restricted_type_text.as_deref();
    let other = match (has(RestrictedType::Other), judged(RestrictedType::Other)) {
        (true, _) => report.required("otherRestrictedTypeText", other_text, OTHER_RESTRICTED_MAX),
        (false, true) => report.at_most("otherRestrictedTypeText", other_text, OTHER_RESTRICTED_MAX),
        (false, false) => None,
    };
    let classes = if judged(RestrictedType::CritAir) {
        crit_air(input, has(RestrictedType::CritAir), report)
    } else {
        Vec::new()
    };
    if judged(RestrictedType::HeavyGoodsVehicle) {
        let weight = input.heavyweight_max_weight;
        // On the wire 0 is an answer ("whatever the weight"); in a form it is an empty field.
        let missing = if face == Face::Form { weight.is_none_or(|weight| weight == 0.0) } else { weight.is_none() };
        if has(RestrictedType::HeavyGoodsVehicle) && missing {
            report.add("heavyweightMaxWeight", ViolationCode::Required);
        }
        within("heavyweightMaxWeight", weight, WEIGHT_MAX_T, report);
    }
    if judged(RestrictedType::Dimensions) {
        within("maxWidth", input.max_width, WIDTH_MAX_M, report);
        within("maxLength", input.max_length, LENGTH_MAX_M, report);
        within("maxHeight", input.max_height, HEIGHT_MAX_M, report);
    }
    let exempted = exempted(input, report)?;

    let restricted = if all_vehicles { Vec::new() } else { types };
    Some(VehicleSet {
        restricted: restricted
            .into_iter()
            .map(|kind| {
                Some(match kind {
                    RestrictedType::HeavyGoodsVehicle => {
                        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: positive(input.heavyweight_max_weight) }
                    }
                    RestrictedType::Dimensions => RestrictedVehicles::Dimensions {
                        max_width_m: positive(input.max_width),
                        max_length_m: positive(input.max_length),
                        max_height_m: positive(input.max_height),
                    },
                    RestrictedType::CritAir => RestrictedVehicles::CritAir { classes: classes.clone() },
                    RestrictedType::HazardousMaterials => RestrictedVehicles::HazardousMaterials,
                    RestrictedType::Other => RestrictedVehicles::Other { text: other.clone()? },
                })
            })
            .collect::<Option<_>>()?,
        exempted,
    })
}

/// The words that are known, each once, in the order of the input.
fn restricted_types(input: &VehicleSetInput, report: &mut Report) -> Vec<RestrictedType> {
    words("restrictedTypes", &input.restricted_types, RestrictedType::read, report)
}

fn crit_air(input: &VehicleSetInput, required: bool, report: &mut Report) -> Vec<CritAir> {
    if required && input.critair_types.is_empty() {
        report.add("critairTypes", ViolationCode::Required);
    }
    let mut classes = words("critairTypes", &input.critair_types, word::<CritAir>, report);
    classes.sort_unstable();
    classes
}

fn exempted(input: &VehicleSetInput, report: &mut Report) -> Option<Vec<ExemptedVehicles>> {
    let words = words("exemptedTypes", &input.exempted_types, exempted_type, report);
    let text = input.other_exempted_type_text.as_deref();
    let has_other = words.iter().any(|kind| matches!(kind, ExemptedVehicles::Other { .. }));
    let other = if has_other {
        report.required("otherExemptedTypeText", text, OTHER_EXEMPTED_MAX)
    } else {
        report.at_most("otherExemptedTypeText", text, OTHER_EXEMPTED_MAX)
    };
    words
        .into_iter()
        .map(|kind| match kind {
            ExemptedVehicles::Other { .. } => other.clone().map(|text| ExemptedVehicles::Other { text }),
            known => Some(known),
        })
        .collect()
}

/// The exemption that a word names; the text of `other` comes later.
fn exempted_type(text: &str) -> Option<ExemptedVehicles> {
    Some(match text {
        "commercial" => ExemptedVehicles::Commercial,
        "emergencyServices" => ExemptedVehicles::EmergencyServices,
        "bicycle" => ExemptedVehicles::Bicycle,
        "pedestrians" => ExemptedVehicles::Pedestrians,
        "taxi" => ExemptedVehicles::Taxi,
        "carSharing" => ExemptedVehicles::CarSharing,
        "roadMaintenanceOrConstruction" => ExemptedVehicles::RoadMaintenanceOrConstruction,
        "cityLogistics" => ExemptedVehicles::CityLogistics,
        "police" => ExemptedVehicles::Police,
        "desserteLocale" => ExemptedVehicles::DesserteLocale,
        "localResident" => ExemptedVehicles::LocalResident,
        "other" => ExemptedVehicles::Other { text: String::new() },
        _ => return None,
    })
}

/// The words of a multiple choice, each once; a single violation when some are unknown.
pub(super) fn words<T: PartialEq>(
    path: &str,
    given: &[String],
    read: impl Fn(&str) -> Option<T>,
    report: &mut Report,
) -> Vec<T> {
    let mut known = Vec::with_capacity(given.len());
    let mut all_known = true;
    for text in given {
        match trimmed(Some(text)).and_then(&read) {
            Some(value) if known.contains(&value) => {}
            Some(value) => known.push(value),
            None => all_known = false,
        }
    }
    if !all_known {
        report.add(path, ViolationCode::NotChoices);
    }
    known
}

fn within(path: &str, value: Option<f64>, max: f64, report: &mut Report) {
    let Some(value) = value else { return };
    if !value.is_finite() {
        report.add(path, ViolationCode::Malformed);
    } else if value < 0.0 {
        report.add(path, ViolationCode::Negative);
    } else if value > max {
        report.push(Violation::new(path, ViolationCode::TooLarge).with("max", max));
    }
}

/// Zero, minus zero included, means "not given".
fn positive(value: Option<f64>) -> Option<f64> {
    value.filter(|value| *value > 0.0)
}
