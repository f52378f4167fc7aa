use dialog_api_types::app::{OrderSummary, OrderView};
use dialog_api_types::page::Page;
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;

use super::bodies::{
    RECORDS, create_by_client, create_draft, features, feed, form, form_measure, publish_by_session, send,
    street_section,
};

#[tokio::test]
async fn draft_of_another_organization_does_not_exist() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    let measure = draft.content.measures[0].id;
    let location = draft.content.measures[0].locations[0].id;

    let other = app.other_member().await;
    let body = form_measure(street_section(&other, "Rue de la République", "2", "20").await);
    let revision = draft.revision;
    for answer in [
        other.get(&path).await,
        send(&other, Method::PATCH, &path, revision, Some(&form("B", vec![]))).await,
        send(&other, Method::POST, &format!("{path}/publish"), revision, None).await,
        send(&other, Method::POST, &format!("{path}/measures"), revision, Some(&body)).await,
        send(&other, Method::PUT, &format!("{path}/measures/{measure}"), revision, Some(&body)).await,
        send(&other, Method::DELETE, &format!("{path}/measures/{measure}"), revision, None).await,
        send(&other, Method::DELETE, &path, revision, None).await,
        app.anonymous().get(&path).await,
        app.super_admin().await.get(&path).await,
        app.anonymous().get(&format!("/api/map/locations/{location}")).await,
        app.other_api_client().get("/api/regulations/A1").await,
        app.other_api_client().delete("/api/regulations/A1").await,
        app.other_api_client().put_nothing("/api/regulations/publish/A1").await,
    ] {
        answer.problem(404, "not_found");
    }
    for caller in [&other, &app.anonymous()] {
        let page: Page<OrderSummary> = caller.get(RECORDS).await.expect(200).json();
        assert_eq!(page.metadata.total_items, 0);
        let organization = draft.organization.uuid;
        let filtered: Page<OrderSummary> =
            caller.get(&format!("{RECORDS}?organizationUuid={organization}&status=draft")).await.expect(200).json();
        assert_eq!(filtered.metadata.total_items, 0);
    }
    assert!(features(&app.anonymous()).await.is_empty());
    assert!(!feed(&app.anonymous()).await.contains(&draft.uuid.to_string()));
    let still: OrderView = member.get(&path).await.expect(200).json();
    assert_eq!(still.revision, revision);
}

#[tokio::test]
async fn anonymous_callers_cannot_write() {
    let app = TestApp::start().await;
    let published = publish_by_session(&app.member().await, "A1").await;
    let path = format!("{RECORDS}/{}", published.uuid);
    let anyone = app.anonymous();
    for answer in [
        anyone.post(RECORDS, &form("B", vec![])).await,
        send(&anyone, Method::PATCH, &path, published.revision, Some(&form("B", vec![]))).await,
        send(&anyone, Method::DELETE, &path, published.revision, None).await,
        send(&anyone, Method::POST, &format!("{path}/publish"), published.revision, None).await,
    ] {
        answer.problem(401, "unauthorized");
    }
    // A key is no session.
    app.api_client().post(RECORDS, &form("B", vec![])).await.problem(401, "unauthorized");
}

#[tokio::test]
async fn published_order_is_read_by_all_and_changed_by_its_members_only() {
    let app = TestApp::start().await;
    let published = publish_by_session(&app.member().await, "A1").await;
    let path = format!("{RECORDS}/{}", published.uuid);
    let other = app.other_member().await;
    let seen: OrderView = other.get(&path).await.expect(200).json();
    assert!(!seen.permissions.can_edit && !seen.permissions.can_delete && !seen.permissions.can_publish);
    let refused = send(&other, Method::PATCH, &path, seen.revision, Some(&form("B", vec![]))).await;
    refused.problem(403, "forbidden");
    send(&other, Method::DELETE, &path, seen.revision, None).await.problem(403, "forbidden");

    let listed = |caller: TestCaller| async move {
        let page: Page<OrderSummary> = caller.get(RECORDS).await.expect(200).json();
        page.metadata.total_items
    };
    assert_eq!(listed(app.anonymous()).await, 1);
    // A person begins with the orders of the person's organizations.
    assert_eq!(listed(other).await, 0);
}

#[tokio::test]
async fn published_order_of_another_program_is_read_only_on_screen() {
    let app = TestApp::start().await;
    let (member, client) = (app.member().await, app.api_client());
    let uuid = create_by_client(&client, "A1", "draft").await;
    let path = format!("{RECORDS}/{uuid}");
    let draft: OrderView = member.get(&path).await.expect(200).json();
    assert!(draft.permissions.can_edit, "a draft may be finished on screen");
    client.put_nothing("/api/regulations/publish/A1").await.expect(200);

    let published: OrderView = member.get(&path).await.expect(200).json();
    assert!(!published.permissions.can_edit && !published.permissions.can_delete);
    let refused = send(&member, Method::PATCH, &path, published.revision, Some(&form("A1", vec![]))).await;
    refused.problem(403, "forbidden");
    send(&member, Method::DELETE, &path, published.revision, None).await.problem(403, "forbidden");
}

#[tokio::test]
async fn orders_are_written_for_ones_own_organization_only() {
    let app = TestApp::start().await;
    let mut body = form("A1", vec![]);
    body["organizationUuid"] = serde_json::json!(dialog_api::demo::ORGANIZATION);
    app.other_member().await.post(RECORDS, &body).await.problem(403, "forbidden");
    let nowhere = app.super_admin().await.post(RECORDS, &form("A1", vec![])).await.problem(422, "validation_failed");
    assert_eq!(nowhere.violations.unwrap()[0].property_path, "organizationUuid");
}

#[tokio::test]
async fn measure_is_changed_through_its_own_order_only() {
    let app = TestApp::start().await;
    let (member, other) = (app.member().await, app.other_member().await);
    let (mine, theirs) = (create_draft(&member, "A1").await, create_draft(&other, "B1").await);
    let also_mine = create_draft(&member, "A2").await;
    let body = form_measure(street_section(&member, "Rue de la République", "4", "10").await);
    for (victim, owner) in [(&theirs, &other), (&also_mine, &member)] {
        let foreign = victim.content.measures[0].id;
        let path = format!("{RECORDS}/{}/measures/{foreign}", mine.uuid);
        for answer in [
            send(&member, Method::PUT, &path, mine.revision, Some(&body)).await,
            send(&member, Method::DELETE, &path, mine.revision, None).await,
            send(&member, Method::POST, &format!("{path}/duplicate"), mine.revision, None).await,
        ] {
            answer.problem(404, "not_found");
        }
        let still: OrderView = owner.get(&format!("{RECORDS}/{}", victim.uuid)).await.expect(200).json();
        assert_eq!(still.content, victim.content);
    }
    let still: OrderView = member.get(&format!("{RECORDS}/{}", mine.uuid)).await.expect(200).json();
    assert_eq!((still.revision, still.content), (mine.revision, mine.content));
}
