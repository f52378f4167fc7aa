//! Addresses by text and by point, and the streets around a geometry.

use dialog_api_types::places::{NearbyStreet, Places};
use dialog_test_support::TestApp;
use serde_json::json;

const TOWN_HALL: (f64, f64) = (2.18, 47.56);

#[tokio::test]
async fn address_is_found_as_clients_of_api_adresse_read_it() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let found = caller.get("/api/geo/search?q=2%20rue%20de%20la%20republique%20demoville").await.expect(200);
    let value = found.value();
    assert_eq!((value["type"].as_str(), value["version"].as_str()), (Some("FeatureCollection"), Some("draft")));
    let first = &value["features"][0];
    assert_eq!((first["type"].as_str(), first["geometry"]["type"].as_str()), (Some("Feature"), Some("Point")));
    let properties = &first["properties"];
    for (name, expected) in [
        ("type", "housenumber"),
        ("housenumber", "2"),
        ("street", "Rue de la République"),
        ("name", "2 Rue de la République"),
        ("postcode", "00001"),
        ("citycode", "00001"),
        ("city", "Démoville"),
        ("label", "2 Rue de la République 00001 Démoville"),
    ] {
        assert_eq!(properties[name].as_str(), Some(expected), "{name}: {properties}");
    }
    assert!((0.0..=1.0).contains(&properties["score"].as_f64().expect("a score")));
    assert!((0.0..=1.0).contains(&properties["importance"].as_f64().expect("an importance")));
    // Lambert-93, west of the meridian of 3°; no département is loaded with the town.
    let metres = ["x", "y"].map(|name| properties[name].as_f64().expect("metres"));
    assert!(
        (637_000.0..640_000.0).contains(&metres[0]) && (6_717_000.0..6_720_000.0).contains(&metres[1]),
        "{metres:?}"
    );
    assert_eq!(properties["context"].as_str(), Some("00"));
    // The same address by its point.
    let coordinates = &first["geometry"]["coordinates"];
    let path = format!("/api/geo/reverse?lon={}&lat={}", coordinates[0], coordinates[1]);
    let around: Places = caller.get(&path).await.expect(200).json();
    assert_eq!(around.features.len(), 1);
    assert_eq!(around.features[0].properties.label, "2 Rue de la République 00001 Démoville");
    assert_eq!(around.features[0].properties.distance, Some(0.0));
}

#[tokio::test]
async fn best_place_comes_first_whatever_the_order_and_the_spelling() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    for (query, kind, name) in [
        ("q=rue+victor+hugo+demoville", "street", "Rue Victor-Hugo"),
        ("q=demoville+rue+victor+hugo", "street", "Rue Victor-Hugo"),
        ("q=r+victor+hugo+00001", "street", "Rue Victor-Hugo"),
        ("q=av+gal+de+gaulle&citycode=00001", "street", "Avenue du Général-de-Gaulle"),
        ("q=8+mai+1945&citycode=00001", "street", "Rue du 8-Mai-1945"),
        ("q=orfevres&postcode=00001", "street", "Rue des Orfèvres"),
        ("q=rue+des+orfevres", "street", "Rue des Orfèvres"),
        ("q=demoville", "municipality", "Démoville"),
        ("q=00001+Demoville&type=municipality", "municipality", "Démoville"),
    ] {
        let found: Places = caller.get(&format!("/api/geo/search?{query}")).await.expect(200).json();
        let first = found.features.first().unwrap_or_else(|| panic!("nothing for {query}"));
        assert_eq!((first.properties.kind.as_str(), first.properties.name.as_str()), (kind, name), "{query}");
        assert!(
            found.features.len() <= 5 && found.features.is_sorted_by(|a, b| a.properties.score >= b.properties.score)
        );
    }
    let finished = "q=demoville+rue+de+la+repub&autocomplete=0&type=street";
    let none: Places = caller.get(&format!("/api/geo/search?{finished}")).await.expect(200).json();
    assert_eq!(none.features, [], "the last word is finished");
    let locality: Places = caller.get("/api/geo/search?q=le+bourg&type=locality").await.expect(200).json();
    assert_eq!(locality.features, [], "known to API Adresse alone");
    // From somewhere: the nearest first.
    let (lon, lat) = TOWN_HALL;
    let near = format!("/api/geo/search?q=rue&type=street&limit=3&lon={lon}&lat={lat}");
    let near: Places = caller.get(&near).await.expect(200).json();
    assert_eq!(near.features.len(), 3);
    let two: Places = caller.get("/api/geo/search?q=rue+demoville&limit=2&type=street").await.expect(200).json();
    assert_eq!(two.features.len(), 2);
    let none: Places = caller.get("/api/geo/search?q=zzzzzz+qqqq").await.expect(200).json();
    assert_eq!(none.features, []);
}

#[tokio::test]
async fn point_tells_its_street_and_its_commune() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let (lon, lat) = TOWN_HALL;
    let base = format!("/api/geo/reverse?lon={lon}&lat={lat}");
    let street: Places = caller.get(&format!("{base}&type=street&limit=3")).await.expect(200).json();
    assert!(street.features.iter().any(|place| place.properties.name == "Place de la Mairie"), "{street:?}");
    assert!(street.features.is_sorted_by(|a, b| a.properties.distance <= b.properties.distance));
    let commune: Places = caller.get(&format!("{base}&type=municipality")).await.expect(200).json();
    assert_eq!(commune.features[0].properties.city, "Démoville");
    let nothing: Places = caller.get("/api/geo/reverse?lon=3.5&lat=45.5").await.expect(200).json();
    assert_eq!(nothing.features, []);
}

#[tokio::test]
async fn parameters_that_cannot_be_read_are_refused() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let long = "a".repeat(10_000);
    for path in [
        "/api/geo/search".to_owned(),
        "/api/geo/search?q=".to_owned(),
        "/api/geo/search?q=ab".to_owned(),
        "/api/geo/search?q=%F0%9F%9A%A7%F0%9F%9A%A7%F0%9F%9A%A7".to_owned(),
        "/api/geo/search?q=%07%07%07".to_owned(),
        format!("/api/geo/search?q={long}"),
        "/api/geo/search?q=rue&limit=0".to_owned(),
        "/api/geo/search?q=rue&citycode=7510".to_owned(),
        "/api/geo/search?q=rue&postcode=%F0%9F%9A%A7".to_owned(),
        format!("/api/geo/search?q=rue&citycode={long}"),
        format!("/api/geo/search?q=rue&postcode={long}"),
        format!("/api/geo/streets?cityCode={long}&search=rue"),
        format!("/api/geo/roads?administrator=Loiret&roadType=departmentalRoad&search={long}"),
        format!("/api/geo/roads/{long}/storage-areas"),
        "/api/geo/search?q=rue&limit=many".to_owned(),
        "/api/geo/search?q=rue&type=river".to_owned(),
        "/api/geo/search?q=rue&autocomplete=perhaps".to_owned(),
        "/api/geo/search?q=rue&lon=2.18".to_owned(),
        "/api/geo/search?q=rue&lon=47.56&lat=2.18".to_owned(),
        "/api/geo/reverse?lon=2.18".to_owned(),
        "/api/geo/reverse?lon=east&lat=47".to_owned(),
        "/api/geo/reverse?lon=NaN&lat=47".to_owned(),
        "/api/geo/reverse?lon=200&lat=47".to_owned(),
        "/api/geo/reverse?lon=47.56&lat=2.18".to_owned(),
    ] {
        let begun = std::time::Instant::now();
        caller.get(&path).await.problem(400, "invalid_parameter");
        assert!(begun.elapsed().as_secs() < 1, "{:.60}", path);
    }
    let nul = caller.get("/api/geo/search?q=rue%00haute").await;
    assert!(!nul.status.is_server_error());
}

#[tokio::test]
async fn streets_around_a_geometry_are_the_nearest_ones() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let (lon, lat) = TOWN_HALL;
    let point = json!({ "type": "Point", "coordinates": [lon, lat] });
    let body = json!({ "geometry": point, "radius": 500, "limit": 50 });
    let all: Vec<NearbyStreet> = client.post("/api/nearby-streets", &body).await.expect(200).json();
    assert!(all.len() > 10 && all.is_sorted_by(|a, b| a.distance <= b.distance), "{all:?}");
    let body = json!({ "geometry": point, "radius": 9000, "limit": 3 });
    let three: Vec<NearbyStreet> = client.post("/api/nearby-streets", &body).await.expect(200).json();
    assert_eq!(three, all[..3], "the limit keeps the nearest ones");
    let near: Vec<NearbyStreet> =
        client.post("/api/nearby-streets", &json!({ "geometry": point })).await.expect(200).json();
    assert!(near.iter().all(|street| street.distance <= 100.0));
    let nothing = json!({ "geometry": { "type": "Point", "coordinates": [3.5, 45.5] } });
    assert_eq!(client.post("/api/nearby-streets", &nothing).await.expect(404).value(), json!([]));
}

#[tokio::test]
async fn example_20_mistakes_about_nearby_streets() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let path = "/api/nearby-streets";
    assert_eq!(client.post_nothing(path).await.expect(400).value()["error"], "Invalid JSON body");
    let point = json!({ "type": "Point", "coordinates": [2.18, 47.56] });
    for (body, sentence) in [
        (json!({}), "GeoJSON geometry required"),
        (json!([]), "GeoJSON geometry required"),
        (json!({ "geometry": null }), "GeoJSON geometry required"),
        (json!({ "geometry": "text" }), "Invalid GeoJSON geometry"),
        (json!({ "geometry": {} }), "Invalid GeoJSON geometry"),
        (json!({ "geometry": { "type": "LineString", "coordinates": [[2.0, 47.0]] } }), "Invalid GeoJSON geometry"),
        (json!({ "geometry": { "type": "Point", "coordinates": [2.0, 147.0] } }), "Invalid GeoJSON geometry"),
        (
            json!({ "geometry": { "type": "LineString", "coordinates": [[-4.0, 48.0], [7.0, 43.0]] } }),
            "Invalid GeoJSON geometry",
        ),
        (json!({ "geometry": point, "radius": 0 }), "Invalid \"radius\" parameter"),
        (json!({ "geometry": point, "limit": -1 }), "Invalid \"limit\" parameter"),
        (json!({ "geometry": point, "limit": "ten" }), "Invalid \"limit\" parameter"),
    ] {
        let answer = client.post(path, &body).await.expect(400).value();
        assert_eq!((answer["error"].as_str(), answer["detail"].as_str()), (Some(sentence), Some(sentence)), "{body}");
    }
    app.anonymous().post(path, &json!({ "geometry": point })).await.expect(401);
}
