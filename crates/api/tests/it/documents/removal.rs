use dialog_db::documents::REMOVE_STORED_FILE;
use dialog_db::jobs::{self, NewJob};
use dialog_test_support::TestApp;
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use serde_json::json;

use super::sending::{form_of, path_of, pdf, post, post_link};
use crate::orders::bodies::{RECORDS, create_by_client, create_draft, send};

#[tokio::test]
async fn file_goes_once_its_order_has_another_document_or_is_deleted() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for identifier in ["draft", "published", "replaced", "linked", "emptied"] {
        let status = if identifier == "draft" { "draft" } else { "published" };
        create_by_client(&client, identifier, status).await;
        post(&client, identifier, form_of("a.pdf", pdf(identifier))).await.expect(201);
    }
    assert_eq!(app.files().len(), 5);
    client.delete("/api/regulations/draft").await.expect(204);
    client.delete("/api/regulations/published").await.expect(204);
    post(&client, "replaced", form_of("b.pdf", pdf("other"))).await.expect(200);
    post_link(&client, "linked", "https://ville.example.fr/1", "Arrêté").await.expect(200);
    client.delete(&path_of("emptied")).await.expect(204);
    // The requests removed nothing themselves.
    assert_eq!(app.files().len(), 6);
    app.run_jobs().await;
    assert_eq!(app.files().len(), 1);
    assert!(jobs::list(&mut app.database.connection().await, REMOVE_STORED_FILE).await.unwrap().is_empty());

    let draft = create_draft(&app.member().await, "A1").await;
    let member = app.member().await;
    let attached = super::sending::put(&member, &draft, form_of("a.pdf", pdf("x"))).await.expect(200).value();
    let revision = attached["revision"].as_i64().unwrap();
    send(&member, reqwest::Method::DELETE, &format!("{RECORDS}/{}", draft.uuid), revision, None).await.expect(204);
    app.run_jobs().await;
    assert_eq!(app.files().len(), 1);
}

#[tokio::test]
async fn change_that_is_not_committed_keeps_the_old_file_and_abandons_the_new_one() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    post(&client, "A1", form_of("a.pdf", pdf("old"))).await.expect(201);
    // The last step of the change is refused.
    let connection = &mut app.database.connection().await;
    let broken = "ALTER TABLE order_history ADD CONSTRAINT broken CHECK (action <> 'attach') NOT VALID";
    connection.batch_execute(broken).await.unwrap();
    post(&client, "A1", form_of("b.pdf", pdf("new"))).await.problem(500, "internal");
    app.run_jobs().await;
    assert_eq!(app.files().len(), 1);
    assert_eq!(app.anonymous().get(&format!("/api/documents/{uuid}")).await.expect(200).body, pdf("old"));
    connection.batch_execute("ALTER TABLE order_history DROP CONSTRAINT broken").await.unwrap();
    post(&client, "A1", form_of("b.pdf", pdf("new"))).await.expect(200);
}

#[tokio::test]
async fn file_that_a_dead_process_left_is_removed_and_one_that_is_attached_never() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    post(&client, "A1", form_of("a.pdf", pdf("kept"))).await.expect(201);
    let kept = app.files().remove(0);
    let connection = &mut app.database.connection().await;
    // Written, and then the process died: the job that was enqueued before is all that knows of it.
    app.state.storage.put("documents/left", "x".into()).await.unwrap();
    for key in ["documents/left", "documents/never-written", kept.as_str()] {
        let job = NewJob::new(REMOVE_STORED_FILE, json!({ "key": key })).deduplicated(key);
        jobs::enqueue(connection, &job).await.unwrap();
    }
    assert_eq!(app.files().len(), 2);
    app.run_jobs().await;
    assert_eq!(app.files(), [kept]);
    assert_eq!(jobs::failed_count(connection).await.unwrap(), 0);
}

#[tokio::test]
async fn files_sent_at_once_leave_one_document_and_its_file() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    let answers = join_all((0..6).map(|rank| {
        let client = client.clone();
        async move { post(&client, "A1", form_of("a.pdf", pdf(&rank.to_string()))).await.status.as_u16() }
    }))
    .await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 5, "{answers:?}");
    app.run_jobs().await;
    assert_eq!(app.files().len(), 1);
    app.anonymous().get(&format!("/api/documents/{uuid}")).await.expect(200);
}

#[tokio::test]
async fn file_whose_removal_has_begun_is_not_attached() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    // As if the sender had taken longer than the file was waited for.
    let connection = &mut app.database.connection().await;
    connection
        .batch_execute(
            "CREATE FUNCTION begin_at_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
             CREATE TRIGGER begin_at_once BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION begin_at_once()",
        )
        .await
        .unwrap();
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.problem(503, "service_unavailable");
    client.get(&path_of("A1")).await.problem(404, "not_found");
    connection.batch_execute("DROP TRIGGER begin_at_once ON jobs").await.unwrap();
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.expect(201);
}
