//! From a bound as people say it to places on the street.

use dialog_db::Connection;
use dialog_db::reference::{self, NetworkSegment, StreetRow};
use dialog_domain::StreetBound;
use dialog_geo::{Coord, Place, StreetNetwork, geodesic_length_m};

use super::{Bound, LocateError};
use crate::crossing::{self, StreetCrossings};
use crate::house_number::{self, latin_suffix};
use crate::name::canonical;

/// Where a bound may be.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    /// One place, or every crossing with a street.
    places: Vec<(Place, Coord)>,
    /// The street crossed, when the bound is a crossing.
    pub(super) crossed_street: Option<String>,
}

impl Candidates {
    /// The two places that are nearest to each other, one for each bound. They differ: a section from a street to the
    /// same street runs from one crossing to another.
    pub(super) fn nearest_pair(from: &Self, to: &Self) -> Option<(Place, Place)> {
        let pairs = from.places.iter().flat_map(|a| to.places.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 != b.0);
        let distance = |(a, b): &(&(Place, Coord), &(Place, Coord))| geodesic_length_m(&vec![a.1, b.1].into());
        pairs.min_by(|x, y| distance(x).total_cmp(&distance(y))).map(|(a, b)| (a.0, b.0))
    }
}

/// A street, and what meets it.
pub(super) struct Streets<'a> {
    connection: &'a mut Connection,
    street: &'a StreetRow,
    segments: &'a [NetworkSegment],
    network: &'a StreetNetwork,
    /// Asked once, when the first bound needs it.
    crossings: Option<Vec<StreetCrossings>>,
}

impl<'a> Streets<'a> {
    pub(super) const fn new(
        connection: &'a mut Connection,
        street: &'a StreetRow,
        segments: &'a [NetworkSegment],
        network: &'a StreetNetwork,
    ) -> Self {
        Self { connection, street, segments, network, crossings: None }
    }

    /// Where `asked` may be.
    pub(super) async fn candidates(&mut self, bound: Bound, asked: &StreetBound) -> Result<Candidates, LocateError> {
        match asked {
            StreetBound::HouseNumber { number } => self.house_number(bound, number).await,
            StreetBound::Intersection { road_name, road_ban_id, crossing } => {
                self.intersection(bound, road_name, road_ban_id.as_deref(), *crossing).await
            }
        }
    }

    async fn house_number(&mut self, bound: Bound, text: &str) -> Result<Candidates, LocateError> {
        let (edition, street) = (self.street.edition_id, self.street.street_id.as_str());
        let asked = house_number::parse(text);
        if let Some(asked) = &asked {
            let places = reference::house_number_places(self.connection, edition, street, asked.number).await?;
            let with = |suffix: &str| places.iter().find(|(found, _)| found == suffix);
            // `12b` may be a lettered number as well as `12bis`.
            let found = with(&asked.suffix).or_else(|| with(latin_suffix(&asked.suffix)?));
            if let Some((_, place)) = found {
                return Ok(Candidates { places: vec![(Place::Beside(*place), *place)], crossed_street: None });
            }
        }
        let numbers = reference::house_numbers(self.connection, edition, street).await?;
        let suggestions = asked.map(|asked| house_number::closest(&asked, &numbers)).unwrap_or_default();
        Err(LocateError::UnknownHouseNumber { bound, number: text.to_owned(), suggestions })
    }

    async fn intersection(
        &mut self,
        bound: Bound,
        road_name: &str,
        road_ban_id: Option<&str>,
        crossing: Option<u16>,
    ) -> Result<Candidates, LocateError> {
        if self.crossings.is_none() {
            let met = crossing::crossings(self.connection, self.street, self.segments, self.network).await?;
            self.crossings = Some(met);
        }
        let crossings = self.crossings.as_deref().unwrap_or_default();
        let name = canonical(road_name);
        // By identifier, else by name: first in the commune of the street, then in the next one.
        let found = crossings
            .iter()
            .find(|other| road_ban_id.is_some_and(|id| id.eq_ignore_ascii_case(&other.street_id)))
            .or_else(|| {
                let named = || crossings.iter().filter(|other| other.norm_name == name);
                named().find(|other| other.street_id.starts_with(&self.street.insee)).or_else(|| named().next())
            })
            .ok_or(LocateError::NoIntersection { bound })?;
        let all = found.nodes.iter().map(|(node, place)| (Place::Node(*node), *place));
        let places: Vec<_> = match crossing {
            None => all.collect(),
            Some(number) => all.skip(usize::from(number).wrapping_sub(1)).take(1).collect(),
        };
        if places.is_empty() {
            return Err(LocateError::NoIntersection { bound });
        }
        Ok(Candidates { places, crossed_street: Some(found.street_id.clone()) })
    }
}
