//! Sessions of the browser application: a cookie on one side, Redis on the other.

mod caller;
mod login;
mod store;

use actix_session::SessionMiddleware;
use actix_session::config::{BrowserSession, CookieContentSecurity};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};

pub use caller::{SessionUser, identify_caller};
pub use login::{csrf_token, log_in, me};
pub use store::RedisSessions;

use crate::app::AppState;
use crate::config::AppEnv;
use crate::redis::Redis;

/// Name of the cookie.
pub const COOKIE: &str = "dialog_session";

/// Header in which an unsafe call sends the anti-forgery token back.
pub const CSRF_HEADER: &str = "X-CSRF-Token";

/// How long a session lives without being used.
const IDLE: Duration = Duration::hours(24);

/// Entries of a session.
mod entry {
    pub(super) const USER: &str = "user";
    pub(super) const CSRF_TOKEN: &str = "csrf";
}

/// What a scope needs to have sessions.
#[derive(Clone)]
pub struct Sessions {
    redis: Redis,
    key: Key,
    is_secure: bool,
}

impl Sessions {
    /// The sessions of a process.
    #[must_use]
    pub fn new(state: &AppState) -> Self {
        Self { redis: state.redis.clone(), key: state.keys.cookie.clone(), is_secure: state.config.env == AppEnv::Prod }
    }

    /// Sessions of a scope that is described but never served.
    ///
    /// # Errors
    /// Never: the address is a constant.
    pub fn described() -> Result<Self, crate::redis::RedisError> {
        Ok(Self { redis: Redis::new("redis://localhost", "")?, key: Key::from(&[0; 64]), is_secure: true })
    }

    /// The middleware of a scope.
    #[must_use]
    pub fn middleware(&self) -> SessionMiddleware<RedisSessions> {
        SessionMiddleware::builder(RedisSessions::new(self.redis.clone(), IDLE), self.key.clone())
            .cookie_name(COOKIE.to_owned())
            .cookie_http_only(true)
            .cookie_same_site(SameSite::Lax)
            .cookie_secure(self.is_secure)
            .cookie_content_security(CookieContentSecurity::Private)
            .cookie_path("/".to_owned())
            // The store extends a session whenever it is read.
            .session_lifecycle(BrowserSession::default().state_ttl(IDLE))
            .build()
    }
}
