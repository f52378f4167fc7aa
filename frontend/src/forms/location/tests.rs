use dialog_api_types::geo::{Crossing, CrossingStreet, PlaceSource};
use dialog_domain::PointType;

use super::*;
use crate::forms::{BoundDraft, street::street_detail};

fn street() -> StreetDraft {
    let mut street = StreetDraft::default();
    street.choose_city("75104".to_owned(), "Paris 4e".to_owned());
    street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
    street.whole = false;
    street
}

fn at_number(number: &str) -> BoundDraft {
    BoundDraft { number: number.to_owned(), ..BoundDraft::default() }
}

fn lane(street: StreetDraft) -> LocationDraft {
    LocationDraft { street, ..LocationDraft::new(0, None) }
}

#[test]
fn another_commune_empties_the_street_and_its_bounds() {
    let mut street = street();
    street.bounds[0] = at_number("2");
    street.choose_city("13210".to_owned(), "Marseille 10e".to_owned());
    assert_eq!((street.road_name.as_str(), street.bounds[0].number.as_str()), ("", ""));
}

#[test]
fn a_street_says_before_it_is_chosen_that_it_has_to_be_drawn_and_who_knows_it() {
    assert_eq!(street_detail(true, PlaceSource::Loaded), "");
    assert_eq!(street_detail(false, PlaceSource::Loaded), "sans tracé connu : à dessiner");
    assert_eq!(street_detail(false, PlaceSource::ApiAdresse), "sans tracé connu : à dessiner, d’après API Adresse");
}

#[test]
fn choosing_the_same_street_again_keeps_the_bounds() {
    let mut street = street();
    street.bounds[0] = at_number("2");
    street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
    assert_eq!(street.bounds[0].number, "2");
}

#[test]
fn a_section_without_its_two_bounds_is_drawn_as_the_whole_street() {
    let mut street = street();
    let known = StreetKnowledge::default();
    street.bounds[0] = at_number("2");
    let (asked, complete) = street.question(&known).unwrap();
    assert!(!complete);
    assert_eq!(asked.from_house_number, None);
    street.bounds[1] = at_number("20");
    let (asked, complete) = street.question(&known).unwrap();
    assert!(complete);
    assert_eq!(asked.to_house_number.as_deref(), Some("20"));
}

#[test]
fn a_point_of_the_street_is_known_once_both_its_coordinates_are() {
    let mut point = BoundDraft { kind: PointType::Point, ..BoundDraft::default() };
    point.place[0] = "2,3608".to_owned();
    assert_eq!(point.coordinates(), None);
    point.place[1] = "48.8564".to_owned();
    assert_eq!(point.coordinates(), Some([2.3608, 48.8564]));
}

#[test]
fn two_streets_that_cross_twice_ask_which_crossing() {
    let mut street = street();
    let crossing = |number| Crossing { number, coordinates: [2.36, 48.86] };
    let known = StreetKnowledge {
        crossing_streets: vec![CrossingStreet {
            road_ban_id: "x".to_owned(),
            road_name: "Rue Vieille du Temple".to_owned(),
            crossings: vec![crossing(1), crossing(2)],
        }],
        ..StreetKnowledge::default()
    };
    street.bounds[0] =
        BoundDraft { kind: PointType::Intersection, road_ban_id: "x".to_owned(), ..BoundDraft::default() };
    assert_eq!(lane(street.clone()).local_errors(&known)[0].path, "namedStreet.fromCrossing");
    street.bounds[0].crossing = Some(2);
    assert!(lane(street).local_errors(&known).is_empty());
}

#[test]
fn the_way_round_a_loop_is_forgotten_with_the_bounds_it_was_chosen_for() {
    let mut street = street();
    street.way = r#"{"type":"LineString","coordinates":[[2,48],[2,49]]}"#.to_owned();
    assert!(street.input().geometry.is_some());
    street.set_bound(1, |bound| bound.number = "8".to_owned());
    assert_eq!(street.input().geometry, None);
}

#[test]
fn a_whole_street_sends_no_bound() {
    let mut street = street();
    street.bounds[0] = at_number("2");
    street.whole = true;
    let input = lane(street).input(std::iter::empty()).named_street.unwrap();
    assert_eq!((input.from_point_type, input.from_house_number), (None, None));
    assert_eq!(input.is_entire_street, Some(true));
}

#[test]
fn a_whole_city_comes_back_with_what_stays_free_in_it() {
    let mut city = LocationDraft::new(3, None);
    city.choose_kind(RoadType::WholeCity);
    city.street.choose_city("00001".to_owned(), "Démoville".to_owned());
    let mut free = LocationDraft::exception(4, &city);
    assert_eq!(free.street.city_code, "00001");
    free.street.choose_street("00001_1".to_owned(), "Rue Pasteur".to_owned());
    let input = city.input([&free].into_iter()).whole_city.unwrap();
    assert_eq!(input.exceptions[0].named_street.as_ref().unwrap().road_name.as_deref(), Some("Rue Pasteur"));
}
