//! What everybody may read answers conditional requests, to every origin.

use dialog_test_support::TestApp;
use serde_json::Value;

use crate::orders::bodies::create_by_client;

/// The public reads of the document; some need a query to answer anything.
fn public_reads() -> Vec<String> {
    let document: Value = serde_json::from_str(&dialog_api::openapi::json().unwrap()).unwrap();
    let mut paths = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("get") else { continue };
        let is_public = operation["security"][0].as_object().is_some_and(serde_json::Map::is_empty);
        if is_public && !path.starts_with("/api/app/") && path != "/api/health" {
            paths.push(path.clone());
        }
    }
    paths
}

#[tokio::test]
async fn every_public_read_has_a_tag_answers_304_and_is_open_to_all_origins() {
    let app = TestApp::start().await;
    let uuid = create_by_client(&app.api_client(), "A1", "published").await;
    let anyone = app.anonymous().with_header("origin", "https://ailleurs.example");
    let streets = anyone.get("/api/geo/streets?search=republique&cityCode=00001").await.expect(200).value();
    let street = streets["items"][0]["roadBanId"].as_str().unwrap();
    let map = anyone.get("/api/map/locations.geojson?startDate=").await.expect(200).value();
    let location = map["features"][0]["properties"]["location_uuid"].as_str().unwrap();
    let administrator = "?administrator=DIR%20D%C3%A9monstration";
    let queries = [
        ("/api/geo/roads", format!("{administrator}&roadType=nationalRoad&search=N")),
        ("/api/geo/roads/{roadNumber}/reference-points", administrator.to_owned()),
        ("/api/geo/roads/{roadNumber}/reference-points.geojson", administrator.to_owned()),
        ("/api/geo/roads/{roadNumber}/sides", format!("{administrator}&pointNumber=12")),
        ("/api/geo/cities", "?search=Demo".to_owned()),
        ("/api/geo/streets", "?search=republique&cityCode=00001".to_owned()),
        ("/api/geo/location-geometry", format!("?roadType=lane&cityCode=00001&roadBanId={street}")),
    ];
    let mut tried = 0;
    for path in public_reads() {
        let query = queries.iter().find(|(known, _)| *known == path).map_or("", |(_, query)| query);
        let filled = path
            .replace("{roadBanId}", street)
            .replace("{roadNumber}", "N7")
            .replace("{z}", "14")
            .replace("{x}", "8291")
            .replace("{y}", "5725")
            .replace("/api/map/locations/{uuid}", &format!("/api/map/locations/{location}"))
            .replace("{uuid}", &uuid.to_string());
        let first = anyone.get(&format!("{filled}{query}")).await;
        if first.status != 200 {
            // Other parts of the reference data, or no document: nothing to keep.
            assert!([204, 400, 404, 422].contains(&first.status.as_u16()), "{filled}: {}", first.text());
            continue;
        }
        tried += 1;
        let (tag, cache) = (first.header("etag").to_owned(), first.header("cache-control").to_owned());
        assert!(!tag.is_empty(), "{filled} has no ETag");
        assert!(cache.starts_with("public, "), "{filled}: {cache}");
        assert_eq!(first.header("access-control-allow-origin"), "*", "{filled}");
        let known = anyone.clone().with_header("if-none-match", &tag);
        let again = known.get(&format!("{filled}{query}")).await.expect(304);
        assert_eq!((again.header("etag"), again.body.len()), (tag.as_str(), 0), "{filled}");
        assert_eq!(again.header("cache-control"), cache, "{filled}");
        assert_eq!(known.head(&format!("{filled}{query}")).await.status, 304, "HEAD {filled}");
    }
    assert!(tried >= 11, "only {tried} public reads answered");
}
