use std::collections::HashMap;
use std::str::FromStr;

use config::{Environment, Map};

use super::ConfigError;

/// Variables by name, as the `config` crate reads them.
#[derive(Clone)]
pub struct Source(HashMap<String, String>);

impl Source {
    /// The environment of the process.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn environment() -> Result<Self, ConfigError> {
        Self::read(Environment::default())
    }

    /// These variables and nothing else.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn from_pairs(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        Self::read(Environment::default().source(Some(variables.into_iter().collect::<Map<_, _>>())))
    }

    fn read(environment: Environment) -> Result<Self, ConfigError> {
        let variables: HashMap<String, String> = config::Config::builder()
            .add_source(environment.ignore_empty(true))
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(ConfigError::Unreadable)?;
        Ok(Self(variables))
    }

    /// A variable; `None` when it is not set or blank. A value such as `$OTHER` stands for that other variable, which
    /// is how the hosting platform writes aliases.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        let value = self.raw(name)?;
        match value.strip_prefix('$') {
            Some(other) => self.raw(other).map(str::to_owned),
            None => Some(value.to_owned()),
        }
    }

    pub(super) fn required(
        &self,
        name: &'static str,
        alternative: Option<&'static str>,
    ) -> Result<String, ConfigError> {
        self.get(name)
            .or_else(|| alternative.and_then(|other| self.get(other)))
            .ok_or_else(|| ConfigError::missing(name, alternative))
    }

    pub(super) fn parse<T: FromStr>(&self, name: &'static str, expected: &str) -> Result<Option<T>, ConfigError> {
        self.get(name).map(|text| text.parse().map_err(|_| ConfigError::malformed(name, expected))).transpose()
    }

    fn raw(&self, name: &str) -> Option<&str> {
        // The config crate keeps names in lower case.
        self.0.get(&name.to_lowercase()).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}
