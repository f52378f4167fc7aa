//! Shared by the tests.

use std::path::Path;

use chrono::NaiveDate;
use dialog_domain::{Direction, Found, LocationDescription, NamedStreet, StreetBound};
use dialog_geocoder::load::{self, CommuneFiles, NetworkFiles, Options, Origin, Report};
use dialog_test_support::TestDatabase;
use geojson::GeometryValue;

/// Code of the demonstration town.
pub const TOWN: &str = "00001";

pub fn origin(source: &str, territory: &str, year: i32) -> Origin {
    let dated = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
    Origin { source: source.to_owned(), territory: territory.to_owned(), dated }
}

/// Streets and house numbers of the centre of Paris.
pub async fn load_paris(database: &TestDatabase, shared: &Path) -> Report {
    let files = NetworkFiles {
        origin: origin("osm", "paris-centre", 2014),
        streets: shared.join("data/osm/paris-centre-2014-streets.geojsonl.gz"),
        named_streets: None,
        addresses: Some(shared.join("data/osm/paris-centre-2014-addresses.csv.gz")),
        default_insee: None,
        department: None,
    };
    load::network(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the centre of Paris")
}

/// Every commune of France; its outlines too when asked.
pub async fn load_communes(database: &TestDatabase, shared: &Path, with_contours: bool) -> Report {
    let files = CommuneFiles {
        origin: origin("cog", "france", 2026),
        communes: Some(shared.join("data/admin/communes.json.gz")),
        contours: with_contours.then(|| shared.join("data/admin/communes-contours.geojsonl.gz")),
        epci: None,
        departments: None,
        regions: None,
    };
    load::communes(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the communes")
}

/// The whole of a street.
pub fn street(city_code: &str, name: &str) -> NamedStreet {
    NamedStreet {
        city_code: city_code.to_owned(),
        city_label: "Commune".to_owned(),
        road_ban_id: None,
        road_name: name.to_owned(),
        from: None,
        to: None,
        direction: Direction::Both,
        geometry: None,
    }
}

/// A section of a street.
pub fn section(city_code: &str, name: &str, from: StreetBound, to: StreetBound) -> LocationDescription {
    LocationDescription::NamedStreet(NamedStreet { from: Some(from), to: Some(to), ..street(city_code, name) })
}

pub fn number(number: &str) -> StreetBound {
    StreetBound::HouseNumber { number: number.to_owned() }
}

/// The crossing with a street: any, or the one of this number.
pub fn crossing(road_name: &str, crossing: Option<u16>) -> StreetBound {
    StreetBound::Intersection { road_name: road_name.to_owned(), road_ban_id: None, crossing }
}

/// The vertices of what was found, which must be one line.
pub fn line(found: &Found) -> Vec<[f64; 2]> {
    match &found.geometry.0.value {
        GeometryValue::LineString { coordinates } => coordinates.iter().map(|p| [p[0], p[1]]).collect(),
        other => panic!("{} instead of a line", other.type_name()),
    }
}

/// Metres between two places.
pub fn distance_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    dialog_geo::geodesic_length_m(&vec![(a[0], a[1]), (b[0], b[1])].into())
}
