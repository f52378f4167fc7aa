//! Streets of a commune while somebody types, from memory: the names of the communes asked for lately are kept, each for
//! the edition that is in use.

mod index;
mod likeness;

use std::sync::Arc;
use std::time::Duration;

use dialog_db::Connection;
use dialog_db::reference::edition_of_commune;
use diesel::QueryResult;
use moka::sync::Cache;

pub use index::StreetIndex;

/// Most memory for names of streets, in bytes: some hundred towns.
const MEMORY: u64 = 64 << 20;

/// How long the edition of a commune is believed to be in use: after a load, old names are proposed no longer than that.
const BELIEVED: Duration = Duration::from_secs(2);

/// Indexes of the communes asked for lately; cheap to clone.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The edition in use, none for a commune without streets.
    editions: Cache<Box<str>, Option<i32>>,
    indexes: Cache<(i32, Box<str>), Arc<StreetIndex>>,
}

impl Default for Completion {
    fn default() -> Self {
        let editions = Cache::builder().max_capacity(50_000).time_to_live(BELIEVED).build();
        let weigh = |_: &(i32, Box<str>), index: &Arc<StreetIndex>| index.weight();
        Self { editions, indexes: Cache::builder().max_capacity(MEMORY).weigher(weigh).build() }
    }
}

impl Completion {
    /// The streets of a commune, when they are known without asking the database.
    #[must_use]
    pub fn known(&self, city_code: &str) -> Option<Arc<StreetIndex>> {
        match self.editions.get(city_code)? {
            Some(edition) => self.indexes.get(&(edition, city_code.into())),
            None => Some(Arc::default()),
        }
    }

    /// The streets of a commune, from the database where they are not known.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self, connection: &mut Connection, city_code: &str) -> QueryResult<Arc<StreetIndex>> {
        let edition = edition_of_commune(connection, city_code).await?;
        self.editions.insert(city_code.into(), edition);
        let Some(edition) = edition else { return Ok(Arc::default()) };
        let key = (edition, city_code.into());
        if let Some(index) = self.indexes.get(&key) {
            return Ok(index);
        }
        let index = Arc::new(StreetIndex::of_edition(connection, edition, city_code).await?);
        self.indexes.insert(key, index.clone());
        Ok(index)
    }
}
