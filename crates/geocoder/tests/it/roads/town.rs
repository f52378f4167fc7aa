//! The D31 and the N7 of the demonstration town.

use dialog_domain::RoadSide::{D, G, U};
use dialog_domain::{Confidence, Direction, LocatingMethod, LocationDescription, NumberedRoad, RoadType};
use dialog_geo::Town;
use dialog_geo::town::{NATIONAL_MANAGER, ROAD_MANAGER};
use dialog_geocoder::{Bound, LocateError, roads};
use dialog_test_support::TestDatabase;

use super::{bound, find, road};
use crate::support::{distance_m, line};

#[tokio::test]
async fn road_between_two_reference_points_runs_from_a_to_b_on_the_segments_of_the_network() {
    let database = TestDatabase::with_town().await;
    let asked = road("démonstration", "d31", bound("1", U, 200), bound("3", U, -50));
    let there = find(&database, &asked).await.expect("a road");
    assert_eq!((there.found.method, there.found.confidence), (LocatingMethod::RoadSection, Confidence::Exact));
    assert_eq!(there.found.edition.as_deref(), Some("town:00001-roads:2026-01-01"));
    // PR 1 stands at 990 m, PR 3 at 2980 m.
    assert!((there.found.length_m - 1740.0).abs() < 1.0, "{}", there.found.length_m);
    let LocationDescription::DepartmentalRoad(resolved) = &there.resolved else { panic!("a département road") };
    assert_eq!((resolved.administrator.as_str(), resolved.road_number.as_str()), (ROAD_MANAGER, "D31"));

    let first = Town::demonstration().reference_points[1].place;
    let start = line(&there.found)[0];
    assert!((distance_m(start, [first.x, first.y]) - 200.0).abs() < 20.0, "as the crow flies");

    let back = find(&database, &road(ROAD_MANAGER, "D31", bound("3", U, -50), bound("1", U, 200))).await;
    let back = back.expect("a road").found;
    let mut reversed = line(&back);
    reversed.reverse();
    assert_eq!(line(&there.found), reversed);

    let segments = &there.found.segments;
    assert!(segments.len() > 5 && segments.iter().all(|segment| segment.segment_id.starts_with("town:")));
    let mut other_way: Vec<_> =
        back.segments.into_iter().map(|s| (s.segment_id, s.to_fraction, s.from_fraction)).collect();
    other_way.reverse();
    let told: Vec<_> = segments.iter().map(|s| (s.segment_id.clone(), s.from_fraction, s.to_fraction)).collect();
    assert_eq!(told, other_way);
    assert!(told[1..told.len() - 1].iter().all(|(_, from, to)| (from - to).abs() == 1.0), "whole in the middle");
}

#[tokio::test]
async fn direction_of_traffic_does_not_change_the_line() {
    let database = TestDatabase::with_town().await;
    let asked = road(ROAD_MANAGER, "D31", bound("0", U, 0), bound("1", U, 0));
    let there = find(&database, &asked).await.expect("a road").found;
    let LocationDescription::DepartmentalRoad(asked) = asked else { panic!("a département road") };
    let asked = LocationDescription::DepartmentalRoad(NumberedRoad { direction: Direction::BToA, ..asked });
    assert_eq!(find(&database, &asked).await.expect("a road").found, there);
}

#[tokio::test]
async fn carriageways_of_a_national_road_are_apart() {
    let database = TestDatabase::with_town().await;
    let at = |side| road(NATIONAL_MANAGER, "N7", bound("12", side, 0), bound("13", side, 100));
    let right = find(&database, &at(D)).await.expect("a road").found;
    let left = find(&database, &at(G)).await.expect("a road").found;
    for (found, south) in [(&right, true), (&left, false)] {
        assert!((found.length_m - 1090.0).abs() < 1.0, "{}", found.length_m);
        let vertices = line(found);
        assert!(vertices[0][0] < vertices[vertices.len() - 1][0], "numbers grow towards the east");
        let middle = if south { &left } else { &right };
        assert_eq!(vertices[0][1] < line(middle)[0][1], south);
        assert!(!found.segments.is_empty());
    }
    let names = |found: &dialog_domain::Found| -> Vec<String> {
        found.segments.iter().map(|segment| segment.segment_id.clone()).collect()
    };
    assert!(names(&right).iter().all(|id| !names(&left).contains(id)));
    let across = road(NATIONAL_MANAGER, "N7", bound("12", D, 0), bound("13", G, 0));
    assert!(matches!(find(&database, &across).await, Err(LocateError::NoRoadPath)));
}

#[tokio::test]
async fn what_is_nowhere_says_which_bound_and_what_would_do() {
    let database = TestDatabase::with_town().await;
    let d31 = |from, to| road(ROAD_MANAGER, "D31", from, to);
    let error = find(&database, &d31(bound("1", U, 0), bound("9", U, 0))).await;
    let Err(LocateError::UnknownReferencePoint { bound: Bound::To, number, suggestions }) = error else {
        panic!("{error:?}")
    };
    assert_eq!((number.as_str(), suggestions), ("9", ["2", "3", "4", "5"].map(str::to_owned).to_vec()));
    let error = find(&database, &d31(bound("1", G, 0), bound("2", U, 0))).await;
    assert!(
        matches!(&error, Err(LocateError::UnknownSide { bound: Bound::From, sides }) if *sides == [U]),
        "{error:?}"
    );
    let error = find(&database, &d31(bound("1", U, -992), bound("2", U, 0))).await;
    let Err(LocateError::AbscissaOutOfRange { bound: Bound::From, min_m: -990, max_m, .. }) = error else {
        panic!("{error:?}")
    };
    assert!(max_m > 4010, "{max_m}");
    let error = find(&database, &d31(bound("1", U, 0), bound("1", U, max_m + 2))).await;
    assert!(matches!(&error, Err(LocateError::AbscissaOutOfRange { bound: Bound::To, .. })), "{error:?}");
    assert!(find(&database, &d31(bound("1", U, 0), bound("1", U, max_m))).await.is_ok(), "the very end");
    assert!(matches!(find(&database, &d31(bound("1", U, 5), bound("1", U, 5))).await, Err(LocateError::NoRoadPath)));
    for (administrator, number) in [("Démonstration", "D9000"), ("Personne", "D31"), ("", "D31"), (ROAD_MANAGER, "")] {
        let error = find(&database, &road(administrator, number, bound("1", U, 0), bound("2", U, 0))).await;
        assert!(matches!(error, Err(LocateError::UnknownRoad)), "{administrator} {number}: {error:?}");
    }
    // A national road is no département road.
    let LocationDescription::NationalRoad(n7) = road(NATIONAL_MANAGER, "N7", bound("12", D, 0), bound("13", D, 0))
    else {
        panic!("a national road")
    };
    let error = find(&database, &LocationDescription::DepartmentalRoad(n7)).await;
    assert!(matches!(error, Err(LocateError::UnknownRoad)), "{error:?}");
}

#[tokio::test]
async fn roads_points_and_sides_are_looked_up() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let points = roads::reference_points(&mut connection, "DEMONSTRATION", "D31").await.expect("points");
    let points = points.expect("a known road");
    assert_eq!(points.iter().map(|point| point.number.as_str()).collect::<Vec<_>>(), ["0", "1", "2", "3", "4", "5"]);
    assert_eq!(roads::reference_points(&mut connection, ROAD_MANAGER, "D32").await.expect("points"), None);
    let sides = roads::sides(&mut connection, NATIONAL_MANAGER, "N7", ("12", None)).await.expect("sides");
    assert_eq!(sides, Some(vec![D, G]));
    let none = roads::sides(&mut connection, NATIONAL_MANAGER, "N7", ("99", None)).await.expect("sides");
    assert_eq!(none, Some(Vec::new()));
    let whole = roads::whole_road(&mut connection, RoadType::DepartmentalRoad, ROAD_MANAGER, "D31").await;
    let whole = whole.expect("the whole road");
    assert_eq!(whole.method, LocatingMethod::WholeRoad);
    assert!(whole.length_m > 5000.0, "{}", whole.length_m);
}
