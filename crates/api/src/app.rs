//! What every request and every job can reach.

use std::sync::Arc;
use std::time::Duration;

use dialog_geocoder::api_adresse::{ApiAdresse, ApiAdresseError};
use dialog_geocoder::completion::Completion;
use dialog_geocoder::places::Contexts;
use dialog_geocoder::{KeptStreets, Sources};

use crate::clock::Clock;
use crate::config::Config;
use crate::problem::Problem;
use crate::redis::{Redis, RedisError};
use crate::secrets::Keys;
use crate::storage::{Storage, StorageError};
use crate::usage::UsageCounter;

/// A statement of a request that runs longer is cancelled: the hosting platform drops the request after 30 s.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(20);

/// State of a process, cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Configuration.
    pub config: Arc<Config>,
    /// PostgreSQL.
    pub database: dialog_db::Pool,
    /// Redis.
    pub redis: Redis,
    /// Files.
    pub storage: Storage,
    /// The clock.
    pub clock: Clock,
    /// Keys derived from `APP_SECRET`.
    pub keys: Keys,
    /// Names of streets asked for lately.
    pub completion: Completion,
    /// Streets located lately.
    pub streets: KeptStreets,
    /// Names of départements asked for lately.
    pub contexts: Contexts,
    /// The second source of addresses, when one is configured.
    pub api_adresse: Option<Arc<ApiAdresse>>,
    /// Daily counts on their way to PostgreSQL.
    pub usage: UsageCounter,
}

/// The state cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The PostgreSQL pool cannot be built.
    #[error("building the PostgreSQL pool: {0}")]
    Database(String),
    /// The Redis pool cannot be built.
    #[error("building the Redis pool")]
    Redis(#[from] RedisError),
    /// No client of API Adresse.
    #[error("preparing the questions to API Adresse")]
    ApiAdresse(#[from] ApiAdresseError),
    /// The storage cannot be described.
    #[error("describing the storage of files")]
    Storage(#[from] StorageError),
}

impl AppState {
    /// State for this configuration. Nothing is opened yet: a process starts while PostgreSQL or Redis is down.
    ///
    /// # Errors
    /// When an address cannot be used.
    pub fn new(config: Config, clock: Clock) -> Result<Self, StateError> {
        Self::with_statement_timeout(config, clock, Some(STATEMENT_TIMEOUT))
    }

    /// Same as [`AppState::new`] with another limit on the length of statements; jobs have none.
    ///
    /// # Errors
    /// When an address cannot be used.
    pub fn with_statement_timeout(
        config: Config,
        clock: Clock,
        statement_timeout: Option<Duration>,
    ) -> Result<Self, StateError> {
        let settings = dialog_db::PoolSettings { max_size: config.database_pool_size, statement_timeout };
        let database = dialog_db::connect_with(config.database_url.expose(), settings)
            .map_err(|error| StateError::Database(error.to_string()))?;
        let redis = Redis::new(config.redis_url.expose(), &config.redis_key_prefix)?;
        let storage = Storage::new(&config.storage)?;
        let keys = Keys::derive(config.app_secret.expose());
        let api_adresse = config.api_adresse_base_url.as_ref().map(ApiAdresse::new).transpose()?.map(Arc::new);
        let (completion, contexts, usage) = (Completion::default(), Contexts::default(), UsageCounter::default());
        let (config, streets) = (Arc::new(config), KeptStreets::new());
        Ok(Self { config, database, redis, storage, clock, keys, completion, streets, contexts, api_adresse, usage })
    }

    /// What locations are found with, when no other source is asked.
    #[must_use]
    pub fn sources(&self) -> Sources {
        Sources { streets: self.streets.clone(), ..Sources::default() }
    }

    /// A PostgreSQL connection.
    ///
    /// # Errors
    /// 503 when PostgreSQL does not answer.
    pub async fn connection(&self) -> Result<dialog_db::PooledConnection, Problem> {
        Ok(self.database.get().await?)
    }
}
