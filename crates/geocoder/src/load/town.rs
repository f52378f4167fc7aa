//! The demonstration town, without files.

use chrono::NaiveDate;
use dialog_db::reference::load::{NewCommune, NewContour};
use dialog_db::reference::{CommuneKind, EditionKind};
use dialog_geo::town::{INSEE, NAME, POSTCODE, Town, TownAddress, TownSize, TownWay};

use super::network::{Material, write};
use super::read::addresses::{AddressLine, AddressLines};
use super::read::streets::{Side, Way};
use super::{LoadError, Options, Origin, Progress, Report};
use crate::name::normalise;

/// Loads the demonstration town, of this size, with its commune and the outline of it. The edition is named
/// `town:00001:2026-01-01`.
///
/// # Errors
/// See [`LoadError`].
pub async fn town(database_url: &str, size: TownSize, progress: &mut Progress<'_>) -> Result<Report, LoadError> {
    let town = Town::of_size(size);
    let dated = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let origin = Origin { source: "town".to_owned(), territory: INSEE.to_owned(), dated };
    let material = Material {
        ways: town.ways.iter().map(way).collect(),
        addresses: AddressLines { lines: town.addresses.iter().map(address).collect(), without_number: 0 },
        communes: vec![NewCommune {
            insee: INSEE.to_owned(),
            kind: CommuneKind::Commune,
            name: NAME.to_owned(),
            norm_name: normalise(NAME),
            postcodes: vec![POSTCODE.to_owned()],
            department: "00".to_owned(),
            population: town.population,
            parent: None,
        }],
        contours: vec![NewContour { insee: INSEE.to_owned(), geometry: town.contour.clone() }],
    };
    // Whoever changes the size of the town means it.
    let options = Options { accept_less: true };
    write(database_url, &origin.edition(EditionKind::Network)?, material, options, progress).await
}

fn way(way: &TownWay) -> Way {
    let side = || Side { name: way.name.clone(), insee: Some(INSEE.to_owned()), ban_id: None };
    Way {
        id: format!("town:{}", way.id),
        left: side(),
        right: side(),
        class: Some(way.class),
        level: way.level,
        oneway: way.oneway,
        road_number: way.road_number.map(str::to_owned),
        nodes: Some(way.nodes.clone()),
        line: way.line.clone(),
    }
}

fn address(address: &TownAddress) -> AddressLine {
    AddressLine {
        street: address.street.clone(),
        insee: INSEE.to_owned(),
        ban_id: None,
        number: address.number,
        suffix: address.suffix.to_owned(),
        place: address.place,
    }
}
