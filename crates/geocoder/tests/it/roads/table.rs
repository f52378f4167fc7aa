//! The expected values of the synthetic reference points, through the tables of the database.

use dialog_domain::RoadSide::{self, D, G, U};
use dialog_geocoder::{Bound, LocateError, roads};
use dialog_test_support::{TestDatabase, shared_dir};

use super::{bound, find, load_synthetic, road};
use crate::support::{distance_m, line};

/// Where a place of a road is: the first vertex of what runs from there.
async fn place(
    database: &TestDatabase,
    (administrator, number): (&str, &str),
    (point, abscissa_m): (&str, i32),
    side: RoadSide,
) -> [f64; 2] {
    let asked = road(administrator, number, bound(point, side, abscissa_m), bound(point, side, abscissa_m - 50));
    line(&find(database, &asked).await.expect("a road").found)[0]
}

#[tokio::test]
async fn expected_values_of_the_synthetic_points() {
    let Some(shared) = shared_dir("expected_values_of_the_synthetic_points") else { return };
    let database = TestDatabase::empty().await;
    let report = load_synthetic(&database, &shared).await;
    assert_eq!((report.numbered_roads, report.reference_points), (23, 53));
    let (isere, sarthe, dir) = ("Isère", "Sarthe", "DIR Centre Est");
    for (row, road, point, abscissa_m, expected) in [
        (1, (isere, "D112"), "0", 500, [5.752_534, 45.184_326]),
        (2, (isere, "D112"), "1", 0, [5.758_290, 45.182_753]),
        (3, (isere, "D112"), "2", 300, [5.773_741, 45.178_587]),
        (4, (isere, "D112"), "2", 700, [5.778_823, 45.177_775]),
        (5, (isere, "D112"), "7", 1200, [5.779_080, 45.160_112]),
        (7, (isere, "D164"), "2", 150, [5.794_459, 45.175_643]),
        (8, (dir, "N9524"), "38##1", 300, [5.785_360, 45.181_518]),
        (8, (dir, "N9524"), "26##1", 300, [5.798_129, 45.166_887]),
        (10, (sarthe, "D13"), "7", 200, [-0.014_960, 47.713_273]),
    ] {
        let off_m = distance_m(place(&database, road, (point, abscissa_m), U).await, expected);
        assert!(off_m < 1.0, "row {row}: {off_m} m off");
    }
    let error = find(&database, &road(isere, "D112", bound("15", U, 500), bound("14", U, 0))).await;
    assert!(
        matches!(&error, Err(LocateError::AbscissaOutOfRange { bound: Bound::From, max_m: 405, .. })),
        "row 6: {error:?}"
    );
    let error = find(&database, &road(dir, "N9524", bound("38##1", U, 0), bound("1", U, 300))).await;
    assert!(
        matches!(&error, Err(LocateError::AmbiguousReferencePoint { bound: Bound::To, departments }) if departments == &["26", "38"]),
        "row 8: {error:?}"
    );
    let sides = roads::sides(&mut database.connection().await, sarthe, "D160", ("4", None)).await.expect("sides");
    assert_eq!(sides, Some(vec![D, G]), "row 9");
}

#[tokio::test]
async fn road_over_two_departements_is_one_line() {
    let Some(shared) = shared_dir("road_over_two_departements_is_one_line") else { return };
    let database = TestDatabase::empty().await;
    load_synthetic(&database, &shared).await;
    let asked = road("DIR Centre Est", "N9524", bound("38##2", U, 0), bound("26##3", U, 0));
    let found = find(&database, &asked).await.expect("a road").found;
    // 1617 m to the limit, 1210 m beyond.
    assert!((found.length_m - 2827.0).abs() < 3.0, "{}", found.length_m);
    assert!(line(&found).len() > 50);
    assert!(found.segments.is_empty(), "no network is loaded there");
}

// Worked example 54.
#[tokio::test]
async fn administrators_by_kind_of_road() {
    let Some(shared) = shared_dir("administrators_by_kind_of_road") else { return };
    let database = TestDatabase::empty().await;
    load_synthetic(&database, &shared).await;
    let administrators = roads::administrators(&mut database.connection().await).await.expect("administrators");
    let count = |kind| administrators.get(&kind).map_or(0, Vec::len);
    use dialog_db::reference::RoadKind::{Departmental, National};
    assert_eq!((count(Departmental), count(National)), (107, 24));
}
