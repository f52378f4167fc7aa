//! Requests outside the browser, by `reqwest`.

use url::Url;

use crate::{
    ClientError, Result,
    transport::{Answer, Method, Request},
};

/// Why a request did not reach the server, or its answer did not come back.
pub type NetworkError = reqwest::Error;

/// Sends requests to one server.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    base: Url,
}

impl Http {
    /// For the browser application's calls: cookies are kept.
    pub(crate) fn with_cookies(base: &str) -> Result<Self> {
        let client = reqwest::Client::builder().cookie_store(true).build().map_err(ClientError::Network)?;
        Ok(Self { client, base: Url::parse(base)? })
    }

    /// For software that sends its credentials with each call.
    pub(crate) fn without_cookies(base: &str) -> Result<Self> {
        Ok(Self { client: reqwest::Client::new(), base: Url::parse(base)? })
    }

    /// Address of the server.
    pub(crate) fn base(&self) -> &str {
        self.base.as_str()
    }

    pub(crate) async fn send(&self, request: Request) -> Result<Answer> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.client.request(method, self.base.join(&request.target)?);
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = request.body {
            builder = builder.body(body);
        }
        let answer = builder.send().await.map_err(ClientError::Network)?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(ClientError::Network)?;
        Ok(Answer { status, body: body.to_vec() })
    }
    /// Sends a request. Outside the browser nobody watches: only the end is told.
    pub(crate) async fn upload(&self, request: Request, progress: impl Fn(f64) + 'static) -> Result<Answer> {
        let answer = self.send(request).await?;
        progress(1.0);
        Ok(answer)
    }
}
