/// The official document as it was sent: a file, or a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentInput {
    /// The file.
    pub file: Option<FileInput>,
    /// Where the document is.
    pub url: Option<String>,
    /// What it is.
    pub title: Option<String>,
}

/// A file as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileInput {
    /// The name that its sender gives it.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// What its content is; `None` where nobody has looked, as in a browser before it is sent.
    pub media_type: Option<String>,
}
