use std::time::Duration;

use super::{ConfigError, Source};

/// How much a caller may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// `API_RATE_LIMIT`: requests below `/api` per caller and window; 5000 by default.
    pub requests: u32,
    /// `API_RATE_LIMIT_WINDOW_S`: the window, seconds; 300 by default.
    pub window: Duration,
    /// `LOGIN_FAILURES_PER_ACCOUNT`: wrong passwords for one account per window; 10 by default.
    pub failures_per_account: u32,
    /// `LOGIN_FAILURES_PER_ADDRESS`: refused credentials, passwords and API keys, from one address per window; 50 by
    /// default.
    pub failures_per_address: u32,
    /// `LOGIN_FAILURES_WINDOW_S`: the window of the two above, seconds; 900 by default.
    pub failures_window: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 5000,
            window: Duration::from_secs(300),
            failures_per_account: 10,
            failures_per_address: 50,
            failures_window: Duration::from_secs(900),
        }
    }
}

impl Limits {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        let default = Self::default();
        let number = |name, default| match source.parse::<u32>(name, "a whole number, 1 or more")? {
            Some(0) => Err(ConfigError::malformed(name, "a whole number, 1 or more")),
            other => Ok(other.unwrap_or(default)),
        };
        let seconds = |name, default: Duration| match source.parse::<u64>(name, "a number of seconds, 1 or more")? {
            Some(0) => Err(ConfigError::malformed(name, "a number of seconds, 1 or more")),
            other => Ok(other.map_or(default, Duration::from_secs)),
        };
        Ok(Self {
            requests: number("API_RATE_LIMIT", default.requests)?,
            window: seconds("API_RATE_LIMIT_WINDOW_S", default.window)?,
            failures_per_account: number("LOGIN_FAILURES_PER_ACCOUNT", default.failures_per_account)?,
            failures_per_address: number("LOGIN_FAILURES_PER_ADDRESS", default.failures_per_address)?,
            failures_window: seconds("LOGIN_FAILURES_WINDOW_S", default.failures_window)?,
        })
    }
}
