use dialog_api_types::app::OrderView;
use dialog_db::orders::{self, Change};
use dialog_domain::{
    Direction, Location, LocationDescription, LocationId, NumberedRoad, OrderContent, OrderSource, OrderStatus,
    ReferencePointBound, RoadSide, WholeCityException,
};
use dialog_test_support::{TestApp, TestCaller, TestResponse};
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::bodies::{
    RECORDS, create_by_client, create_draft, form, form_measure, publish_by_session, send, street_section,
};

async fn duplicate(caller: &TestCaller, order: &OrderView) -> TestResponse {
    caller.post_nothing(&format!("{RECORDS}/{}/duplicate", order.uuid)).await
}

#[tokio::test]
async fn a_duplicate_is_a_draft_that_says_the_same() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = publish_by_session(&member, "FO3/2023").await;
    let created = duplicate(&member, &order).await.expect(201);
    let copy: OrderView = created.json();
    assert_eq!(created.header("location"), format!("{RECORDS}/{}", copy.uuid));
    assert_eq!(created.header("etag"), "\"1\"");
    assert_eq!((copy.status, copy.source, copy.published.is_none()), (OrderStatus::Draft, OrderSource::Dialog, true));
    assert_eq!((copy.identifier.as_str(), copy.revision), ("FO3/2023-1", 1));
    assert_eq!(copy.content.title, order.content.title);
    let (ours, theirs) = (&copy.content.measures[0], &order.content.measures[0]);
    assert!(ours.id != theirs.id && ours.periods[0].id != theirs.periods[0].id);
    assert_ne!(ours.locations[0].id, theirs.locations[0].id);
    assert_eq!(
        (&ours.locations[0].asked, &ours.locations[0].found),
        (&theirs.locations[0].asked, &theirs.locations[0].found)
    );
    assert_eq!((ours.created_at, &copy.texts[0].sentence), (theirs.created_at, &order.texts[0].sentence));

    // The copy lives its own life.
    let path = format!("{RECORDS}/{}", copy.uuid);
    send(&member, Method::POST, &format!("{path}/publish"), 1, None).await.expect(200);
    let original: OrderView = member.get(&format!("{RECORDS}/{}", order.uuid)).await.expect(200).json();
    assert_eq!(original.revision, order.revision);
}

#[tokio::test]
async fn duplicates_are_numbered_without_filling_holes() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = create_draft(&member, "FO3/2023").await;
    let mut copies = Vec::new();
    for expected in ["FO3/2023-1", "FO3/2023-2"] {
        let copy: OrderView = duplicate(&member, &order).await.expect(201).json();
        assert_eq!(copy.identifier, expected);
        copies.push(copy);
    }
    let of_a_copy: OrderView = duplicate(&member, &copies[0]).await.expect(201).json();
    assert_eq!(of_a_copy.identifier, "FO3/2023-1-1");
    send(&member, Method::DELETE, &format!("{RECORDS}/{}", copies[0].uuid), 1, None).await.expect(204);
    let third: OrderView = duplicate(&member, &order).await.expect(201).json();
    assert_eq!(third.identifier, "FO3/2023-3");

    let many = join_all((0..5).map(|_| duplicate(&member, &order))).await;
    let mut identifiers: Vec<String> =
        many.into_iter().map(|answer| answer.expect(201).json::<OrderView>().identifier).collect();
    identifiers.sort();
    assert_eq!(identifiers, ["FO3/2023-4", "FO3/2023-5", "FO3/2023-6", "FO3/2023-7", "FO3/2023-8"]);

    let long = "é".repeat(60);
    let draft = create_draft(&member, &long).await;
    for number in 1..=2 {
        let copy: OrderView = duplicate(&member, &draft).await.expect(201).json();
        assert_eq!(copy.identifier, format!("{}-{number}", "é".repeat(58)));
    }
}

#[tokio::test]
async fn an_order_without_measure_or_repealed_is_duplicated_too() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let empty: OrderView = member.post(RECORDS, &form("A1", vec![])).await.expect(201).json();
    let copy: OrderView = duplicate(&member, &empty).await.expect(201).json();
    assert!(copy.content.measures.is_empty());

    let order = publish_by_session(&member, "B1").await;
    let repeal = json!({ "endDate": "2030-12-10", "endTime": "23:59", "reason": "Fin des travaux" });
    let path = format!("{RECORDS}/{}/repeal", order.uuid);
    let repealed: OrderView =
        send(&member, Method::POST, &path, order.revision, Some(&repeal)).await.expect(200).json();
    let copy: OrderView = duplicate(&member, &repealed).await.expect(201).json();
    assert!(copy.content.repeal.is_none() && copy.permissions.can_edit);
}

#[tokio::test]
async fn members_alone_duplicate_whatever_the_source() {
    let app = TestApp::start().await;
    let (member, other) = (app.member().await, app.other_member().await);
    let order = publish_by_session(&member, "A1").await;
    let draft = create_draft(&member, "B1").await;
    duplicate(&app.anonymous(), &order).await.problem(401, "unauthorized");
    duplicate(&other, &order).await.problem(403, "forbidden");
    duplicate(&other, &draft).await.problem(404, "not_found");
    duplicate(&app.super_admin().await, &draft).await.problem(404, "not_found");
    duplicate(&member.clone().without_header("x-csrf-token"), &order).await.problem(403, "invalid_csrf_token");

    let uuid = create_by_client(&app.api_client(), "C1", "published").await;
    let pushed: OrderView = member.get(&format!("{RECORDS}/{uuid}")).await.expect(200).json();
    assert!(pushed.permissions.can_duplicate && !pushed.permissions.can_edit);
    let copy: OrderView = duplicate(&member, &pushed).await.expect(201).json();
    assert_eq!((copy.identifier.as_str(), copy.source), ("C1-1", OrderSource::Dialog));
    assert!(copy.permissions.can_edit);
    duplicate(&app.owner().await, &order).await.expect(201);
}

#[tokio::test]
async fn a_measure_is_duplicated_at_the_end_of_its_order() {
    let app = TestApp::start().await;
    let (member, other) = (app.member().await, app.other_member().await);
    let draft = create_draft(&member, "A1").await;
    let measure = &draft.content.measures[0];
    let path = format!("{RECORDS}/{}/measures/{}/duplicate", draft.uuid, measure.id);
    member.post_nothing(&path).await.problem(428, "precondition_required");
    send(&other, Method::POST, &path, draft.revision, None).await.problem(404, "not_found");
    let saved: OrderView = send(&member, Method::POST, &path, draft.revision, None).await.expect(200).json();
    assert_eq!((saved.revision, saved.content.measures.len()), (draft.revision + 1, 2));
    assert_eq!(saved.content.measures[0], *measure);
    let copy = &saved.content.measures[1];
    assert!(copy.id != measure.id && copy.locations[0].id != measure.locations[0].id);
    assert_eq!((copy.created_at, &copy.locations[0].found), (measure.created_at, &measure.locations[0].found));
    send(&member, Method::POST, &path, draft.revision, None).await.problem(412, "stale_revision");

    // A measure of another order is no measure of this one.
    let elsewhere = create_draft(&member, "B1").await;
    let path = format!("{RECORDS}/{}/measures/{}/duplicate", elsewhere.uuid, measure.id);
    send(&member, Method::POST, &path, elsewhere.revision, None).await.problem(404, "not_found");
}

#[tokio::test]
async fn every_kind_of_location_is_duplicated() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let street = street_section(&member, "Rue de la République", "2", "20").await;
    let draft: OrderView = member.post(RECORDS, &form("A1", vec![form_measure(street)])).await.expect(201).json();
    // What a form can ask for does not matter here: every kind that can be stored is.
    let measure = &draft.content.measures[0];
    let found = measure.locations[0].found.clone().unwrap();
    let geometry = found.geometry.clone();
    let bound = |point_number: &str| ReferencePointBound {
        point_number: point_number.to_owned(),
        department_code: None,
        side: RoadSide::U,
        abscissa_m: 0,
    };
    let road = NumberedRoad {
        administrator: "Loir-et-Cher".to_owned(),
        road_number: "D31".to_owned(),
        from: bound("1"),
        to: bound("2"),
        storage_area_id: None,
        direction: Direction::AToB,
        geometry: Some(geometry.clone()),
    };
    let label = "Centre".to_owned();
    let exception = WholeCityException::RawGeoJson { label: label.clone(), geometry: geometry.clone() };
    let kinds = [
        measure.locations[0].asked.clone(),
        LocationDescription::DepartmentalRoad(road.clone()),
        LocationDescription::NationalRoad(road),
        LocationDescription::RawGeoJson { label: label.clone(), geometry: geometry.clone() },
        LocationDescription::WholeCity {
            city_code: "00001".to_owned(),
            city_label: "Démoville".to_owned(),
            exceptions: vec![exception],
        },
        LocationDescription::Zone { label, geometry },
    ];
    let mut content = draft.content.clone();
    content.measures[0].locations = kinds
        .into_iter()
        .map(|asked| Location { id: LocationId(Uuid::now_v7()), asked, found: Some(found.clone()) })
        .collect();
    let change =
        Change { identifier: "A1", content: &content, has_unpublished_changes: false, now: chrono::Utc::now() };
    let connection = &mut app.database.connection().await;
    orders::update(connection, draft.uuid, draft.revision, &change).await.unwrap().unwrap();

    let copy: OrderView = duplicate(&member, &draft).await.expect(201).json();
    let told = |content: &OrderContent| -> Vec<_> {
        content.measures[0].locations.iter().map(|place| (place.asked.clone(), place.found.clone())).collect()
    };
    assert_eq!(told(&copy.content), told(&content));
    assert_eq!(copy.content.measures[0].locations.len(), 6);
}

#[tokio::test]
async fn a_duplicate_outside_the_perimeter_of_today_is_refused() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let order = publish_by_session(&member, "A1").await;
    let elsewhere = "UPDATE organization_areas SET geometry = ST_Translate(geometry, 10, 0)";
    app.database.connection().await.batch_execute(elsewhere).await.unwrap();
    let problem = duplicate(&member, &order).await.problem(422, "validation_failed");
    let violation = &problem.violations.unwrap()[0];
    assert_eq!(violation.code, "outside_perimeter");
    assert_eq!(violation.property_path, "measures[0].locations[0].namedStreet.roadName");
    let measure = format!("{RECORDS}/{}/measures/{}/duplicate", order.uuid, order.content.measures[0].id);
    let problem = send(&member, Method::POST, &measure, order.revision, None).await.problem(422, "validation_failed");
    assert_eq!(problem.violations.unwrap()[0].property_path, "locations[0].namedStreet.roadName");
    // Ending what was decided there stays possible.
    let repeal = json!({ "endDate": "2030-12-10", "endTime": "23:59", "reason": "Nouvelles limites" });
    let path = format!("{RECORDS}/{}/repeal", order.uuid);
    send(&member, Method::POST, &path, order.revision, Some(&repeal)).await.expect(200);
}
