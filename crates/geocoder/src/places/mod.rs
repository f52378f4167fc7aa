//! Places as people look for them: an address, a street or a commune, by a text or by a point.

mod around;
mod parse;
mod search;

pub use around::{AroundQuery, nearby_streets, places_around};
pub use search::{PlacesQuery, search_places};

use dialog_db::Connection;
use dialog_db::reference::places::CommuneRow;
use dialog_geo::Coord;
use diesel::QueryResult;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// An address.
    HouseNumber,
    /// A street.
    Street,
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
            Self::Municipality => "municipality",
        }
    }

    /// The kind that API Adresse calls so.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::HouseNumber, Self::Street, Self::Municipality].into_iter().find(|kind| kind.as_str() == text)
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
    /// Name of the street, unless it is a commune.
    pub street: Option<String>,
    /// INSEE code.
    pub city_code: String,
    /// Name of the commune.
    pub city: String,
    /// The postcode that was typed, or the first one.
    pub postcode: Option<String>,
    /// Code of the département.
    pub department: String,
    /// Inhabitants of the commune.
    pub population: i32,
    /// Longitude and latitude.
    pub coordinates: [f64; 2],
    /// Between 0 and 1, best first.
    pub score: f64,
    /// How far from the point that was asked, metres.
    pub distance_m: Option<f64>,
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

    /// The whole of an address on one line: `2bis Rue des Rosiers 75004 Paris`.
    #[must_use]
    pub fn label(&self) -> String {
        let postcode = self.postcode.as_deref().map(|postcode| format!(" {postcode}")).unwrap_or_default();
        match self.kind {
            PlaceKind::Municipality => self.city.clone(),
            PlaceKind::HouseNumber | PlaceKind::Street => format!("{}{postcode} {}", self.name(), self.city),
        }
    }
}

/// The part of a place that its commune tells.
fn of_commune(commune: &CommuneRow, postcode: Option<&str>) -> Place {
    let typed = postcode.filter(|typed| commune.postcodes.iter().any(|known| known == typed));
    Place {
        kind: PlaceKind::Municipality,
        id: commune.insee.clone(),
        house_number: None,
        street: None,
        city_code: commune.insee.clone(),
        city: commune.name.strip_suffix(" Arrondissement").unwrap_or(&commune.name).to_owned(),
        postcode: typed.map(str::to_owned).or_else(|| commune.postcodes.first().cloned()),
        department: commune.department.clone(),
        population: commune.population,
        coordinates: [0.0, 0.0],
        score: 0.0,
        distance_m: None,
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

const fn pair(place: Coord) -> [f64; 2] {
    [place.x, place.y]
}
