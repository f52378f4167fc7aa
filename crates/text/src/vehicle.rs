//! For whom.

use dialog_domain::{CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet};

use crate::{
    list::join,
    number::{decimal, quantity},
};

/// For whom, exemptions included: `pour les poids lourds de plus de 3,5 tonnes, sauf véhicules d'urgence`.
#[must_use]
pub fn vehicles(set: &VehicleSet) -> String {
    let whom = if set.restricted.is_empty() { "pour tous les véhicules".to_owned() } else { restricted(set) };
    if set.exempted.is_empty() {
        return whom;
    }
    let exempted: Vec<String> = set.exempted.iter().map(exempted).collect();
    format!("{whom}, sauf {}", join(&exempted, "et"))
}

fn restricted(set: &VehicleSet) -> String {
    // Weight and sizes first, then the others in the order of the set.
    let (measured, others): (Vec<_>, Vec<_>) = set.restricted.iter().partition(|kind| {
        matches!(kind, RestrictedVehicles::HeavyGoodsVehicle { .. } | RestrictedVehicles::Dimensions { .. })
    });
    let kinds: Vec<String> =
        measured.into_iter().chain(others).map(|kind| format!("les {}", restricted_kind(kind))).collect();
    format!("pour {}", join(&kinds, "et"))
}

fn restricted_kind(kind: &RestrictedVehicles) -> String {
    match kind {
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None } => "poids lourds".to_owned(),
        RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(weight) } => {
            format!("poids lourds de plus de {}", quantity(*weight, "tonne"))
        }
        RestrictedVehicles::Dimensions { max_width_m, max_length_m, max_height_m } => {
            let sizes: Vec<String> = [(max_width_m, "large"), (max_length_m, "long"), (max_height_m, "haut")]
                .into_iter()
                .filter_map(|(size, name)| size.map(|size| format!("{} de {name}", quantity(size, "mètre"))))
                .collect();
            format!("véhicules de plus de {}", join(&sizes, "ou"))
        }
        RestrictedVehicles::CritAir { classes } => crit_air(classes),
        RestrictedVehicles::HazardousMaterials => "véhicules transportant des matières dangereuses".to_owned(),
        RestrictedVehicles::Other { text } => text.to_lowercase(),
    }
}

fn crit_air(classes: &[CritAir]) -> String {
    let numbers: Vec<String> = classes.iter().filter_map(|class| crit_air_number(*class)).map(decimal).collect();
    let without = classes.contains(&CritAir::Without);
    match (numbers.is_empty(), without) {
        (true, _) => "véhicules sans vignette Crit'Air".to_owned(),
        (false, false) => format!("véhicules Crit'Air {}", join(&numbers, "ou")),
        (false, true) => format!("véhicules Crit'Air {} ou sans vignette", numbers.join(", ")),
    }
}

const fn crit_air_number(class: CritAir) -> Option<f64> {
    Some(match class {
        CritAir::Class0 => 0.0,
        CritAir::Class1 => 1.0,
        CritAir::Class2 => 2.0,
        CritAir::Class3 => 3.0,
        CritAir::Class4 => 4.0,
        CritAir::Class5 => 5.0,
        CritAir::Without => return None,
    })
}

fn exempted(kind: &ExemptedVehicles) -> String {
    match kind {
        ExemptedVehicles::Commercial => "transports en commun".to_owned(),
        ExemptedVehicles::EmergencyServices => "véhicules d'urgence".to_owned(),
        ExemptedVehicles::Bicycle => "vélos".to_owned(),
        ExemptedVehicles::Pedestrians => "piétons".to_owned(),
        ExemptedVehicles::Taxi => "taxis / VTC".to_owned(),
        ExemptedVehicles::CarSharing => "covoiturage".to_owned(),
        ExemptedVehicles::RoadMaintenanceOrConstruction => "véhicules de chantier".to_owned(),
        ExemptedVehicles::CityLogistics => "véhicules de livraison".to_owned(),
        ExemptedVehicles::Police => "véhicules de police".to_owned(),
        ExemptedVehicles::DesserteLocale => "desserte locale".to_owned(),
        ExemptedVehicles::LocalResident => "riverains".to_owned(),
        ExemptedVehicles::Other { text } => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(restricted: Vec<RestrictedVehicles>, exempted: Vec<ExemptedVehicles>) -> String {
        vehicles(&VehicleSet { restricted, exempted })
    }

    const LORRIES: RestrictedVehicles = RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) };
    const SIZES: RestrictedVehicles =
        RestrictedVehicles::Dimensions { max_width_m: Some(4.0), max_length_m: None, max_height_m: Some(2.4) };

    #[test]
    fn nobody_restricted_is_everybody() {
        assert_eq!(text(vec![], vec![]), "pour tous les véhicules");
        assert_eq!(
            text(vec![], vec![ExemptedVehicles::LocalResident, ExemptedVehicles::Taxi]),
            "pour tous les véhicules, sauf riverains et taxis / VTC"
        );
    }

    #[test]
    fn a_weight_names_lorries() {
        assert_eq!(text(vec![LORRIES], vec![]), "pour les poids lourds de plus de 3,5 tonnes");
        let any_weight = RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: None };
        assert_eq!(text(vec![any_weight], vec![]), "pour les poids lourds");
    }

    #[test]
    fn sizes_name_vehicles() {
        assert_eq!(text(vec![SIZES], vec![]), "pour les véhicules de plus de 4 mètres de large ou 2,4 mètres de haut");
    }

    /// A weight binds lorries, sizes bind every vehicle: see the decision record on lorries.
    #[test]
    fn a_weight_with_sizes_keeps_each_limit_with_those_it_binds() {
        assert_eq!(
            text(vec![LORRIES, SIZES], vec![ExemptedVehicles::EmergencyServices]),
            "pour les poids lourds de plus de 3,5 tonnes et les véhicules de plus de 4 mètres de large ou 2,4 mètres \
             de haut, sauf véhicules d'urgence"
        );
    }

    // Domain sheet §12.2, 44.
    #[test]
    fn kinds_are_listed_with_a_last_et_and_free_texts_in_lower_case() {
        assert_eq!(
            text(
                vec![
                    RestrictedVehicles::CritAir { classes: vec![CritAir::Class4, CritAir::Class5] },
                    RestrictedVehicles::HazardousMaterials,
                    RestrictedVehicles::Other { text: "Convois".into() },
                    LORRIES,
                ],
                vec![
                    ExemptedVehicles::Commercial,
                    ExemptedVehicles::Bicycle,
                    ExemptedVehicles::Other { text: "VÉHICULES DE MARCHÉ".into() },
                ],
            ),
            "pour les poids lourds de plus de 3,5 tonnes, les véhicules Crit'Air 4 ou 5, les véhicules transportant des \
             matières dangereuses et les convois, sauf transports en commun, vélos et véhicules de marché"
        );
    }

    #[test]
    fn vehicles_without_a_crit_air_sticker_have_their_own_words() {
        let classes = |classes| text(vec![RestrictedVehicles::CritAir { classes }], vec![]);
        assert_eq!(classes(vec![CritAir::Without]), "pour les véhicules sans vignette Crit'Air");
        assert_eq!(
            classes(vec![CritAir::Class3, CritAir::Class5, CritAir::Without]),
            "pour les véhicules Crit'Air 3, 5 ou sans vignette"
        );
    }
}
