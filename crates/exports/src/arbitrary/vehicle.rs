use dialog_domain::{
    CritAir, ExemptedVehicles, RestrictedVehicles, VehicleSet,
    vehicle::{VehicleKind, VehicleProfile, VehicleUsage},
};
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};

use super::{maybe, text};

const CLASSES: [CritAir; 7] = [
    CritAir::Class0,
    CritAir::Class1,
    CritAir::Class2,
    CritAir::Class3,
    CritAir::Class4,
    CritAir::Class5,
    CritAir::Without,
];

/// A vehicle set: everybody, or any of the five kinds of restriction, minus any of the twelve exemptions.
pub fn vehicle_set() -> BoxedStrategy<VehicleSet> {
    let restricted = (restricted(), any::<[bool; 5]>());
    let restricted = restricted.prop_map(|(all, kept)| kept_of(all, &kept));
    let restricted = prop_oneof![1 => Just(Vec::new()), 4 => restricted];
    (restricted, exempted()).prop_map(|(restricted, exempted)| VehicleSet { restricted, exempted }).boxed()
}

fn kept_of<T>(all: Vec<T>, kept: &[bool]) -> Vec<T> {
    all.into_iter().zip(kept).filter_map(|(item, kept)| kept.then_some(item)).collect()
}

/// One restriction of each kind.
fn restricted() -> BoxedStrategy<Vec<RestrictedVehicles>> {
    let sizes = (1_u32..100, 1_u32..500, 1_u32..100, 1_u8..8).prop_map(|(width, length, height, kept)| {
        let size = |bit: u8, decimetres: u32| (kept & bit != 0).then(|| f64::from(decimetres) / 10.0);
        RestrictedVehicles::Dimensions {
            max_width_m: size(1, width),
            max_length_m: size(2, length),
            max_height_m: size(4, height),
        }
    });
    let classes = subsequence(CLASSES.to_vec(), 1..=7).prop_map(|classes| RestrictedVehicles::CritAir { classes });
    (maybe(weight()), sizes, classes, description(100))
        .prop_map(|(max_weight_t, sizes, classes, text)| {
            vec![
                RestrictedVehicles::HeavyGoodsVehicle { max_weight_t },
                sizes,
                classes,
                RestrictedVehicles::HazardousMaterials,
                RestrictedVehicles::Other { text },
            ]
        })
        .boxed()
}

fn exempted() -> BoxedStrategy<Vec<ExemptedVehicles>> {
    let words = vec![
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
    ];
    let words = prop_oneof![Just(Vec::new()), subsequence(words, 0..=11)];
    (words, maybe(description(300)))
        .prop_map(|(mut exempted, text)| {
            exempted.extend(text.map(|text| ExemptedVehicles::Other { text }));
            exempted
        })
        .boxed()
}

/// A vehicle, of known weight, that such sets may or may not concern.
pub fn vehicle_profile() -> BoxedStrategy<VehicleProfile> {
    let kinds = [
        VehicleKind::Car,
        VehicleKind::Goods,
        VehicleKind::Goods,
        VehicleKind::Bus,
        VehicleKind::Motorcycle,
        VehicleKind::Bicycle,
        VehicleKind::Pedestrian,
    ];
    let usages = vec![
        VehicleUsage::Commercial,
        VehicleUsage::EmergencyServices,
        VehicleUsage::Police,
        VehicleUsage::Taxi,
        VehicleUsage::CarSharing,
        VehicleUsage::RoadMaintenanceOrConstruction,
        VehicleUsage::CityLogistics,
        VehicleUsage::DestinationTraffic,
        VehicleUsage::LocalResident,
    ];
    let sizes = (maybe(0_u32..100), maybe(0_u32..500), maybe(0_u32..100));
    let usages = prop_oneof![3 => Just(Vec::new()), 1 => subsequence(usages, 0..3)];
    let class = maybe(select(CLASSES.to_vec()));
    (select(kinds.to_vec()), weight(), sizes, class, any::<bool>(), usages, vec(description(100), 0..2))
        .prop_map(|(kind, weight, (width, length, height), crit_air, hazardous, usages, descriptions)| {
            let metres = |decimetres: Option<u32>| decimetres.map(|decimetres| f64::from(decimetres) / 10.0);
            VehicleProfile {
                kind,
                weight_t: Some(weight),
                width_m: metres(width),
                length_m: metres(length),
                height_m: metres(height),
                crit_air,
                hazardous,
                usages,
                descriptions,
            }
        })
        .boxed()
}

/// Tonnes: the usual limits, and anything from 100 kg to 44 t.
fn weight() -> BoxedStrategy<f64> {
    let usual = select(vec![2.0, 3.5, 7.5, 12.0, 15.0, 19.0, 26.0, 32.0, 44.0]);
    prop_oneof![usual, (1_u32..440).prop_map(|quintals| f64::from(quintals) / 10.0)].boxed()
}

fn description(max: usize) -> BoxedStrategy<String> {
    prop_oneof![select(vec!["Trottinettes".to_owned(), "Convois exceptionnels".to_owned()]), text(max)].boxed()
}
