use dialog_test_support::TestApp;
use reqwest::Method;
use reqwest::multipart::{Form, Part};

use super::sending::{DOCX, ODT, archive, form_of, path_of, pdf, pdf_of, post};
use crate::orders::bodies::create_by_client;

const JPG: [u8; 8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, b'J', b'F'];
const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

fn docx() -> Vec<u8> {
    archive(&[TYPES, ("_rels/.rels", "<Relationships/>"), ("word/document.xml", "<w:document/>")])
}

fn odt() -> Vec<u8> {
    archive(&[("mimetype", ODT), ("content.xml", "<office:document-content/>")])
}

#[tokio::test]
async fn files_of_the_four_kinds_are_kept_and_come_back_as_they_were() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "published").await;
    for (rank, (name, content, label, media_type)) in [
        ("arrêté.pdf", pdf("un"), "PDF", "application/pdf"),
        ("ARRETE.PDF", pdf("deux"), "PDF", "application/pdf"),
        ("plan.jpg", JPG.to_vec(), "JPG", "image/jpeg"),
        ("projet.docx", docx(), "DOCX", DOCX),
        ("projet.odt", odt(), "ODT", ODT),
        ("grand.pdf", pdf_of(5_000_000), "PDF", "application/pdf"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = post(&client, "A1", form_of(name, content.clone())).await;
        let told = answer.expect(if rank == 0 { 201 } else { 200 }).value();
        assert_eq!(told["mimeType"], label, "{name}");
        assert_eq!(told["fileSizeBytes"], content.len(), "{name}");
        let address = told["fileUrl"].as_str().unwrap();
        let path = address.strip_prefix("http://localhost:8000").unwrap();
        let file = app.anonymous().get(path).await.expect(200);
        assert_eq!(file.header("content-type"), media_type, "{name}");
        assert_eq!(file.header("content-length"), content.len().to_string(), "{name}");
        assert!(file.body == content, "{name}");
    }
}

#[tokio::test]
async fn other_files_are_refused_and_what_is_wrong_is_said() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    let extension = |told: &str| {
        format!("L'extension du fichier est invalide ({told}). Les extensions autorisées sont pdf, jpg, docx, odt.")
    };
    let kind = |told: &str, expected: &str| {
        format!("Le type du fichier est invalide ({told}). Les types autorisés sont {expected}.")
    };
    let macros = archive(&[TYPES, ("word/document.xml", ""), ("word/vbaProject.bin", "")]);
    let sheet = archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]);
    for (name, content, code, title) in [
        ("vide.pdf", vec![], "empty_file", "Un fichier vide n'est pas autorisé.".to_owned()),
        (
            "grand.pdf",
            pdf_of(5_000_001),
            "file_too_large",
            "Le fichier est trop volumineux (5000001 bytes). Sa taille ne doit pas dépasser 5000000 bytes.".to_owned(),
        ),
        (
            "grand.pdf",
            pdf_of(5_200_000),
            "file_too_large",
            "Le fichier est trop volumineux (5.2 MB). Sa taille ne doit pas dépasser 5 MB.".to_owned(),
        ),
        ("photo.jpeg", JPG.to_vec(), "file_extension", extension("jpeg")),
        ("photo.png", b"\x89PNG\r\n\x1a\n".to_vec(), "file_extension", extension("png")),
        ("ancien.doc", b"\xD0\xCF\x11\xE0".to_vec(), "file_extension", extension("doc")),
        ("arrete.pdf.exe", b"MZ".to_vec(), "file_extension", extension("exe")),
        ("arrete", pdf("x"), "file_extension", extension("")),
        ("arrete.pdf", b"<html><script>alert(1)</script>".to_vec(), "file_type", kind("text/html", "application/pdf")),
        ("arrete.pdf", b"du texte".to_vec(), "file_type", kind("text/plain", "application/pdf")),
        ("arrete.pdf", JPG.to_vec(), "file_type", kind("image/jpeg", "application/pdf")),
        ("plan.jpg", pdf("x"), "file_type", kind("application/pdf", "image/jpeg")),
        ("plan.jpg", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec(), "file_type", kind("image/png", "image/jpeg")),
        ("projet.docx", odt(), "file_type", kind(ODT, DOCX)),
        ("projet.odt", docx(), "file_type", kind(DOCX, ODT)),
        ("projet.docx", archive(&[("a.txt", "")]), "file_type", kind("application/zip", DOCX)),
        ("projet.docx", macros, "file_type", kind("application/vnd.ms-word.document.macroEnabled.12", DOCX)),
        ("projet.odt", sheet, "file_type", kind("application/vnd.oasis.opendocument.spreadsheet", ODT)),
    ] {
        let refused = post(&client, "A1", form_of(name, content)).await.problem(422, "validation_failed");
        let violations = refused.violations.unwrap();
        let told: Vec<_> = violations.iter().map(|one| (&*one.property_path, &*one.code, &*one.title)).collect();
        assert_eq!(told, [("file", code, title.as_str())], "{name}");
        assert_eq!(refused.detail, "Validation failed");
    }
    assert!(app.files().is_empty());
    client.get(&path_of("A1")).await.problem(404, "not_found");
}

#[tokio::test]
async fn form_over_six_megabytes_is_413_with_our_body() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    post(&client, "A1", form_of("grand.pdf", pdf_of(7_000_000))).await.problem(413, "payload_too_large");
    let long = Form::new().text("url", "https://example.fr").text("title", "x".repeat(6_500_000));
    post(&client, "A1", long).await.problem(413, "payload_too_large");
    post(&client, "A1", form_of("a.pdf", pdf("x"))).await.expect(201);
}

#[tokio::test]
async fn what_is_no_form_is_refused_and_never_a_failure() {
    let app = TestApp::start().await;
    let client = app.api_client();
    create_by_client(&client, "A1", "draft").await;
    let send = |media_type: Option<&str>, body: &'static str| {
        let request = client.request(Method::POST, &path_of("A1")).body(body);
        client.send(match media_type {
            Some(media_type) => request.header("content-type", media_type.to_owned()),
            None => request,
        })
    };
    send(Some("application/json"), r#"{"url":"https://example.fr"}"#).await.problem(415, "unsupported_media_type");
    send(Some("text/plain"), "url=a").await.problem(415, "unsupported_media_type");
    send(Some("nonsense"), "").await.problem(415, "unsupported_media_type");
    send(None, "url=a").await.problem(415, "unsupported_media_type");
    send(None, "").await.problem(422, "validation_failed");
    for (media_type, body) in [
        ("multipart/form-data", "--x--\r\n"),
        ("multipart/form-data; boundary=x", "nothing of the kind"),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\nnameless\r\n--x--\r\n"),
    ] {
        let answer = send(Some(media_type), body).await;
        assert!([400, 422].contains(&answer.status.as_u16()), "{body}: {}", answer.text());
    }
    // A file without name nor content is a field that nobody filled.
    let unchosen = Form::new()
        .part("file", Part::bytes(vec![]).file_name(""))
        .text("url", "https://example.fr/arrete\u{0}")
        .text("title", "Arrêté\u{0}\nsigné");
    let refused = post(&client, "A1", unchosen).await.problem(422, "validation_failed");
    assert_eq!(refused.violations.unwrap()[0].property_path, "url");
    let titled = form_of("a.pdf", pdf("x")).text("title", "Arrêté\u{0}\nsigné");
    assert_eq!(post(&client, "A1", titled).await.expect(201).value()["title"], "Arrêté  signé");
}
