use dialog_test_support::TestApp;
use reqwest::Method;

use super::sending::{form_of, pdf, post, post_link, put};
use crate::orders::bodies::{RECORDS, create_by_client, create_draft, send};

#[tokio::test]
async fn file_of_a_draft_is_for_its_organization_and_that_of_a_published_order_for_all() {
    let app = TestApp::start().await;
    let member = app.member().await;
    let draft = create_draft(&member, "A1").await;
    let attached = put(&member, &draft, form_of("Arrêté n° 1.pdf", pdf("signé"))).await.expect(200).value();
    let on_screen = format!("{RECORDS}/{}/storage/file", draft.uuid);
    let public = format!("/api/documents/{}", draft.uuid);
    assert_eq!(attached["document"]["url"], on_screen.as_str());

    for file in [member.get(&on_screen).await, app.api_client().get(&public).await] {
        let file = file.expect(200);
        assert_eq!(file.body, pdf("signé"));
        assert_eq!(file.header("cache-control"), "private, no-store");
    }
    let others = [app.anonymous(), app.other_member().await, app.super_admin().await, app.other_api_client()];
    for other in &others {
        other.get(&on_screen).await.problem(404, "not_found");
        other.get(&public).await.problem(404, "not_found");
    }
    // A session is no key: it opens the screen's path only.
    member.get(&public).await.problem(404, "not_found");
    app.anonymous().with_header("x-client-id", "a").with_header("x-client-secret", "b").get(&public).await.expect(401);

    let revision = attached["revision"].as_i64().unwrap();
    send(&member, Method::POST, &format!("{RECORDS}/{}/publish", draft.uuid), revision, None).await.expect(200);
    for other in &others {
        assert_eq!(other.get(&on_screen).await.expect(200).header("cache-control"), "private, no-cache");
        assert_eq!(other.get(&public).await.expect(200).header("cache-control"), "public, no-cache");
    }
    let published = others[0].get(&format!("{RECORDS}/{}", draft.uuid)).await.expect(200).value();
    assert_eq!(published["document"]["file"]["name"], "Arrêté n° 1.pdf");
}

#[tokio::test]
async fn download_is_a_file_to_save_under_its_name_and_never_a_page_of_ours() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    let path = format!("/api/documents/{uuid}");
    post(&client, "A1", form_of("../Arrêté \"n° 1\".pdf", pdf("un"))).await.expect(201);

    let reader = app.anonymous().with_header("accept-encoding", "br, gzip");
    let file = reader.get(&path).await.expect(200);
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        name,
        "attachment; filename=\"Arrete _n_ 1_.pdf\"; filename*=UTF-8''Arr%C3%AAt%C3%A9%20_n%C2%B0%201_.pdf"
    );
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(file.header("access-control-allow-origin"), "*");
    // Not compressed a second time, so that its length is known.
    assert_eq!(file.header("content-length"), pdf("un").len().to_string());
    assert_eq!(file.body, pdf("un"));
    let tag = file.headers["etag"].to_str().unwrap().to_owned();
    let length = reader.head(&path).await.expect(200).header("content-length").to_owned();
    assert_eq!(length, pdf("un").len().to_string());

    let known = app.anonymous().with_header("if-none-match", &tag);
    let unchanged = known.get(&path).await.expect(304);
    assert_eq!((unchanged.header("etag"), unchanged.header("cache-control")), (tag.as_str(), "public, no-cache"));
    post(&client, "A1", form_of("a.pdf", pdf("deux"))).await.expect(200);
    assert_eq!(known.get(&path).await.expect(200).body, pdf("deux"));
}

#[tokio::test]
async fn there_is_no_file_without_document_behind_a_link_or_after_deletion() {
    let app = TestApp::start().await;
    let client = app.api_client();
    let uuid = create_by_client(&client, "A1", "published").await;
    let paths = [format!("/api/documents/{uuid}"), format!("{RECORDS}/{uuid}/storage/file")];
    let nothing_there = || async {
        for path in &paths {
            app.anonymous().get(path).await.problem(404, "not_found");
        }
    };
    nothing_there().await;
    post_link(&client, "A1", "https://ville.example.fr/1", "Arrêté").await.expect(201);
    nothing_there().await;
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.expect(200);
    for path in &paths {
        app.anonymous().get(path).await.expect(200);
    }
    client.delete("/api/regulations/A1").await.expect(204);
    nothing_there().await;
    app.anonymous().get("/api/documents/not-a-uuid").await.problem(400, "invalid_parameter");
    app.anonymous().get("/api/documents/0190c7e8-0000-7000-8000-000000000000").await.problem(404, "not_found");
}
