use dialog_api::clock::Clock;
use dialog_test_support::{TestApp, TestResponse};
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

use super::bodies::{IN_TOWN, create_by_client, drawn, publish_by_session, regulation};

#[tokio::test]
async fn map_shows_everything_from_today_on_without_a_filter() {
    let clock = Clock::fixed("2030-12-30T12:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let anyone = app.anonymous();
    let published = publish_by_session(&app.member().await, "A1").await;
    let location = published.content.measures[0].locations[0].id;
    let count = async |query: &str| {
        let map = anyone.get(&format!("/api/map/locations.geojson{query}")).await.expect(200).value();
        map["features"].as_array().unwrap().len()
    };
    let own = published.organization.uuid;
    // Until the end of 30 December, Paris time.
    assert_eq!(count("").await, 1);
    for (query, expected) in [
        ("?startDate=2030-12-31", 0),
        ("?startDate=2030-12-30&endDate=2030-12-30", 1),
        ("?startDate=&endDate=2030-11-30", 0),
        ("?startDate=&endDate=2030-12-01", 1),
        ("?startDate=2030-12-10&endDate=2030-12-01", 0),
        ("?measureTypes=parkingProhibited", 0),
        ("?measureTypes=parkingProhibited,noEntry", 1),
        ("?measureTypes=", 0),
        (&format!("?organization={own}"), 1),
        ("?organization=00000000-0000-7000-8000-000000000000", 0),
        ("?includeHeavyGoodsVehicles=false", 0),
        ("?includeTemporary=false", 0),
        ("?includePermanent=false", 1),
        ("?bbox=2.1,47.5,2.3,47.6", 1),
        ("?bbox=3.1,47.5,3.3,47.6", 0),
        ("?zoom=5", 1),
    ] {
        assert_eq!(count(query).await, expected, "{query}");
    }
    for (name, query) in
        [("bbox", "bbox=1,2"), ("startDate", "startDate=x"), ("measureTypes", "measureTypes=toll"), ("zoom", "zoom=99")]
    {
        let problem =
            anyone.get(&format!("/api/map/locations.geojson?{query}")).await.problem(400, "invalid_parameter");
        assert_eq!(problem.detail, format!("Invalid \"{name}\" parameter"));
    }
    clock.set("2030-12-30T23:00:00Z".parse().unwrap());
    assert_eq!(count("").await, 0);

    let card = anyone.get(&format!("/api/map/locations/{location}")).await.expect(200).value();
    assert_eq!(
        (card["identifier"].as_str(), card["organizationName"].as_str()),
        (Some("A1"), Some("Mairie de Démoville"))
    );
    assert!(card["locationLabel"].as_str().unwrap().starts_with("Rue de la République"));
    anyone.get("/api/map/locations/not-a-uuid").await.problem(400, "invalid_parameter");
}

#[tokio::test]
async fn answers_of_the_map_are_tagged_by_what_is_public() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    create_by_client(&app.api_client(), "A1", "published").await;
    for path in ["/api/map/locations.geojson", "/api/map/tiles/12/2072/1431.mvt"] {
        let first = anyone.get(path).await.expect(200);
        let fresh = anyone.send(anyone.request(Method::GET, path).header("If-None-Match", first.header("etag"))).await;
        assert_eq!((fresh.status.as_u16(), fresh.body.len()), (304, 0), "{path}");
        let other = anyone.get(&format!("{path}?measureTypes=noEntry")).await.expect(200);
        assert_ne!(other.header("etag"), first.header("etag"));
    }
    let tag = anyone.get("/api/map/locations.geojson").await.header("etag").to_owned();
    create_by_client(&app.api_client(), "A2", "published").await;
    let path = "/api/map/locations.geojson";
    let changed = anyone.send(anyone.request(Method::GET, path).header("If-None-Match", tag)).await.expect(200);
    assert_eq!(changed.value()["features"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn tiles_are_vector_tiles_or_nothing() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    // 2.18° E, 47.56° N.
    let tile = anyone.get("/api/map/tiles/14/8291/5725.mvt").await.expect(200);
    assert_eq!(tile.header("content-type"), "application/vnd.mapbox-vector-tile");
    assert_eq!(tile.header("cache-control"), "public, max-age=300, stale-while-revalidate=300");
    assert!(tile.text().contains("restrictions") && tile.text().contains("location_uuid"));
    for path in ["14/0/0", "3/8/0", "22/4294967295/0", "5/99999999999/1"] {
        let empty = anyone.get(&format!("/api/map/tiles/{path}.mvt")).await.expect(204);
        assert!(empty.header("cache-control").contains("max-age=300"), "{path}");
    }
    for (name, path) in [("z", "23/0/0"), ("x", "3/a/0"), ("y", "3/0/-1")] {
        let problem = anyone.get(&format!("/api/map/tiles/{path}.mvt")).await.problem(400, "invalid_parameter");
        assert_eq!(problem.detail, format!("Invalid \"{name}\" parameter"));
    }
}

#[tokio::test]
async fn map_begins_where_there_is_something_to_see() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    assert!(anyone.get("/api/map/initial-bbox").await.expect(200).value().is_null());
    let order = create_by_client(&app.api_client(), "A1", "published").await;
    for query in [
        "",
        &format!("?regulationOrderRecordUuid={order}"),
        &format!("?organizationUuid={}", dialog_api::demo::ORGANIZATION),
    ] {
        let bbox = anyone.get(&format!("/api/map/initial-bbox{query}")).await.expect(200).value();
        let edge = |name: &str| bbox[name].as_f64().unwrap();
        assert!(edge("minLon") < 2.19 && edge("maxLon") > 2.17 && edge("minLat") < edge("maxLat"), "{query}: {bbox}");
    }
    let draft = create_by_client(&app.api_client(), "A2", "draft").await;
    let hidden = anyone.get(&format!("/api/map/initial-bbox?regulationOrderRecordUuid={draft}")).await.expect(200);
    assert!(hidden.value().is_null());
    anyone.get("/api/map/initial-bbox?organizationUuid=x").await.problem(400, "invalid_parameter");
}

#[tokio::test]
async fn tiles_list_and_features_show_the_same_whatever_the_filter() {
    let clock = Clock::fixed("2030-12-02T12:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock).start().await;
    let anyone = app.anonymous();
    // Lorries above 3.5 t, at the hours and days of the sample.
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let mut shown = Vec::new();
    let (ours, theirs) =
        (format!("organization={}", dialog_api::demo::ORGANIZATION), format!("organization={}", uuid::Uuid::now_v7()));
    for query in [
        "",
        &ours,
        &theirs,
        "vehicle=car",
        "vehicle=goods",
        "vehicle=goods&vehicleWeight=3",
        "vehicle=goods&vehicleWeight=19",
        "vehicleHeight=4.5",
        "at=2030-12-02T00:30",
        "at=2030-12-02T08:30",
        "at=2041-12-02T08:30",
        "measureTypes=parkingProhibited",
        "includeTemporary=false",
        "startDate=2031-06-01",
    ] {
        let features = anyone.get(&format!("/api/map/locations.geojson?{query}")).await.expect(200).value();
        let features = features["features"].as_array().unwrap().len();
        let list = anyone.get(&format!("/api/map/restrictions?{query}&bbox=2,47,3,48")).await.expect(200).value();
        assert_eq!(
            (list["total"].as_u64(), list["items"].as_array().unwrap().len()),
            (Some(features as u64), features)
        );
        let tile = anyone.get(&format!("/api/map/tiles/14/8291/5725.mvt?{query}&v={}", list["revision"])).await;
        assert_eq!(tile.status.as_u16(), if features > 0 { 200 } else { 204 }, "{query}");
        shown.push((query, features));
    }
    let count = |query: &str| shown.iter().find(|(asked, _)| *asked == query).unwrap().1;
    assert_eq!((count(""), count("vehicle=goods&vehicleWeight=19")), (1, 1));
    assert_eq!((count(&ours), count(&theirs)), (1, 0));
    assert_eq!((count("vehicle=car"), count("vehicle=goods&vehicleWeight=3"), count("at=2041-12-02T08:30")), (0, 0, 0));
}

#[tokio::test]
async fn a_tile_that_is_kept_is_never_older_than_what_its_caller_knows() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let tile = async |query: &str| anyone.get(&format!("/api/map/tiles/14/8291/5725.mvt{query}")).await;
    let revision = async || anyone.get("/api/map/restrictions").await.expect(200).value()["revision"].as_i64().unwrap();
    let before = revision().await;
    tile(&format!("?v={before}")).await.expect(204);
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let after = revision().await;
    assert!(after > before);
    tile(&format!("?v={after}")).await.expect(200);
    tile("").await.expect(200);
    // Who knows less does not see less.
    tile(&format!("?v={before}")).await.expect(200);
    tile("?v=9223372036854775807").await.expect(200);
}

#[tokio::test]
async fn a_tile_that_is_kept_is_answered_like_one_that_was_just_cut() {
    let app = TestApp::start().await;
    let anyone = app.anonymous();
    let mut body = regulation("A1", "published");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let revision = anyone.get("/api/map/restrictions").await.expect(200).value()["revision"].clone();
    let path = format!("/api/map/tiles/14/8291/5725.mvt?measureTypes=noEntry&v={revision}");
    let cut = anyone.get(&path).await.expect(200);
    let kept = anyone.get(&path).await.expect(200);
    assert_eq!(kept.body, cut.body);
    let names = |response: &TestResponse| {
        let mut names: Vec<_> = response.headers.keys().map(ToString::to_string).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names(&kept), names(&cut));
    for (name, value) in &cut.headers {
        if !["date", "x-request-id", "ratelimit-remaining", "ratelimit-reset"].contains(&name.as_str()) {
            assert_eq!(kept.headers.get(name), Some(value), "{name}");
        }
    }
    assert_ne!(kept.header("x-request-id"), cut.header("x-request-id"));
    let known = anyone.send(anyone.request(Method::GET, &path).header("If-None-Match", kept.header("etag"))).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    // What the filters let through is another tile, and wrong ones are refused before and after.
    anyone.get(&path.replace("noEntry", "speedLimitation")).await.expect(204);
    for _ in 0..2 {
        anyone.get(&format!("{path}&endDate=x")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn drafts_of_the_map_are_those_of_the_organizations_of_the_person() {
    let app = TestApp::start().await;
    let mut body = regulation("A1", "draft");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let drafts = app.member().await.get("/api/app/map/drafts?startDate=").await.expect(200);
    assert_eq!(drafts.header("cache-control"), "private, no-store");
    let drafts = drafts.value();
    assert_eq!(drafts["items"].as_array().unwrap().len(), 1, "{drafts}");
    assert_eq!(drafts["items"][0]["location"]["identifier"], "A1");
    let none = app.member().await.get("/api/app/map/drafts?startDate=&vehicle=bicycle").await.expect(200).value();
    assert_eq!(none["items"].as_array().unwrap().len(), 0);
    for (organization, expected) in
        [(dialog_api::demo::ORGANIZATION.to_string(), 1), (uuid::Uuid::now_v7().to_string(), 0)]
    {
        let path = format!("/api/app/map/drafts?startDate=&organization={organization}");
        let drafts = app.member().await.get(&path).await.expect(200).value();
        assert_eq!(drafts["items"].as_array().unwrap().len(), expected, "{organization}");
    }
    app.anonymous().get("/api/app/map/drafts").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn the_map_says_when_it_does_not_read_every_draft() {
    let app = TestApp::start().await;
    let mut body = regulation("A1", "draft");
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
    let copies = async |from: i32, to: i32| {
        diesel::sql_query(
            "INSERT INTO orders (uuid, organization_uuid, identifier, status, source, content, schema_version) \
             SELECT gen_random_uuid(), organization_uuid, 'A1-' || n, status, source, content, schema_version \
             FROM orders, generate_series($1, $2) AS n WHERE identifier = 'A1'",
        )
        .bind::<Integer, _>(from)
        .bind::<Integer, _>(to)
        .execute(&mut app.database.connection().await)
        .await
        .unwrap();
    };
    let drafts = async || app.member().await.get("/api/app/map/drafts?startDate=").await.expect(200).value();
    copies(2, 500).await;
    let all = drafts().await;
    assert_eq!((all["items"].as_array().map(Vec::len), all["isCut"].as_bool()), (Some(500), Some(false)));
    copies(501, 501).await;
    let cut = drafts().await;
    assert_eq!((cut["items"].as_array().map(Vec::len), cut["isCut"].as_bool()), (Some(500), Some(true)));
}
