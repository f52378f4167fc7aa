use std::sync::{Arc, PoisonError, RwLock};

use dialog_api_types::health::Health;
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{
    Result,
    transport::{address, etag, query, send, send_for, start},
};

/// Calls as the browser application makes them. Clones share the session.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    csrf_token: Arc<RwLock<Option<String>>>,
}

impl Client {
    /// A client of the server at `base`, for instance `http://localhost:8000`.
    ///
    /// # Errors
    /// When `base` is not an address, or when no HTTP client can be made.
    pub fn new(base: &str) -> Result<Self> {
        let builder = reqwest::Client::builder();
        #[cfg(not(target_arch = "wasm32"))]
        let builder = builder.cookie_store(true);
        let http = builder.build().map_err(crate::ClientError::Network)?;
        Ok(Self { http, base: Url::parse(base)?, csrf_token: Arc::default() })
    }

    /// State of the running parts; `Err` with status 503 when something required is down.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn health(&self) -> Result<Health> {
        self.get("/api/health", &()).await
    }

    pub(crate) fn set_csrf_token(&self, token: Option<String>) {
        *self.csrf_token.write().unwrap_or_else(PoisonError::into_inner) = token;
    }

    fn csrf_token(&self) -> Option<String> {
        self.csrf_token.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) async fn get<Q: Serialize, T: DeserializeOwned>(&self, path: &str, parameters: &Q) -> Result<T> {
        let url = address(&self.base, path, &query(parameters)?)?;
        send_for(start(&self.http, Method::GET, url), path).await
    }

    pub(crate) async fn change<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<T> {
        send_for(self.unsafe_request(method, path, revision, body)?, path).await
    }

    pub(crate) async fn change_without_answer<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<()> {
        send(self.unsafe_request(method, path, revision, body)?).await.map(drop)
    }

    fn unsafe_request<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<reqwest::RequestBuilder> {
        let mut request = start(&self.http, method, address(&self.base, path, "")?);
        if let Some(token) = self.csrf_token() {
            request = request.header("X-CSRF-Token", token);
        }
        if let Some(revision) = revision {
            request = request.header("If-Match", etag(revision));
        }
        Ok(match body {
            Some(body) => request.json(body),
            None => request,
        })
    }
}
