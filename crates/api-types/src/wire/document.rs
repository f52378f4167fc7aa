//! The official document of an order, in the integrators' contract.

use serde::{Deserialize, Serialize};

/// Form of `POST /api/regulations/{identifier}/storage`: a file or a link, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WriteDocument {
    /// pdf, jpg, docx or odt, by its name and by its content; 5,000,000 bytes at most. Multipart only.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Binary, required = false))]
    pub file: Option<Vec<u8>>,
    /// `https` link.
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub url: Option<String>,
    /// Required with a link, 30 characters at most; 255 with a file.
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub title: Option<String>,
}

/// Answer of the routes of the official document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegulationDocument {
    /// The organization's own number.
    pub identifier: String,
    /// The document.
    #[serde(flatten)]
    pub storage: StorageView,
}

/// An official document. The last three members are additions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StorageView {
    /// The link; null for a file.
    pub url: Option<String>,
    /// What it is.
    pub title: Option<String>,
    /// `PDF`, `JPG`, `DOCX` or `ODT`; null for a link.
    pub mime_type: Option<String>,
    /// Rounded kB; null below half of one, and for a link.
    pub file_size: Option<i64>,
    /// Where the file is downloaded: by anybody when the order is published, else with the keys of its organization.
    pub file_url: Option<String>,
    /// The name under which it is downloaded.
    pub file_name: Option<String>,
    /// Its length in bytes.
    pub file_size_bytes: Option<i64>,
}
