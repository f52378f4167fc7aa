//! What holds for the section between any two places of a road.

use dialog_domain::RoadSide;
use dialog_test_support::{TestDatabase, shared_dir};

use super::{bound, find, load_synthetic, road};
use crate::support::{distance_m, line};

/// A generator of pairs that always comes out the same.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[tokio::test]
async fn sections_of_roads_are_connected_and_begin_and_end_at_their_bounds() {
    let Some(shared) = shared_dir("sections_of_roads_are_connected_and_begin_and_end_at_their_bounds") else { return };
    let database = TestDatabase::empty().await;
    load_synthetic(&database, &shared).await;
    let pairs: usize = std::env::var("DIALOG_SOAK").map_or(100, |_| 1000);
    let roads = [
        ("Isère", "D112", RoadSide::U, 0, 16),
        ("Isère", "D164", RoadSide::U, 0, 6),
        ("Sarthe", "D160", RoadSide::G, 3, 3),
    ];
    let mut state = 4;
    for rank in 0..pairs {
        let (administrator, number, side, first, points) = roads[rank % roads.len()];
        let mut place = || {
            let point = first + next(&mut state) % points;
            (point.to_string(), i32::try_from(next(&mut state) % 400).expect("small"))
        };
        let ((a, from_m), (b, to_m)) = (place(), place());
        let asked = |from: (&str, i32), to: (&str, i32)| {
            road(administrator, number, bound(from.0, side, from.1), bound(to.0, side, to.1))
        };
        let what = format!("{number} PR {a} + {from_m} to PR {b} + {to_m}");
        let (Ok(there), Ok(back)) = (
            find(&database, &asked((&a, from_m), (&b, to_m))).await,
            find(&database, &asked((&b, to_m), (&a, from_m))).await,
        ) else {
            continue;
        };
        let (forwards, mut backwards) = (line(&there.found), line(&back.found));
        backwards.reverse();
        assert_eq!(forwards, backwards, "{what}");
        let length_m: f64 = forwards.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        assert!((length_m - there.found.length_m).abs() < 0.5, "{what}: one line without a jump");
        // A place told from another point is the same place.
        let spacing = find(&database, &asked((&a, 0), (&b, to_m))).await.map(|located| located.found.length_m);
        if let (Ok(spacing), true) = (spacing, a < b && a.len() == b.len()) {
            assert!((spacing - f64::from(from_m) - there.found.length_m).abs() < 1.0 || from_m > 300, "{what}");
        }
    }
}
