use super::*;
use crate::document::{DOCUMENT_MAX_BYTES, DocumentKind};
use crate::input::{DocumentInput, FileInput};

fn file(name: &str, size: u64, media_type: Option<&str>) -> DocumentInput {
    let media_type = media_type.map(str::to_owned);
    DocumentInput { file: Some(FileInput { name: name.to_owned(), size, media_type }), ..DocumentInput::default() }
}

fn link(url: &str, title: &str) -> DocumentInput {
    DocumentInput { file: None, url: Some(url.to_owned()), title: Some(title.to_owned()) }
}

fn broken(input: &DocumentInput, face: Face) -> Vec<(String, ViolationCode)> {
    let violations = document(input, face, false).err().unwrap_or_default();
    violations.into_iter().map(|violation| (violation.path, violation.code)).collect()
}

// 93
#[test]
fn neither_file_nor_link_is_said_on_both_fields_of_a_form_and_on_the_whole_to_integrators() {
    let nothing = DocumentInput { url: Some("  ".into()), title: Some("Arrêté".into()), ..DocumentInput::default() };
    let code = ViolationCode::FileOrLinkRequired;
    assert_eq!(broken(&nothing, Face::Form), [("file".to_owned(), code), ("url".to_owned(), code)]);
    assert_eq!(broken(&nothing, Face::Integrator), [(String::new(), code)]);
    let both = DocumentInput { url: Some("https://a.fr".into()), ..file("a.exe", 0, None) };
    assert_eq!(broken(&both, Face::Integrator), [(String::new(), ViolationCode::FileAndLink)]);
    assert_eq!(broken(&both, Face::Form).len(), 2);
}

// 94
#[test]
fn form_keeps_the_file_that_is_there_and_changes_its_title() {
    let title = DocumentInput { title: Some(" Arrêté signé ".into()), ..DocumentInput::default() };
    let kept = CheckedDocument::SameFile { title: Some("Arrêté signé".into()) };
    assert_eq!(document(&title, Face::Form, true), Ok(kept));
    assert!(document(&title, Face::Integrator, true).is_err());
}

// 95
#[test]
fn link_without_scheme_and_long_title_are_both_said() {
    let input = link("example.com/a.pdf", &"x".repeat(35));
    let expected = [("url".to_owned(), ViolationCode::InvalidUrl), ("title".to_owned(), ViolationCode::TooLong)];
    assert_eq!(broken(&input, Face::Integrator), expected);
}

#[test]
fn links_are_https_on_a_host_with_a_top_level_domain() {
    for url in [
        "https://ville.example.fr/arretes/1.pdf?a=1#p2",
        "HTTPS://Example.FR",
        "https://example.fr:8443/é",
        "https://mairie-évry.fr/",
        "https://example.xn--p1ai/a",
        "https://example.fr./a",
    ] {
        assert_eq!(broken(&link(url, "Arrêté"), Face::Form), [], "{url}");
    }
    for (url, code) in [
        ("http://example.fr/a", ViolationCode::InvalidUrl),
        ("ftp://example.fr/a", ViolationCode::InvalidUrl),
        ("javascript:alert(1)", ViolationCode::InvalidUrl),
        ("https://", ViolationCode::InvalidUrl),
        ("https:///a", ViolationCode::InvalidUrl),
        ("https://exa mple.fr", ViolationCode::InvalidUrl),
        ("https://example.fr/a\nb", ViolationCode::InvalidUrl),
        ("https://user:secret@example.fr/", ViolationCode::InvalidUrl),
        ("https://example..fr/", ViolationCode::InvalidUrl),
        ("https://-example.fr/", ViolationCode::InvalidUrl),
        ("https://example.fr:port/", ViolationCode::InvalidUrl),
        ("https://[::1]/", ViolationCode::InvalidUrl),
        ("https://é", ViolationCode::UrlWithoutTopLevelDomain),
        ("https://localhost/a", ViolationCode::UrlWithoutTopLevelDomain),
        ("https://192.0.2.1/a", ViolationCode::UrlWithoutTopLevelDomain),
        ("https://example.c/a", ViolationCode::UrlWithoutTopLevelDomain),
    ] {
        assert_eq!(broken(&link(url, "Arrêté"), Face::Integrator), [("url".to_owned(), code)], "{url}");
    }
    let long = format!("https://example.fr/{}", "a".repeat(2000));
    assert_eq!(broken(&link(&long, "Arrêté"), Face::Form)[0].1, ViolationCode::InvalidUrl);
}

#[test]
fn link_needs_a_title_and_a_file_does_not() {
    assert_eq!(broken(&link("https://a.fr", " "), Face::Form), [("title".to_owned(), ViolationCode::Required)]);
    let pdf = file("a.pdf", 1, Some("application/pdf"));
    let titled = |length| DocumentInput { title: Some("é".repeat(length)), ..pdf.clone() };
    assert_eq!(
        document(&pdf, Face::Integrator, false),
        Ok(CheckedDocument::File { kind: DocumentKind::Pdf, title: None })
    );
    assert!(document(&titled(255), Face::Integrator, false).is_ok());
    assert_eq!(broken(&titled(256), Face::Integrator), [("title".to_owned(), ViolationCode::TooLong)]);
}

#[test]
fn file_breaks_one_rule_at_a_time() {
    for (name, size, media_type, code) in [
        ("a.exe", 0, None, ViolationCode::EmptyFile),
        ("a.exe", DOCUMENT_MAX_BYTES + 1, None, ViolationCode::FileTooLarge),
        ("a.jpeg", 1, Some("image/jpeg"), ViolationCode::FileExtension),
        ("a.png", 1, Some("image/png"), ViolationCode::FileExtension),
        ("a.doc", 1, Some("application/msword"), ViolationCode::FileExtension),
        ("pdf", 1, Some("application/pdf"), ViolationCode::FileExtension),
        ("", 1, Some("application/pdf"), ViolationCode::FileExtension),
        ("a.pdf", 1, Some("image/png"), ViolationCode::FileType),
        ("a.jpg", 1, Some("application/pdf"), ViolationCode::FileType),
    ] {
        let input = file(name, size, media_type);
        assert_eq!(broken(&input, Face::Integrator), [("file".to_owned(), code)], "{name} {media_type:?}");
    }
    for kind in DocumentKind::ALL {
        let name = format!("Arrêté n° 1.{}", kind.extension().to_uppercase());
        let input = file(&name, DOCUMENT_MAX_BYTES, Some(kind.media_type()));
        assert!(
            matches!(document(&input, Face::Form, false), Ok(CheckedDocument::File { kind: found, .. }) if found == kind)
        );
    }
    // In a browser nobody has looked at the content yet.
    assert!(document(&file("a.odt", 1, None), Face::Form, false).is_ok());
}
