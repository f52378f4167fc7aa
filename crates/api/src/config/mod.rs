//! Configuration: environment variables, read once into [`Config`].
//!
//! A variable that is missing or malformed stops the process with a sentence that names it. Secrets have no `Debug`
//! form that shows them.

mod error;
mod limits;
mod secret;
mod source;
mod storage;

pub use error::ConfigError;
pub use limits::Limits;
pub use secret::Secret;
pub use source::Source;
pub use storage::{Bucket, StorageSettings};

use dialog_exports::cifs::CifsFilter;
use url::Url;

/// What kind of deployment this is (`APP_ENV`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppEnv {
    /// Real people and real orders. The default: forgetting the variable must not open anything.
    Prod,
    /// A developer's machine or a review application.
    Dev,
    /// Automated tests.
    Test,
}

impl AppEnv {
    /// Whether demonstration accounts may exist.
    #[must_use]
    pub const fn allows_demonstration(self) -> bool {
        matches!(self, Self::Dev | Self::Test)
    }
}

/// Everything that can be set from outside.
#[derive(Clone, Debug)]
pub struct Config {
    /// `APP_ENV`: `prod`, `dev` or `test`; `prod` by default.
    pub env: AppEnv,
    /// `DATABASE_URL`, else `SCALINGO_POSTGRESQL_URL`: PostgreSQL. Required.
    pub database_url: Secret,
    /// `DATABASE_POOL_SIZE`: most PostgreSQL connections of the process; 16 by default.
    pub database_pool_size: usize,
    /// `REDIS_URL`, else `SCALINGO_REDIS_URL`: Redis. Required.
    pub redis_url: Secret,
    /// `REDIS_KEY_PREFIX`: what our Redis keys begin with; `dialog:` by default.
    pub redis_key_prefix: String,
    /// `APP_SECRET`: keys of cookies, links and stored hashes, 32 characters or more. Required.
    pub app_secret: Secret,
    /// `BASE_URL`: public address without a slash at its end, used in every link we write. Required in `prod`;
    /// `http://localhost:8000` otherwise.
    pub base_url: String,
    /// `API_PORT`: port of the api process on 127.0.0.1; 8081 by default.
    pub api_port: u16,
    /// `WEB_CONCURRENCY`: worker threads of the api process; the number of cores by default.
    pub web_concurrency: usize,
    /// `TILE_CACHE_MB`: memory of the api process for tiles of the map, megabytes; 32 by default, 0 for none.
    pub tile_cache_mb: u64,
    /// `API_ADRESSE_BASE_URL`: API Adresse or Addok; without it the built-in geocoder answers alone.
    pub api_adresse_base_url: Option<Url>,
    /// `SENTRY_DSN`: error collection; none by default.
    pub sentry_dsn: Option<Secret>,
    /// `ADMIN_EMAIL`: contact address, and first super-admin. Required in `prod`.
    pub admin_email: Option<String>,
    /// `APP_CIFS_FILTERS`: what is let into CIFS, a JSON object; everything by default.
    pub cifs_filter: CifsFilter,
    /// Where files are kept.
    pub storage: StorageSettings,
    /// Rate limits and attempts at logging in.
    pub limits: Limits,
}

impl Config {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// When a variable is missing or malformed; the message names it.
    pub fn from_environment() -> Result<Self, ConfigError> {
        Self::read(&Source::environment()?)
    }

    /// Reads variables from `source`.
    ///
    /// # Errors
    /// When a variable is missing or malformed; the message names it.
    pub fn read(source: &Source) -> Result<Self, ConfigError> {
        let env = match source.get("APP_ENV").as_deref() {
            None | Some("prod") => AppEnv::Prod,
            Some("dev") => AppEnv::Dev,
            Some("test") => AppEnv::Test,
            Some(_) => return Err(ConfigError::malformed("APP_ENV", "`prod`, `dev` or `test`")),
        };
        let app_secret = source.required("APP_SECRET", None)?;
        if app_secret.chars().count() < 32 {
            return Err(ConfigError::malformed("APP_SECRET", "32 characters or more"));
        }
        let web_concurrency = match source.parse("WEB_CONCURRENCY", "a number of threads, 1 or more")? {
            Some(0) => return Err(ConfigError::malformed("WEB_CONCURRENCY", "a number of threads, 1 or more")),
            Some(threads) => threads,
            None => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        };
        Ok(Self {
            env,
            database_url: Self::service_url(source, "DATABASE_URL", "SCALINGO_POSTGRESQL_URL", "postgres")?,
            database_pool_size: source.parse("DATABASE_POOL_SIZE", "a number of connections")?.unwrap_or(16).max(1),
            redis_url: Self::service_url(source, "REDIS_URL", "SCALINGO_REDIS_URL", "redis")?,
            redis_key_prefix: source.get("REDIS_KEY_PREFIX").unwrap_or_else(|| "dialog:".to_owned()),
            app_secret: Secret::new(app_secret),
            base_url: Self::base_url(source, env)?,
            api_port: source.parse("API_PORT", "a port number")?.unwrap_or(8081),
            web_concurrency,
            tile_cache_mb: source.parse("TILE_CACHE_MB", "a number of megabytes")?.unwrap_or(32),
            api_adresse_base_url: source.parse("API_ADRESSE_BASE_URL", "an address such as `https://host`")?,
            sentry_dsn: source
                .parse::<sentry::types::Dsn>("SENTRY_DSN", "a Sentry DSN")?
                .map(|dsn| Secret::new(dsn.to_string())),
            admin_email: Self::admin_email(source, env)?,
            cifs_filter: source.parse("APP_CIFS_FILTERS", "a JSON object of filters")?.unwrap_or_default(),
            storage: StorageSettings::read(source)?,
            limits: Limits::read(source)?,
        })
    }

    fn service_url(
        source: &Source,
        name: &'static str,
        other: &'static str,
        scheme: &str,
    ) -> Result<Secret, ConfigError> {
        let text = source.required(name, Some(other))?;
        let is_right = Url::parse(&text).is_ok_and(|url| url.scheme().starts_with(scheme) && url.has_host());
        if is_right {
            Ok(Secret::new(text))
        } else {
            Err(ConfigError::malformed(name, &format!("an address such as `{scheme}://user:password@host:port`")))
        }
    }

    fn base_url(source: &Source, env: AppEnv) -> Result<String, ConfigError> {
        const EXPECTED: &str = "an address such as `https://dialog.example.fr`";
        let url: Option<Url> = source.parse("BASE_URL", EXPECTED)?;
        match url {
            Some(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
                Ok(url.as_str().trim_end_matches('/').to_owned())
            }
            Some(_) => Err(ConfigError::malformed("BASE_URL", EXPECTED)),
            None if env == AppEnv::Prod => Err(ConfigError::missing("BASE_URL", None)),
            None => Ok("http://localhost:8000".to_owned()),
        }
    }

    fn admin_email(source: &Source, env: AppEnv) -> Result<Option<String>, ConfigError> {
        match source.get("ADMIN_EMAIL") {
            Some(email) if email.contains('@') => Ok(Some(email.to_lowercase())),
            Some(_) => Err(ConfigError::malformed("ADMIN_EMAIL", "an e-mail address")),
            None if env == AppEnv::Prod => Err(ConfigError::missing("ADMIN_EMAIL", None)),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(extra: &[(&str, &str)]) -> Source {
        let mut variables = vec![
            ("APP_ENV", "test"),
            ("DATABASE_URL", "postgres://dialog:hidden-password@db:5432/dialog"),
            ("REDIS_URL", "redis://redis:6379"),
            ("APP_SECRET", "0123456789abcdef0123456789abcdef"),
        ];
        variables.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
        variables.extend_from_slice(extra);
        Source::from_pairs(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).unwrap()
    }

    fn error(extra: &[(&str, &str)]) -> String {
        Config::read(&source(extra)).unwrap_err().to_string()
    }

    #[test]
    fn defaults_are_those_of_the_design() {
        let config = Config::read(&source(&[])).unwrap();
        assert_eq!(config.api_port, 8081);
        assert_eq!(config.base_url, "http://localhost:8000");
        assert_eq!(config.limits.requests, 5000);
    }

    #[test]
    fn an_empty_variable_is_a_missing_one_and_is_named() {
        assert_eq!(
            error(&[("DATABASE_URL", "")]),
            "the environment variable DATABASE_URL (or SCALINGO_POSTGRESQL_URL) is required and is not set"
        );
        assert!(error(&[("APP_SECRET", "")]).contains("APP_SECRET"));
        assert!(error(&[("APP_ENV", "prod"), ("ADMIN_EMAIL", "a@b.fr")]).contains("BASE_URL"));
        assert!(error(&[("APP_ENV", ""), ("BASE_URL", "https://d.fr")]).contains("ADMIN_EMAIL"));
    }

    #[test]
    fn a_malformed_variable_is_named_and_its_value_is_not_shown() {
        for (name, value) in [
            ("APP_ENV", "staging-value"),
            ("DATABASE_URL", "mysql://secret-value"),
            ("REDIS_URL", "secret-value"),
            ("APP_SECRET", "secret-value"),
            ("BASE_URL", "ftp://secret-value"),
            ("API_PORT", "secret-value"),
            ("WEB_CONCURRENCY", "0"),
            ("SENTRY_DSN", "secret-value"),
            ("ADMIN_EMAIL", "secret-value"),
            ("API_RATE_LIMIT", "secret-value"),
        ] {
            let message = error(&[(name, value)]);
            assert!(message.contains(name), "{message}");
            assert!(!message.contains("-value"), "{message}");
        }
    }

    #[test]
    fn the_platform_names_of_the_services_are_understood() {
        let config = Config::read(&source(&[
            ("DATABASE_URL", "$SCALINGO_POSTGRESQL_URL"),
            ("SCALINGO_POSTGRESQL_URL", "postgres://platform/db"),
            ("REDIS_URL", ""),
            ("SCALINGO_REDIS_URL", "redis://platform:6379"),
        ]))
        .unwrap();
        assert_eq!(config.database_url.expose(), "postgres://platform/db");
        assert_eq!(config.redis_url.expose(), "redis://platform:6379");
    }

    #[test]
    fn printing_the_configuration_shows_no_secret() {
        let text = format!("{:?}", Config::read(&source(&[])).unwrap());
        assert!(!text.contains("hidden-password") && !text.contains("0123456789abcdef"), "{text}");
    }
}
