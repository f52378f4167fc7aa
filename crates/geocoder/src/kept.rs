//! Streets asked for lately, ready to be cut: their segments, their network, their house numbers.
//!
//! What an edition says of a street never changes, so that it is kept as long as there is room. Which edition answers is
//! asked each time: what is kept of another one is not found any more.

use std::sync::Arc;
use std::time::Duration;

use dialog_db::Connection;
use dialog_db::reference::{self, HouseNumber, NetworkSegment, NumberRange, StreetRow};
use dialog_geo::{Coord, StreetNetwork};
use diesel::QueryResult;
use moka::sync::Cache;
use tokio::sync::OnceCell;

use crate::crossing::{self, StreetCrossings};
use crate::network::street_network;

/// Most memory for streets, in bytes: some thousand of them.
const MEMORY: u64 = 64 << 20;
/// How long the names of the communes beyond the limits of one are believed: they belong to another edition.
const BELIEVED: Duration = Duration::from_secs(600);

/// The number of an edition, and the identifier of a street in it.
type Key = (i32, Box<str>);

/// Streets asked for lately; cheap to clone. The default keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct KeptStreets(Option<Cache<Key, Arc<KnownStreet>>>);

impl KeptStreets {
    /// Room for the streets of a process.
    #[must_use]
    pub fn new() -> Self {
        let weigh = |_: &Key, street: &Arc<KnownStreet>| street.weight();
        Self(Some(Cache::builder().max_capacity(MEMORY).weigher(weigh).time_to_live(BELIEVED).build()))
    }

    /// What is known of a street.
    pub(crate) async fn of(&self, connection: &mut Connection, street: &StreetRow) -> QueryResult<Arc<KnownStreet>> {
        let key: Key = (street.edition_id, street.street_id.as_str().into());
        if let Some(known) = self.0.as_ref().and_then(|kept| kept.get(&key)) {
            return Ok(known);
        }
        let known = Arc::new(KnownStreet::read(connection, street).await?);
        if let Some(kept) = &self.0 {
            kept.insert(key, known.clone());
        }
        Ok(known)
    }
}

/// What is known of a street in one edition; what not every question needs is read when the first one does.
#[derive(Debug)]
pub(crate) struct KnownStreet {
    /// Its segments, and those that share a node with them.
    pub(crate) segments: Vec<NetworkSegment>,
    /// `None` when no segment bears its name.
    pub(crate) network: Option<StreetNetwork>,
    numbers: OnceCell<Vec<(HouseNumber, Coord)>>,
    ranges: OnceCell<Vec<NumberRange>>,
    crossings: OnceCell<Vec<StreetCrossings>>,
}

impl KnownStreet {
    async fn read(connection: &mut Connection, street: &StreetRow) -> QueryResult<Self> {
        let segments = reference::street_network(connection, street.edition_id, &street.street_id).await?;
        let network = street_network(&segments);
        let (numbers, ranges, crossings) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self { segments, network, numbers, ranges, crossings })
    }

    /// Its house numbers and where they are, in no order.
    pub(crate) async fn numbers<'s>(
        &'s self,
        connection: &mut Connection,
        street: &StreetRow,
    ) -> QueryResult<&'s [(HouseNumber, Coord)]> {
        let (edition, id) = (street.edition_id, &street.street_id);
        let read =
            self.numbers.get_or_try_init(async move || reference::placed_house_numbers(connection, edition, id).await);
        Ok(read.await?)
    }

    /// The house numbers of the sides of its segments.
    pub(crate) async fn ranges<'s>(
        &'s self,
        connection: &mut Connection,
        street: &StreetRow,
    ) -> QueryResult<&'s [NumberRange]> {
        let (edition, id) = (street.edition_id, &street.street_id);
        let read = self.ranges.get_or_try_init(async move || reference::number_ranges(connection, edition, id).await);
        Ok(read.await?)
    }

    /// What meets it.
    pub(crate) async fn crossings<'s>(
        &'s self,
        connection: &mut Connection,
        street: &StreetRow,
    ) -> QueryResult<&'s [StreetCrossings]> {
        let Some(network) = &self.network else { return Ok(&[]) };
        let read = self
            .crossings
            .get_or_try_init(async move || crossing::crossings(connection, street, &self.segments, network).await);
        Ok(read.await?)
    }

    /// About how many bytes it takes, with the house numbers and the crossings that it may have one day.
    fn weight(&self) -> u32 {
        const STREET: usize = 4096;
        const SEGMENT: usize = 1024;
        const VERTEX: usize = 64;
        let vertices: usize = self.segments.iter().map(|segment| segment.geometry.0.len()).sum();
        u32::try_from(STREET + SEGMENT * self.segments.len() + VERTEX * vertices).unwrap_or(u32::MAX)
    }
}
