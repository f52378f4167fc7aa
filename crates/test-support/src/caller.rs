use dialog_api_types::app::{Login, Me};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder};
use serde::Serialize;

use crate::TestResponse;

/// Somebody who calls the API: a browser with its cookies, an integrator with its key, or a passer-by.
#[derive(Clone)]
pub struct TestCaller {
    client: Client,
    base_url: String,
    headers: HeaderMap,
}

impl TestCaller {
    /// A passer-by who knows the application by this address.
    #[must_use]
    pub fn anonymous(base_url: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            // What comes over the line is what a test looks at.
            .no_gzip()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("an HTTP client");
        Self { client, base_url: base_url.to_owned(), headers: HeaderMap::new() }
    }

    /// The same caller on another instance of the application: cookies included.
    #[must_use]
    pub fn on(&self, base_url: &str) -> Self {
        Self { base_url: base_url.to_owned(), ..self.clone() }
    }

    /// The same caller with one more header on every request.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"));
        self
    }

    /// The same caller without a header.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Logs in; from now on unsafe calls carry the anti-forgery token.
    pub async fn log_in(self, email: &str, password: &str) -> Self {
        let login = Login { email: email.to_owned(), password: password.to_owned() };
        let me: Me = self.post("/api/login", &login).await.expect(200).json();
        self.with_header("x-csrf-token", &me.csrf_token)
    }

    /// A request to finish by hand; see [`TestCaller::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base_url)).headers(self.headers.clone())
    }

    /// Sends a request and reads the answer.
    pub async fn send(&self, request: RequestBuilder) -> TestResponse {
        TestResponse::read(request.send().await.expect("an answer of the server")).await
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::GET, path)).await
    }

    /// `HEAD`.
    pub async fn head(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::HEAD, path)).await
    }

    /// `POST` of a JSON body.
    pub async fn post(&self, path: &str, body: &(impl Serialize + ?Sized)) -> TestResponse {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// `POST` without body.
    pub async fn post_nothing(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::POST, path)).await
    }

    /// `PUT` of a JSON body.
    pub async fn put(&self, path: &str, body: &(impl Serialize + ?Sized)) -> TestResponse {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// `PUT` without body.
    pub async fn put_nothing(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::PUT, path)).await
    }

    /// `PATCH` of a JSON body.
    pub async fn patch(&self, path: &str, body: &(impl Serialize + ?Sized)) -> TestResponse {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> TestResponse {
        self.send(self.request(Method::DELETE, path)).await
    }
}
