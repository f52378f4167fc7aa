//! Events that are told to Redis several at a time.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use moka::sync::Cache;

use super::{Allowance, Slot, Usage, count_several};
use crate::redis::{Redis, RedisError};

/// A process keeps at most so many events of a caller to itself, and no more than a hundredth of what is allowed.
const MOST_UNTOLD: u32 = 32;
/// Callers that are remembered; one that was forgotten is asked for.
const CALLERS: u64 = 10_000;

/// What callers did since Redis was told: for events that are cheaper than a question to it. A counter runs late by what
/// the processes keep to themselves.
#[derive(Clone, Debug)]
pub struct Tally {
    callers: Cache<String, Arc<Mutex<Caller>>>,
}

/// Where a counter stood when Redis was asked, with what came since.
#[derive(Debug, Default)]
struct Caller {
    known: Option<(u64, Usage)>,
    untold: u32,
}

impl Default for Tally {
    fn default() -> Self {
        Self { callers: Cache::new(CALLERS) }
    }
}

impl Tally {
    /// Counts an event. The first one of a window, one that leaves nothing, and every so manieth are told to Redis.
    ///
    /// # Errors
    /// When Redis does not answer.
    pub async fn count(
        &self,
        redis: &Redis,
        name: &str,
        allowance: Allowance,
        now: DateTime<Utc>,
    ) -> Result<Usage, RedisError> {
        let slot = Slot::at(allowance, now);
        let caller = self.callers.get_with_by_ref(name, Arc::default);
        let events = {
            let mut caller = caller.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(usage) = caller.note(slot) {
                return Ok(usage);
            }
            std::mem::take(&mut caller.untold) + 1
        };
        let usage = count_several(redis, name, slot, events).await?;
        caller.lock().unwrap_or_else(PoisonError::into_inner).known = Some((slot.number, usage));
        Ok(usage)
    }
}

impl Caller {
    /// Counts an event here when Redis need not be told yet.
    fn note(&mut self, slot: Slot) -> Option<Usage> {
        let most = (slot.allowance.limit / 100).clamp(1, MOST_UNTOLD);
        let (number, usage) = self.known.as_mut()?;
        if *number != slot.number || usage.remaining == 0 || self.untold + 1 >= most {
            return None;
        }
        self.untold += 1;
        usage.used += 1;
        usage.remaining -= 1;
        usage.reset_s = slot.reset_s();
        Some(*usage)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn slot(limit: u32, at_ms: i64) -> Slot {
        let allowance = Allowance { limit, window: Duration::from_secs(100) };
        Slot::at(allowance, DateTime::from_timestamp_millis(at_ms).unwrap())
    }

    fn caller(slot: Slot, used: u32) -> Caller {
        Caller { known: Some((slot.number, slot.usage(0, used))), untold: 0 }
    }

    #[test]
    fn redis_is_told_again_before_a_hundredth_of_the_limit_is_kept_back() {
        let first = slot(1_000, 0);
        let mut known = caller(first, 1);
        let noted = (0..20).take_while(|_| known.note(first).is_some()).count();
        assert_eq!(noted, 9);
        assert_eq!(known.known.map(|(_, usage)| (usage.used, usage.remaining)), Some((10, 990)));
        // With so little allowed every event is told.
        let little = slot(10, 0);
        assert_eq!(caller(little, 1).note(little), None);
    }

    #[test]
    fn nothing_is_decided_here_at_the_limit_nor_in_another_window() {
        let first = slot(1_000, 0);
        assert_eq!(caller(first, 1_000).note(first), None);
        assert_eq!(caller(first, 1).note(slot(1_000, 100_000)), None);
        assert_eq!(Caller::default().note(first), None);
    }
}
