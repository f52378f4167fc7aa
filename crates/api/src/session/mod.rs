//! Sessions of the browser application: a cookie on one side, Redis on the other.

mod caller;
mod store;

use actix_session::SessionMiddleware;
use actix_session::config::{BrowserSession, CookieContentSecurity};
use actix_web::cookie::SameSite;
use actix_web::cookie::time::Duration;

pub use caller::{SessionUser, identify_caller};
pub use store::RedisSessions;

use crate::app::AppState;
use crate::config::AppEnv;

/// Name of the cookie.
pub const COOKIE: &str = "dialog_session";

/// Entries of a session.
pub(crate) mod entry {
    pub const USER: &str = "user";
    pub const CSRF_TOKEN: &str = "csrf";
}

/// How long a session lives without being used.
const IDLE: Duration = Duration::hours(24);

/// The middleware that gives a scope its sessions.
#[must_use]
pub fn middleware(state: &AppState) -> SessionMiddleware<RedisSessions> {
    SessionMiddleware::builder(RedisSessions::new(state.redis.clone(), IDLE), state.keys.cookie.clone())
        .cookie_name(COOKIE.to_owned())
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_secure(state.config.env == AppEnv::Prod)
        .cookie_content_security(CookieContentSecurity::Private)
        .cookie_path("/".to_owned())
        // The store extends a session whenever it is read.
        .session_lifecycle(BrowserSession::default().state_ttl(IDLE))
        .build()
}
