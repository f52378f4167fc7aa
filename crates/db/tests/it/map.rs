use dialog_db::restrictions::{
    BoundingBox, MapFilter, Tile, busiest_extent, card, features, order_extent, organization_extent, tile,
};
use dialog_db::{Connection, orders};
use dialog_domain::{MeasureType, OrderCategory, OrderId, OrganizationId};
use dialog_test_support::TestDatabase;
use futures::TryStreamExt;

use crate::sample::{LINE, at, content, draft, measure, member, organization, publish};

fn everything() -> MapFilter {
    MapFilter {
        bounding_box: None,
        measure_types: MeasureType::ALL.to_vec(),
        categories: vec![OrderCategory::PermanentRegulation, OrderCategory::TemporaryRegulation],
        heavy_goods: true,
        from: None,
        until: None,
    }
}

async fn types(connection: &mut Connection, filter: &MapFilter) -> Vec<String> {
    let features: Vec<_> = features(connection, filter, None).await.unwrap().try_collect().await.unwrap();
    features.into_iter().map(|feature| feature.measure_type).collect()
}

/// Parking from 1 to 6 December, then no entry for good from the 10th.
async fn published(connection: &mut Connection) -> (OrganizationId, OrderId) {
    let ours = organization(connection, "Nous").await;
    let measures = vec![
        measure(MeasureType::NoEntry, "2026-12-10T00:00:00", None, LINE),
        measure(MeasureType::ParkingProhibited, "2026-12-01T00:00:00", Some("2026-12-06T23:59:00"), LINE),
    ];
    let id = draft(connection, ours, "A1", &content("Essai", measures)).await;
    publish(connection, &member(ours), id, 1).await;
    (ours, id)
}

#[tokio::test]
async fn filters_choose_by_type_category_place_and_time() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;

    // What must be seen is drawn last.
    assert_eq!(types(connection, &everything()).await, ["parkingProhibited", "noEntry"]);
    let between = |from: &str, until: &str| MapFilter { from: Some(at(from)), until: Some(at(until)), ..everything() };
    for (from, until, expected) in [
        ("2026-12-06T23:00:00Z", "2026-12-07T00:00:00Z", vec!["parkingProhibited"]),
        ("2026-12-07T00:00:00Z", "2026-12-10T00:00:00Z", vec![]),
        ("2026-12-07T00:00:00Z", "2026-12-10T00:01:00Z", vec!["noEntry"]),
        ("2026-12-10T00:00:00Z", "2026-12-01T00:00:00Z", vec![]),
    ] {
        assert_eq!(types(connection, &between(from, until)).await, expected, "{from} {until}");
    }
    let from = MapFilter { from: Some(at("2036-01-01T00:00:00Z")), ..everything() };
    assert_eq!(types(connection, &from).await, ["noEntry"]);
    let until = MapFilter { until: Some(at("2026-12-02T00:00:00Z")), ..everything() };
    assert_eq!(types(connection, &until).await, ["parkingProhibited"]);

    let none = MapFilter { measure_types: vec![], ..everything() };
    assert!(types(connection, &none).await.is_empty());
    let permanent = MapFilter { categories: vec![OrderCategory::PermanentRegulation], ..everything() };
    assert!(types(connection, &permanent).await.is_empty());
    let far = BoundingBox { min_lon: 1.0, min_lat: 1.0, max_lon: 2.0, max_lat: 2.0 };
    assert!(types(connection, &MapFilter { bounding_box: Some(far), ..everything() }).await.is_empty());
}

#[tokio::test]
async fn tile_shows_what_its_place_has_and_is_empty_elsewhere() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    published(connection).await;
    for (z, x, y) in [(10, 512, 511), (12, 2048, 2047), (14, 8192, 8191)] {
        let bytes = tile(connection, &everything(), Tile { z, x, y }).await.unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for word in ["restrictions", "measure_type", "noEntry", "location_uuid", "temporaryRegulation"] {
            assert!(text.contains(word), "{word} in {z}/{x}/{y}");
        }
    }
    let none = MapFilter { measure_types: vec![], ..everything() };
    assert!(tile(connection, &none, Tile { z: 0, x: 0, y: 0 }).await.unwrap().is_empty());
    assert!(tile(connection, &everything(), Tile { z: 14, x: 0, y: 0 }).await.unwrap().is_empty());
    assert!(tile(connection, &everything(), Tile { z: 3, x: 8, y: 0 }).await.unwrap().is_empty());
}

#[tokio::test]
async fn extents_surround_what_is_public() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    assert_eq!(busiest_extent(connection).await.unwrap(), None);
    let (ours, id) = published(connection).await;
    let line = BoundingBox { min_lon: 0.001, min_lat: 0.001, max_lon: 0.005, max_lat: 0.005 };
    let close = |extent: Option<BoundingBox>, expected: BoundingBox| {
        let extent = extent.unwrap();
        (extent.min_lon - expected.min_lon).abs() < 1e-6 && (extent.max_lat - expected.max_lat).abs() < 1e-6
    };
    assert!(close(order_extent(connection, id).await.unwrap(), line));
    assert!(close(busiest_extent(connection).await.unwrap(), line));
    let square = BoundingBox { min_lon: 0.0, min_lat: 0.0, max_lon: 0.01, max_lat: 0.01 };
    assert!(close(organization_extent(connection, ours).await.unwrap(), square));
    assert_eq!(order_extent(connection, OrderId(uuid::Uuid::now_v7())).await.unwrap(), None);
}

#[tokio::test]
async fn deleted_order_leaves_the_map() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let (ours, id) = published(connection).await;
    let order = orders::find(connection, &member(ours), id).await.unwrap().unwrap();
    let location = order.content.measures[0].locations[0].id;
    assert!(card(connection, location).await.unwrap().is_some());
    dialog_db::restrictions::delete(connection, id).await.unwrap();
    assert_eq!(card(connection, location).await.unwrap(), None);
    assert!(types(connection, &everything()).await.is_empty());
}
