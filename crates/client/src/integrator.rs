use crate::{
    Http, Result,
    error::refusal,
    transport::{Method, Request, read, segment},
};
use dialog_api_types::wire::{CreatedRegulation, PublishedRegulation, RegulationView, WriteRegulation};

/// Calls as an integrator's software makes them, with the credentials of an API client.
#[derive(Clone)]
pub struct Integrator {
    http: Http,
    client_id: String,
    client_secret: String,
}

impl std::fmt::Debug for Integrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Integrator")
            .field("base", &self.http.base())
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl Integrator {
    /// A client of the server at `base`.
    ///
    /// # Errors
    /// When `base` is not an address.
    pub fn new(base: &str, client_id: &str, client_secret: &str) -> Result<Self> {
        Ok(Self {
            http: Http::without_cookies(base)?,
            client_id: client_id.to_owned(),
            client_secret: client_secret.to_owned(),
        })
    }

    /// Creates an order, published at once when its `status` says so.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn create(&self, order: &WriteRegulation) -> Result<CreatedRegulation> {
        let path = "/api/regulations";
        read(&self.send(self.request(Method::Post, path).json(order)?).await?, path)
    }

    /// Reads an order of the API client's organization.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn read(&self, identifier: &str) -> Result<RegulationView> {
        let path = format!("/api/regulations/{}", segment(identifier));
        read(&self.send(self.request(Method::Get, &path)).await?, &path)
    }

    /// Publishes an order.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn publish(&self, identifier: &str) -> Result<PublishedRegulation> {
        let path = format!("/api/regulations/publish/{}", segment(identifier));
        read(&self.send(self.request(Method::Put, &path)).await?, &path)
    }

    /// Deletes an order.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn delete(&self, identifier: &str) -> Result<()> {
        let path = format!("/api/regulations/{}", segment(identifier));
        self.send(self.request(Method::Delete, &path)).await.map(drop)
    }

    /// The DATEX II document of everything public.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn datex(&self) -> Result<String> {
        let body = self.send(Request::new(Method::Get, "/api/regulations.xml")).await?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    async fn send(&self, request: Request) -> Result<Vec<u8>> {
        let path = request.path().to_owned();
        let answer = self.http.send(request).await?;
        if (200..300).contains(&answer.status) {
            Ok(answer.body)
        } else {
            Err(refusal(answer.status, &path, &answer.body))
        }
    }

    fn request(&self, method: Method, path: &str) -> Request {
        Request::new(method, path).header("X-Client-Id", &self.client_id).header("X-Client-Secret", &self.client_secret)
    }
}
