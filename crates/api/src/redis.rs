//! The shared Redis pool: sessions, counters and wake-ups. Losing Redis loses nothing else.

use std::time::Duration;

use deadpool_redis::redis::{self, AsyncConnectionConfig};
use deadpool_redis::{Connection, Manager, Pool, Runtime, Timeouts};

/// Longest wait for a connection or an answer: a dead Redis must not hold a request.
const PATIENCE: Duration = Duration::from_millis(800);

/// Redis as the whole process sees it.
#[derive(Clone)]
pub struct Redis {
    pool: Pool,
    client: redis::Client,
    prefix: String,
}

/// Redis did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedisError {
    /// The address cannot be used.
    #[error("opening Redis")]
    Open(#[source] redis::RedisError),
    /// The pool cannot be built.
    #[error("building the Redis pool")]
    Build(#[source] deadpool_redis::BuildError),
    /// No connection.
    #[error("getting a Redis connection")]
    Connection(#[from] deadpool_redis::PoolError),
    /// A command failed.
    #[error("running a Redis command")]
    Command(#[from] redis::RedisError),
}

impl Redis {
    /// A pool on `url`; nothing is opened yet.
    ///
    /// # Errors
    /// When `url` is not a Redis address.
    pub fn new(url: &str, prefix: &str) -> Result<Self, RedisError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        let manager = Manager::new_with_config(url, config).map_err(RedisError::Open)?;
        let timeouts = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
        let pool = Pool::builder(manager)
            .max_size(16)
            .timeouts(timeouts)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(RedisError::Build)?;
        Ok(Self { pool, client: redis::Client::open(url).map_err(RedisError::Open)?, prefix: prefix.to_owned() })
    }

    /// A connection of the pool.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn connection(&self) -> Result<Connection, RedisError> {
        Ok(self.pool.get().await?)
    }

    /// The full name of a key of ours.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Whether Redis answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), RedisError> {
        let mut connection = self.connection().await?;
        redis::cmd("PING").query_async::<()>(&mut connection).await?;
        Ok(())
    }

    /// A connection of its own that listens to `channel`.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn subscribe(&self, channel: &str) -> Result<redis::aio::PubSub, RedisError> {
        let mut subscription = self.client.get_async_pubsub().await?;
        subscription.subscribe(self.key(channel)).await?;
        Ok(subscription)
    }

    /// Tells whoever listens to `channel`.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn publish(&self, channel: &str) -> Result<(), RedisError> {
        let mut connection = self.connection().await?;
        redis::cmd("PUBLISH").arg(self.key(channel)).arg("").query_async::<()>(&mut connection).await?;
        Ok(())
    }
}
