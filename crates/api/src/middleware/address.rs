//! The address of the caller, for counting.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;

/// The address of the caller. A peer on the same machine is our own nginx, which tells the real one in `X-Real-IP`;
/// anybody else is believed on nothing.
#[must_use]
pub fn of_service_request(request: &ServiceRequest) -> String {
    find(request.peer_addr(), request.headers())
}

/// Same as [`of_service_request`], for a handler.
#[must_use]
pub fn of_request(request: &HttpRequest) -> String {
    find(request.peer_addr(), request.headers())
}

fn find(peer: Option<SocketAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer else { return "unknown".to_owned() };
    let told = headers
        .get("X-Real-IP")
        .filter(|_| peer.ip().is_loopback())
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse::<IpAddr>().ok());
    told.unwrap_or_else(|| peer.ip()).to_string()
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(real: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("x-real-ip"), HeaderValue::from_static(real));
        headers
    }

    #[test]
    fn the_proxy_on_the_same_machine_is_believed_and_nobody_else() {
        let peer = |text: &str| Some(text.parse().unwrap());
        assert_eq!(find(peer("127.0.0.1:1"), &headers("198.51.100.7")), "198.51.100.7");
        assert_eq!(find(peer("203.0.113.9:1"), &headers("198.51.100.7")), "203.0.113.9");
        assert_eq!(find(peer("127.0.0.1:1"), &headers("not an address")), "127.0.0.1");
    }
}
