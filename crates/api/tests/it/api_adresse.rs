//! API Adresse as a second source, played by what it runs: an Addok.

use dialog_api_types::geo::City;
use dialog_api_types::health::{Health, ServiceHealth};
use dialog_api_types::page::Items;
use dialog_test_support::{Addok, TestApp, TestCaller};
use serde_json::json;

async fn cities(caller: &TestCaller, search: &str) -> Vec<City> {
    caller.get(&format!("/api/geo/cities?search={search}")).await.expect(200).json::<Items<City>>().items
}

#[tokio::test]
async fn api_adresse_fills_the_gaps_and_is_missed_by_nobody() {
    let places = [
        json!({ "id": "99101", "type": "municipality", "name": "Trifouillis-les-Oies", "postcode": "99100",
            "citycode": "99101", "city": "Trifouillis-les-Oies", "lat": 47.1, "lon": 2.2, "importance": 0.5 }),
        json!({ "id": "99102", "type": "municipality", "name": "Perpète-les-Alouettes", "postcode": "99200",
            "citycode": "99102", "city": "Perpète-les-Alouettes", "lat": 47.2, "lon": 2.3, "importance": 0.5 }),
        json!({ "id": "99103", "type": "municipality", "name": "Démoville-la-Neuve", "postcode": "99300",
            "citycode": "99103", "city": "Démoville-la-Neuve", "lat": 47.3, "lon": 2.4, "importance": 0.5 }),
    ];
    let Some(mut addok) = Addok::start("api_adresse_fills_the_gaps_and_is_missed_by_nobody", &places).await else {
        return;
    };
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &addok.url()).start().await;
    let caller = app.anonymous();
    let state = || async { caller.get("/api/health").await.expect(200).json::<Health>().optional["apiAdresse"] };
    assert_eq!(state().await, ServiceHealth::Ok);

    let found = cities(&caller, "trifouill").await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code.as_str(), found[0].label.as_str()), ("99101", "Trifouillis-les-Oies (99100)"));
    let loaded = cities(&caller, "D%C3%A9moville").await;
    assert_eq!(loaded.iter().map(|city| city.code.as_str()).collect::<Vec<_>>(), ["00001"], "loaded data come first");

    addok.stop();
    assert_eq!(state().await, ServiceHealth::Down);
    assert_eq!(cities(&caller, "trifouill").await, found, "what was answered is kept");
    for _ in 0..5 {
        assert_eq!(cities(&caller, "perpete").await, [], "a dead service has no answer, and is no failure of ours");
    }
    assert_eq!(cities(&caller, "D%C3%A9moville").await, loaded);
}
