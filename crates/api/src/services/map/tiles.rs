//! Tiles of the map, and those kept in memory.

use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use chrono::{DateTime, Datelike, Utc};
use dialog_db::events::public_state;
use dialog_db::restrictions;
use dialog_geo::tile::Tile;
use moka::sync::Cache;

use super::{MapSelection, today};
use crate::app::AppState;
use crate::services::streaming::ReadError;

/// What an entry weighs beside its bytes.
const ENTRY: usize = 256;

/// What tells a kept tile from the others: its path and its filters as they were written, and the day from which on
/// things are shown when nothing else is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The key of a request, and the revision that its caller knows of (`v`).
    #[must_use]
    pub fn of(path: &str, query: &str, now: DateTime<Utc>) -> (Self, Option<i64>) {
        let mut key = format!("{} {path}", today(now).num_days_from_ce());
        let mut known = None;
        for part in query.split('&') {
            match part.strip_prefix("v=") {
                Some(revision) => known = revision.parse().ok(),
                None => {
                    key.push('&');
                    key.push_str(part);
                }
            }
        }
        (Self(key), known)
    }
}

/// A tile, and the revision of what is public that it shows, or a later one.
#[derive(Clone, Debug)]
pub struct Found {
    /// The revision.
    pub revision: i64,
    /// The tile; empty when it shows nothing.
    pub bytes: Bytes,
}

/// The tiles that were asked for lately, by their revision.
#[derive(Debug)]
pub struct Tiles {
    kept: Option<Cache<Key, Found>>,
    /// The latest revision that was read.
    seen: AtomicI64,
}

impl Tiles {
    /// Keeps tiles in so many megabytes; none when it is 0.
    #[must_use]
    pub fn new(megabytes: u64) -> Self {
        let kept = (megabytes > 0).then(|| {
            Cache::builder()
                .max_capacity(megabytes << 20)
                .weigher(|key: &Key, found: &Found| {
                    u32::try_from(key.0.len() + found.bytes.len() + ENTRY).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self { kept, seen: AtomicI64::new(i64::MIN) }
    }

    /// The tile as it is kept, when the caller knows of a revision and it is that one or a later one: no question to
    /// PostgreSQL is needed then.
    #[must_use]
    pub fn kept(&self, key: &Key, known: Option<i64>) -> Option<Found> {
        // What was seen by this process is what it answers to everybody: nobody goes back in time.
        let least = known?.max(self.seen.load(Ordering::Relaxed));
        self.kept.as_ref()?.get(key).filter(|found| found.revision >= least)
    }

    /// The tile of the present revision, kept or cut.
    ///
    /// # Errors
    /// When PostgreSQL fails.
    pub async fn present(
        &self,
        state: &AppState,
        key: Key,
        tile: Tile,
        selection: MapSelection,
    ) -> Result<Found, ReadError> {
        let mut connection = state.database.get().await?;
        if self.kept.as_ref().is_some_and(|kept| kept.contains_key(&key)) {
            let revision = public_state(&mut connection).await?.revision;
            self.seen.fetch_max(revision, Ordering::Relaxed);
            if let Some(found) = self.kept(&key, Some(revision)) {
                return Ok(found);
            }
        }
        // Where is what the tile says.
        let filter = MapSelection { bounding_box: None, ..selection }.filter();
        let cut = restrictions::tile(&mut connection, &filter, tile).await?;
        self.seen.fetch_max(cut.revision, Ordering::Relaxed);
        let found = Found { revision: cut.revision, bytes: cut.bytes.into() };
        if let Some(kept) = &self.kept {
            kept.insert(key, found.clone());
        }
        Ok(found)
    }
}
