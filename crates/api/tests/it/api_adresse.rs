//! API Adresse as a second source, played by what it runs: an Addok.

use dialog_api_types::app::OrderView;
use dialog_api_types::geo::{City, LocationGeometry, Street};
use dialog_api_types::health::{Health, ServiceHealth};
use dialog_api_types::page::Items;
use dialog_api_types::places::{PlaceProperties, Places};
use dialog_domain::{Confidence, LocatingMethod};
use dialog_test_support::{Addok, TestApp, TestCaller};
use serde_json::{Value, json};

use crate::orders::bodies::{RECORDS, form, form_measure, regulation, street_section};

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

/// A street with house numbers, in Addok's own JSON.
fn street(id: &str, name: &str, numbers: &[(&str, [f64; 2])]) -> Value {
    let houses: serde_json::Map<String, Value> = numbers
        .iter()
        .map(|(number, [lon, lat])| {
            ((*number).to_owned(), json!({ "id": format!("{id}_{number}"), "lat": lat, "lon": lon }))
        })
        .collect();
    json!({ "id": id, "type": "street", "name": name, "postcode": "00001", "citycode": "00001", "city": "Démoville",
        "lat": 47.56, "lon": 2.18, "importance": 0.5, "housenumbers": houses })
}

#[tokio::test]
async fn house_number_of_api_adresse_bounds_a_section_of_a_street_of_ours() {
    let test = "house_number_of_api_adresse_bounds_a_section_of_a_street_of_ours";
    let app_of = async |url: &str| TestApp::builder().variable("API_ADRESSE_BASE_URL", url).start().await;
    // Where the 20 is: it will be the 9020 of the service outside.
    let plain = TestApp::start().await;
    let path = |number: &str| {
        format!(
            "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadName=Rue%20de%20la%20R%C3%A9publique\
             &fromHouseNumber=2&toHouseNumber={number}"
        )
    };
    let twenty: LocationGeometry = plain.anonymous().get(&path("20")).await.expect(200).json();
    plain.anonymous().get(&path("9020")).await.problem(404, "address_not_found");
    let place = twenty.properties.bounds[1].coordinates;
    let places = [
        street("00001_r", "Rue de la République", &[("9020", place), ("9030", [2.3, 47.7])]),
        street("00001_h", "Rue Haute de la République", &[("9040", place)]),
    ];
    let Some(mut addok) = Addok::start(test, &places).await else { return };
    let app = app_of(&addok.url()).await;
    let caller = app.anonymous();
    let located: LocationGeometry = caller.get(&path("9020")).await.expect(200).json();
    let found = &located.properties.found;
    assert_eq!((found.method, found.confidence), (LocatingMethod::OutsideNumberSection, Confidence::Approximate));
    assert_eq!(located.properties.bounds[1].method, "apiAdresse");
    let ids = |located: &LocationGeometry| -> Vec<String> {
        located.properties.found.segments.iter().map(|segment| segment.segment_id.clone()).collect()
    };
    assert_eq!(ids(&located), ids(&twenty), "on the segments of our street");
    assert!((found.length_m - twenty.properties.found.length_m).abs() < 0.5, "{found:?}");
    // Far from the street, or of another street: no number of ours.
    for number in ["9030", "9040", "9050"] {
        caller.get(&path(number)).await.problem(404, "address_not_found");
    }
    // Saving is the same computation, and tells how it was done, on both faces.
    let member = app.member().await;
    let section = street_section(&member, "Rue de la République", "2", "9020").await;
    let draft: OrderView = member.post(RECORDS, &form("A1", vec![form_measure(section)])).await.expect(201).json();
    assert_eq!(draft.content.measures[0].locations[0].found.as_ref(), Some(found));
    let mut body = regulation("A2", "draft");
    body["measures"][0]["locations"][0]["namedStreet"]["toHouseNumber"] = json!("9020");
    app.api_client().post("/api/regulations", &body).await.expect(201);

    addok.stop();
    let kept: LocationGeometry = caller.get(&path("9020")).await.expect(200).json();
    assert_eq!(kept, located, "what was answered is kept");
    caller.get(&path("9060")).await.problem(404, "address_not_found");
}

#[tokio::test]
async fn streets_that_only_api_adresse_understands_are_proposed() {
    let test = "streets_that_only_api_adresse_understands_are_proposed";
    let places = [
        street("00001_new", "Rue des Prunelliers", &[]),
        json!({ "id": "99101_1", "type": "street", "name": "Rue des Prunelliers", "postcode": "99100",
            "citycode": "99101", "city": "Ailleurs", "lat": 47.1, "lon": 2.2, "importance": 0.5 }),
        json!({ "id": "00001_alias", "type": "street", "name": ["Rue Haute", "Ancienne rue du Marronnier"],
            "postcode": "00001", "citycode": "00001", "city": "Démoville", "lat": 47.56, "lon": 2.18,
            "importance": 0.5 }),
    ];
    let Some(addok) = Addok::start(test, &places).await else { return };
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &addok.url()).start().await;
    let streets = async |search: &str| {
        let path = format!("/api/geo/streets?cityCode=00001&search={search}");
        app.anonymous().get(&path).await.expect(200).json::<Items<Street>>().items
    };
    let new = streets("prunelliers").await;
    assert_eq!(new.len(), 1, "in this commune alone: {new:?}");
    assert_eq!((new[0].road_ban_id.as_str(), new[0].has_geometry), ("00001_new", false));
    let ours = streets("rue+haute").await.remove(0);
    assert!(ours.has_geometry && ours.road_name == "Rue Haute");
    let alias = streets("marronnier").await;
    assert_eq!((&alias[0].road_ban_id, alias[0].has_geometry), (&ours.road_ban_id, true), "{alias:?}");
    // A street that has no line here has to be drawn.
    let path =
        "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId=00001_new&roadName=Rue%20des%20Prunelliers";
    app.anonymous().get(path).await.problem(404, "address_not_found");
}

#[tokio::test]
async fn places_that_are_not_loaded_come_from_api_adresse_in_the_same_shape() {
    let test = "places_that_are_not_loaded_come_from_api_adresse_in_the_same_shape";
    let mut prunelliers = street("00001_new", "Rue des Prunelliers", &[("7", [2.181, 47.561])]);
    prunelliers["context"] = json!("unread");
    let places = [
        prunelliers,
        street("00001_r", "Rue de la République", &[("9020", [2.182, 47.562])]),
        json!({ "id": "99101", "type": "municipality", "name": "Trifouillis-les-Oies", "postcode": "99100",
            "citycode": "99101", "city": "Trifouillis-les-Oies", "lat": 47.1, "lon": 2.2, "importance": 0.5 }),
    ];
    let Some(mut addok) = Addok::start(test, &places).await else { return };
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &addok.url()).start().await;
    let caller = app.anonymous();
    let search = async |query: &str| -> Vec<PlaceProperties> {
        let found: Places = caller.get(&format!("/api/geo/search?q={query}")).await.expect(200).json();
        found.features.into_iter().map(|feature| feature.properties).collect()
    };
    let new = search("7+rue+des+prunelliers+demoville").await.remove(0);
    assert_eq!((new.kind.as_str(), new.housenumber.as_deref()), ("housenumber", Some("7")));
    assert_eq!((new.street.as_deref(), new.citycode.as_str()), (Some("Rue des Prunelliers"), "00001"));
    assert_eq!((new.label.as_str(), new.context.as_str()), ("7 Rue des Prunelliers 00001 Démoville", "00"));
    assert!(new.x.is_some() && new.y.is_some());
    // A number that our street lacks: theirs, and our street.
    let kinds = |found: &[PlaceProperties]| found.iter().map(|place| place.kind.clone()).collect::<Vec<_>>();
    let number = search("9020+rue+de+la+republique+demoville").await;
    assert!(kinds(&number).contains(&"housenumber".to_owned()) && kinds(&number).contains(&"street".to_owned()));
    assert_eq!(number.iter().filter(|place| place.name == "Rue de la République").count(), 1, "once: {number:?}");
    assert_eq!(search("trifouillis&type=municipality").await[0].citycode, "99101");
    assert_eq!(search("prunelliers&citycode=99101").await, [], "filters hold for both sources");
    // What is loaded needs nobody else.
    let ours = search("2+rue+de+la+republique+demoville").await.remove(0);
    addok.stop();
    assert_eq!(search("2+rue+de+la+republique+demoville").await.remove(0), ours);
    for _ in 0..5 {
        assert_eq!(search("perpete+les+alouettes").await, [], "a dead service is no failure of ours");
    }
    assert_eq!(search("7+rue+des+prunelliers+demoville").await.remove(0), new, "what was answered is kept");
}

#[tokio::test]
async fn what_is_around_a_point_comes_from_api_adresse_where_nothing_is_loaded() {
    let test = "what_is_around_a_point_comes_from_api_adresse_where_nothing_is_loaded";
    // Far from the town.
    let away = json!({ "id": "99101_1", "type": "street", "name": "Rue des Prunelliers", "postcode": "99100",
        "citycode": "99101", "city": "Trifouillis-les-Oies", "lat": 47.1002, "lon": 2.2, "importance": 0.5,
        "housenumbers": { "12": { "id": "99101_1_12", "lat": 47.1, "lon": 2.2 } } });
    let hamlet = json!({ "id": "00001_lavoir", "type": "locality", "name": "Le Lavoir", "postcode": "00001",
        "citycode": "00001", "city": "Démoville", "lat": 47.56, "lon": 2.18, "importance": 0.1 });
    // On the spot of a street of ours, under another name.
    let theirs = street("00001_theirs", "Rue de Nulle Part", &[("1", [2.18, 47.56])]);
    let Some(mut addok) = Addok::start(test, &[away, hamlet, theirs]).await else { return };
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &addok.url()).start().await;
    let caller = app.anonymous();
    let around = async |query: &str| -> Vec<PlaceProperties> {
        let found: Places = caller.get(&format!("/api/geo/reverse?{query}")).await.expect(200).json();
        found.features.into_iter().map(|feature| feature.properties).collect()
    };
    let house = around("lon=2.2&lat=47.1").await.remove(0);
    assert_eq!(house.label, "12 Rue des Prunelliers 99100 Trifouillis-les-Oies");
    assert_eq!((house.kind.as_str(), house.citycode.as_str(), house.distance), ("housenumber", "99101", Some(0.0)));
    assert!(house.score > 0.99 && house.x.is_some(), "{house:?}");
    let street = around("lon=2.2&lat=47.1&type=street").await.remove(0);
    assert_eq!((street.kind.as_str(), street.name.as_str()), ("street", "Rue des Prunelliers"));
    assert_eq!(around("lon=2.2&lat=47.1&type=municipality").await, [], "what they answer is of the kind that is asked");
    // Only theirs has hamlets; what is loaded answers alone for all the rest.
    assert_eq!(around("lon=2.18&lat=47.56&type=locality").await.remove(0).name, "Le Lavoir");
    let ours = around("lon=2.18&lat=47.56&limit=10").await;
    assert!(!ours.is_empty() && ours.iter().all(|place| place.name != "1 Rue de Nulle Part"), "{ours:?}");

    addok.stop();
    assert_eq!(around("lon=2.2&lat=47.1").await.remove(0), house, "what was answered is kept");
    for _ in 0..5 {
        assert_eq!(around("lon=2.3&lat=47.2").await, [], "a dead service is no failure of ours");
    }
    assert_eq!(around("lon=2.18&lat=47.56&limit=10").await, ours);
}

#[tokio::test]
async fn house_number_that_is_typed_is_listed_when_api_adresse_has_it() {
    let test = "house_number_that_is_typed_is_listed_when_api_adresse_has_it";
    let plain = TestApp::start().await;
    let ours: Items<Street> =
        plain.anonymous().get("/api/geo/streets?cityCode=00001&search=republique").await.expect(200).json();
    let path = |search: &str| format!("/api/geo/streets/{}/house-numbers?search={search}", ours.items[0].road_ban_id);
    let of = async |app: &TestApp, search: &str| -> Vec<String> {
        app.anonymous().get(&path(search)).await.expect(200).json::<Items<String>>().items
    };
    let ones = of(&plain, "1").await;
    assert!(ones.iter().all(|number| number.starts_with('1')) && ones.len() > 5, "{ones:?}");
    assert_eq!(of(&plain, "9020").await, Vec::<String>::new());
    let bis = of(&plain, "").await.into_iter().find(|number| number.ends_with("bis")).expect("a bis");
    let shortened = bis.replace("bis", "+b");
    assert_eq!(of(&plain, &shortened).await, [bis], "however it is written");
    plain.anonymous().get(&path(&"9".repeat(10_000))).await.problem(400, "invalid_parameter");

    let two: LocationGeometry = plain
        .anonymous()
        .get(&format!(
            "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId={}&fromHouseNumber=2&toHouseNumber=20",
            ours.items[0].road_ban_id
        ))
        .await
        .expect(200)
        .json();
    let beside = two.properties.bounds[1].coordinates;
    let numbers = [("9020", beside), ("9021 bis", beside), ("9030", [2.3, 47.7])];
    let places = [street("00001_r", "Rue de la République", &numbers)];
    let Some(mut addok) = Addok::start(test, &places).await else { return };
    let app = TestApp::builder().variable("API_ADRESSE_BASE_URL", &addok.url()).start().await;
    assert_eq!(of(&app, "9020").await, ["9020"]);
    assert_eq!(of(&app, "1").await, ones);
    for missing in ["9030", "9040", "902", "chose"] {
        assert_eq!(of(&app, missing).await, Vec::<String>::new(), "far away, or nowhere: {missing}");
    }
    addok.stop();
    assert_eq!(of(&app, "9020").await, ["9020"], "what was answered is kept");
    assert_eq!(of(&app, "9050").await, Vec::<String>::new());
}
