//! What the documentation of the town promises is there.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::network::town_street as street;
use crate::{Place, SectionError, geodesic_length_m};

fn shared_nodes(town: &Town, one: &str, other: &str) -> usize {
    let nodes = |name: &str| -> BTreeSet<i64> {
        let ways = town.ways.iter().filter(|way| way.name.as_deref() == Some(name));
        ways.flat_map(|way| way.nodes.iter().copied()).collect()
    };
    nodes(one).intersection(&nodes(other)).count()
}

fn door(town: &Town, street: &str, number: i32) -> Place {
    let is_it = |a: &&TownAddress| a.street == street && a.number == number && a.suffix.is_empty();
    Place::Beside(town.addresses.iter().find(is_it).unwrap_or_else(|| panic!("no {number} {street}")).place)
}

#[test]
fn town_is_always_the_same() {
    assert_eq!(Town::demonstration(), Town::demonstration());
    let streets: BTreeSet<_> = Town::demonstration().ways.into_iter().filter_map(|way| way.name).collect();
    assert!((40..60).contains(&streets.len()), "{} streets", streets.len());
}

#[test]
fn house_numbers_stand_on_both_sides_with_bis_and_ter() {
    let town = Town::demonstration();
    let numbers: Vec<_> = town.addresses.iter().filter(|a| a.street == "Rue de la République").collect();
    assert!(numbers.iter().any(|a| a.number % 2 == 0) && numbers.iter().any(|a| a.number % 2 == 1));
    for suffix in ["bis", "ter"] {
        assert!(town.addresses.iter().any(|a| a.suffix == suffix), "{suffix}");
    }
    let distinct: BTreeSet<_> = town.addresses.iter().map(|a| (&a.street, a.number, a.suffix)).collect();
    assert_eq!(distinct.len(), town.addresses.len());
}

#[test]
fn bridge_does_not_meet_the_street_below() {
    let town = Town::demonstration();
    assert_eq!(shared_nodes(&town, "Rue du Viaduc", "Chemin des Lavoirs"), 0);
    assert_eq!(shared_nodes(&town, "Rue du Viaduc", "Rue des Tanneurs"), 1);
    let viaduct = street(&town, "Rue du Viaduc");
    assert_eq!(viaduct.whole().lines.len(), 1, "bridge and approaches are one line");
}

#[test]
fn quay_crosses_the_straight_street_three_times() {
    assert_eq!(shared_nodes(&Town::demonstration(), "Quai de la Bionne", "Rue Victor-Hugo"), 3);
}

#[test]
fn path_crosses_a_gap_of_45_m_but_not_one_of_180_m() {
    let town = Town::demonstration();
    let section = |name, from, to| street(&town, name).section(door(&town, name, from), door(&town, name, to));
    let mill = section("Rue du Moulin", 1, 51).expect("the gap is crossed");
    assert!(!mill.is_exact);
    assert!(matches!(section("Chemin des Vignes", 1, 31), Err(SectionError::NoPath { .. })));
}

#[test]
fn loop_is_left_by_the_shorter_side() {
    let town = Town::demonstration();
    let network = street(&town, "Allée des Tilleuls");
    let lines = network.whole().lines;
    assert!(lines.len() <= 3, "{} lines", lines.len());
    let longest = town.addresses.iter().filter(|a| a.street == "Allée des Tilleuls").map(|a| a.number).max();
    let section =
        network.section(door(&town, "Allée des Tilleuls", 1), door(&town, "Allée des Tilleuls", longest.unwrap()));
    assert!(section.expect("a path").length_m < 60.0 + 60.0 * std::f64::consts::PI);
}

#[test]
fn carriageways_are_joined_at_every_crossing() {
    let town = Town::demonstration();
    assert_eq!(shared_nodes(&town, "Boulevard de l'Europe", "Avenue de la Gare"), 2);
    assert_eq!(shared_nodes(&town, "Boulevard de l'Europe", "Rue des Peupliers"), 2);
}

#[test]
fn department_road_is_in_one_piece_with_its_reference_points() {
    let town = Town::demonstration();
    let parts: Vec<_> = town.ways.iter().filter(|way| way.road_number == Some(ROAD_NUMBER)).collect();
    for ends in parts.windows(2) {
        assert_eq!(ends[0].nodes.last(), ends[1].nodes.first(), "{:?} then {:?}", ends[0].name, ends[1].name);
    }
    let length_m: f64 = parts.iter().map(|way| geodesic_length_m(&way.line)).sum();
    assert!((5300.0..5700.0).contains(&length_m), "{length_m}");
    assert_eq!(town.reference_points.iter().map(|point| point.number).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn larger_town_is_of_one_piece() {
    let town = Town::of_size(TownSize::Streets(500));
    let streets: BTreeSet<_> = town.ways.iter().filter_map(|way| way.name.as_ref()).collect();
    assert!((500..512).contains(&streets.len()), "{}", streets.len());
    let mut parts = BTreeMap::new();
    fn root(parts: &mut BTreeMap<i64, i64>, node: i64) -> i64 {
        let parent = *parts.entry(node).or_insert(node);
        if parent == node { node } else { root(parts, parent) }
    }
    for way in &town.ways {
        for ends in way.nodes.windows(2) {
            let (a, b) = (root(&mut parts, ends[0]), root(&mut parts, ends[1]));
            parts.insert(a, b);
        }
    }
    let nodes: Vec<i64> = town.ways.iter().filter(|way| way.name.is_some()).map(|way| way.nodes[0]).collect();
    let roots: BTreeMap<i64, usize> = nodes.into_iter().fold(BTreeMap::new(), |mut roots, node| {
        *roots.entry(root(&mut parts, node)).or_default() += 1;
        roots
    });
    assert_eq!(roots.len(), 1, "{roots:?}");
}

#[test]
fn exchange_files_have_a_line_for_each_thing() {
    let town = Town::demonstration();
    let lines = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).expect("memory");
        String::from_utf8(out).expect("text").lines().count()
    };
    assert_eq!(lines(&|out| town.write_streets(out)), town.ways.len());
    assert_eq!(lines(&|out| town.write_addresses(out)), 1 + town.addresses.len());
    assert_eq!(lines(&|out| town.write_communes(out)), 1);
    assert_eq!(lines(&|out| town.write_contours(out)), 1);
    assert_eq!(lines(&|out| town.write_reference_points(out)), 12);
    assert_eq!(lines(&|out| town.write_road_sections(out)), 3);
}
