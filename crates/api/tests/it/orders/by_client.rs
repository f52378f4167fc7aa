use dialog_api_types::wire::{PublishedRegulation, RegulationView, ReplacedRegulation};
use dialog_domain::{OrderSource, OrderStatus};
use dialog_test_support::TestApp;
use serde_json::{Value, json};

use super::bodies::{IN_TOWN, create_by_client, drawn, features, fragment, regulation};

#[tokio::test]
async fn order_lives_from_post_to_delete() {
    let app = TestApp::start().await;
    let (client, anyone) = (app.api_client(), app.anonymous());

    let created = client.post("/api/regulations", &regulation("F2030/007", "draft")).await.expect(201);
    assert_eq!(created.header("location"), "/api/regulations/F2030%2F007");
    let uuid = created.value()["uuid"].as_str().unwrap().parse().unwrap();
    assert_eq!(fragment(&anyone, uuid).await, None);

    let read = client.get("/api/regulations/F2030/007").await.expect(200);
    assert_eq!(read.header("content-type"), "application/json");
    let view: RegulationView = read.json();
    assert_eq!((view.uuid, view.status, view.source), (uuid, OrderStatus::Draft, OrderSource::Api));
    assert_eq!(view.start_date.as_deref(), Some("2030-11-30T23:00:00+00:00"));
    assert_eq!(view.measures[0].periods[0].time_slots[0].local_start, "07:00");
    assert!(view.measures[0].locations[0].geometry.as_ref().unwrap().contains("LineString"));
    let fresh = client.request(reqwest::Method::GET, "/api/regulations/F2030/007");
    let fresh = client.send(fresh.header("If-None-Match", read.header("etag"))).await;
    assert_eq!((fresh.status.as_u16(), fresh.body.len()), (304, 0));

    let published: PublishedRegulation =
        client.put_nothing("/api/regulations/publish/F2030%2F007").await.expect(200).json();
    assert_eq!((published.identifier.as_str(), published.status), ("F2030/007", OrderStatus::Published));
    let first = fragment(&anyone, uuid).await.unwrap();
    assert_eq!(features(&anyone).await.len(), 1);

    // Published again without change: the same version.
    client.put_nothing("/api/regulations/publish/F2030/007").await.expect(200);
    assert_eq!(fragment(&anyone, uuid).await.unwrap(), first);

    client.delete("/api/regulations/F2030/007").await.expect(204);
    assert_eq!(fragment(&anyone, uuid).await, None);
    assert!(features(&anyone).await.is_empty());
    client.get("/api/regulations/F2030/007").await.problem(404, "not_found");
    client.delete("/api/regulations/F2030/007").await.problem(404, "not_found");
}

#[tokio::test]
async fn order_posted_as_published_is_public_at_once() {
    let app = TestApp::start().await;
    let uuid = create_by_client(&app.api_client(), "A1", "published").await;
    assert!(fragment(&app.anonymous(), uuid).await.is_some());
    let features = features(&app.anonymous()).await;
    assert_eq!(features[0]["properties"]["order_uuid"], json!(uuid));
}

#[tokio::test]
async fn replacement_of_a_published_order_is_public_at_once_and_keeps_identifiers() {
    let app = TestApp::start().await;
    let (client, anyone) = (app.api_client(), app.anonymous());
    let uuid = create_by_client(&client, "A1", "published").await;
    let before: RegulationView = client.get("/api/regulations/A1").await.expect(200).json();

    let mut body = regulation("A1", "published");
    body["title"] = json!("Titre corrigé");
    body["measures"][0]["locations"].as_array_mut().unwrap().push(drawn("Parvis", IN_TOWN));
    let replaced: ReplacedRegulation = client.put("/api/regulations", &body).await.expect(200).json();
    assert_eq!((replaced.uuid, replaced.status), (uuid, OrderStatus::Published));
    let after: RegulationView = client.get("/api/regulations/A1").await.expect(200).json();
    assert_eq!(after.measures[0].uuid, before.measures[0].uuid);
    assert_eq!(after.measures[0].periods[0].uuid, before.measures[0].periods[0].uuid);
    assert_eq!(after.measures[0].locations[0], before.measures[0].locations[0]);
    assert_eq!((after.published_version, after.has_unpublished_changes), (Some(2), false));
    assert!(fragment(&anyone, uuid).await.unwrap().contains("Titre corrigé"));
    assert_eq!(features(&anyone).await.len(), 2);

    let back = client.put("/api/regulations", &regulation("A1", "draft")).await.problem(400, "business_rule");
    assert_eq!(back.detail, "Un arrêté publié ne peut pas être repassé en brouillon.");
    let unknown = client.put("/api/regulations", &regulation("ZZ", "draft")).await.problem(404, "not_found");
    assert_eq!(
        unknown.detail,
        "Aucun arrêté de circulation trouvé pour l'identifiant ZZ au sein de l'organisation Mairie de Démoville."
    );
    let mut nameless = regulation("A1", "draft");
    nameless["identifier"] = Value::Null;
    let nameless = client.put("/api/regulations", &nameless).await.problem(422, "validation_failed");
    assert_eq!(nameless.violations.unwrap()[0].property_path, "generalInfo.identifier");
    let put = |tag: &str| client.request(reqwest::Method::PUT, "/api/regulations").json(&body).header("If-Match", tag);
    let stale = client.send(put("\"1\"")).await.problem(412, "stale_revision");
    assert_eq!(stale.current.unwrap()["title"], "Titre corrigé");
    let tag = client.get("/api/regulations/A1").await.expect(200).header("etag").to_owned();
    for tag in [tag.as_str(), "*"] {
        client.send(put(tag)).await.expect(200);
    }
}

#[tokio::test]
async fn any_character_may_be_in_an_identifier() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for (identifier, path) in [
        ("F2025/publié", "F2025/publi%C3%A9"),
        ("a/b/c", "a%2Fb/c"),
        ("117374#24-A-0473", "117374%2324-A-0473"),
        ("100 % ?", "100%20%25%20%3F"),
        ("a+b", "a+b"),
        ("publish/x", "publish/x"),
    ] {
        create_by_client(&client, identifier, "draft").await;
        let published = client.put_nothing(&format!("/api/regulations/publish/{path}")).await.expect(200).value();
        assert_eq!(published["identifier"], identifier);
        let read = client.get(&format!("/api/regulations/{path}")).await.expect(200).value();
        assert_eq!(read["identifier"], identifier);
        client.delete(&format!("/api/regulations/{path}")).await.expect(204);
    }
}

#[tokio::test]
async fn order_named_as_a_path_of_ours_is_published_listed_and_deleted() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "search", "draft").await;
    client.put_nothing("/api/regulations/publish/search").await.expect(200);
    assert!(client.get("/api/regulations/search").await.expect(200).value()["regulations"].is_array());
    let own = client.get("/api/organization/identifiers").await.expect(200).value();
    assert_eq!(own, json!({ "identifiers": ["search"] }));
    client.delete("/api/regulations/search").await.expect(204);
    client.delete("/api/regulations/search").await.problem(404, "not_found");
}

#[tokio::test]
async fn everything_private_is_401_without_the_right_credentials() {
    let app = TestApp::start().await;
    create_by_client(&app.api_client(), "A1", "draft").await;
    let half = app.api_client().without_header("x-client-secret");
    let wrong = app.api_client().with_header("x-client-secret", "wrong");
    // A cookie is no credential here.
    let member = app.member().await;
    for caller in [app.anonymous(), half, wrong, member] {
        for answer in [
            caller.post("/api/regulations", &json!("not an order")).await,
            caller.put("/api/regulations", &json!({})).await,
            caller.get("/api/regulations/A1").await,
            caller.delete("/api/regulations/A1").await,
            caller.put_nothing("/api/regulations/publish/A1").await,
            caller.get("/api/organization/identifiers").await,
            caller.get("/api/organization/regulations?limit=x").await,
        ] {
            let problem = answer.problem(401, "unauthorized");
            assert_eq!(problem.message.as_deref(), Some("Unauthorized"));
        }
    }
    app.api_client().get("/api/regulations/A1").await.expect(200);
}

#[tokio::test]
async fn other_methods_are_405() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let refused = client.send(client.request(reqwest::Method::PATCH, "/api/regulations")).await;
    assert!(refused.header("allow").contains("POST"), "{:?}", refused.headers);
    refused.problem(405, "method_not_allowed");
    client.put_nothing("/api/regulations/A1").await.problem(405, "method_not_allowed");
    client.post("/api/regulations/A1", &json!({})).await.problem(405, "method_not_allowed");
}
