use serde::{Deserialize, Serialize};

/// Form of `PUT /api/app/regulation-records/{uuid}/storage`: a file or a link; a title alone keeps the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendDocument {
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

/// The official document of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    /// What it is; always there for a link.
    pub title: Option<String>,
    /// Where it is: the link, or the path of its download.
    pub url: String,
    /// The file; absent for a link.
    pub file: Option<DocumentFile>,
}

/// The file of an official document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentFile {
    /// The name under which it is downloaded.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// `PDF`, `JPG`, `DOCX` or `ODT`.
    pub label: String,
    /// Its length in bytes.
    pub size_bytes: i64,
}
