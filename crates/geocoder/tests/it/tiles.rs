//! Tiles of the base map.

use dialog_geocoder::base_tile;
use dialog_test_support::TestDatabase;

/// The tile of a place.
fn tile(z: u8, lon: f64, lat: f64) -> (u32, u32) {
    let side = f64::from(1_u32 << z);
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    let number = |value: f64| format!("{:.0}", (value * side).floor()).parse().expect("a number");
    (number((lon + 180.0) / 360.0), number(y))
}

fn has(tile: &[u8], text: &str) -> bool {
    tile.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn base_map_shows_more_the_nearer_one_looks() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let mut at = async |z: u8| {
        let (x, y) = tile(z, 2.18, 47.56);
        base_tile(&mut connection, z, x, y).await.expect("a tile")
    };
    let near = at(15).await;
    for text in ["roads", "communes", "Démoville", "Place de la Mairie", "secondary", "local"] {
        assert!(has(&near, text), "{text}");
    }
    let far = at(10).await;
    assert!(has(&far, "secondary") && !has(&far, "local"));
    assert!(at(5).await.is_empty());
}

#[tokio::test]
async fn tile_without_anything_is_empty() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    for (z, x, y) in [(14, 0, 0), (1, 2, 0), (1, 0, 2), (23, 0, 0), (255, 0, 0)] {
        assert!(base_tile(&mut connection, z, x, y).await.expect("a tile").is_empty(), "{z}/{x}/{y}");
    }
}
