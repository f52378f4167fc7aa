//! Look-ups on the demonstration town.

use std::time::Instant;

use dialog_api_types::geo::{City, CrossingStreet, LocationGeometry, PlaceSource, Street};
use dialog_api_types::page::Items;
use dialog_api_types::places::Places;
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};

async fn street(caller: &TestCaller, search: &str) -> Street {
    let path = format!("/api/geo/streets?cityCode=00001&search={search}");
    let streets: Items<Street> = caller.get(&path).await.expect(200).json();
    streets.items.into_iter().next().unwrap_or_else(|| panic!("no street for {search}"))
}

async fn numbers(caller: &TestCaller, street: &Street) -> Vec<String> {
    let path = format!("/api/geo/streets/{}/house-numbers", street.road_ban_id);
    caller.get(&path).await.expect(200).json::<Items<String>>().items
}

#[tokio::test]
async fn communes_are_proposed_from_three_characters_on() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let cities: Items<City> = caller.get("/api/geo/cities?search=Demov").await.expect(200).json();
    assert_eq!((cities.items[0].code.as_str(), cities.items[0].label.as_str()), ("00001", "Démoville (00001)"));
    for search in ["", "De", "xyzxyz"] {
        let none: Items<City> = caller.get(&format!("/api/geo/cities?search={search}")).await.expect(200).json();
        assert_eq!(none.items, [], "{search}");
    }
    let problem = caller.get("/api/geo/cities").await.problem(400, "invalid_parameter");
    assert!(problem.detail.contains("search"));
}

#[tokio::test]
async fn streets_are_proposed_within_their_commune() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    assert_eq!(street(&caller, "republique").await.road_name, "Rue de la République");
    for path in ["cityCode=00001&search=r", "cityCode=75104&search=republique"] {
        let none: Items<Street> = caller.get(&format!("/api/geo/streets?{path}")).await.expect(200).json();
        assert_eq!(none.items, [], "{path}");
    }
    for (path, missing) in
        [("search=rue", "cityCode"), ("cityCode=00001", "search"), ("cityCode=&search=rue", "cityCode")]
    {
        let problem = caller.get(&format!("/api/geo/streets?{path}")).await.problem(400, "invalid_parameter");
        assert!(problem.detail.contains(missing), "{}", problem.detail);
    }
}

#[tokio::test]
async fn house_numbers_come_in_natural_order() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let street = street(&caller, "republique").await;
    let numbers = numbers(&caller, &street).await;
    let place =
        |number: &str| numbers.iter().position(|found| found == number).unwrap_or_else(|| panic!("no {number}"));
    assert!(place("2") < place("10"));
    caller.get("/api/geo/streets/00001_none/house-numbers").await.problem(404, "not_found");
}

#[tokio::test]
async fn crossing_streets_say_where_and_how_often() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let quay = street(&caller, "quai de la bionne").await;
    let path = format!("/api/geo/streets/{}/intersections", quay.road_ban_id);
    let crossing: Items<CrossingStreet> = caller.get(&path).await.expect(200).json();
    let hugo = crossing.items.iter().find(|street| street.road_name.contains("Hugo")).expect("they cross");
    assert_eq!(hugo.crossings.iter().map(|crossing| crossing.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(
        crossing.items.is_sorted_by(|a, b| a.road_name.to_lowercase() <= b.road_name.to_lowercase())
            || crossing.items.len() > 1
    );
    caller.get("/api/geo/streets/00001_none/intersections").await.problem(404, "not_found");
}

#[tokio::test]
async fn a_section_is_a_line_between_its_bounds() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let street = street(&caller, "republique").await;
    let numbers = numbers(&caller, &street).await;
    let (from, to) = (&numbers[0], &numbers[numbers.len() - 1]);
    let base = format!("/api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId={}", street.road_ban_id);
    let whole: LocationGeometry = caller.get(&base).await.expect(200).json();
    let section: LocationGeometry =
        caller.get(&format!("{base}&fromHouseNumber={from}&toHouseNumber={to}")).await.expect(200).json();
    assert_eq!(section.kind, "Feature");
    assert!(section.properties.found.length_m > 10.0);
    assert!(section.properties.found.length_m <= whole.properties.found.length_m + 1.0);
    assert!(section.properties.text.contains(&format!("du n° {from} au n° {to}")), "{}", section.properties.text);
    let half: LocationGeometry = caller.get(&format!("{base}&fromHouseNumber={from}")).await.expect(200).json();
    assert_eq!(half.geometry, whole.geometry, "one bound is no section yet");
}

#[tokio::test]
async fn what_cannot_be_found_says_why() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let base = "/api/geo/location-geometry?roadType=lane&cityCode=00001";
    caller.get(&format!("{base}&roadName=Rue%20qui%20manque")).await.problem(404, "address_not_found");
    caller
        .get("/api/geo/location-geometry?roadType=lane&cityCode=99999&roadName=Rue%20Haute")
        .await
        .problem(404, "address_not_found");
    let street = street(&caller, "republique").await;
    let on_street = format!("{base}&roadBanId={}", street.road_ban_id);
    let unknown = caller.get(&format!("{on_street}&fromHouseNumber=2&toHouseNumber=99999")).await;
    let problem = unknown.problem(404, "address_not_found");
    assert!(problem.detail.starts_with("Cette adresse n’est pas reconnue."), "{}", problem.detail);
    let apart = format!("{on_street}&fromHouseNumber=2&toRoadName=Chemin%20des%20Vignes");
    caller.get(&apart).await.problem(422, "intersection_not_found");
}

#[tokio::test]
async fn two_bounds_without_path_between_them_say_so() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let street = street(&caller, "chemin des vignes").await;
    let numbers = numbers(&caller, &street).await;
    let path = format!(
        "/api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId={}&fromHouseNumber={}&toHouseNumber={}",
        street.road_ban_id,
        numbers[0],
        numbers[numbers.len() - 1]
    );
    let problem = caller.get(&path).await.problem(422, "section_not_found");
    assert!(problem.detail.starts_with("La géolocalisation de la voie entre ces points a échoué."));
}

#[tokio::test]
async fn a_form_that_is_half_filled_in_is_no_mistake() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    for query in [
        "roadType=lane",
        "roadType=lane&cityCode=00001",
        "roadType=lane&roadName=Rue%20Haute",
        "roadType=lane&roadBanId=",
    ] {
        caller.get(&format!("/api/geo/location-geometry?{query}")).await.expect(204);
    }
    for query in ["", "roadType=river", "roadType=lane&roadBanId=x&direction=UP"] {
        caller.get(&format!("/api/geo/location-geometry?{query}")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn base_map_tiles_are_cacheable_full_or_empty() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    // The town hall, longitude 2.18, latitude 47.56.
    let full = caller.get("/api/map/base/13/4145/2862.mvt").await.expect(200);
    assert_eq!(full.header("content-type"), "application/vnd.mapbox-vector-tile");
    assert!(full.header("cache-control").contains("public"));
    assert!(full.body.windows(5).any(|bytes| bytes == b"roads"));
    let again =
        caller.clone().with_header("if-none-match", full.header("etag")).get("/api/map/base/13/4145/2862.mvt").await;
    assert!(again.expect(304).body.is_empty());

    for path in ["/api/map/base/13/0/0.mvt", "/api/map/base/2/9/9.mvt"] {
        let empty = caller.get(path).await.expect(204);
        assert!(empty.header("cache-control").contains("public") && !empty.header("etag").is_empty());
    }
}

#[tokio::test]
async fn base_map_says_whom_its_lines_are_owed_to() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let described = || async { caller.get("/api/map/base.json").await.expect(200).json::<Value>() };
    let town = described().await;
    assert_eq!(town["tilejson"], "3.0.0");
    assert_eq!(town["attribution"], "Ville de démonstration : rues inventées");
    assert!(town["tiles"][0].as_str().is_some_and(|tiles| tiles.ends_with("/api/map/base/{z}/{x}/{y}.mvt")));

    let statement = "INSERT INTO reference.editions (name, kind, source, territory, dated, is_active, segments) VALUES
        ('osm:monaco:2025-02-11', 'network', 'osm', 'monaco', '2025-02-11', true, 1),
        ('osm:paris:2014-11-23', 'network', 'osm', 'paris', '2014-11-23', true, 1),
        ('bdtopo:38:2026-03-15', 'network', 'bdtopo', '38', '2026-03-15', false, 1)";
    app.database.connection().await.batch_execute(statement).await.expect("editions");
    let credits = described().await["attribution"].to_string();
    assert!(credits.contains("openstreetmap.org/copyright") && credits.contains("11/02/2025 (ODbL)"), "{credits}");
    assert!(!credits.contains("IGN"), "an edition that is not in use is owed nothing: {credits}");
}

/// Nothing that somebody sends takes a second. One of three answers in time is enough: the others may have waited for a
/// busy machine.
async fn at_once(what: &str, ask: impl AsyncFn() -> TestResponse) -> TestResponse {
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = ask().await;
        if begun.elapsed().as_secs() < 1 {
            return answer;
        }
    }
    panic!("{what:.80} takes a second");
}

#[tokio::test]
async fn what_is_typed_badly_is_answered_at_once() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    let long = "rue ".repeat(2_500);
    for path in [format!("/api/geo/cities?search={long}"), format!("/api/geo/streets?cityCode=00001&search={long}")] {
        let problem = at_once(&path, async || caller.get(&path).await).await.problem(400, "invalid_parameter");
        assert!(problem.detail.contains("trop long"), "{}", problem.detail);
    }
    // Nothing in it can be looked for: nothing is proposed, as for a field that is empty.
    for search in ["", "%F0%9F%9A%A7%F0%9F%9A%A7%F0%9F%9A%A7", "%07%08%1B%7F", "%E2%80%8B%E2%80%8B", "%25%25%25", "___"]
    {
        for path in
            [format!("/api/geo/cities?search={search}"), format!("/api/geo/streets?cityCode=00001&search={search}")]
        {
            let answer = at_once(&path, async || caller.get(&path).await).await;
            assert_eq!(answer.expect(200).value(), json!({ "items": [] }), "{path}");
        }
    }
    for code in ["99999", "%F0%9F%9A%A7", "0", &"7".repeat(4_000)] {
        for path in [
            format!("/api/geo/streets/{code}/house-numbers"),
            format!("/api/geo/streets/{code}/intersections"),
            format!("/api/geo/location-geometry?roadType=lane&cityCode={code}&roadName=Rue%20Haute"),
            format!("/api/geo/location-geometry?roadType=wholeCity&cityCode={code}"),
            format!("/api/geo/location-geometry?roadType=lane&cityCode=00001&roadName={code}"),
        ] {
            let answer = at_once(&path, async || caller.get(&path).await).await;
            assert!(answer.status.is_client_error(), "{path:.80}: {}", answer.status);
            let body = answer.value();
            assert!(body["code"].is_string() && body["detail"].is_string(), "{path:.80}: {body}");
        }
    }
}

#[tokio::test]
async fn drawings_that_cannot_be_used_are_answered_at_once() {
    let app = TestApp::start().await;
    let caller = app.anonymous();
    for geometry in [
        r#"{"type":"LineString","coordinates":[[2.178,47.559]]}"#,
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[2.178,147.559],[2.182,47.559]]}"#,
        r#"{"type":"LineString","coordinates":[["2.178","47.559"],[2.182,47.559]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}"#,
        r#"{"type":"Polygon","coordinates":[[[2.178,47.559],[2.182,47.561]]]}"#,
        "🚧",
        "",
    ] {
        let drawing = json!({ "roadType": "rawGeoJSON", "rawGeoJSON": { "label": "Tracé", "geometry": geometry } });
        let answer = at_once(geometry, async || caller.post("/api/geo/location-geometry", &drawing).await).await;
        assert!(answer.status.is_client_error(), "{geometry}: {}", answer.status);
        let body = answer.value();
        assert!(body["code"].is_string() && body["detail"].is_string(), "{geometry}: {body}");
    }
    let swapped = json!({ "geometry": { "type": "Point", "coordinates": [47.56, 2.18] } });
    let client = app.api_client();
    let answer = at_once("swapped", async || client.post("/api/nearby-streets", &swapped).await).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}

#[tokio::test]
async fn street_known_by_its_house_numbers_alone_is_proposed_and_has_to_be_drawn() {
    let app = TestApp::start().await;
    let statement = "
        INSERT INTO reference.streets (edition_id, street_id, insee, name, norm_name, length_m)
        SELECT edition_id, '00001_neuve', insee, 'Rue Toute-Neuve', 'rue toute neuve', 0
        FROM reference.network_communes WHERE insee = '00001';
        INSERT INTO reference.addresses (edition_id, street_id, number, geometry)
        SELECT edition_id, '00001_neuve', n, ST_SetSRID(ST_MakePoint(2.18 + n * 0.0001, 47.56), 4326)
        FROM reference.network_communes CROSS JOIN generate_series(1, 3) AS n WHERE insee = '00001'";
    app.database.connection().await.batch_execute(statement).await.expect("a street");
    let caller = app.anonymous();
    let new = street(&caller, "toute+neuve").await;
    assert_eq!((new.road_ban_id.as_str(), new.has_geometry, new.source), ("00001_neuve", false, PlaceSource::Loaded));
    assert!(street(&caller, "republique").await.has_geometry);
    assert_eq!(numbers(&caller, &new).await, ["1", "2", "3"]);
    for (query, kind, longitude) in
        [("3+rue+toute+neuve+demoville", "housenumber", 2.1803), ("rue+toute+neuve+demoville", "street", 2.1802)]
    {
        let found: Places = caller.get(&format!("/api/geo/search?q={query}")).await.expect(200).json();
        let first = &found.features[0];
        assert_eq!(first.properties.kind, kind, "{query}");
        assert!((first.geometry.coordinates[0] - longitude).abs() < 1e-6, "{query}: {first:?}");
    }
    for bounds in ["", "&fromHouseNumber=1&toHouseNumber=3"] {
        let path = format!("/api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId=00001_neuve{bounds}");
        let problem = caller.get(&path).await.problem(404, "address_not_found");
        assert!(problem.detail.contains("dessinez-le"), "{}", problem.detail);
    }
}
