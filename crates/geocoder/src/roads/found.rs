//! A road out of the tables, ready to be measured; a whole road as a location.

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::{self, RoadMaterial, RoadRow};
use dialog_domain::{Confidence, Found, Geometry, LocatingMethod, RoadType};
use diesel::QueryResult;

use super::{find, kinds};
use crate::LocateError;

/// A numbered road and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct ReferencedRoad {
    pub(crate) road: dialog_geo::ReferencedRoad,
    /// Edition of each of its départements.
    pub(crate) editions: BTreeMap<String, String>,
    pub(crate) edition_ids: Vec<i32>,
}

/// The sections and reference points of a road.
pub(crate) async fn referenced_road(connection: &mut Connection, row: &RoadRow) -> QueryResult<ReferencedRoad> {
    let material = reference::road_material(connection, &row.administrator, &row.number).await?;
    let RoadMaterial { editions, edition_ids, sections, points } = material;
    Ok(ReferencedRoad { road: dialog_geo::ReferencedRoad::new(sections, points), editions, edition_ids })
}

/// The whole of a numbered road, for a form in which its bounds are not filled in yet.
///
/// # Errors
/// [`LocateError::UnknownRoad`], or when the database does not answer.
pub async fn whole_road(
    connection: &mut Connection,
    road_type: RoadType,
    administrator: &str,
    number: &str,
) -> Result<Found, LocateError> {
    let row = find(connection, administrator, number, kinds(road_type).unwrap_or_default()).await?;
    let row = row.ok_or(LocateError::UnknownRoad)?;
    let whole = reference::whole_road(connection, &row).await?;
    let (geometry, length_m, edition) = whole.ok_or(LocateError::UnknownRoad)?;
    Ok(Found {
        geometry: Geometry::from_text(&geometry).map_err(|_| LocateError::InvalidGeometry)?,
        length_m,
        segments: Vec::new(),
        method: LocatingMethod::WholeRoad,
        confidence: Confidence::Exact,
        edition: Some(edition),
        contour: None,
        storage_area: None,
    })
}
