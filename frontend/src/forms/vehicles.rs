use dialog_domain::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet, Violation, input::VehicleSetInput};
use serde::{Deserialize, Serialize};

use super::{
    FieldError,
    numbers::{decimal, decimal_text, filled},
};

/// Who is concerned, as typed. What is behind a choice that was taken back stays, in case it is chosen again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VehiclesDraft {
    /// Everybody, or some; nothing chosen at first.
    pub everybody: Option<bool>,
    /// Words of the restricted kinds.
    pub kinds: Vec<String>,
    /// Tonnes.
    pub weight: String,
    /// Metres.
    pub width: String,
    /// Metres.
    pub length: String,
    /// Metres.
    pub height: String,
    /// Words of the Crit'Air classes.
    pub classes: Vec<String>,
    /// Other vehicles, in words.
    pub other: String,
    /// Whether exceptions are asked for.
    pub has_exceptions: bool,
    /// Words of the exempted kinds.
    pub exempted: Vec<String>,
    /// Other exempted vehicles, in words.
    pub other_exempted: String,
}

impl VehiclesDraft {
    /// What a set says now.
    pub fn of(set: &VehicleSet) -> Self {
        let mut draft = Self { everybody: Some(set.restricted.is_empty()), ..Self::default() };
        let size = |metres: Option<f64>| metres.map(decimal_text).unwrap_or_default();
        for kind in &set.restricted {
            match kind {
                RestrictedVehicles::HeavyGoodsVehicle { max_weight_t } => draft.weight = size(*max_weight_t),
                RestrictedVehicles::Dimensions { max_width_m, max_length_m, max_height_m } => {
                    draft.width = size(*max_width_m);
                    draft.length = size(*max_length_m);
                    draft.height = size(*max_height_m);
                }
                RestrictedVehicles::CritAir { classes } => {
                    draft.classes = classes.iter().map(|class| class_word(*class).to_owned()).collect();
                }
                RestrictedVehicles::HazardousMaterials => {}
                RestrictedVehicles::Other { text } => draft.other.clone_from(text),
            }
            draft.kinds.push(restricted_word(kind).to_owned());
        }
        for kind in &set.exempted {
            if let ExemptedVehicles::Other { text } = kind {
                draft.other_exempted.clone_from(text);
            }
            draft.exempted.push(exempted_word(kind).to_owned());
        }
        draft.has_exceptions = !draft.exempted.is_empty();
        draft
    }

    /// Whether a restricted kind is chosen.
    pub fn has(&self, kind: &str) -> bool {
        self.everybody == Some(false) && self.kinds.iter().any(|word| word == kind)
    }

    /// Whether other exempted vehicles are told in words.
    pub fn has_other_exempted(&self) -> bool {
        self.has_exceptions && self.exempted.iter().any(|word| word == "other")
    }

    /// What is sent.
    pub fn input(&self) -> VehicleSetInput {
        let number = |kind: &str, text: &str| decimal(text).filter(|_| self.has(kind));
        VehicleSetInput {
            // Nothing chosen is the same mistake as "some vehicles" without any.
            all_vehicles: Some(self.everybody == Some(true)),
            restricted_types: if self.everybody == Some(false) { self.kinds.clone() } else { Vec::new() },
            other_restricted_type_text: filled(&self.other).filter(|_| self.has("other")),
            critair_types: if self.has("critair") { self.classes.clone() } else { Vec::new() },
            heavyweight_max_weight: number("heavyGoodsVehicle", &self.weight),
            max_width: number("dimensions", &self.width),
            max_length: number("dimensions", &self.length),
            max_height: number("dimensions", &self.height),
            exempted_types: if self.has_exceptions { self.exempted.clone() } else { Vec::new() },
            other_exempted_type_text: filled(&self.other_exempted).filter(|_| self.has_other_exempted()),
        }
    }

    /// A broken rule of the set, on the field where it can be mended. A number that cannot be read is missing for the
    /// rules; the person is told what is wrong with it.
    pub fn field_error(&self, violation: &Violation) -> Option<FieldError> {
        let text = match violation.path.strip_prefix("vehicleSet.")? {
            "heavyweightMaxWeight" => &self.weight,
            "restrictedTypes" if self.everybody.is_none() => {
                return Some(FieldError::new("vehicleSet.allVehicles", "Indiquez les véhicules concernés."));
            }
            "restrictedTypes" if self.has("dimensions") => {
                let sizes = [("maxWidth", &self.width), ("maxLength", &self.length), ("maxHeight", &self.height)];
                let unread = sizes.into_iter().find(|(_, text)| filled(text).is_some() && decimal(text).is_none());
                return Some(match unread {
                    Some((field, _)) => FieldError::new(&format!("vehicleSet.{field}"), NOT_A_NUMBER),
                    None => {
                        FieldError { path: "vehicleSet.maxWidth".to_owned(), ..FieldError::from_violation(violation) }
                    }
                });
            }
            _ => return Some(FieldError::from_violation(violation)),
        };
        Some(match filled(text).is_some() && decimal(text).is_none() {
            true => FieldError::new(&violation.path, NOT_A_NUMBER),
            false => FieldError::from_violation(violation),
        })
    }
}

/// What is said of a number that cannot be read.
pub const NOT_A_NUMBER: &str = "Écrivez un nombre.";

/// The word of a restricted kind on the wire.
const fn restricted_word(kind: &RestrictedVehicles) -> &'static str {
    match kind {
        RestrictedVehicles::HeavyGoodsVehicle { .. } => "heavyGoodsVehicle",
        RestrictedVehicles::Dimensions { .. } => "dimensions",
        RestrictedVehicles::CritAir { .. } => "critair",
        RestrictedVehicles::HazardousMaterials => "hazardousMaterials",
        RestrictedVehicles::Other { .. } => "other",
    }
}

const fn class_word(class: CritAir) -> &'static str {
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

const fn exempted_word(kind: &ExemptedVehicles) -> &'static str {
    match kind {
        ExemptedVehicles::Commercial => "commercial",
        ExemptedVehicles::EmergencyServices => "emergencyServices",
        ExemptedVehicles::Bicycle => "bicycle",
        ExemptedVehicles::Pedestrians => "pedestrians",
        ExemptedVehicles::Taxi => "taxi",
        ExemptedVehicles::CarSharing => "carSharing",
        ExemptedVehicles::RoadMaintenanceOrConstruction => "roadMaintenanceOrConstruction",
        ExemptedVehicles::CityLogistics => "cityLogistics",
        ExemptedVehicles::Police => "police",
        ExemptedVehicles::DesserteLocale => "desserteLocale",
        ExemptedVehicles::LocalResident => "localResident",
        ExemptedVehicles::Other { .. } => "other",
    }
}

type Choices = Vec<(String, String)>;

/// Restricted kinds, in the order of the form.
pub fn restricted_choices() -> Choices {
    let kinds = [
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None },
        RestrictedVehicles::Dimensions { max_width_m: None, max_length_m: None, max_height_m: None },
        RestrictedVehicles::CritAir { classes: Vec::new() },
        RestrictedVehicles::HazardousMaterials,
        RestrictedVehicles::Other { text: String::new() },
    ];
    let name = |kind: &RestrictedVehicles| dialog_text::labels::restricted(kind).to_owned();
    kinds.iter().map(|kind| (restricted_word(kind).to_owned(), name(kind))).collect()
}

/// Crit'Air classes, the most polluting first.
pub fn class_choices() -> Choices {
    [
        CritAir::Without,
        CritAir::Class5,
        CritAir::Class4,
        CritAir::Class3,
        CritAir::Class2,
        CritAir::Class1,
        CritAir::Class0,
    ]
    .map(|class| (class_word(class).to_owned(), dialog_text::labels::crit_air(class).to_owned()))
    .to_vec()
}

/// The twelve exemptions, in the order of the form.
pub fn exempted_choices() -> Choices {
    let kinds = [
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
        ExemptedVehicles::Other { text: String::new() },
    ];
    let name = |kind: &ExemptedVehicles| dialog_text::labels::exempted(kind).to_owned();
    kinds.iter().map(|kind| (exempted_word(kind).to_owned(), name(kind))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_was_taken_back_is_not_sent() {
        let draft = VehiclesDraft {
            everybody: Some(false),
            kinds: vec!["hazardousMaterials".to_owned()],
            weight: "3,5".to_owned(),
            classes: vec!["critair5".to_owned()],
            exempted: vec!["taxi".to_owned()],
            ..VehiclesDraft::default()
        };
        let input = draft.input();
        assert_eq!((input.heavyweight_max_weight, input.critair_types.len(), input.exempted_types.len()), (None, 0, 0));
    }

    #[test]
    fn what_a_set_says_comes_back_as_it_was() {
        let set = VehicleSet {
            restricted: vec![
                RestrictedVehicles::Dimensions { max_width_m: Some(2.5), max_length_m: None, max_height_m: None },
                RestrictedVehicles::CritAir { classes: vec![CritAir::Class4, CritAir::Class5] },
            ],
            exempted: vec![ExemptedVehicles::Bicycle, ExemptedVehicles::Other { text: "Forains".to_owned() }],
        };
        let input = VehiclesDraft::of(&set).input();
        assert_eq!((input.max_width, input.max_length), (Some(2.5), None));
        assert_eq!(input.critair_types, ["critair4", "critair5"]);
        assert_eq!(input.exempted_types, ["bicycle", "other"]);
        assert_eq!(input.other_exempted_type_text.as_deref(), Some("Forains"));
    }

    #[test]
    fn every_kind_has_its_word_and_its_name() {
        assert_eq!((restricted_choices().len(), class_choices().len(), exempted_choices().len()), (5, 7, 12));
    }
}
