//! Places as people look for them: an address, a street or a commune, by a text or by a point.

mod around;
mod context;
mod outside;
mod parse;
mod search;

pub use around::{AroundQuery, nearby_streets, places_around};
pub use context::Contexts;
pub use outside::{has_gap, has_gap_around, merge, merge_around};
pub use search::{PlacesQuery, search_places};

use dialog_db::Connection;
use dialog_db::reference::places::CommuneRow;
use dialog_geo::{Coord, LegalProjection, LocalProjection};
use diesel::QueryResult;

use crate::load::Territory;

/// End of the names of the parts of Paris, Lyon and Marseille.
const DISTRICT: &str = " Arrondissement";

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// An address.
    HouseNumber,
    /// A street.
    Street,
    /// A hamlet, a place known by its name. Only API Adresse has some.
    Locality,
    /// A commune.
    Municipality,
}

impl PlaceKind {
    /// As API Adresse calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HouseNumber => "housenumber",
            Self::Street => "street",
            Self::Locality => "locality",
            Self::Municipality => "municipality",
        }
    }

    /// The kind that API Adresse calls so.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::HouseNumber, Self::Street, Self::Locality, Self::Municipality]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Identifier: of the street, then the number; of the street; the code of the commune.
    pub id: String,
    /// House number with its suffix, of an address.
    pub house_number: Option<String>,
    /// Name of the street, unless it is a commune; of the place, of a locality.
    pub street: Option<String>,
    /// INSEE code.
    pub city_code: String,
    /// Name of the commune, of the whole one for an address or a street of Paris, Lyon or Marseille.
    pub city: String,
    /// The arrondissement in which it is: `Paris 4e Arrondissement`.
    pub district: Option<String>,
    /// Code and name of the former commune that was found, when it is a part of this one.
    pub former_city: Option<(String, String)>,
    /// The postcode that was typed, or the first one.
    pub postcode: Option<String>,
    /// Code of the département.
    pub department: String,
    /// Where it is, in words: `75, Paris, Île-de-France`.
    pub context: String,
    /// Inhabitants of the commune, where they are known.
    pub population: Option<i32>,
    /// Between 0 and 1, greater for larger communes.
    pub importance: f64,
    /// Longitude and latitude.
    pub coordinates: [f64; 2],
    /// Between 0 and 1, best first.
    pub score: f64,
    /// How far from the point that was asked, metres.
    pub distance_m: Option<f64>,
    /// Whether only API Adresse knows it.
    pub is_outside: bool,
}

impl Place {
    /// The first line of an address: `2bis Rue des Rosiers`, or the commune.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.house_number, &self.street) {
            (Some(number), Some(street)) => format!("{number} {street}"),
            (_, Some(street)) => street.clone(),
            _ => self.city.clone(),
        }
    }

    /// Easting and northing in the legal projection of the territory, metres; `None` abroad.
    #[must_use]
    pub fn metric(&self) -> Option<[f64; 2]> {
        let [x, y] = self.coordinates;
        let place = Coord { x, y };
        let territory = Territory::of(&self.city_code).or_else(|| Territory::at(place))?;
        let metres = LegalProjection::of_epsg(territory.epsg)?.to_metres(place);
        Some([metres.x, metres.y])
    }

    /// The whole of an address on one line: `2bis Rue des Rosiers 75004 Paris`.
    #[must_use]
    pub fn label(&self) -> String {
        let postcode = self.postcode.as_deref().map(|postcode| format!(" {postcode}")).unwrap_or_default();
        match self.kind {
            PlaceKind::Municipality => self.city.clone(),
            PlaceKind::HouseNumber | PlaceKind::Street | PlaceKind::Locality => {
                format!("{}{postcode} {}", self.name(), self.city)
            }
        }
    }
}

/// The part of a place that its commune tells.
fn of_commune(kind: PlaceKind, commune: &CommuneRow, postcode: Option<&str>) -> Place {
    let typed = postcode.filter(|typed| commune.postcodes.iter().any(|known| known == typed));
    let (city, district) = match kind {
        // An arrondissement is a commune of its own, and a part of the city for what is in it.
        PlaceKind::Municipality => (commune.name.strip_suffix(DISTRICT).unwrap_or(&commune.name), None),
        _ => match commune.name.strip_suffix(DISTRICT).and_then(|name| name.rsplit_once(' ')) {
            Some((city, _)) => (city, Some(commune.name.clone())),
            None => (commune.name.as_str(), None),
        },
    };
    Place {
        kind,
        id: commune.insee.clone(),
        house_number: None,
        street: None,
        city_code: commune.insee.clone(),
        city: city.to_owned(),
        district,
        former_city: None,
        postcode: typed.map(str::to_owned).or_else(|| commune.postcodes.first().cloned()),
        department: commune.department.clone(),
        context: String::new(),
        population: Some(commune.population),
        // The largest city of the country has two million inhabitants.
        importance: (f64::from(commune.population.max(0)).ln_1p() / 2.2e6_f64.ln()).min(1.0),
        coordinates: [0.0, 0.0],
        score: 0.0,
        distance_m: None,
        is_outside: false,
    }
}

/// The communes of some codes, by code; what is missing is known by its code alone.
async fn communes(connection: &mut Connection, codes: Vec<String>) -> QueryResult<Vec<CommuneRow>> {
    dialog_db::reference::places::communes_named(connection, &codes, &[], &[]).await
}

/// What is known of a commune without its row.
fn nameless(insee: &str) -> CommuneRow {
    CommuneRow {
        insee: insee.to_owned(),
        name: insee.to_owned(),
        norm_name: String::new(),
        postcodes: Vec::new(),
        department: insee.get(..2).unwrap_or_default().to_owned(),
        population: 0,
        has_streets: true,
    }
}

/// Metres between two places that are near.
fn distance_m(from: [f64; 2], to: [f64; 2]) -> f64 {
    let [from, to] = [from, to].map(|[x, y]| Coord { x, y });
    let metres = LocalProjection::at(from).to_metres(to);
    metres.x.hypot(metres.y)
}

const fn pair(place: Coord) -> [f64; 2] {
    [place.x, place.y]
}
