//! What is around a point, or around a drawing.

use dialog_db::Connection;
use dialog_db::reference::{areas, places};
use dialog_domain::Geometry;
use dialog_geo::Coord;
use diesel::QueryResult;

use super::{Place, PlaceKind, communes, nameless, of_commune, pair};
use crate::house_number;
use crate::locate::{LocateError, checked};

/// Further than this a place is not around a point, metres.
pub(super) const RADIUS_M: f64 = 500.0;
/// A house nearer than this is preferred to the street that passes by, metres.
const AT_HOME_M: f64 = 50.0;
/// Wider than this a drawing has too much around it, degrees.
const MAX_EXTENT_DEG: f64 = 0.5;

/// What is looked for around a point.
#[derive(Clone, Copy, Debug)]
pub struct AroundQuery {
    /// Longitude and latitude.
    pub coordinates: [f64; 2],
    /// Only places of this kind.
    pub kind: Option<PlaceKind>,
    /// How many at most.
    pub limit: usize,
}

/// The places around a point, nearest first: house numbers within 50 m, then streets, then the commune.
///
/// # Errors
/// When the database does not answer.
pub async fn places_around(connection: &mut Connection, asked: AroundQuery) -> QueryResult<Vec<Place>> {
    let AroundQuery { coordinates: [x, y], kind, limit } = asked;
    let point = Coord { x, y };
    let rows = i32::try_from(limit).unwrap_or(i32::MAX);
    let mut found = Vec::new();
    if kind.is_none_or(|kind| kind == PlaceKind::HouseNumber) {
        let radius_m = if kind.is_some() { RADIUS_M } else { AT_HOME_M };
        found.extend(places::addresses_around(connection, point, radius_m, rows).await?);
    }
    if kind.is_none_or(|kind| kind == PlaceKind::Street) && found.len() < limit {
        found.extend(places::streets_around(connection, point, RADIUS_M, rows).await?);
    }
    let known = communes(connection, found.iter().map(|row| row.insee.clone()).collect()).await?;
    let mut around: Vec<Place> = found
        .into_iter()
        .map(|row| {
            let commune = known.iter().find(|commune| commune.insee == row.insee);
            let commune = commune.cloned().unwrap_or_else(|| nameless(&row.insee));
            let number = row.number.map(|number| {
                house_number::label(&dialog_db::reference::HouseNumber {
                    number,
                    suffix: row.suffix.unwrap_or_default(),
                })
            });
            let kind = if number.is_some() { PlaceKind::HouseNumber } else { PlaceKind::Street };
            Place {
                id: number
                    .as_ref()
                    .map_or_else(|| row.street_id.clone(), |number| format!("{}_{number}", row.street_id)),
                house_number: number,
                street: Some(row.street),
                coordinates: [row.longitude, row.latitude],
                score: score(row.distance_m),
                distance_m: Some(row.distance_m),
                ..of_commune(kind, &commune, None)
            }
        })
        .collect();
    if kind.is_none_or(|kind| kind == PlaceKind::Municipality) && around.len() < limit {
        for commune in places::communes_at(connection, point).await? {
            around.push(Place {
                coordinates: pair(point),
                score: if kind.is_some() { 1.0 } else { score(RADIUS_M) },
                distance_m: Some(0.0),
                ..of_commune(PlaceKind::Municipality, &commune, None)
            });
        }
    }
    around.truncate(limit);
    Ok(around)
}

/// 1 on the spot, and less the further.
pub(super) fn score(distance_m: f64) -> f64 {
    (1.0 - distance_m / 1000.0).clamp(0.0, 1.0)
}

/// Whether a place that was found around a point is a house there.
pub(super) fn is_at_home(place: &Place) -> bool {
    place.kind == PlaceKind::HouseNumber && place.distance_m.is_some_and(|metres| metres <= AT_HOME_M)
}

/// Names of the streets nearest to a geometry with their distance, metres, nearest first; none further than `radius_m`.
///
/// # Errors
/// [`LocateError::InvalidGeometry`], [`LocateError::TooManyRoads`] when it is too wide, or the database's.
pub async fn nearby_streets(
    connection: &mut Connection,
    geometry: &Geometry,
    radius_m: i32,
    limit: i32,
) -> Result<Vec<(String, f64)>, LocateError> {
    let extent_deg = checked(geometry)?;
    if extent_deg > MAX_EXTENT_DEG {
        return Err(LocateError::TooManyRoads);
    }
    Ok(areas::nearby_streets(connection, &geometry.to_string(), radius_m, limit).await?)
}
