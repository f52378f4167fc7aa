//! House numbers that bound a section and that the loaded data lack: which they are, and where another source has them.
//!
//! A number that another source places is a position beside a street of ours, nothing more: the section still runs on the
//! segments of that street. A street that only another source knows has no line, and cannot be located.

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::{self, HouseNumber, StreetRow};
use dialog_domain::{LocationDescription, NamedStreet, StreetBound, WholeCityException};
use dialog_geo::Coord;
use diesel::QueryResult;

use crate::api_adresse::{Place, PlaceKind};
use crate::house_number::{self, latin_suffix};
use crate::kept::KeptStreets;
use crate::name::canonical;
use crate::network::street_network;
use crate::street::resolve;

/// A place further than this from a street is none of its places, metres.
pub(crate) const FAR_M: f64 = 100.0;

/// What locations are found with, beside the tables.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// House numbers that the loaded data lack.
    pub numbers: OutsideNumbers,
    /// Streets asked for lately.
    pub streets: KeptStreets,
}

/// Where another source has house numbers, by street.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutsideNumbers(BTreeMap<(String, i32, String), [f64; 2]>);

impl OutsideNumbers {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps where a number is, when one of the places is that number of that street.
    pub fn keep(&mut self, missing: &MissingNumber, places: &[Place]) {
        if let Some(place) = places.iter().find(|place| missing.is_at(place)) {
            let HouseNumber { number, suffix } = missing.number.clone();
            self.0.insert((missing.street_id.clone(), number, suffix), place.coordinates);
        }
    }

    pub(crate) fn place(&self, street_id: &str, number: &HouseNumber) -> Option<Coord> {
        let [x, y] = *self.0.get(&(street_id.to_owned(), number.number, number.suffix.clone()))?;
        Some(Coord { x, y })
    }
}

/// A house number that the loaded data lack, on a street that they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingNumber {
    /// Identifier of the street.
    pub street_id: String,
    /// Its name.
    pub street: String,
    /// INSEE code of its commune.
    pub city_code: String,
    edition_id: i32,
    number: HouseNumber,
    norm_name: String,
}

impl MissingNumber {
    pub(crate) fn on(street: &StreetRow, number: HouseNumber) -> Self {
        Self {
            street_id: street.street_id.clone(),
            street: street.name.clone(),
            city_code: street.insee.clone(),
            edition_id: street.edition_id,
            number,
            norm_name: street.norm_name.clone(),
        }
    }

    pub(crate) const fn number(&self) -> &HouseNumber {
        &self.number
    }

    /// Whether `numbers` have it, and beside its street: two streets may bear one name, and what is far from ours is a
    /// number of the other one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_beside_its_street(
        &self,
        connection: &mut Connection,
        numbers: &OutsideNumbers,
    ) -> QueryResult<bool> {
        let Some(place) = numbers.place(&self.street_id, &self.number) else { return Ok(false) };
        let segments = reference::street_network(connection, self.edition_id, &self.street_id).await?;
        Ok(street_network(&segments).is_none_or(|network| network.distance_m(place) <= FAR_M))
    }

    /// The beginning of an address: `8bis Rue du Lavoir`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{} {}", house_number::label(&self.number), self.street)
    }

    /// Whether a place is this number: of this street, by identifier or by name, in this commune. The first answer of a
    /// search may be another street, or another number.
    fn is_at(&self, place: &Place) -> bool {
        let number = place.house_number.as_deref().and_then(house_number::parse);
        let own = self.number.suffix.as_str();
        let same_suffix =
            |suffix: &str| suffix == own || latin_suffix(suffix) == Some(own) || latin_suffix(own) == Some(suffix);
        let is_number = number.is_some_and(|found| found.number == self.number.number && same_suffix(&found.suffix))
            && place.kind == PlaceKind::HouseNumber;
        let is_street = || {
            place.id.to_lowercase().starts_with(&format!("{}_", self.street_id))
                || place.street_name().is_some_and(|name| canonical(name) == self.norm_name)
        };
        is_number && place.city_code.as_deref() == Some(&self.city_code) && is_street()
    }
}

/// The house numbers that bound sections of `asked` and that the loaded data lack, each once.
///
/// # Errors
/// When the database does not answer.
pub async fn missing_numbers(
    connection: &mut Connection,
    streets: &KeptStreets,
    asked: &LocationDescription,
) -> QueryResult<Vec<MissingNumber>> {
    let mut missing = Vec::new();
    let named: Vec<&NamedStreet> = match asked {
        LocationDescription::NamedStreet(street) => vec![street],
        LocationDescription::WholeCity { exceptions, .. } => exceptions
            .iter()
            .filter_map(|exception| match exception {
                WholeCityException::NamedStreet(street) => Some(street),
                WholeCityException::RawGeoJson { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    for asked in named {
        let (Some(from), Some(to)) = (&asked.from, &asked.to) else { continue };
        let numbers = [from, to].into_iter().filter_map(|bound| match bound {
            StreetBound::HouseNumber { number } => house_number::parse(number),
            _ => None,
        });
        let numbers: Vec<HouseNumber> = numbers.collect();
        if numbers.is_empty() {
            continue;
        }
        let street = resolve(connection, &asked.city_code, asked.road_ban_id.as_deref(), &asked.road_name).await?;
        let Some(street) = street else { continue };
        let known = streets.of(connection, &street).await?;
        let known = known.numbers(connection, &street).await?;
        for number in numbers {
            if house_number::is_among(&number, known.iter().map(|(number, _)| number)) {
                continue;
            }
            let number = MissingNumber::on(&street, number);
            if !missing.contains(&number) {
                missing.push(number);
            }
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> MissingNumber {
        MissingNumber {
            street_id: "00001_0010".to_owned(),
            street: "Rue du Lavoir".to_owned(),
            city_code: "00001".to_owned(),
            edition_id: 1,
            number: HouseNumber { number: 8, suffix: "bis".to_owned() },
            norm_name: canonical("Rue du Lavoir"),
        }
    }

    fn place(id: &str, number: &str, street: &str, city_code: &str) -> Place {
        Place {
            id: id.to_owned(),
            kind: PlaceKind::HouseNumber,
            label: String::new(),
            name: format!("{number} {street}"),
            house_number: Some(number.to_owned()),
            street: None,
            postcode: None,
            city_code: Some(city_code.to_owned()),
            city: None,
            district: None,
            former_city: None,
            importance: 0.0,
            score: 0.9,
            coordinates: [2.18, 47.56],
        }
    }

    #[test]
    fn number_of_the_same_street_is_kept_whatever_else_is_answered() {
        let missing = missing();
        assert_eq!(missing.address(), "8bis Rue du Lavoir");
        for (wanted, answer) in [
            (true, place("x", "8 bis", "rue du lavoir", "00001")),
            (true, place("00001_0010_00008_bis", "8b", "R du Lavoir (ancienne)", "00001")),
            (false, place("x", "8", "Rue du Lavoir", "00001")),
            (false, place("x", "8 bis", "Rue du Lavoir", "00002")),
            (false, place("x", "8 bis", "Rue du Moulin", "00001")),
            (false, Place { kind: PlaceKind::Street, ..place("x", "8 bis", "Rue du Lavoir", "00001") }),
        ] {
            let mut numbers = OutsideNumbers::default();
            numbers.keep(&missing, &[place("x", "9", "Rue du Lavoir", "00001"), answer.clone()]);
            assert_eq!(numbers.place("00001_0010", &missing.number).is_some(), wanted, "{answer:?}");
        }
    }
}
