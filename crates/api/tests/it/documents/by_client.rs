use dialog_test_support::TestApp;
use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::{Value, json};

use super::sending::{form_of, path_of, pdf, pdf_of, post, post_link};
use crate::orders::bodies::create_by_client;

#[tokio::test]
async fn first_document_is_201_and_the_next_ones_are_200() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "F2025/001", "draft").await;
    let first = post(&client, "F2025/001", form_of("Arrêté signé.pdf", pdf_of(123_456))).await.expect(201);
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(
        first.value(),
        json!({
            "identifier": "F2025/001", "url": null, "title": null, "mimeType": "PDF", "fileSize": 123,
            "fileUrl": format!("http://localhost:8000/api/documents/{uuid}"),
            "fileName": "Arrêté signé.pdf", "fileSizeBytes": 123_456,
        })
    );
    let titled = form_of("a.pdf", pdf_of(654_321)).text("title", "Arrêté");
    let second = post(&client, "F2025%2F001", titled).await.expect(200).value();
    assert_eq!((&second["title"], &second["fileSize"]), (&json!("Arrêté"), &json!(654)));

    let link = post_link(&client, "F2025/001", "https://ville.example.fr/1.pdf", "Arrêté 1").await.expect(200).value();
    assert_eq!(
        link,
        json!({
            "identifier": "F2025/001", "url": "https://ville.example.fr/1.pdf", "title": "Arrêté 1", "mimeType": null,
            "fileSize": null, "fileUrl": null, "fileName": null, "fileSizeBytes": null,
        })
    );
    // Below half a kB the contract tells no size.
    let small = post(&client, "F2025/001", form_of("a.pdf", pdf_of(400))).await.expect(200).value();
    assert_eq!((&small["fileSize"], &small["fileSizeBytes"]), (&Value::Null, &json!(400)));
}

#[tokio::test]
async fn file_or_link_and_not_both() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    let both = form_of("a.pdf", pdf("x")).text("url", "https://example.fr").text("title", "Arrêté");
    let neither = Form::new().text("title", "Arrêté").text("url", " ");
    for (form, title) in [
        (both, "Veuillez fournir soit un fichier, soit une URL, mais pas les deux."),
        (neither, "Veuillez fournir soit un fichier, soit une URL."),
    ] {
        let refused = post(&client, "A1", form).await.problem(422, "validation_failed");
        let violations = refused.violations.unwrap();
        assert_eq!((violations[0].property_path.as_str(), violations[0].title.as_str()), ("", title));
        assert_eq!(violations.len(), 1);
    }
    // An empty link beside a file is a field that nobody filled.
    post(&client, "A1", form_of("a.pdf", pdf("x")).text("url", "")).await.expect(201);
}

#[tokio::test]
async fn link_is_https_and_has_a_short_title() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    for (url, title, expected) in [
        (
            "example.com/a.pdf",
            "x".repeat(35),
            vec![
                ("url", "Cette valeur n'est pas une URL valide."),
                ("title", "Cette chaîne est trop longue. Elle doit avoir au maximum 30 caractères."),
            ],
        ),
        ("http://example.fr/a", "Arrêté".to_owned(), vec![("url", "Cette valeur n'est pas une URL valide.")]),
        (
            "https://localhost/a",
            "Arrêté".to_owned(),
            vec![("url", "Cette URL doit contenir un domaine de premier niveau.")],
        ),
        ("https://example.fr/a", String::new(), vec![("title", "Cette valeur ne doit pas être vide.")]),
    ] {
        for answer in [
            post_link(&client, "A1", url, &title).await,
            post(&client, "A1", Form::new().text("url", url).text("title", title.clone())).await,
        ] {
            let violations = answer.problem(422, "validation_failed").violations.unwrap();
            let told: Vec<_> = violations.iter().map(|one| (&*one.property_path, &*one.title)).collect();
            assert_eq!(told, expected, "{url}");
        }
    }
    client.get(&path_of("A1")).await.problem(404, "not_found");
}

#[tokio::test]
async fn order_is_looked_for_before_the_form_is_read() {
    let app = TestApp::start().await;
    create_by_client(&app.api_client(), "A1", "published").await;
    let unreadable = |caller: &dialog_test_support::TestCaller, identifier: &str| {
        let request = caller.request(Method::POST, &path_of(identifier)).header("content-type", "text/plain").body("x");
        let caller = caller.clone();
        async move { caller.send(request).await }
    };
    unreadable(&app.anonymous(), "A1").await.problem(401, "unauthorized");
    unreadable(&app.anonymous().with_header("x-client-id", "half"), "A1").await.problem(401, "unauthorized");
    unreadable(&app.api_client(), "A2").await.problem(404, "not_found");
    assert_eq!(unreadable(&app.other_api_client(), "A1").await.problem(404, "not_found").detail, "Not Found");
    unreadable(&app.api_client(), "A1").await.problem(415, "unsupported_media_type");
    // A cookie is no key.
    let member = app.member().await;
    unreadable(&member, "A1").await.problem(401, "unauthorized");
}

#[tokio::test]
async fn document_is_read_and_deleted_beside_its_order() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "F/1", "draft").await;
    let order = || async { client.get("/api/regulations/F/1").await.expect(200) };
    let (before, path) = (order().await, path_of("F/1"));
    assert_eq!(before.value()["storage"], Value::Null);
    client.get(&path).await.problem(404, "not_found");
    client.delete(&path).await.problem(404, "not_found");

    let sent = post(&client, "F/1", form_of("a.pdf", pdf("x"))).await.expect(201).value();
    assert_eq!(client.get(&path).await.expect(200).value(), sent);
    let after = order().await;
    let mut storage = sent.clone();
    storage.as_object_mut().unwrap().remove("identifier");
    assert_eq!(after.value()["storage"], storage);
    assert_ne!(after.header("etag"), before.header("etag"));
    app.other_api_client().get(&path).await.problem(404, "not_found");
    app.anonymous().get(&path).await.problem(401, "unauthorized");

    let stale = client.clone().with_header("if-match", before.header("etag"));
    stale.delete(&path).await.problem(412, "stale_revision");
    post(&stale, "F/1", form_of("b.pdf", pdf("y"))).await.problem(412, "stale_revision");
    let current = client.clone().with_header("if-match", after.header("etag"));
    current.delete(&path).await.expect(204);
    client.get(&path).await.problem(404, "not_found");
    assert_eq!(order().await.value()["storage"], Value::Null);
}

#[tokio::test]
async fn last_storage_of_the_path_is_the_document_unless_an_order_is_named_so() {
    let app = TestApp::start().await;
    let client = app.api_client();
    for identifier in ["a/storage", "b", "b/storage"] {
        create_by_client(&client, identifier, "draft").await;
    }
    let told = |path: &'static str| {
        let client = client.clone();
        async move { client.get(path).await.expect(200).value()["identifier"].clone() }
    };
    assert_eq!(
        post(&client, "a/storage", form_of("a.pdf", pdf("x"))).await.expect(201).value()["identifier"],
        "a/storage"
    );
    assert_eq!(told("/api/regulations/a/storage/storage").await, "a/storage");
    // There is no order `a`: the path names the order itself.
    assert_eq!(told("/api/regulations/a/storage").await, "a/storage");
    // There is an order `b`, which has no document; with its slash encoded, the other order is found.
    client.get("/api/regulations/b/storage").await.problem(404, "not_found");
    assert_eq!(told("/api/regulations/b%2Fstorage").await, "b/storage");
    client.delete("/api/regulations/b/storage").await.problem(404, "not_found");
    client.put_nothing("/api/regulations/publish/b/storage").await.expect(200);
    client.delete("/api/regulations/b%2Fstorage").await.expect(204);
    client.delete("/api/regulations/a/storage").await.expect(204);
    assert_eq!(told("/api/regulations/b").await, "b");

    let answer = client.post_nothing("/api/regulations/b").await;
    assert_eq!(answer.header("allow"), "GET, HEAD, DELETE");
    answer.problem(405, "method_not_allowed");
    client.post_nothing("/api/regulations/storage").await.problem(405, "method_not_allowed");
}
