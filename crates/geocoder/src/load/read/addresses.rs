//! House numbers: CSV with the columns of the national address base.

use std::path::Path;

use csv::StringRecord;
use dialog_geo::Coord;

use super::{Input, bad_line, is_insee};
use crate::load::{LoadError, Progress, Stage};

/// A house number as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::load) struct AddressLine {
    pub(in crate::load) street: String,
    pub(in crate::load) insee: String,
    /// Identifier of the street, when the line has the one of the address (`29001_428m6b_00004`).
    pub(in crate::load) ban_id: Option<String>,
    pub(in crate::load) number: i32,
    /// Lower case, as written.
    pub(in crate::load) suffix: String,
    pub(in crate::load) place: Coord,
}

/// House numbers, and how many lines have none (`12-14`, the `99999` of hamlets).
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::load) struct AddressLines {
    pub(in crate::load) lines: Vec<AddressLine>,
    pub(in crate::load) without_number: u64,
}

/// Where each column is.
struct Columns {
    id: Option<usize>,
    number: usize,
    suffix: Option<usize>,
    street: usize,
    insee: usize,
    lon: usize,
    lat: usize,
}

/// Reads every line of a file, if there is one; with `department`, only those whose commune has such a code.
pub(in crate::load) fn read_all(
    path: Option<&Path>,
    department: Option<&str>,
    progress: &mut Progress<'_>,
) -> Result<AddressLines, LoadError> {
    let Some(path) = path else { return Ok(AddressLines::default()) };
    let mut reader = Input::open(path, Stage::ReadingAddresses)?.into_reader();
    let (mut header, line_end) = (String::new(), ['\r', '\n']);
    reader.read_line(&mut header).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
    let header = header.trim_start_matches('\u{feff}').trim_end_matches(line_end);
    let delimiter = if header.contains(';') { ';' } else { ',' };
    let columns = columns(path, &header.split(delimiter).map(|name| name.trim_matches('"')).collect::<Vec<_>>())?;
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(if delimiter == ';' { b';' } else { b',' })
        .from_reader(reader);
    let mut addresses = AddressLines::default();
    // The header was the first line.
    for (number, record) in (2..).zip(csv.records()) {
        let record = record.map_err(|error| bad_line(path, number, error.to_string()))?;
        let is_elsewhere = |start: &str| !record.get(columns.insee).unwrap_or_default().trim().starts_with(start);
        if department.is_some_and(is_elsewhere) {
            continue;
        }
        match line(&record, &columns).map_err(|reason| bad_line(path, number, reason))? {
            Some(address) => addresses.lines.push(address),
            None => addresses.without_number += 1,
        }
        if number % 4096 == 0 {
            progress(Stage::ReadingAddresses, number, None);
        }
    }
    let read = addresses.lines.len();
    progress(Stage::ReadingAddresses, u64::try_from(read).unwrap_or_default(), None);
    Ok(addresses)
}

fn columns(path: &Path, names: &[&str]) -> Result<Columns, LoadError> {
    // The second name is the one of local address bases.
    let find = |own: &str, local: &str| {
        let position = |name: &str| names.iter().position(|column| *column == name);
        position(own).or_else(|| position(local))
    };
    let need = |column: &'static str, local: &str| {
        find(column, local).ok_or_else(|| LoadError::MissingColumn { path: path.to_owned(), column })
    };
    Ok(Columns {
        id: find("id", "cle_interop"),
        number: need("numero", "numero")?,
        suffix: find("rep", "suffixe"),
        street: need("nom_voie", "voie_nom")?,
        insee: need("code_insee", "commune_insee")?,
        lon: need("lon", "long")?,
        lat: need("lat", "lat")?,
    })
}

fn line(record: &StringRecord, columns: &Columns) -> Result<Option<AddressLine>, String> {
    // Numbers of the national address base from here on are places without a number.
    const NO_NUMBER: i32 = 9999;
    let text = |column: usize| record.get(column).map(str::trim).unwrap_or_default();
    let insee = text(columns.insee);
    if !is_insee(insee) {
        return Err(format!("code_insee {insee:?} is no code of a commune"));
    }
    let degrees = |column: usize, limit: f64| {
        let value: f64 = text(column).parse().map_err(|_| format!("{:?} is no coordinate", text(column)))?;
        if value.abs() <= limit { Ok(value) } else { Err(format!("{value} is no coordinate in degrees")) }
    };
    let place = Coord { x: degrees(columns.lon, 180.0)?, y: degrees(columns.lat, 90.0)? };
    let street = text(columns.street);
    let number = text(columns.number).parse::<i32>().ok().filter(|number| (0..NO_NUMBER).contains(number));
    let Some(number) = number.filter(|_| !street.is_empty()) else { return Ok(None) };
    Ok(Some(AddressLine {
        street: street.to_owned(),
        insee: insee.to_owned(),
        ban_id: columns.id.and_then(|column| street_of(text(column))),
        number,
        suffix: columns.suffix.map(|column| text(column).to_lowercase()).unwrap_or_default(),
        place,
    }))
}

/// The street of an address: what comes before the number in its identifier.
fn street_of(id: &str) -> Option<String> {
    let mut parts = id.split('_');
    let (insee, street) = (parts.next()?, parts.next()?);
    // Without the third part it is no identifier of an address.
    parts.next()?;
    is_insee(insee).then(|| format!("{insee}_{street}").to_lowercase()).filter(|id| id.len() <= 20)
}
