//! What every request goes through, from the outside in: [`request_id`], [`log`], [`headers`], [`problems`], Sentry,
//! [`cors`], [`api_clients`], [`rate_limit`], [`tags`], [`usage`]. Tiles that are kept stop before, at [`kept_tiles`].

pub mod address;
pub mod api_clients;
pub mod cors;
pub mod headers;
pub mod kept_tiles;
pub mod log;
pub mod problems;
pub mod rate_limit;
pub mod request_id;
pub mod tags;
pub mod usage;

use actix_web::dev::ServiceRequest;
use actix_web::web;

use crate::app::AppState;

/// The state that [`crate::server`] registers on the application.
pub(crate) fn state(request: &ServiceRequest) -> Option<web::Data<AppState>> {
    request.app_data::<web::Data<AppState>>().cloned()
}
