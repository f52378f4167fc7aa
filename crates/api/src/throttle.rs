//! Counters over a sliding window, shared by all processes through Redis.

mod tally;

use std::time::Duration;

use chrono::{DateTime, Utc};
use deadpool_redis::redis;

pub use tally::Tally;

use crate::redis::{Redis, RedisError};

/// At most `limit` events per `window`.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Events allowed.
    pub limit: u32,
    /// Length of the window.
    pub window: Duration,
}

/// Where a counter stands after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Events in the window that ends now, this one included.
    pub used: u32,
    /// Events still allowed.
    pub remaining: u32,
    /// Whether this event is one too many.
    pub is_exceeded: bool,
    /// Seconds until the current part of the window ends and events are forgotten.
    pub reset_s: u64,
}

/// Counts an event.
///
/// The window slides: events of the fixed window before the current one count in proportion to how much of it the
/// sliding window still covers.
///
/// # Errors
/// When Redis does not answer.
pub async fn count(redis: &Redis, name: &str, allowance: Allowance, now: DateTime<Utc>) -> Result<Usage, RedisError> {
    count_several(redis, name, Slot::at(allowance, now), 1).await
}

async fn count_several(redis: &Redis, name: &str, slot: Slot, events: u32) -> Result<Usage, RedisError> {
    let mut connection = redis.connection().await?;
    let (previous, current): (Option<u32>, u32) = redis::pipe()
        .get(slot.key(redis, name, 1))
        .incr(slot.key(redis, name, 0), events)
        .expire(slot.key(redis, name, 0), slot.expiry_s())
        .ignore()
        .query_async(&mut connection)
        .await?;
    Ok(slot.usage(previous.unwrap_or(0), current))
}

/// Where the counter stands, without an event.
///
/// # Errors
/// When Redis does not answer.
pub async fn look(redis: &Redis, name: &str, allowance: Allowance, now: DateTime<Utc>) -> Result<Usage, RedisError> {
    let slot = Slot::at(allowance, now);
    let mut connection = redis.connection().await?;
    let (previous, current): (Option<u32>, Option<u32>) =
        redis::pipe().get(slot.key(redis, name, 1)).get(slot.key(redis, name, 0)).query_async(&mut connection).await?;
    Ok(slot.usage(previous.unwrap_or(0), current.unwrap_or(0)))
}

/// Takes one event back.
///
/// # Errors
/// When Redis does not answer.
pub async fn uncount(redis: &Redis, name: &str, allowance: Allowance, now: DateTime<Utc>) -> Result<(), RedisError> {
    let slot = Slot::at(allowance, now);
    let mut connection = redis.connection().await?;
    redis::pipe()
        .decr(slot.key(redis, name, 0), 1)
        .ignore()
        .expire(slot.key(redis, name, 0), slot.expiry_s())
        .ignore()
        .query_async::<()>(&mut connection)
        .await?;
    Ok(())
}

/// Forgets every event.
///
/// # Errors
/// When Redis does not answer.
pub async fn forget(redis: &Redis, name: &str, allowance: Allowance, now: DateTime<Utc>) -> Result<(), RedisError> {
    let slot = Slot::at(allowance, now);
    let mut connection = redis.connection().await?;
    redis::cmd("DEL")
        .arg(slot.key(redis, name, 0))
        .arg(slot.key(redis, name, 1))
        .query_async::<()>(&mut connection)
        .await?;
    Ok(())
}

/// The fixed window in which an instant falls.
#[derive(Clone, Copy)]
struct Slot {
    allowance: Allowance,
    number: u64,
    elapsed_ms: u64,
}

impl Slot {
    fn at(allowance: Allowance, now: DateTime<Utc>) -> Self {
        let now_ms = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let window_ms = Self::window_ms(allowance);
        Self { allowance, number: now_ms / window_ms, elapsed_ms: now_ms % window_ms }
    }

    fn window_ms(allowance: Allowance) -> u64 {
        u64::try_from(allowance.window.as_millis()).unwrap_or(u64::MAX).max(1)
    }

    fn key(self, redis: &Redis, name: &str, slots_ago: u64) -> String {
        redis.key(&format!("throttle:{name}:{}", self.number.saturating_sub(slots_ago)))
    }

    fn expiry_s(self) -> i64 {
        i64::try_from(self.allowance.window.as_secs()).unwrap_or(i64::MAX / 4).saturating_mul(2).max(2)
    }

    fn reset_s(self) -> u64 {
        (Self::window_ms(self.allowance) - self.elapsed_ms).div_ceil(1000)
    }

    fn usage(self, previous: u32, current: u32) -> Usage {
        let window_ms = Self::window_ms(self.allowance);
        let left_ms = window_ms - self.elapsed_ms;
        let carried = u64::from(previous) * left_ms / window_ms;
        let used = u32::try_from(carried).unwrap_or(u32::MAX).saturating_add(current);
        Usage {
            used,
            remaining: self.allowance.limit.saturating_sub(used),
            is_exceeded: used > self.allowance.limit,
            reset_s: self.reset_s(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(at_ms: i64, previous: u32, current: u32) -> Usage {
        let allowance = Allowance { limit: 10, window: Duration::from_secs(100) };
        Slot::at(allowance, DateTime::from_timestamp_millis(at_ms).unwrap()).usage(previous, current)
    }

    #[test]
    fn a_new_window_still_counts_the_end_of_the_one_before() {
        assert_eq!(usage(100_000, 10, 1).used, 11);
        assert!(usage(100_000, 10, 1).is_exceeded);
        assert_eq!(usage(150_000, 10, 1).used, 6);
        assert_eq!(usage(199_999, 10, 1).used, 1);
    }

    #[test]
    fn the_last_allowed_event_is_not_one_too_many() {
        assert!(!usage(0, 0, 10).is_exceeded);
        assert_eq!(usage(0, 0, 10).remaining, 0);
        assert_eq!(usage(25_000, 0, 10).reset_s, 75);
    }
}
