use dialog_api_types::wire::{CreatedRegulation, PublishedRegulation, RegulationView, WriteRegulation};
use reqwest::{Method, RequestBuilder};
use url::Url;

use crate::{
    Result,
    transport::{address, segment, send, send_for, start},
};

/// Calls as an integrator's software makes them, with the credentials of an API client.
#[derive(Clone)]
pub struct Integrator {
    http: reqwest::Client,
    base: Url,
    client_id: String,
    client_secret: String,
}

impl std::fmt::Debug for Integrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Integrator")
            .field("base", &self.base.as_str())
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
            http: reqwest::Client::new(),
            base: Url::parse(base)?,
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
        send_for(self.request(Method::POST, path)?.json(order), path).await
    }

    /// Reads an order of the API client's organization.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn read(&self, identifier: &str) -> Result<RegulationView> {
        let path = format!("/api/regulations/{}", segment(identifier));
        send_for(self.request(Method::GET, &path)?, &path).await
    }

    /// Publishes an order.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn publish(&self, identifier: &str) -> Result<PublishedRegulation> {
        let path = format!("/api/regulations/publish/{}", segment(identifier));
        send_for(self.request(Method::PUT, &path)?, &path).await
    }

    /// Deletes an order.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn delete(&self, identifier: &str) -> Result<()> {
        let path = format!("/api/regulations/{}", segment(identifier));
        send(self.request(Method::DELETE, &path)?).await.map(drop)
    }

    /// The DATEX II document of everything public.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn datex(&self) -> Result<String> {
        let url = address(&self.base, "/api/regulations.xml", "")?;
        let body = send(self.http.get(url)).await?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder> {
        Ok(start(&self.http, method, address(&self.base, path, "")?)
            .header("X-Client-Id", &self.client_id)
            .header("X-Client-Secret", &self.client_secret))
    }
}
