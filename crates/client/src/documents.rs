use dialog_api_types::app::OrderView;
use dialog_domain::OrderId;

use crate::{
    Client, Result,
    transport::{Method, Request, read},
};

/// Separates the parts of a form; nothing that people write contains it.
const BOUNDARY: &str = "dialog-5d0f3c1e9b7a4286";

impl Client {
    /// Attaches a file as the official document of an order, in place of the one that is there. `progress` is told,
    /// from 0 to 1, how much of it has left.
    ///
    /// # Errors
    /// `validation_failed` with its violations, `stale_revision`, or see [`crate::ClientError`].
    pub async fn attach_file(
        &self,
        id: OrderId,
        revision: i64,
        name: &str,
        content: &[u8],
        progress: impl Fn(f64) + 'static,
    ) -> Result<OrderView> {
        let name: String = name.chars().filter(|character| !character.is_control() && *character != '"').collect();
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self.document(id, revision, format!("multipart/form-data; boundary={BOUNDARY}"), body)?;
        read(&self.upload(request, progress).await?, &path(id))
    }

    /// Attaches a link as the official document of an order, in place of the one that is there.
    ///
    /// # Errors
    /// Those of [`Client::attach_file`].
    pub async fn attach_link(&self, id: OrderId, revision: i64, url: &str, title: &str) -> Result<OrderView> {
        let body = serde_urlencoded::to_string([("url", url), ("title", title)])?;
        let content_type = "application/x-www-form-urlencoded".to_owned();
        read(&self.send(self.document(id, revision, content_type, body.into_bytes())?).await?, &path(id))
    }

    /// Takes the official document of an order away.
    ///
    /// # Errors
    /// `stale_revision`, or see [`crate::ClientError`].
    pub async fn detach_document(&self, id: OrderId, revision: i64) -> Result<OrderView> {
        self.change::<(), _>(Method::Delete, &path(id), Some(revision), None).await
    }

    fn document(&self, id: OrderId, revision: i64, content_type: String, body: Vec<u8>) -> Result<Request> {
        let request = self.unsafe_request::<()>(Method::Put, &path(id), Some(revision), None)?;
        Ok(Request { body: Some(body), ..request.header("Content-Type", content_type) })
    }
}

fn path(id: OrderId) -> String {
    format!("/api/app/regulation-records/{id}/storage")
}
