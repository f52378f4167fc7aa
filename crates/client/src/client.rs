use std::sync::{Arc, PoisonError, RwLock};

use dialog_api_types::health::Health;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Http, Result,
    error::refusal,
    transport::{Answer, Method, Request, etag, read, target},
};

/// Calls as the browser application makes them. Clones share the session.
#[derive(Clone, Debug)]
pub struct Client {
    http: Http,
    csrf_token: Arc<RwLock<Option<String>>>,
}

impl Client {
    /// A client of the server at `base`, for instance `http://localhost:8000`.
    ///
    /// # Errors
    /// When `base` is not an address, or when no HTTP client can be made.
    pub fn new(base: &str) -> Result<Self> {
        Ok(Self { http: Http::with_cookies(base)?, csrf_token: Arc::default() })
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
        let target = target(path, parameters)?;
        read(&self.send(Request::new(Method::Get, target)).await?, path)
    }

    pub(crate) async fn change<B: Serialize, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<T> {
        read(&self.send(self.unsafe_request(method, path, revision, body)?).await?, path)
    }

    pub(crate) async fn change_without_answer<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<()> {
        self.send(self.unsafe_request(method, path, revision, body)?).await.map(drop)
    }

    pub(crate) async fn send(&self, request: Request) -> Result<Vec<u8>> {
        let path = request.path().to_owned();
        accepted(self.http.send(request).await?, &path)
    }

    /// Sends something large, and tells from 0 to 1 how much of it has left.
    pub(crate) async fn upload(&self, request: Request, progress: impl Fn(f64) + 'static) -> Result<Vec<u8>> {
        let path = request.path().to_owned();
        accepted(self.http.upload(request, progress).await?, &path)
    }

    pub(crate) fn unsafe_request<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        revision: Option<i64>,
        body: Option<&B>,
    ) -> Result<Request> {
        let mut request = Request::new(method, path);
        if let Some(token) = self.csrf_token() {
            request = request.header("X-CSRF-Token", token);
        }
        if let Some(revision) = revision {
            request = request.header("If-Match", etag(revision));
        }
        match body {
            Some(body) => request.json(body),
            None => Ok(request),
        }
    }
}

fn accepted(answer: Answer, path: &str) -> Result<Vec<u8>> {
    if (200..300).contains(&answer.status) { Ok(answer.body) } else { Err(refusal(answer.status, path, &answer.body)) }
}
