use dialog_api_types::app::OrderView;
use dialog_test_support::TestApp;
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;

use super::bodies::{RECORDS, create_draft, form, fragment, regulation, send};

#[tokio::test]
async fn who_saves_second_is_shown_what_the_first_saved() {
    let app = TestApp::start().await;
    let (clerk, owner) = (app.member().await, app.owner().await);
    let draft = create_draft(&clerk, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    let mut first = form("A1", vec![]);
    first["title"] = json!("Le premier");
    let saved: OrderView = send(&clerk, Method::PATCH, &path, draft.revision, Some(&first)).await.expect(200).json();

    let mut second = form("A1", vec![]);
    second["title"] = json!("Le second");
    let problem =
        send(&owner, Method::PATCH, &path, draft.revision, Some(&second)).await.problem(412, "stale_revision");
    let current: OrderView = serde_json::from_value(problem.current.unwrap()).unwrap();
    assert_eq!((current.revision, current.content.title.as_str()), (saved.revision, "Le premier"));
    for (method, path) in [(Method::DELETE, path.clone()), (Method::POST, format!("{path}/publish"))] {
        send(&owner, method, &path, draft.revision, None).await.problem(412, "stale_revision");
    }
    let merged: OrderView =
        send(&owner, Method::PATCH, &path, current.revision, Some(&second)).await.expect(200).json();
    assert_eq!(merged.content.title, "Le second");
}

#[tokio::test]
async fn changes_without_the_revision_that_was_shown_are_refused() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}", draft.uuid);
    for answer in [
        member.patch(&path, &form("A1", vec![])).await,
        member.delete(&path).await,
        member.post_nothing(&format!("{path}/publish")).await,
        member.post(&format!("{path}/measures"), &json!({})).await,
    ] {
        answer.problem(428, "precondition_required");
    }
}

#[tokio::test]
async fn integrators_may_say_which_revision_they_change() {
    let app = TestApp::start().await;
    let client = app.api_client();
    client.post("/api/regulations", &regulation("A1", "draft")).await.expect(201);
    let stale = client.get("/api/regulations/A1").await.expect(200).header("etag").to_owned();
    let mut body = regulation("A1", "draft");
    body["title"] = json!("Le premier");
    client.put("/api/regulations", &body).await.expect(200);

    let late = client.clone().with_header("if-match", &stale);
    body["title"] = json!("Le second");
    for answer in [
        late.put("/api/regulations", &body).await,
        late.put_nothing("/api/regulations/publish/A1").await,
        late.delete("/api/regulations/A1").await,
    ] {
        assert_eq!(answer.problem(412, "stale_revision").current.unwrap()["title"], "Le premier");
    }
    let any = client.clone().with_header("if-match", "*");
    let published = any.put_nothing("/api/regulations/publish/A1").await.expect(200).header("etag").to_owned();
    let read = client.get("/api/regulations/A1").await.expect(200);
    assert_eq!((read.header("etag"), &read.value()["status"]), (published.as_str(), &json!("published")));
    client.with_header("if-match", &published).delete("/api/regulations/A1").await.expect(204);
}

#[tokio::test]
async fn one_of_many_posts_with_the_same_identifier_gets_through() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let body = regulation("A1", "published");
    let answers = join_all((0..6).map(|_| client.post("/api/regulations", &body))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422, 422, 422, 422, 422]);
    for answer in answers.into_iter().filter(|answer| answer.status == 422) {
        let problem = answer.problem(422, "validation_failed");
        assert_eq!(problem.violations.unwrap()[0].property_path, "generalInfo.identifier");
    }
}

#[tokio::test]
async fn many_publications_of_the_same_state_make_one_version() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let created = client.post("/api/regulations", &regulation("A1", "draft")).await.expect(201).value();
    let answers = join_all((0..6).map(|_| client.put_nothing("/api/regulations/publish/A1"))).await;
    for answer in answers {
        answer.expect(200);
    }
    let uuid = created["uuid"].as_str().unwrap().parse().unwrap();
    assert!(fragment(&app.anonymous(), uuid).await.unwrap().contains("version=\"1\""));
    assert_eq!(client.get("/api/regulations/A1").await.expect(200).value()["publishedVersion"], 1);
}
