use serde::{Serialize, de::DeserializeOwned};

use crate::{ClientError, Result};

/// What a call asks of the server, before anything is sent.
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Path and query, below the address of the server.
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

/// How a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Request {
    /// A request that asks for JSON.
    pub(crate) fn new(method: Method, target: impl Into<String>) -> Self {
        Self { method, target: target.into(), headers: vec![("Accept", "application/json".to_owned())], body: None }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn json<B: Serialize>(mut self, body: &B) -> Result<Self> {
        self.body = Some(serde_json::to_vec(body).map_err(ClientError::Body)?);
        Ok(self.header("Content-Type", "application/json"))
    }

    /// The path, without the query.
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// A path with its parameters; parameters that are absent are left out.
pub(crate) fn target<Q: Serialize>(path: &str, parameters: &Q) -> Result<String> {
    let query = serde_urlencoded::to_string(parameters)?;
    Ok(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
}

/// One segment of a path, escaped.
pub(crate) fn segment(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// The value of `If-Match` for a revision.
pub(crate) fn etag(revision: i64) -> String {
    format!("\"{revision}\"")
}

/// The JSON of a success.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8], target: &str) -> Result<T> {
    serde_json::from_slice(body).map_err(|source| ClientError::Unreadable { path: target.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_with_a_slash_stays_one_segment() {
        assert_eq!(segment("2026/A 1é"), "2026%2FA%201%C3%A9");
    }

    #[test]
    fn absent_parameters_are_left_out() {
        let parameters = [("search", Some("rue")), ("cityCode", None)];
        assert_eq!(target("/api/geo/streets", &parameters).unwrap(), "/api/geo/streets?search=rue");
        assert_eq!(target("/api/health", &()).unwrap(), "/api/health");
    }

    #[test]
    fn the_path_of_a_request_has_no_query() {
        assert_eq!(Request::new(Method::Get, "/api/geo/streets?search=rue").path(), "/api/geo/streets");
    }
}
