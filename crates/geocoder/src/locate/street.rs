//! A named street, whole or between two bounds.

use dialog_db::Connection;
use dialog_db::reference::{self, StreetRow};
use dialog_domain::{
    Confidence, Found, FoundSegment, Geometry, LocatingMethod, LocationDescription, NamedStreet, StreetBound,
};
use dialog_geo::{LineString, SectionError, StreetNetwork, Stretch};
use geojson::GeometryValue;

use super::bounds::{Candidates, Streets};
use super::{Bound, LocateError, Located};
use crate::network::street_network;
use crate::street::resolve;

/// Finds a street or a section of it.
pub(super) async fn locate(connection: &mut Connection, asked: &NamedStreet) -> Result<Located, LocateError> {
    let row = resolve(connection, &asked.city_code, asked.road_ban_id.as_deref(), &asked.road_name).await?;
    let Some(row) = row else {
        return Err(if reference::commune_exists(connection, &asked.city_code).await? {
            LocateError::UnknownStreet
        } else {
            LocateError::UnknownCity
        });
    };
    let segments = reference::street_network(connection, row.edition_id, &row.street_id).await?;
    // A street known by its house numbers only cannot be drawn.
    let network = street_network(&segments).ok_or(LocateError::UnknownStreet)?;
    let mut resolved = NamedStreet { road_ban_id: Some(row.street_id.clone()), ..asked.clone() };
    let found = match (&asked.from, &asked.to) {
        (Some(from), Some(to)) => {
            let mut streets = Streets::new(connection, &row, &segments, &network);
            let from = streets.candidates(Bound::From, from).await?;
            let to = streets.candidates(Bound::To, to).await?;
            fill_in(&mut resolved.from, &from);
            fill_in(&mut resolved.to, &to);
            section(&row, &network, &from, &to)?
        }
        _ => whole(&row, &network),
    };
    Ok(Located { found, resolved: LocationDescription::NamedStreet(resolved) })
}

fn whole(row: &StreetRow, network: &StreetNetwork) -> Found {
    let whole = network.whole();
    let mut lines: Vec<_> = whole.lines.iter().map(positions).collect();
    let geometry = match lines.pop() {
        Some(line) if lines.is_empty() => GeometryValue::new_line_string(line),
        last => GeometryValue::new_multi_line_string(lines.into_iter().chain(last)),
    };
    Found {
        geometry: Geometry(geojson::Geometry::new(geometry)),
        length_m: whole.length_m,
        segments: segments(whole.stretches),
        method: LocatingMethod::WholeStreet,
        confidence: Confidence::Exact,
        edition: Some(row.edition.clone()),
        storage_area: None,
    }
}

fn section(row: &StreetRow, network: &StreetNetwork, from: &Candidates, to: &Candidates) -> Result<Found, LocateError> {
    let (from, to) = Candidates::nearest_pair(from, to).ok_or(LocateError::NoPath)?;
    let section = network.section(from, to).map_err(|error| match error {
        SectionError::NoPath | SectionError::Empty | SectionError::UnknownNode => LocateError::NoPath,
    })?;
    let confidence = if section.is_exact { Confidence::Exact } else { Confidence::Approximate };
    Ok(Found {
        geometry: Geometry(geojson::Geometry::new(GeometryValue::new_line_string(positions(&section.line)))),
        length_m: section.length_m,
        segments: segments(section.stretches),
        method: LocatingMethod::StreetSection,
        confidence,
        edition: Some(row.edition.clone()),
        storage_area: None,
    })
}

fn fill_in(bound: &mut Option<StreetBound>, found: &Candidates) {
    if let Some(StreetBound::Intersection { road_ban_id, .. }) = bound {
        road_ban_id.clone_from(&found.crossed_street);
    }
}

fn positions(line: &LineString) -> Vec<[f64; 2]> {
    line.0.iter().map(|vertex| [vertex.x, vertex.y]).collect()
}

fn segments(stretches: Vec<Stretch>) -> Vec<FoundSegment> {
    let found =
        |Stretch { segment_id, from_fraction, to_fraction }| FoundSegment { segment_id, from_fraction, to_fraction };
    stretches.into_iter().map(found).collect()
}
