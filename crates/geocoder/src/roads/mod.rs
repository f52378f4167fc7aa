//! Numbered roads by number, their managers and their reference points.

mod found;

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::{self, RoadKind, RoadRow};
use dialog_domain::{RoadSide, RoadType};
use dialog_geo::reference_points::ListedPoint;
use diesel::QueryResult;

use crate::name::normalise;
pub use found::whole_road;
pub(crate) use found::{ReferencedRoad, referenced_road};

/// Those who manage roads, by kind of road, in alphabetical order.
pub type Administrators = BTreeMap<RoadKind, Vec<String>>;

/// A numbered road proposed while typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedRoadMatch {
    /// Its number: `D31`.
    pub road_number: String,
    /// Who manages it.
    pub administrator: String,
}

/// Kinds of roads that a type of location covers, the one it is named after first. `None` for locations that are no
/// numbered road.
#[must_use]
pub const fn kinds(road_type: RoadType) -> Option<&'static [RoadKind]> {
    match road_type {
        RoadType::DepartmentalRoad => {
            Some(&[RoadKind::Departmental, RoadKind::Intercommunal, RoadKind::Greenway, RoadKind::Other])
        }
        RoadType::NationalRoad => Some(&[RoadKind::National, RoadKind::Motorway]),
        RoadType::Lane | RoadType::RawGeoJson | RoadType::WholeCity | RoadType::Zone => None,
    }
}

/// Everybody who manages roads.
///
/// # Errors
/// When the database does not answer.
pub async fn administrators(connection: &mut Connection) -> QueryResult<Administrators> {
    let mut administrators = Administrators::new();
    for (kind, name) in reference::road_administrators(connection).await? {
        if let Some(kind) = RoadKind::read(&kind) {
            administrators.entry(kind).or_default().push(name);
        }
    }
    for names in administrators.values_mut() {
        names.sort_by_key(|name| normalise(name));
    }
    Ok(administrators)
}

/// Roads of an administrator whose number begins with `query`: `D9`, `rd 9` or `9`. Case and accents of the
/// administrator do not count. Nothing when no number is typed.
///
/// # Errors
/// When the database does not answer.
pub async fn search_roads(
    connection: &mut Connection,
    administrator: &str,
    road_type: RoadType,
    query: &str,
    limit: usize,
) -> QueryResult<Vec<NumberedRoadMatch>> {
    let (Some(kinds), typed) = (kinds(road_type), typed_number(query)) else { return Ok(Vec::new()) };
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let Some(administrator) = administrator_named(connection, administrator).await? else { return Ok(Vec::new()) };
    let is_bare = typed.starts_with(|c: char| c.is_ascii_digit());
    let start = if is_bare { (None, Some(typed.as_str())) } else { (Some(typed.as_str()), None) };
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    let found = reference::search_roads(connection, &administrator, kinds, start, limit).await?;
    let told = |RoadRow { administrator, number, .. }| NumberedRoadMatch { road_number: number, administrator };
    Ok(found.into_iter().map(told).collect())
}

/// The reference points of a road, in order; `None` when the road is unknown.
///
/// # Errors
/// When the database does not answer.
pub async fn reference_points(
    connection: &mut Connection,
    administrator: &str,
    number: &str,
) -> QueryResult<Option<Vec<ListedPoint>>> {
    let Some(row) = find(connection, administrator, number, &RoadKind::ALL).await? else { return Ok(None) };
    Ok(Some(referenced_road(connection, &row).await?.road.points()))
}

/// The sides of a reference point; `None` when the road is unknown, empty when the point is.
///
/// # Errors
/// When the database does not answer.
pub async fn sides(
    connection: &mut Connection,
    administrator: &str,
    number: &str,
    (point, department): (&str, Option<&str>),
) -> QueryResult<Option<Vec<RoadSide>>> {
    let Some(row) = find(connection, administrator, number, &RoadKind::ALL).await? else { return Ok(None) };
    Ok(Some(referenced_road(connection, &row).await?.road.sides(point, department)))
}

/// Identifier and name of the waiting areas of the roads of this number, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn storage_areas(connection: &mut Connection, number: &str) -> QueryResult<Vec<(uuid::Uuid, String)>> {
    let areas = reference::storage_areas::storage_areas_of(connection, &typed_number(number)).await?;
    Ok(areas.into_iter().map(|area| (area.id, area.description)).collect())
}

/// The road of this very number.
pub(crate) async fn find(
    connection: &mut Connection,
    administrator: &str,
    number: &str,
    kinds: &[RoadKind],
) -> QueryResult<Option<RoadRow>> {
    let number = typed_number(number);
    if number.is_empty() {
        return Ok(None);
    }
    let Some(administrator) = administrator_named(connection, administrator).await? else { return Ok(None) };
    reference::find_road(connection, &administrator, &number, kinds).await
}

async fn administrator_named(connection: &mut Connection, name: &str) -> QueryResult<Option<String>> {
    let norm_name = normalise(name);
    if norm_name.is_empty() {
        return Ok(None);
    }
    reference::find_road_administrator(connection, &norm_name).await
}

/// `rd 31` is told as `D31`, `RN7` as `N7`.
fn typed_number(text: &str) -> String {
    let number: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    match number.strip_prefix('R') {
        Some(rest) if rest.starts_with(['D', 'N']) => rest.to_owned(),
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_understood_however_it_is_typed() {
        for (typed, number) in
            [("RD90", "D90"), ("rd 32", "D32"), ("n17", "N17"), ("RN 7", "N7"), ("90", "90"), ("%_'", ""), ("", "")]
        {
            assert_eq!(typed_number(typed), number);
        }
    }
}
