use dialog_api_types::problem::Problem;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

/// An answer, read to its end.
#[derive(Debug)]
pub struct TestResponse {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl TestResponse {
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        let status = response.status();
        let headers = response.headers().clone();
        let body = response.bytes().await.expect("the body of an answer").to_vec();
        Self { status, headers, body }
    }

    /// The same, after checking its status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "unexpected status, body: {}", self.text());
        self
    }

    /// A header; empty when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON of this type.
    #[must_use]
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The body as any JSON.
    #[must_use]
    #[track_caller]
    pub fn value(&self) -> serde_json::Value {
        self.json()
    }

    /// The body as an error, after checking its status and code, and that it is complete.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Problem {
        let this = self.expect(status);
        let problem: Problem = this.json();
        assert_eq!((problem.status, problem.code.as_str()), (status, code), "{}", this.text());
        let media_type = this.header("content-type");
        assert!(["application/json", "application/problem+json"].contains(&media_type), "{media_type}");
        assert_eq!(problem.request_id, this.header("x-request-id"));
        assert!(!problem.title.is_empty() && !problem.detail.is_empty() && problem.instance.starts_with('/'));
        assert!(problem.kind.ends_with(&format!("#{code}")), "{}", problem.kind);
        problem
    }
}
