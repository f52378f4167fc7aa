use std::collections::HashMap;

use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError, generate_session_key};
use actix_web::cookie::time::Duration;
use deadpool_redis::redis;

use crate::redis::{Redis, RedisError};

/// Marks the state of a session that could not be read because Redis is down: the request goes on as an anonymous one
/// where that is allowed, and answers 503 where a person is needed.
pub(super) const UNREADABLE: &str = "unreadable";

/// Sessions in the shared Redis pool.
pub struct RedisSessions {
    redis: Redis,
    idle: Duration,
}

impl RedisSessions {
    /// Sessions that end after `idle` without use.
    #[must_use]
    pub fn new(redis: Redis, idle: Duration) -> Self {
        Self { redis, idle }
    }

    fn key(&self, session: &SessionKey) -> String {
        self.redis.key(&format!("session:{}", session.as_ref()))
    }

    async fn read(&self, session: &SessionKey) -> Result<Option<String>, RedisError> {
        let mut connection = self.redis.connection().await?;
        Ok(redis::cmd("GETEX")
            .arg(self.key(session))
            .arg("EX")
            .arg(self.idle.whole_seconds())
            .query_async(&mut connection)
            .await?)
    }

    async fn write(&self, session: &SessionKey, state: &str, ttl: &Duration) -> Result<(), RedisError> {
        let mut connection = self.redis.connection().await?;
        redis::cmd("SET")
            .arg(self.key(session))
            .arg(state)
            .arg("EX")
            .arg(ttl.whole_seconds())
            .query_async::<()>(&mut connection)
            .await?;
        Ok(())
    }

    async fn remove(&self, session: &SessionKey) -> Result<(), RedisError> {
        let mut connection = self.redis.connection().await?;
        redis::cmd("DEL").arg(self.key(session)).query_async::<()>(&mut connection).await?;
        Ok(())
    }
}

impl SessionStore for RedisSessions {
    async fn load(&self, session_key: &SessionKey) -> Result<Option<HashMap<String, String>>, LoadError> {
        match self.read(session_key).await {
            Ok(None) => Ok(None),
            Ok(Some(text)) => serde_json::from_str(&text).map(Some).map_err(|e| LoadError::Deserialization(e.into())),
            Err(error) => {
                tracing::warn!(error.cause = %error, "a session could not be read");
                Ok(Some(HashMap::from([(UNREADABLE.to_owned(), "true".to_owned())])))
            }
        }
    }

    async fn save(&self, session_state: HashMap<String, String>, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let session_key = generate_session_key();
        let text = serde_json::to_string(&session_state).map_err(|e| SaveError::Serialization(e.into()))?;
        self.write(&session_key, &text, ttl).await.map_err(|e| SaveError::Other(e.into()))?;
        Ok(session_key)
    }

    async fn update(
        &self,
        session_key: SessionKey,
        session_state: HashMap<String, String>,
        ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let text = serde_json::to_string(&session_state).map_err(|e| UpdateError::Serialization(e.into()))?;
        self.write(&session_key, &text, ttl).await.map_err(|e| UpdateError::Other(e.into()))?;
        Ok(session_key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        // Done by `load`.
        Ok(())
    }

    async fn delete(&self, session_key: &SessionKey) -> Result<(), anyhow::Error> {
        Ok(self.remove(session_key).await?)
    }
}
