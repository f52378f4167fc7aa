//! Lorry waiting areas (*aires de stockage*) of national roads.

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use uuid::Uuid;

use super::statement::{Bind, Statement};
use crate::Connection;

/// A waiting area.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct StorageArea {
    /// The same from one load to the next.
    pub id: Uuid,
    /// What it is called.
    pub description: String,
    /// The road on which it lies.
    pub road_number: String,
    /// Where: GeoJSON.
    pub geometry: String,
}

/// A waiting area to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStorageArea {
    /// Identifier in its source.
    pub source_id: String,
    /// What it is called.
    pub description: String,
    /// Who manages the road.
    pub administrator: String,
    /// The road on which it lies.
    pub road_number: String,
    /// Where: GeoJSON.
    pub geometry: String,
}

type AreaSql = (diesel::sql_types::Uuid, Text, Text, Text);

/// The waiting areas of the roads of this number, by name.
///
/// # Errors
/// When the query fails.
pub async fn storage_areas_of(connection: &mut Connection, road_number: &str) -> QueryResult<Vec<StorageArea>> {
    Statement::<AreaSql>::new(
        "SELECT id, description, road_number, ST_AsGeoJSON(geometry, 7) FROM reference.storage_areas \
         WHERE road_number = $1 AND is_listed ORDER BY description, id",
        [Bind::Text(road_number)],
    )
    .load(connection)
    .await
}

/// A waiting area, listed or not.
///
/// # Errors
/// When the query fails.
pub async fn find_storage_area(connection: &mut Connection, id: Uuid) -> QueryResult<Option<StorageArea>> {
    let id = id.to_string();
    Statement::<AreaSql>::new(
        "SELECT id, description, road_number, ST_AsGeoJSON(geometry, 7) FROM reference.storage_areas \
         WHERE id = $1::uuid",
        [Bind::Text(&id)],
    )
    .get_result(connection)
    .await
    .optional()
}

/// Makes these waiting areas the ones that are listed; those that were and are not any more stay for the orders that
/// name them. Answers how many of these there are.
///
/// # Errors
/// When a statement fails; then nothing has changed.
pub async fn list_storage_areas(connection: &mut Connection, areas: &[NewStorageArea]) -> QueryResult<usize> {
    connection
        .transaction(async |connection| {
            let source_ids: Vec<String> = areas.iter().map(|area| area.source_id.clone()).collect();
            let gone = Statement::<Integer>::new(
                "UPDATE reference.storage_areas SET is_listed = false WHERE is_listed AND source_id <> ALL ($1) \
                 RETURNING 1",
                [Bind::Texts(&source_ids)],
            );
            let gone: Vec<i32> = gone.load(connection).await?;
            for area in areas {
                let upsert = Statement::<Integer>::new(
                    "INSERT INTO reference.storage_areas (source_id, description, administrator, road_number, geometry) \
                     VALUES ($1, $2, $3, $4, ST_SetSRID(ST_GeomFromGeoJSON($5), 4326)) \
                     ON CONFLICT (source_id) DO UPDATE SET description = EXCLUDED.description, is_listed = true, \
                         administrator = EXCLUDED.administrator, road_number = EXCLUDED.road_number, \
                         geometry = EXCLUDED.geometry RETURNING 1",
                    [
                        Bind::Text(&area.source_id),
                        Bind::Text(&area.description),
                        Bind::Text(&area.administrator),
                        Bind::Text(&area.road_number),
                        Bind::Text(&area.geometry),
                    ],
                );
                let _: i32 = upsert.get_result(connection).await?;
            }
            Ok(gone.len())
        })
        .await
}

/// Who manages a national road or motorway of this number; for a load, not for a look-up.
///
/// # Errors
/// When the query fails.
pub async fn national_administrators(connection: &mut Connection, road_number: &str) -> QueryResult<Vec<String>> {
    Statement::<Text>::new(
        "SELECT DISTINCT r.administrator FROM reference.editions e \
         JOIN reference.numbered_roads r ON r.edition_id = e.id \
         WHERE e.is_active AND r.number = $1 AND r.kind IN ('national', 'motorway') ORDER BY r.administrator",
        [Bind::Text(road_number)],
    )
    .load(connection)
    .await
}
