//! What holds for every place and every part of a road.

use dialog_domain::RoadSide;
use geo_types::{Coord, LineString};
use proptest::prelude::*;

use super::tests::road;
use super::{PointQuery, Position, ReferencedRoad};
use crate::geodesic_length_m;

fn at(road: &ReferencedRoad, number: u8, abscissa_m: i32) -> Option<Position> {
    let number = number.to_string();
    road.position(PointQuery { number: &number, department: None, side: RoadSide::U, abscissa_m }).ok()
}

fn metres(a: Coord, b: Coord) -> f64 {
    geodesic_length_m(&LineString::new(vec![a, b]))
}

proptest! {
    #[test]
    fn places_advance_as_much_as_the_abscissa(number in 0_u8..16, abscissa in -9000..9000_i32, step in 1..900_i32) {
        let Some(road) = road("D112", "places_advance_as_much_as_the_abscissa") else { return Ok(()) };
        if let (Some(here), Some(there)) = (at(road, number, abscissa), at(road, number, abscissa + step)) {
            let span = road.span(here, there).expect("a road");
            // The interruption adds its 31 m; the crow flies no further than the road.
            let length_m = span.length_m - if span.is_exact { 0.0 } else { 31.3 };
            prop_assert!((length_m - f64::from(step)).abs() < 1.5, "{length_m} m for {step}");
            prop_assert!(metres(here.place, there.place) <= span.length_m + 0.1);
        }
    }

    #[test]
    fn road_runs_from_a_to_b_and_back_over_the_same_line(
        a in 0_u8..16, b in 0_u8..16, from in -1500..1500_i32, to in -1500..1500_i32,
    ) {
        let Some(road) = road("D112", "road_runs_from_a_to_b_and_back_over_the_same_line") else { return Ok(()) };
        let (Some(here), Some(there)) = (at(road, a, from), at(road, b, to)) else { return Ok(()) };
        let Ok(span) = road.span(here, there) else { return Ok(()) };
        prop_assert_eq!(span.lines.len(), 1);
        let line = &span.lines[0];
        prop_assert!(metres(line.0[0], here.place) < 0.1 && metres(line.0[line.0.len() - 1], there.place) < 0.1);
        prop_assert!((geodesic_length_m(line) - span.length_m).abs() < 0.5);
        let mut back = road.span(there, here).expect("the way back").lines;
        back[0].0.reverse();
        prop_assert_eq!(&back, &span.lines);
    }

    #[test]
    fn any_text_is_answered(number in ".{0,8}", department in proptest::option::of(".{0,3}"), abscissa_m in any::<i32>()) {
        let Some(road) = road("N9524", "any_text_is_answered") else { return Ok(()) };
        for side in [RoadSide::U, RoadSide::D] {
            let query = PointQuery { number: &number, department: department.as_deref(), side, abscissa_m };
            let _ = road.position(query);
        }
    }
}
