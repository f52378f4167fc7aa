/// A variable that stops the process.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Required and not set.
    #[error("the environment variable {name}{} is required and is not set", .alternative.map(|other| format!(" (or {other})")).unwrap_or_default())]
    Missing {
        /// The variable.
        name: &'static str,
        /// Another variable that would do.
        alternative: Option<&'static str>,
    },
    /// Set to something that cannot be read. The value is not shown: it may be a secret.
    #[error("the environment variable {name} must be {expected}")]
    Malformed {
        /// The variable.
        name: &'static str,
        /// What would be right.
        expected: String,
    },
    /// The environment cannot be read at all.
    #[error("the environment cannot be read")]
    Unreadable(#[source] config::ConfigError),
}

impl ConfigError {
    pub(super) fn missing(name: &'static str, alternative: Option<&'static str>) -> Self {
        Self::Missing { name, alternative }
    }

    pub(super) fn malformed(name: &'static str, expected: &str) -> Self {
        Self::Malformed { name, expected: expected.to_owned() }
    }
}
