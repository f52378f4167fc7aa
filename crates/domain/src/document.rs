//! The official document of an order: a file of a few kinds, or a link.

use serde::{Deserialize, Serialize};

/// Most bytes of a file.
pub const DOCUMENT_MAX_BYTES: u64 = 5_000_000;

/// A kind of file that may be attached to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Portable document.
    Pdf,
    /// Picture, for instance a scan.
    Jpg,
    /// Word document without macros.
    Docx,
    /// OpenDocument text.
    Odt,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Pdf, Self::Jpg, Self::Docx, Self::Odt];

    /// How the names of such files end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpg => "jpg",
            Self::Docx => "docx",
            Self::Odt => "odt",
        }
    }

    /// Media type of such files.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpg => "image/jpeg",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    /// The kind of the files whose names end so, in capitals or not.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| extension.eq_ignore_ascii_case(kind.extension()))
    }

    /// The kind of the files of this media type.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }
}

/// The short name of a media type, for people: `PDF`; the media type itself when it has none.
#[must_use]
pub fn media_type_label(media_type: &str) -> &str {
    match DocumentKind::from_media_type(media_type) {
        Some(DocumentKind::Pdf) => "PDF",
        Some(DocumentKind::Jpg) => "JPG",
        Some(DocumentKind::Docx) => "DOCX",
        Some(DocumentKind::Odt) => "ODT",
        None if media_type == "application/msword" => "DOC",
        None => media_type,
    }
}

/// What follows the last dot of a file name; empty without dot.
#[must_use]
pub fn extension_of(file_name: &str) -> &str {
    file_name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_extension_and_by_its_media_type() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_extension(&kind.extension().to_uppercase()), Some(kind));
            assert_eq!(DocumentKind::from_media_type(kind.media_type()), Some(kind));
            assert_eq!(media_type_label(kind.media_type()), kind.extension().to_uppercase());
        }
        assert_eq!(DocumentKind::from_extension("jpeg"), None);
        assert_eq!((media_type_label("application/msword"), media_type_label("image/png")), ("DOC", "image/png"));
    }

    #[test]
    fn the_extension_is_what_follows_the_last_dot() {
        assert_eq!((extension_of("a.b.pdf"), extension_of("pdf"), extension_of("a.")), ("pdf", "", ""));
    }
}
