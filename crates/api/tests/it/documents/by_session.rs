use dialog_api_types::app::OrderView;
use dialog_test_support::{TestApp, TestCaller};
use reqwest::Method;
use reqwest::multipart::Form;

use super::sending::{form_of, pdf, put};
use crate::orders::bodies::{RECORDS, create_by_client, create_draft, publish_by_session, send};

async fn read(caller: &TestCaller, order: &OrderView) -> OrderView {
    caller.get(&format!("{RECORDS}/{}", order.uuid)).await.expect(200).json()
}

#[tokio::test]
async fn clerk_attaches_a_file_renames_it_replaces_it_by_a_link_and_takes_it_away() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    assert_eq!(draft.document, None);

    let saved = put(&member, &draft, form_of("Arrêté.pdf", pdf("x"))).await.expect(200);
    let attached: OrderView = saved.json();
    assert_eq!(saved.header("etag"), format!("\"{}\"", attached.revision));
    assert_eq!(attached.revision, draft.revision + 1);
    let document = attached.document.clone().unwrap();
    let file = document.file.unwrap();
    assert_eq!((file.name.as_str(), file.label.as_str(), file.size_bytes), ("Arrêté.pdf", "PDF", 19));
    assert_eq!(document.url, format!("{RECORDS}/{}/storage/file", draft.uuid));

    // 94: the file stays when only its title is sent, with its size and its type.
    let titled: OrderView = put(&member, &attached, Form::new().text("title", "Arrêté signé")).await.expect(200).json();
    let document = titled.document.clone().unwrap();
    assert_eq!((document.title.as_deref(), document.file), (Some("Arrêté signé"), attached.document.unwrap().file));
    assert_eq!(app.files().len(), 1);
    // What changes nothing writes nothing.
    let same: OrderView = put(&member, &titled, Form::new().text("title", "Arrêté signé")).await.expect(200).json();
    assert_eq!(same.revision, titled.revision);

    let link = Form::new().text("url", "https://ville.example.fr/1").text("title", "Arrêté");
    let linked: OrderView = put(&member, &titled, link).await.expect(200).json();
    let document = linked.document.clone().unwrap();
    assert_eq!((document.url.as_str(), document.file), ("https://ville.example.fr/1", None));

    let path = format!("{RECORDS}/{}/storage", draft.uuid);
    let without: OrderView = send(&member, Method::DELETE, &path, linked.revision, None).await.expect(200).json();
    assert_eq!((without.document.clone(), without.revision), (None, linked.revision + 1));
    let again: OrderView = send(&member, Method::DELETE, &path, without.revision, None).await.expect(200).json();
    assert_eq!(again.revision, without.revision);
    app.run_jobs().await;
    assert!(app.files().is_empty());
}

// 93, 95
#[tokio::test]
async fn form_says_what_is_wrong_on_its_fields() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    for (form, expected) in [
        (Form::new(), vec!["file", "url"]),
        (Form::new().text("url", "example.com/a.pdf").text("title", "x".repeat(35)), vec!["url", "title"]),
        (form_of("a.exe", pdf("x")), vec!["file"]),
        (form_of("a.pdf", pdf("x")).text("url", "https://example.fr"), vec!["file", "url"]),
    ] {
        let violations = put(&member, &draft, form).await.problem(422, "validation_failed").violations.unwrap();
        let paths: Vec<_> = violations.iter().map(|violation| violation.property_path.as_str()).collect();
        assert_eq!(paths, expected);
    }
    assert_eq!(read(&member, &draft).await.revision, draft.revision);
}

#[tokio::test]
async fn document_is_changed_under_the_revision_of_its_order() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let path = format!("{RECORDS}/{}/storage", draft.uuid);
    let without = member.request(Method::PUT, &path).multipart(form_of("a.pdf", pdf("x")));
    member.send(without).await.problem(428, "precondition_required");
    member.delete(&path).await.problem(428, "precondition_required");

    let attached: OrderView = put(&member, &draft, form_of("a.pdf", pdf("x"))).await.expect(200).json();
    let stale = put(&member, &draft, form_of("b.pdf", pdf("y"))).await.problem(412, "stale_revision");
    let current: OrderView = serde_json::from_value(stale.current.unwrap()).unwrap();
    assert_eq!((current.revision, current.document), (attached.revision, attached.document.clone()));
    send(&member, Method::DELETE, &path, draft.revision, None).await.problem(412, "stale_revision");
    let name = read(&member, &draft).await.document.unwrap().file.unwrap().name;
    assert_eq!((name.as_str(), app.files().len()), ("a.pdf", 1));
}

#[tokio::test]
async fn members_alone_change_the_document() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let published = publish_by_session(&member, "A2").await;
    let other = app.other_member().await;
    let form = || form_of("a.pdf", pdf("x"));
    put(&app.anonymous(), &draft, form()).await.problem(401, "unauthorized");
    put(&app.api_client(), &draft, form()).await.problem(401, "unauthorized");
    put(&other, &draft, form()).await.problem(404, "not_found");
    put(&other, &published, form()).await.problem(403, "forbidden");
    put(&app.super_admin().await, &draft, form()).await.problem(404, "not_found");
    let tokenless = member.clone().without_header("x-csrf-token");
    put(&tokenless, &draft, form()).await.problem(403, "invalid_csrf_token");
    for (caller, order, status) in [(&app.anonymous(), &draft, 401), (&other, &draft, 404), (&other, &published, 403)] {
        let path = format!("{RECORDS}/{}/storage", order.uuid);
        send(caller, Method::DELETE, &path, order.revision, None).await.expect(status);
    }
    // A published order of another program changes where it came from.
    let uuid = create_by_client(&app.api_client(), "A3", "published").await;
    let theirs: OrderView = member.get(&format!("{RECORDS}/{uuid}")).await.expect(200).json();
    put(&member, &theirs, form()).await.problem(403, "forbidden");
    assert!(app.files().is_empty());
}
