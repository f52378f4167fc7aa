//! Tiles of the map, and those kept in memory.

use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use dialog_db::events::public_state;
use dialog_db::restrictions;
use dialog_geo::tile::Tile;
use moka::sync::Cache;

use super::MapSelection;
use crate::app::AppState;
use crate::services::streaming::ReadError;

/// What an entry weighs beside its bytes.
const ENTRY: usize = 256;

/// A tile with its filters.
#[derive(Clone, Debug)]
pub struct Asked {
    tile: Tile,
    selection: MapSelection,
    key: String,
}

impl Asked {
    /// A tile with these filters; their rectangle does not count.
    #[must_use]
    pub fn new(tile: Tile, selection: MapSelection) -> Self {
        let selection = MapSelection { bounding_box: None, ..selection };
        let key = format!("{}/{}/{} {selection:?}", tile.z, tile.x, tile.y);
        Self { tile, selection, key }
    }

    /// What tells it from the others.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
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
    kept: Option<Cache<String, Found>>,
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
                .weigher(|key: &String, found: &Found| {
                    u32::try_from(key.len() + found.bytes.len() + ENTRY).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self { kept, seen: AtomicI64::new(i64::MIN) }
    }

    /// The tile. A caller that knows of a revision gets at least that one, without a question to PostgreSQL when a tile
    /// of it is kept; any other gets the present one.
    ///
    /// # Errors
    /// When PostgreSQL fails.
    pub async fn get(&self, state: &AppState, asked: &Asked, known: Option<i64>) -> Result<Found, ReadError> {
        let kept = self.kept.as_ref().and_then(|kept| kept.get(&asked.key));
        // What was seen by this process is what it answers to everybody: nobody goes back in time.
        let seen = self.seen.load(Ordering::Relaxed);
        if let (Some(found), Some(known)) = (&kept, known)
            && found.revision >= known.max(seen)
        {
            return Ok(found.clone());
        }
        let mut connection = state.database.get().await?;
        let revision = public_state(&mut connection).await?.revision;
        self.seen.fetch_max(revision, Ordering::Relaxed);
        if let Some(found) = kept.filter(|found| found.revision >= revision) {
            return Ok(found);
        }
        let bytes = restrictions::tile(&mut connection, &asked.selection.filter(), asked.tile).await?;
        let found = Found { revision, bytes: bytes.into() };
        if let Some(kept) = &self.kept {
            kept.insert(asked.key.clone(), found.clone());
        }
        Ok(found)
    }
}
