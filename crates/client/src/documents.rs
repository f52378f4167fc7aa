use dialog_api_types::app::OrderView;
use dialog_domain::OrderId;

use crate::{
    Client, Result,
    transport::{Method, read},
};

/// Separates the parts of a form; nothing that people write contains it.
const BOUNDARY: &str = "dialog-5d0f3c1e9b7a4286";

impl Client {
    /// Attaches a file as the official document of an order, in place of the one that is there.
    ///
    /// # Errors
    /// `validation_failed` with its violations, `stale_revision`, or see [`crate::ClientError`].
    pub async fn attach_file(&self, id: OrderId, revision: i64, name: &str, content: &[u8]) -> Result<OrderView> {
        let name: String = name.chars().filter(|character| !character.is_control() && *character != '"').collect();
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.send_document(id, revision, format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }

    /// Attaches a link as the official document of an order, in place of the one that is there.
    ///
    /// # Errors
    /// Those of [`Client::attach_file`].
    pub async fn attach_link(&self, id: OrderId, revision: i64, url: &str, title: &str) -> Result<OrderView> {
        let body = serde_urlencoded::to_string([("url", url), ("title", title)])?;
        self.send_document(id, revision, "application/x-www-form-urlencoded".to_owned(), body.into_bytes()).await
    }

    /// Takes the official document of an order away.
    ///
    /// # Errors
    /// `stale_revision`, or see [`crate::ClientError`].
    pub async fn detach_document(&self, id: OrderId, revision: i64) -> Result<OrderView> {
        self.change::<(), _>(Method::Delete, &path(id), Some(revision), None).await
    }

    async fn send_document(
        &self,
        id: OrderId,
        revision: i64,
        content_type: String,
        body: Vec<u8>,
    ) -> Result<OrderView> {
        let path = path(id);
        let mut request =
            self.unsafe_request::<()>(Method::Put, &path, Some(revision), None)?.header("Content-Type", content_type);
        request.body = Some(body);
        read(&self.send(request).await?, &path)
    }
}

fn path(id: OrderId) -> String {
    format!("/api/app/regulation-records/{id}/storage")
}
