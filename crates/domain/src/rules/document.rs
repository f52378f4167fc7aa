//! Rules of the official document.

use super::{
    Face,
    report::{Report, trimmed},
};
use crate::document::{DOCUMENT_MAX_BYTES, DocumentKind, extension_of};
use crate::input::{DocumentInput, FileInput};
use crate::{Violation, ViolationCode};

/// Longest title of a link, in characters.
pub const LINK_TITLE_MAX: usize = 30;
/// Longest title of a file, in characters.
pub const FILE_TITLE_MAX: usize = 255;
/// Longest link, in characters.
pub const LINK_MAX: usize = 2000;

/// An official document that passed the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckedDocument {
    /// The file that was sent.
    File {
        /// What it is; by its content too, when somebody looked.
        kind: DocumentKind,
        /// Its title, if it has one.
        title: Option<String>,
    },
    /// The file that is there already, with this title.
    SameFile {
        /// Its title, if it has one.
        title: Option<String>,
    },
    /// A link.
    Link {
        /// Where the document is.
        url: String,
        /// What it is.
        title: String,
    },
}

/// Checks the official document of an order; `has_file` says whether a file is attached already, which a form may
/// keep. Integrators always send the document.
///
/// # Errors
/// Every broken rule. Both a file and a link, or neither: that alone, on the whole (`""`) for integrators and on both
/// fields for a form.
pub fn document(input: &DocumentInput, face: Face, has_file: bool) -> Result<CheckedDocument, Vec<Violation>> {
    let title = input.title.as_deref();
    let mut report = Report::default();
    let checked = match (&input.file, trimmed(input.url.as_deref())) {
        (Some(_), Some(_)) => return Err(exclusive(ViolationCode::FileAndLink, face)),
        (None, None) if face == Face::Form && has_file => {
            let title = report.at_most("title", title, FILE_TITLE_MAX);
            Some(CheckedDocument::SameFile { title })
        }
        (None, None) => return Err(exclusive(ViolationCode::FileOrLinkRequired, face)),
        (Some(file), None) => {
            let kind = file_kind(file).map_err(|broken| report.push(broken)).ok();
            let title = report.at_most("title", title, FILE_TITLE_MAX);
            kind.map(|kind| CheckedDocument::File { kind, title })
        }
        (None, Some(url)) => {
            if let Some(code) = broken_link(url) {
                report.add("url", code);
            }
            let title = report.required("title", title, LINK_TITLE_MAX);
            title.map(|title| CheckedDocument::Link { url: url.to_owned(), title })
        }
    };
    report.finish(checked)
}

fn exclusive(code: ViolationCode, face: Face) -> Vec<Violation> {
    match face {
        Face::Integrator => vec![Violation::new("", code)],
        Face::Form => ["file", "url"].map(|field| Violation::new(field, code)).into(),
    }
}

/// The kind of a file, or the first rule that it breaks: one reason to refuse a file is enough.
fn file_kind(file: &FileInput) -> Result<DocumentKind, Violation> {
    if file.size == 0 {
        return Err(Violation::new("file", ViolationCode::EmptyFile));
    }
    if file.size > DOCUMENT_MAX_BYTES {
        return Err(Violation::new("file", ViolationCode::FileTooLarge)
            .with("size", file.size)
            .with("limit", DOCUMENT_MAX_BYTES));
    }
    let extension = extension_of(&file.name);
    let kind = DocumentKind::from_extension(extension).ok_or_else(|| {
        Violation::new("file", ViolationCode::FileExtension)
            .with("extension", extension.to_lowercase())
            .with("extensions", DocumentKind::ALL.map(DocumentKind::extension).join(", "))
    })?;
    match &file.media_type {
        Some(media_type) if media_type != kind.media_type() => Err(Violation::new("file", ViolationCode::FileType)
            .with("type", media_type)
            .with("types", kind.media_type())),
        _ => Ok(kind),
    }
}

/// What is wrong with a link: it must be `https`, on a host that has a top-level domain.
fn broken_link(url: &str) -> Option<ViolationCode> {
    if url.chars().count() > LINK_MAX
        || url.chars().any(|character| character.is_whitespace() || character.is_control())
    {
        return Some(ViolationCode::InvalidUrl);
    }
    let Some(rest) = url.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://")).and(url.get(8..)) else {
        return Some(ViolationCode::InvalidUrl);
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    // No name and password in a public link, and no address between brackets.
    let is_name = !host.is_empty() && host.trim_end_matches('.').split('.').all(is_label);
    if !is_name || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Some(ViolationCode::InvalidUrl);
    }
    let top = host.trim_end_matches('.').rsplit_once('.').map(|(_, top)| top);
    let is_top_level = |top: &str| top.chars().count() >= 2 && !top.chars().all(|digit| digit.is_ascii_digit());
    (!top.is_some_and(is_top_level)).then_some(ViolationCode::UrlWithoutTopLevelDomain)
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.chars().count() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|character| character.is_alphanumeric() || character == '-' || character == '_')
}
