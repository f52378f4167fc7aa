//! Lorry waiting areas, out of the file of the ministry: each is located by its reference points.

use std::path::Path;

use dialog_db::Connection;
use dialog_db::reference::storage_areas::{NewStorageArea, list_storage_areas, national_administrators};
use dialog_domain::{Direction, LocationDescription, NumberedRoad, ReferencePointBound, RoadSide};
use diesel::QueryResult;

use super::read::storage_areas::{self as read, Place, StorageAreaLine};
use super::{LoadError, Progress};
use crate::locate::{LocateError, locate};

/// What a load of waiting areas did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StorageAreaReport {
    /// How many are listed now.
    pub listed: usize,
    /// How many were listed before and are not any more.
    pub no_longer_listed: usize,
    /// Identifier of each that cannot be located, and why.
    pub not_located: Vec<(String, String)>,
}

/// Why waiting areas were not loaded. What was listed stays.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StorageAreaError {
    /// The file is not what it should be.
    #[error(transparent)]
    File(#[from] LoadError),
    /// The database did not answer.
    #[error("loading waiting areas")]
    Database(#[from] diesel::result::Error),
}

/// Loads waiting areas, which the numbered roads in use locate. Those that cannot be located are left out and told.
///
/// # Errors
/// See [`StorageAreaError`].
pub async fn storage_areas(
    connection: &mut Connection,
    path: &Path,
    progress: &mut Progress<'_>,
) -> Result<StorageAreaReport, StorageAreaError> {
    let lines = read::storage_areas(path, progress)?;
    let mut report = StorageAreaReport::default();
    let mut areas: Vec<NewStorageArea> = Vec::new();
    for line in lines {
        match located(connection, &line).await? {
            Ok(_) if areas.iter().any(|area| area.source_id == line.id) => {
                report.not_located.push((line.id, "listed twice".to_owned()));
            }
            Ok(area) => areas.push(area),
            Err(reason) => report.not_located.push((line.id, reason)),
        }
    }
    if areas.is_empty() {
        return Err(LoadError::Empty("waiting area that can be located").into());
    }
    report.no_longer_listed = list_storage_areas(connection, &areas).await?;
    report.listed = areas.len();
    Ok(report)
}

/// A waiting area on the first manager's road that has its reference points; else why not.
async fn located(connection: &mut Connection, line: &StorageAreaLine) -> QueryResult<Result<NewStorageArea, String>> {
    let administrators = match &line.administrator {
        Some(administrator) => vec![administrator.clone()],
        None => national_administrators(connection, &line.road_number).await?,
    };
    let mut reason = LocateError::UnknownRoad.to_string();
    for administrator in administrators {
        let asked = LocationDescription::NationalRoad(NumberedRoad {
            administrator,
            road_number: line.road_number.clone(),
            from: bound(&line.from),
            to: bound(&line.to),
            storage_area_id: None,
            direction: Direction::Both,
            geometry: None,
        });
        match locate(connection, &asked).await {
            Ok(located) => {
                let LocationDescription::NationalRoad(road) = located.resolved else { continue };
                return Ok(Ok(NewStorageArea {
                    source_id: line.id.clone(),
                    description: line.description.clone(),
                    administrator: road.administrator,
                    road_number: road.road_number,
                    geometry: located.found.geometry.to_string(),
                }));
            }
            Err(LocateError::Database(error)) => return Err(error),
            Err(error) => reason = error.to_string(),
        }
    }
    Ok(Err(reason))
}

fn bound(place: &Place) -> ReferencePointBound {
    let Place { department, number, side, abscissa_m } = place;
    let side: RoadSide = *side;
    ReferencePointBound {
        point_number: number.clone(),
        department_code: Some(department.clone()),
        side,
        abscissa_m: *abscissa_m,
    }
}
