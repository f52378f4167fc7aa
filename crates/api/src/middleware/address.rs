//! The address of the caller, for counting.

use actix_web::dev::ServiceRequest;
use std::net::IpAddr;

/// The address of the caller. A peer on the same machine is our own nginx, which tells the real one in `X-Real-IP`;
/// anybody else is believed on nothing.
#[must_use]
pub fn client_address(request: &ServiceRequest) -> String {
    let Some(peer) = request.peer_addr() else { return "unknown".to_owned() };
    let told = request
        .headers()
        .get("X-Real-IP")
        .filter(|_| peer.ip().is_loopback())
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.trim().parse::<IpAddr>().ok());
    told.unwrap_or_else(|| peer.ip()).to_string()
}
