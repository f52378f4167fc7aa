//! The clock, so that tests choose what time it is.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, SubsecRound, Utc};

/// What time it is.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<RwLock<DateTime<Utc>>>>);

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still until it is [`Clock::set`].
    #[must_use]
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(RwLock::new(instant))))
    }

    /// Moves a fixed clock and all its clones; the clock of the machine stays as it is.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Some(fixed) = &self.0 {
            *fixed.write().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Now, to the microsecond: as PostgreSQL keeps it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Some(fixed) => *fixed.read().unwrap_or_else(PoisonError::into_inner),
            None => Utc::now().trunc_subsecs(6),
        }
    }
}
