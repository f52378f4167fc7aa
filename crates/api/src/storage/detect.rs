use std::io::{Cursor, Read};

use dialog_domain::DocumentKind;
use zip::ZipArchive;

/// What the bytes of a file are, whatever its name says: the media type of one of the kinds of documents, or the best
/// guess at something else.
#[must_use]
pub fn media_type(content: &[u8]) -> String {
    if content.starts_with(b"%PDF-") {
        return DocumentKind::Pdf.media_type().to_owned();
    }
    if content.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return DocumentKind::Jpg.media_type().to_owned();
    }
    if content.starts_with(b"PK\x03\x04") {
        return inside_zip(content).unwrap_or_else(|| "application/zip".to_owned());
    }
    let guess = infer::get(content).map(|kind| kind.mime_type()).filter(|guess| is_no_document(guess));
    match guess {
        Some(guess) => guess.to_owned(),
        None if std::str::from_utf8(content).is_ok() => "text/plain".to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

/// Guesses are for messages: what is a document is decided above.
fn is_no_document(media_type: &str) -> bool {
    DocumentKind::from_media_type(media_type).is_none()
}

/// Office documents are archives: what they are is told by what they hold.
fn inside_zip(content: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(content)).ok()?;
    if let Some(media_type) = open_document(&mut archive) {
        return Some(media_type);
    }
    let names = || archive.file_names_raw();
    let has_folder = |folder: &[u8]| names().any(|name| name.starts_with(folder));
    if !names().any(|name| name == b"[Content_Types].xml") {
        return None;
    }
    let has_macros = names().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin"));
    let media_type = match (has_folder(b"word/"), has_macros) {
        (true, false) => DocumentKind::Docx.media_type(),
        (true, true) => "application/vnd.ms-word.document.macroEnabled.12",
        (false, _) if has_folder(b"xl/") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (false, _) if has_folder(b"ppt/") => {
            "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        }
        (false, _) => return None,
    };
    Some(media_type.to_owned())
}

/// An OpenDocument says what it is in its first entry, which is not compressed.
fn open_document(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    const LONGEST: u64 = 100;
    let mut text = String::new();
    archive.by_name("mimetype").ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    let text = text.trim();
    let is_media_type = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+-".contains(&byte));
    (is_media_type && text.starts_with("application/vnd.oasis.opendocument.")).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            writer.start_file(*name, options).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

    #[test]
    fn documents_are_known_by_their_content() {
        assert_eq!(media_type(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(media_type(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 16]), "image/jpeg");
        let docx = archive(&[TYPES, ("_rels/.rels", ""), ("word/document.xml", "<w:document/>")]);
        assert_eq!(media_type(&docx), DocumentKind::Docx.media_type());
        let odt = archive(&[("mimetype", DocumentKind::Odt.media_type()), ("content.xml", "")]);
        assert_eq!(media_type(&odt), DocumentKind::Odt.media_type());
    }

    #[test]
    fn what_only_looks_like_a_document_is_told_apart() {
        for (content, expected) in [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "image/png"),
            (b"MZ\x90\0\x03\0\0\0".to_vec(), "application/vnd.microsoft.portable-executable"),
            (b"<html><script>alert(1)</script>%PDF-1.7".to_vec(), "text/plain"),
            (b" %PDF-1.7".to_vec(), "text/plain"),
            (vec![0xFF, 0xFE, 0xFD], "application/octet-stream"),
            (b"PK\x03\x04 cut short".to_vec(), "application/zip"),
            (archive(&[("a.txt", "")]), "application/zip"),
            (archive(&[TYPES]), "application/zip"),
            (archive(&[("word/document.xml", "")]), "application/zip"),
            (archive(&[("mimetype", "text/html")]), "application/zip"),
            (
                archive(&[TYPES, ("word/document.xml", ""), ("word/vbaProject.bin", "")]),
                "application/vnd.ms-word.document.macroEnabled.12",
            ),
            (
                archive(&[TYPES, ("xl/workbook.xml", "")]),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (
                archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
                "application/vnd.oasis.opendocument.spreadsheet",
            ),
        ] {
            let found = media_type(&content);
            // Names of types that nobody accepts are the library's business.
            if expected.starts_with("application/vnd.microsoft") {
                assert!(DocumentKind::from_media_type(&found).is_none(), "{found}");
            } else {
                assert_eq!(found, expected);
            }
        }
    }
}
