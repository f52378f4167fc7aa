use std::sync::atomic::{AtomicU32, Ordering};

use deadpool_redis::redis;

use crate::environment::redis_url;

static RANK: AtomicU32 = AtomicU32::new(0);

/// A prefix of its own for the Redis keys of one test; its keys are deleted with this value.
pub struct RedisPrefix(String);

impl RedisPrefix {
    /// A prefix that no other test has.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "each one is another")]
    pub fn new() -> Self {
        Self(format!("dialog-test:{}:{}:", std::process::id(), RANK.fetch_add(1, Ordering::Relaxed)))
    }

    /// The prefix.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Every key, without the prefix.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let mut connection = connect().expect("connecting to Redis (TEST_REDIS_URL)");
        let keys: Vec<String> =
            redis::cmd("KEYS").arg(format!("{}*", self.0)).query(&mut connection).expect("listing keys");
        keys.into_iter().filter_map(|key| key.strip_prefix(&self.0).map(str::to_owned)).collect()
    }

    /// Deletes the keys that begin with `start`, as if they had expired.
    pub fn expire(&self, start: &str) {
        let mut connection = connect().expect("connecting to Redis (TEST_REDIS_URL)");
        for key in self.keys().iter().filter(|key| key.starts_with(start)) {
            redis::cmd("DEL").arg(format!("{}{key}", self.0)).exec(&mut connection).expect("deleting a key");
        }
    }
}

impl Drop for RedisPrefix {
    fn drop(&mut self) {
        let Ok(mut connection) = connect() else { return };
        let keys: Vec<String> =
            redis::cmd("KEYS").arg(format!("{}*", self.0)).query(&mut connection).unwrap_or_default();
        for key in keys {
            let _ = redis::cmd("DEL").arg(key).exec(&mut connection);
        }
    }
}

fn connect() -> redis::RedisResult<redis::Connection> {
    redis::Client::open(redis_url())?.get_connection()
}
