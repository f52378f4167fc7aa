use dialog_api_types::app::{OrderMeasureView, OrderSummary, OrderView, SuggestedIdentifier};
use dialog_api_types::page::Page;
use dialog_domain::{OrderSource, OrderStatus};
use dialog_test_support::TestApp;
use reqwest::Method;
use serde_json::json;

use super::bodies::{
    RECORDS, create_draft, features, form, form_measure, fragment, publish_by_session, regulation, send, street_section,
};

#[tokio::test]
async fn order_lives_from_the_first_draft_to_its_deletion() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());

    // A draft without measure, under the identifier that the application proposes.
    let organization = member.get("/api/app/me").await.expect(200).value()["organizations"][0]["uuid"].clone();
    let organization = organization.as_str().unwrap().to_owned();
    let next: SuggestedIdentifier =
        member.get(&format!("/api/app/organizations/{organization}/next-identifier")).await.expect(200).json();
    let created = member.post(RECORDS, &form(&next.identifier, vec![])).await.expect(201);
    assert_eq!(created.header("etag"), "\"1\"");
    let draft: OrderView = created.json();
    assert_eq!(created.header("location"), format!("{RECORDS}/{}", draft.uuid));
    assert_eq!((draft.status, draft.source), (OrderStatus::Draft, OrderSource::Dialog));
    assert!(draft.permissions.can_edit && draft.permissions.can_delete && !draft.permissions.can_publish);
    let path = format!("{RECORDS}/{}", draft.uuid);

    // Its general information changes, then a measure is added: the section is found on the network.
    let mut general = form("F2030/001", vec![]);
    general["title"] = json!("Grue de chantier");
    let renamed: OrderView =
        send(&member, Method::PATCH, &path, draft.revision, Some(&general)).await.expect(200).json();
    assert_eq!((renamed.identifier.as_str(), renamed.content.title.as_str()), ("F2030/001", "Grue de chantier"));
    let location = street_section(&member, "Rue de la République", "2", "20").await;
    let measures = format!("{path}/measures");
    let measured: OrderView =
        send(&member, Method::POST, &measures, renamed.revision, Some(&form_measure(location.clone())))
            .await
            .expect(200)
            .json();
    let measure = &measured.content.measures[0];
    let found = measure.locations[0].found.as_ref().unwrap();
    assert!(found.length_m > 50.0 && !found.segments.is_empty());
    assert!(measured.permissions.can_publish && measured.warnings.is_empty(), "{:?}", measured.warnings);
    let sentence = &measured.texts[0].sentence;
    assert!(sentence.contains("rue de la République du n° 2 au n° 20"), "{sentence}");
    assert_eq!(fragment(&anyone, measured.uuid.0).await, None);

    // Published: in the feed, on the map and readable by anyone at once.
    let published: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), measured.revision, None).await.expect(200).json();
    assert_eq!(published.status, OrderStatus::Published);
    assert_eq!(published.published.as_ref().map(|version| version.number), Some(1));
    assert!(!published.permissions.can_publish);
    let first = fragment(&anyone, published.uuid.0).await.unwrap();
    assert!(first.contains("version=\"1\"") && first.contains("Grue de chantier"), "{first}");
    let on_map = features(&anyone).await;
    assert_eq!(on_map.len(), 1);
    assert_eq!(on_map[0]["properties"]["location_uuid"], json!(measure.locations[0].id));
    let read: OrderView = anyone.get(&path).await.expect(200).json();
    assert_eq!(read.content, published.content);
    assert!(!read.permissions.can_edit);

    // A change stays private until it is published; identifiers of measure and location stay.
    let mut longer = form_measure(location);
    longer["locations"][0]["namedStreet"]["toHouseNumber"] = json!("30");
    let changed: OrderView =
        send(&member, Method::PUT, &format!("{measures}/{}", measure.id), published.revision, Some(&longer))
            .await
            .expect(200)
            .json();
    assert!(changed.has_unpublished_changes && changed.permissions.can_publish);
    assert_eq!(changed.content.measures[0].id, measure.id);
    assert_eq!(changed.content.measures[0].locations[0].id, measure.locations[0].id);
    assert!(changed.content.measures[0].locations[0].found.as_ref().unwrap().length_m > found.length_m);
    assert_eq!(fragment(&anyone, changed.uuid.0).await.unwrap(), first);
    let public: OrderView = anyone.get(&path).await.expect(200).json();
    assert_eq!(public.content, published.content);
    assert!(!public.has_unpublished_changes);
    let again: OrderView =
        send(&member, Method::POST, &format!("{path}/publish"), changed.revision, None).await.expect(200).json();
    assert_eq!(again.published.as_ref().map(|version| version.number), Some(2));
    let second = fragment(&anyone, changed.uuid.0).await.unwrap();
    assert!(second.contains("version=\"2\"") && second != first);
    assert_eq!(features(&anyone).await.len(), 1);

    // Deleted: gone from everywhere, twice is the same, and the identifier is free.
    send(&member, Method::DELETE, &path, again.revision, None).await.expect(204);
    send(&member, Method::DELETE, &path, again.revision, None).await.expect(204);
    assert_eq!(fragment(&anyone, changed.uuid.0).await, None);
    assert!(features(&anyone).await.is_empty());
    for caller in [&member, &anyone] {
        caller.get(&path).await.problem(404, "not_found");
    }
    let location = measure.locations[0].id;
    anyone.get(&format!("/api/map/locations/{location}")).await.problem(404, "not_found");
    member.post(RECORDS, &form("F2030/001", vec![])).await.expect(201);
}

#[tokio::test]
async fn draft_that_is_deleted_is_gone() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    send(&member, Method::DELETE, &path, draft.revision, None).await.expect(204);
    member.get(&path).await.problem(404, "not_found");
    send(&member, Method::DELETE, &path, draft.revision, None).await.problem(404, "not_found");
}

#[tokio::test]
async fn only_measure_of_an_order_stays() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let measures = format!("{RECORDS}/{}/measures", draft.uuid);
    let first = draft.content.measures[0].id;
    let refused = send(&member, Method::DELETE, &format!("{measures}/{first}"), draft.revision, None).await;
    refused.problem(400, "business_rule");

    let location = street_section(&member, "Rue de la République", "2", "20").await;
    let two: OrderView =
        send(&member, Method::POST, &measures, draft.revision, Some(&form_measure(location))).await.expect(200).json();
    let one: OrderView =
        send(&member, Method::DELETE, &format!("{measures}/{first}"), two.revision, None).await.expect(200).json();
    assert_eq!(one.content.measures.len(), 1);
    let gone = send(&member, Method::DELETE, &format!("{measures}/{first}"), one.revision, None).await;
    gone.problem(404, "not_found");
}

#[tokio::test]
async fn saving_what_was_shown_changes_nothing() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let measure = &draft.content.measures[0];
    let mut body = form_measure(street_section(&member, "Rue de la République", "2", "20").await);
    body["uuid"] = json!(measure.id);
    body["locations"][0]["uuid"] = json!(measure.locations[0].id);
    let path = format!("{RECORDS}/{}/measures/{}", draft.uuid, measure.id);
    let saved: OrderView = send(&member, Method::PUT, &path, draft.revision, Some(&body)).await.expect(200).json();
    assert_eq!((saved.revision, &saved.content), (draft.revision, &draft.content));
}

#[tokio::test]
async fn list_tells_the_first_location_and_the_period() {
    let app = TestApp::start().await;
    let member = app.member().await;
    create_draft(&member, "2030-A").await;
    create_draft(&member, "2030-B").await;
    let page: Page<OrderSummary> = member.get(&format!("{RECORDS}?search=2030-a")).await.expect(200).json();
    assert_eq!(page.metadata.total_items, 1);
    let line = &page.items[0];
    assert_eq!((line.identifier.as_str(), line.location_count), ("2030-A", 1));
    assert!(line.first_location.as_ref().unwrap().contains("Rue de la République"));
    assert!(line.period.as_ref().unwrap().contains("01/12/2030"), "{:?}", line.period);

    for (query, total) in
        [("category=temporaryRegulation", 2), ("category=permanentRegulation", 0), ("status=published", 0)]
    {
        let page: Page<OrderSummary> = member.get(&format!("{RECORDS}?{query}")).await.expect(200).json();
        assert_eq!(page.metadata.total_items, total, "{query}");
    }
    let page: Page<OrderSummary> = member.get(&format!("{RECORDS}?page=2&pageSize=1")).await.expect(200).json();
    assert_eq!((page.items.len(), page.metadata.last_page), (1, 2));
    for query in ["page=0", "pageSize=abc", "status=gone", "organizationUuid=x"] {
        member.get(&format!("{RECORDS}?{query}")).await.problem(400, "invalid_parameter");
    }
}

#[tokio::test]
async fn identifiers_follow_the_month_in_paris_and_pass_used_ones() {
    let clock = dialog_api::clock::Clock::fixed("2030-11-30T23:30:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock).start().await;
    let member = app.member().await;
    let organization = member.get("/api/app/me").await.expect(200).value()["organizations"][0]["uuid"].clone();
    let path = format!("/api/app/organizations/{}/next-identifier", organization.as_str().unwrap());
    assert_eq!(member.get(&path).await.expect(200).value()["identifier"], "2030-12-0001");
    member.post(RECORDS, &form("2030-12-0002", vec![])).await.expect(201);
    let suggested = member.get(&path).await.expect(200).value();
    assert_eq!(suggested, json!({ "identifier": "2030-12-0003" }));
    for (wanted, is_free) in [("2030-12-0002", false), ("%202030-12-0002%20", false), ("2030-12-000", true), ("", true)]
    {
        let asked = member.get(&format!("{path}?wanted={wanted}")).await.expect(200).value();
        assert_eq!(asked, json!({ "identifier": "2030-12-0003", "isWantedFree": is_free }), "{wanted}");
    }
    app.other_member().await.get(&path).await.problem(404, "not_found");
    app.anonymous().get(&path).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn names_of_places_follow_their_codes() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let mut location = street_section(&member, "Rue de la République", "2", "20").await;
    location["namedStreet"]["cityLabel"] = json!("Grenoble (38000)");
    location["namedStreet"]["roadName"] = json!("Rue des Mensonges");
    let view = member.post(RECORDS, &form("A1", vec![form_measure(location)])).await.expect(201).value();
    assert!(view.to_string().contains("Rue de la République") && !view.to_string().contains("Mensonges"), "{view}");
    assert!(view.to_string().contains("Démoville") && !view.to_string().contains("Grenoble"), "{view}");

    for (label, read) in [("Grenoble", "Démoville"), ("DEMOVILLE", "DEMOVILLE")] {
        let mut body = regulation(label, "draft");
        body["measures"][0]["locations"][0]["namedStreet"]["cityLabel"] = json!(label);
        client.post("/api/regulations", &body).await.expect(201);
        let order = client.get(&format!("/api/regulations/{label}")).await.expect(200).value();
        assert_eq!(order["measures"][0]["locations"][0]["namedStreet"]["cityLabel"], read);
    }
}

#[tokio::test]
async fn measure_is_read_alone_as_it_stands_for_its_reader() {
    let app = TestApp::start().await;
    let (member, anyone) = (app.member().await, app.anonymous());
    let published = publish_by_session(&member, "A1").await;
    let measure = published.content.measures[0].id;
    let path = format!("{RECORDS}/{}/measures/{measure}", published.uuid);
    let mut body = form_measure(street_section(&member, "Rue de la République", "2", "20").await);
    body["type"] = json!("parkingProhibited");
    let changed: OrderView =
        send(&member, Method::PUT, &path, published.revision, Some(&body)).await.expect(200).json();

    let read = member.get(&path).await.expect(200);
    assert_eq!(read.header("etag"), format!("\"{}\"", changed.revision));
    let mine: OrderMeasureView = read.json();
    assert_eq!((&mine.measure, &mine.texts), (&changed.content.measures[0], &changed.texts[0]));
    assert!(mine.permissions.can_edit);
    let public: OrderMeasureView = anyone.get(&path).await.expect(200).json();
    assert_eq!((&public.measure, public.permissions.can_edit), (&published.content.measures[0], false));
    for other in [published.uuid.to_string(), "0190c7e8-0000-7000-8000-000000000000".to_owned()] {
        anyone.get(&format!("{RECORDS}/{}/measures/{other}", published.uuid)).await.problem(404, "not_found");
    }
}
