use reqwest::{Method, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{ClientError, Result, error::refusal};

/// Joins the address of the server and a path with its parameters; parameters that are absent are left out.
pub(crate) fn address(base: &Url, path: &str, query: &str) -> Result<Url> {
    let mut url = base.join(path)?;
    url.set_query((!query.is_empty()).then_some(query));
    Ok(url)
}

/// Writes parameters as a query.
pub(crate) fn query<Q: Serialize>(parameters: &Q) -> Result<String> {
    Ok(serde_urlencoded::to_string(parameters)?)
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

/// Starts a request that asks for JSON.
pub(crate) fn start(http: &reqwest::Client, method: Method, url: Url) -> RequestBuilder {
    http.request(method, url).header("Accept", "application/json")
}

/// Sends a request and keeps the body of a success.
pub(crate) async fn send(request: RequestBuilder) -> Result<Vec<u8>> {
    let answer = request.send().await.map_err(ClientError::Network)?;
    let status = answer.status();
    let path = answer.url().path().to_owned();
    let body = answer.bytes().await.map_err(ClientError::Network)?;
    if status.is_success() { Ok(body.to_vec()) } else { Err(refusal(status.as_u16(), &path, &body)) }
}

/// Sends a request and reads the JSON of a success.
pub(crate) async fn send_for<T: DeserializeOwned>(request: RequestBuilder, path: &str) -> Result<T> {
    let body = send(request).await?;
    serde_json::from_slice(&body).map_err(|source| ClientError::Unreadable { path: path.to_owned(), source })
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
        let base = Url::parse("http://localhost:8000/").unwrap();
        let query = query(&[("search", Some("rue")), ("cityCode", None)]).unwrap();
        assert_eq!(
            address(&base, "/api/geo/streets", &query).unwrap().as_str(),
            "http://localhost:8000/api/geo/streets?search=rue"
        );
        assert_eq!(address(&base, "/api/health", "").unwrap().as_str(), "http://localhost:8000/api/health");
    }
}
