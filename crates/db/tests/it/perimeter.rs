use dialog_db::locations::perimeter_shares;
use dialog_db::organizations::upsert_area;
use dialog_test_support::TestDatabase;

use crate::sample::organization;

fn line(from: [f64; 2], to: [f64; 2]) -> String {
    format!(r#"{{"type":"LineString","coordinates":[[{},{}],[{},{}]]}}"#, from[0], from[1], to[0], to[1])
}

// The perimeter is the square from 0 to 0.01 degree, at the equator: 0.001 degree is 111 m.
#[tokio::test]
async fn share_inside_the_perimeter_is_measured_with_a_tolerance_of_100_m() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let geometries = [
        line([0.001, 0.001], [0.009, 0.001]),
        // Half of it beyond the edge, and then the tolerance.
        line([0.0, 0.005], [0.02, 0.005]),
        // All of it within the tolerance.
        line([0.0105, 0.002], [0.0105, 0.008]),
        line([0.02, 0.0], [0.03, 0.0]),
        r#"{"type":"Point","coordinates":[0.005,0.005]}"#.to_owned(),
        r#"{"type":"MultiPoint","coordinates":[[0.005,0.005],[0.5,0.5]]}"#.to_owned(),
        r#"{"type":"Polygon","coordinates":[[[0.005,0],[0.015,0],[0.015,0.01],[0.005,0.01],[0.005,0]]]}"#.to_owned(),
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[5,5]},
            {"type":"LineString","coordinates":[[0.001,0.001],[0.002,0.002]]}]}"#
            .to_owned(),
        // Two places, the same one: no length.
        line([0.005, 0.005], [0.005, 0.005]),
        line([10.0, 50.0], [10.1, 50.1]),
    ];
    let shares = perimeter_shares(connection, ours, &geometries).await.unwrap();
    let tolerance = 100.0 / 111_195.0;
    let expected = [1.0, (0.01 + tolerance) / 0.02, 1.0, 0.0, 1.0, 0.5, 0.5 + tolerance / 0.01, 1.0, 1.0, 0.0];
    assert_eq!(shares.len(), expected.len());
    for (rank, (share, expected)) in shares.iter().zip(expected).enumerate() {
        assert!((share - expected).abs() < 0.005, "{rank}: {share} instead of {expected}");
    }
}

#[tokio::test]
async fn several_areas_make_one_perimeter() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let next = r#"{"type":"Polygon","coordinates":[[[0.01,0],[0.02,0],[0.02,0.01],[0.01,0.01],[0.01,0]]]}"#;
    upsert_area(connection, ours.0, "voisin", next).await.unwrap();
    let across = [line([0.001, 0.005], [0.019, 0.005])];
    let shares = perimeter_shares(connection, ours, &across).await.unwrap();
    assert!((shares[0] - 1.0).abs() < 1e-9, "{shares:?}");
}

#[tokio::test]
async fn organization_without_area_has_nothing_inside() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let nobody = dialog_domain::OrganizationId(uuid::Uuid::now_v7());
    let shares = perimeter_shares(connection, nobody, &[line([0.0, 0.0], [0.01, 0.01])]).await.unwrap();
    assert_eq!(shares, [0.0]);
}
