//! Counts the answers with success of the integrators' API.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

use crate::problem::is_wire_path;

/// Counts a request whose answer is a success, by the day in Paris. The answer does not wait for that.
pub async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = super::state(&request);
    let kinds = kinds(request.method(), request.path());
    let response = next.call(request).await?;
    if let (Some(state), Some(kinds), true) = (state, kinds, response.status().is_success()) {
        let day = state.clock.now().with_timezone(&chrono_tz::Europe::Paris).date_naive();
        state.usage.add(&state.database, day, kinds);
    }
    Ok(response)
}

/// Under which words a request counts. The first is one of the three that the statistics of existing clients know:
/// there a single order and a search are `datex` too. The second, where there is one, says what it was.
fn kinds(method: &Method, path: &str) -> Option<&'static [&'static str]> {
    if !is_wire_path(path) {
        return None;
    }
    let rest = path.strip_prefix("/api/regulations");
    Some(match (method, rest) {
        (&Method::GET, Some(rest)) if rest.starts_with("/cifs") => &["cifs"],
        (&Method::GET, Some("/search")) => &["datex", "search"],
        (&Method::GET, Some(rest)) if rest.starts_with('/') => &["datex", "read"],
        (&Method::GET, Some(_)) => &["datex"],
        (&(Method::POST | Method::PUT | Method::DELETE), Some(_)) => &["web", "write"],
        _ => &["web"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_of_the_contract_counts_once_under_the_known_words() {
        for (method, path, expected) in [
            (Method::GET, "/api/regulations.xml", &["datex"][..]),
            (Method::GET, "/api/regulations", &["datex"]),
            (Method::HEAD, "/api/regulations.xml", &["web"]),
            (Method::GET, "/api/regulations/cifs.xml", &["cifs"]),
            (Method::GET, "/api/regulations/search", &["datex", "search"]),
            (Method::GET, "/api/regulations/F2030/1", &["datex", "read"]),
            (Method::POST, "/api/regulations", &["web", "write"]),
            (Method::DELETE, "/api/regulations/A", &["web", "write"]),
            (Method::GET, "/api/organization/identifiers", &["web"]),
            (Method::GET, "/api/doc.json", &["web"]),
        ] {
            assert_eq!(kinds(&method, path), Some(expected), "{method} {path}");
        }
        for path in ["/api/app/me", "/api/map/tiles/1/1/1.mvt", "/api/health"] {
            assert_eq!(kinds(&Method::GET, path), None);
        }
    }
}
