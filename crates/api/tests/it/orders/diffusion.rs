use dialog_api::clock::Clock;
use dialog_api_types::app::{Diffusion, Feed, FeedDiffusion, OrderView};
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use serde_json::{Value, json};

use super::bodies::{
    IN_TOWN, RECORDS, create_draft, drawn, form, form_measure, publish_by_session, regulation, send, street_section,
};

async fn diffusion(caller: &TestCaller, order: impl std::fmt::Display) -> Diffusion {
    caller.get(&format!("{RECORDS}/{order}/diffusion")).await.expect(200).json()
}

fn of(diffusion: &Diffusion, feed: Feed) -> &FeedDiffusion {
    diffusion.feeds.iter().find(|one| one.feed == feed).expect("every feed is told")
}

fn codes(told: &FeedDiffusion) -> Vec<(&str, &str)> {
    told.losses.iter().map(|loss| (loss.path.as_str(), loss.code.as_str())).collect()
}

/// The same measure for every vehicle.
async fn for_everybody(member: &TestCaller) -> Value {
    let mut measure = form_measure(street_section(member, "Rue de la République", "2", "20").await);
    measure["vehicleSet"] = json!({ "allVehicles": true });
    measure
}

async fn publish(member: &TestCaller, order: &OrderView) -> OrderView {
    let path = format!("{RECORDS}/{}/publish", order.uuid);
    send(member, Method::POST, &path, order.revision, None).await.expect(200).json()
}

#[tokio::test]
async fn members_see_before_publishing_what_each_feed_will_lose() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let told = diffusion(&member, draft.uuid).await;
    assert!(told.is_preview && told.version.is_none());
    let feeds: Vec<_> = told.feeds.iter().map(|feed| (feed.feed, feed.is_in, feed.since)).collect();
    assert_eq!(
        feeds,
        [
            (Feed::Datex, true, None),
            (Feed::DatexLegacy, true, None),
            (Feed::Cifs, false, None),
            (Feed::Geojson, true, None),
            (Feed::Csv, true, None),
            (Feed::Tiles, true, None),
            (Feed::Changes, true, None),
        ]
    );
    // Lorries alone: Waze would close the street to everybody.
    let waze = of(&told, Feed::Cifs);
    assert_eq!(codes(waze), [("measures[0].vehicleSet", "only_some_vehicles"), ("measures[0]", "measure_left_out")]);
    assert_eq!(waze.losses[0].place, "Mesure 1");
    assert_eq!(waze.losses[0].detail, "pour les poids lourds de plus de 3,5 tonnes");
    assert!(waze.losses[0].message.starts_with("Mesure limitée") && waze.reason.is_some(), "{waze:?}");
    assert_eq!(codes(of(&told, Feed::Datex)), []);

    let empty: OrderView = member.post(RECORDS, &form("A2", Vec::new())).await.expect(201).json();
    let told = diffusion(&member, empty.uuid).await;
    for feed in [Feed::Datex, Feed::Cifs, Feed::Tiles].map(|feed| of(&told, feed)) {
        assert_eq!((feed.reason.as_deref(), feed.losses.len()), (Some("L’arrêté n’a encore rien à diffuser."), 0));
    }

    for caller in [app.anonymous(), app.other_member().await] {
        caller.get(&format!("{RECORDS}/{}/diffusion", draft.uuid)).await.expect(404);
    }
}

#[tokio::test]
async fn everybody_sees_where_a_published_order_is_and_since_when() {
    let clock = Clock::fixed("2030-11-20T09:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let member = app.member().await;
    let draft: OrderView =
        member.post(RECORDS, &form("A1", vec![for_everybody(&member).await])).await.expect(201).json();
    let order = publish(&member, &draft).await;
    let published_at = order.published.as_ref().unwrap().published_at;

    let told = diffusion(&app.anonymous(), order.uuid).await;
    assert!(!told.is_preview);
    assert_eq!(told.version, Some(1));
    for feed in &told.feeds {
        assert!(feed.is_in && feed.reason.is_none() && feed.url.starts_with("http"), "{feed:?}");
        assert_eq!(feed.since, Some(published_at), "{feed:?}");
        let leaves = (feed.feed != Feed::Changes).then(|| "2030-12-30T23:00:00Z".parse().unwrap());
        assert_eq!(feed.until, leaves, "{feed:?}");
        assert_eq!(feed.losses, [], "{feed:?}");
    }

    clock.set("2031-02-01T09:00:00Z".parse().unwrap());
    let told = diffusion(&member, order.uuid).await;
    for feed in told.feeds.iter().filter(|feed| feed.feed != Feed::Changes) {
        assert!(!feed.is_in && feed.until.is_none(), "{feed:?}");
        assert_eq!(feed.since, Some("2030-12-30T23:00:00Z".parse().unwrap()), "out since the end");
        assert!(feed.reason.as_ref().unwrap().contains("passées"), "{feed:?}");
    }
}

#[tokio::test]
async fn what_a_new_version_takes_out_of_a_feed_is_told_with_the_reason() {
    let clock = Clock::fixed("2030-11-20T09:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let member = app.member().await;
    let draft: OrderView =
        member.post(RECORDS, &form("A1", vec![for_everybody(&member).await])).await.expect(201).json();
    let order = publish(&member, &draft).await;
    clock.set("2030-11-21T09:00:00Z".parse().unwrap());
    let mut measure = for_everybody(&member).await;
    measure["vehicleSet"] = json!({ "allVehicles": true, "exemptedTypes": ["localResident"] });
    let path = format!("{RECORDS}/{}/measures/{}", order.uuid, order.content.measures[0].id);
    let changed: OrderView = send(&member, Method::PUT, &path, order.revision, Some(&measure)).await.expect(200).json();
    assert!(of(&diffusion(&member, order.uuid).await, Feed::Cifs).is_in, "not published yet");

    publish(&member, &changed).await;
    let told = diffusion(&member, order.uuid).await;
    let waze = of(&told, Feed::Cifs);
    assert_eq!((waze.is_in, waze.since), (false, Some("2030-11-21T09:00:00Z".parse().unwrap())));
    assert_eq!(codes(waze)[0], ("measures[0].vehicleSet", "exemptions_unsaid"));
    let datex = of(&told, Feed::Datex);
    assert_eq!((datex.is_in, datex.since), (true, Some("2030-11-20T09:00:00Z".parse().unwrap())));
}

#[tokio::test]
async fn what_the_operator_keeps_out_is_said_to_be_kept_out() {
    let filters = r#"{"allowed_sources":["none"]}"#;
    let app = TestApp::builder().variable("APP_CIFS_FILTERS", filters).start().await;
    let member = app.member().await;
    let draft: OrderView =
        member.post(RECORDS, &form("A1", vec![for_everybody(&member).await])).await.expect(201).json();
    let order = publish(&member, &draft).await;
    let told = diffusion(&member, order.uuid).await;
    assert!(of(&told, Feed::Cifs).reason.as_ref().unwrap().contains("configuration"), "{told:?}");
    assert!(of(&told, Feed::Datex).is_in);
}

#[tokio::test]
async fn drawings_of_integrators_are_in_every_feed_but_that_of_waze() {
    let app = TestApp::start().await;
    let mut body = regulation("A1", "published");
    body["measures"][0]["vehicleSet"] = json!({ "allVehicles": true });
    body["measures"][0]["locations"] = json!([drawn("Parvis", IN_TOWN)]);
    let created = app.api_client().post("/api/regulations", &body).await.expect(201).value();
    let told = diffusion(&app.anonymous(), created["uuid"].as_str().unwrap()).await;
    assert_eq!(codes(of(&told, Feed::Cifs))[0], ("measures[0].locations[0]", "drawing_left_out"));
    assert_eq!(of(&told, Feed::Cifs).losses[0].detail, "Parvis");
    assert!(of(&told, Feed::Geojson).is_in);
}

#[tokio::test]
async fn deleted_orders_have_no_diffusion() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = publish_by_session(&member, "A1").await;
    send(&member, Method::DELETE, &format!("{RECORDS}/{}", order.uuid), order.revision, None).await.expect(204);
    member.get(&format!("{RECORDS}/{}/diffusion", order.uuid)).await.expect(404);
}

#[tokio::test]
async fn what_the_old_layout_loses_is_told_beside_what_the_current_one_does() {
    let app = TestApp::start().await;
    let mut body = regulation("A1", "published");
    let mut alternate = body["measures"][0].clone();
    alternate["type"] = json!("alternateRoad");
    body["measures"].as_array_mut().unwrap().push(alternate);
    let created = app.api_client().post("/api/regulations", &body).await.expect(201).value();
    let told = diffusion(&app.anonymous(), created["uuid"].as_str().unwrap()).await;
    let (current, old) = (of(&told, Feed::Datex), of(&told, Feed::DatexLegacy));
    assert!(current.is_in && old.is_in && old.url.ends_with("/api/regulations.xml?layout=legacy"), "{told:?}");
    assert_eq!(codes(current), []);
    assert!(codes(old).contains(&("measures[1]", "measure_left_out")), "{old:?}");

    let only = json!([body["measures"][1]]);
    body["measures"] = only;
    body["identifier"] = json!("A2");
    let created = app.api_client().post("/api/regulations", &body).await.expect(201).value();
    let told = diffusion(&app.anonymous(), created["uuid"].as_str().unwrap()).await;
    let old = of(&told, Feed::DatexLegacy);
    assert!(of(&told, Feed::Datex).is_in && !old.is_in && old.reason.is_some() && old.since.is_none(), "{old:?}");
}

#[tokio::test]
async fn answer_is_what_was_noted_however_many_versions_there_are() {
    use diesel_async::SimpleAsyncConnection;

    let clock = Clock::fixed("2030-11-20T09:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let client = app.api_client();
    let mut body = regulation("A1", "published");
    let uuid = client.post("/api/regulations", &body).await.expect(201).value()["uuid"].as_str().unwrap().to_owned();
    for rank in 2..=5 {
        clock.set(format!("2030-11-2{rank}T09:00:00Z").parse().unwrap());
        body["title"] = json!(format!("Version {rank}"));
        client.put("/api/regulations", &body).await.expect(200);
    }
    let told = diffusion(&app.anonymous(), &uuid).await;
    assert_eq!(told.version, Some(5));
    for feed in [Feed::Datex, Feed::Geojson, Feed::Changes] {
        assert_eq!(of(&told, feed).since, Some("2030-11-20T09:00:00Z".parse().unwrap()), "{feed:?}");
    }

    let connection = &mut app.database.connection().await;
    let noted = r#"UPDATE order_diffusions SET losses = '[{"path": "", "code": "text_cut"}]' WHERE exporter = 'datex'"#;
    connection.batch_execute(noted).await.unwrap();
    assert_eq!(codes(of(&diffusion(&app.anonymous(), &uuid).await, Feed::Datex)), [("", "text_cut")]);
    // What an older release published is written for until the worker has noted it.
    connection.batch_execute("DELETE FROM order_diffusions").await.unwrap();
    let told = diffusion(&app.anonymous(), &uuid).await;
    assert!(of(&told, Feed::Datex).is_in && codes(of(&told, Feed::Datex)).is_empty());
    assert_eq!(of(&told, Feed::Datex).since, Some("2030-11-25T09:00:00Z".parse().unwrap()));
    client.delete("/api/regulations/A1").await.expect(204);
}
