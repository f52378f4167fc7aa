//! The public map.

mod card;
mod drafts;
pub mod tiles;

use bytes::Bytes;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use dialog_api_types::map::{InitialBoundingBox, MapProperties, MapRestriction, MapRestrictions};
use dialog_db::events::{PublicState, public_state};
use dialog_db::restrictions::{self, BoundingBox, Feature, ListedRestriction, MapFilter, MapRow};
use dialog_db::{Connection, PooledConnection};
use dialog_domain::{LocationId, MeasureType, OrderCategory, OrderId, OrganizationId, VehicleProfile, time};
use diesel::result::Error as QueryError;
use futures::{Stream, StreamExt};
use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tokio::sync::oneshot;

pub use card::card;
pub use drafts::drafts;

use super::streaming::{ReadError, StreamError, Writer, channel};
use crate::app::AppState;

/// Days of the filters are those of this zone.
pub const ZONE: Tz = chrono_tz::Europe::Paris;

/// What to show on the map, in days.
#[derive(Clone, Debug, PartialEq)]
pub struct MapSelection {
    /// Where; `None`: everywhere.
    pub bounding_box: Option<BoundingBox>,
    /// Only what this organization published.
    pub organization: Option<OrganizationId>,
    /// Types of measure.
    pub measure_types: Vec<MeasureType>,
    /// Whether to show permanent orders.
    pub permanent: bool,
    /// Whether to show temporary orders.
    pub temporary: bool,
    /// Whether to show what restricts heavy goods vehicles.
    pub heavy_goods: bool,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// An instant at which it applies.
    pub at: Option<DateTime<Utc>>,
    /// A vehicle that it concerns.
    pub vehicle: Option<VehicleProfile>,
}

impl MapSelection {
    fn filter(&self) -> MapFilter {
        let categories = [
            (self.permanent, OrderCategory::PermanentRegulation),
            (self.temporary, OrderCategory::TemporaryRegulation),
        ];
        MapFilter {
            bounding_box: self.bounding_box,
            organization: self.organization,
            measure_types: self.measure_types.clone(),
            categories: categories.into_iter().filter_map(|(wanted, category)| wanted.then_some(category)).collect(),
            heavy_goods: self.heavy_goods,
            from: self.start.map(midnight_of),
            until: self.end.map(midnight_after),
            at: self.at,
            vehicle: self.vehicle.clone(),
        }
    }
}

/// The instant at which a day begins.
fn midnight_of(day: NaiveDate) -> DateTime<Utc> {
    time::instant(day.and_time(NaiveTime::MIN), &ZONE)
}

/// The instant at which a day is over.
fn midnight_after(day: NaiveDate) -> DateTime<Utc> {
    midnight_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
}

/// The day it is on the map.
#[must_use]
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&ZONE).date_naive()
}

/// A connection, and the state of what is public, by which answers are tagged. What is read next is of this state or a
/// later one, so that a tag never outlives its content.
pub struct Reading {
    connection: PooledConnection,
    /// The state.
    pub state: PublicState,
}

/// Begins to read what is public.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn read(state: &AppState) -> Result<Reading, ReadError> {
    let mut connection = state.database.get().await?;
    let state = public_state(&mut connection).await?;
    Ok(Reading { connection, state })
}

impl Reading {
    /// What a map of the rectangle of the selection shows, in words.
    ///
    /// # Errors
    /// When PostgreSQL fails.
    pub async fn listed(mut self, selection: &MapSelection, limit: u32) -> Result<MapRestrictions, ReadError> {
        let (total, rows) =
            restrictions::listed(&mut self.connection, &selection.filter(), i64::from(limit), 0).await?;
        Ok(MapRestrictions {
            total: u64::try_from(total).unwrap_or_default(),
            revision: self.state.revision,
            items: rows.into_iter().map(listed).collect::<Result<_, _>>()?,
        })
    }

    /// What the popup of a location tells; `None` when the location is not public.
    ///
    /// # Errors
    /// When PostgreSQL fails.
    pub async fn card(mut self, location: LocationId) -> Result<Option<serde_json::Value>, ReadError> {
        Ok(restrictions::card(&mut self.connection, location).await?)
    }

    /// Where to look first: the order, else the perimeter of the organization, else what the organization that
    /// publishes most has published.
    ///
    /// # Errors
    /// When PostgreSQL fails.
    pub async fn initial_extent(
        mut self,
        order: Option<OrderId>,
        organization: Option<OrganizationId>,
    ) -> Result<Option<BoundingBox>, ReadError> {
        Ok(match (order, organization) {
            (Some(order), _) => restrictions::order_extent(&mut self.connection, order).await?,
            (None, Some(organization)) => restrictions::organization_extent(&mut self.connection, organization).await?,
            (None, None) => restrictions::busiest_extent(&mut self.connection).await?,
        })
    }

    /// A GeoJSON feature collection, as PostgreSQL reads it.
    ///
    /// # Errors
    /// When PostgreSQL fails before the first feature; after it, the stream ends with an error.
    pub async fn features(
        self,
        selection: &MapSelection,
        zoom: Option<f64>,
    ) -> Result<impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>, ReadError> {
        let mut connection = self.connection;
        let filter = selection.filter();
        let (mut writer, reader) = channel();
        let (begun_sender, begun) = oneshot::channel();
        tokio::spawn(async move {
            let written = write_features(&mut connection, &filter, zoom, begun_sender, &mut writer).await;
            drop(connection);
            writer.finish(written).await;
        });
        match begun.await {
            Ok(begun) => {
                begun?;
                Ok(reader)
            }
            Err(_) => Err(ReadError::Query(QueryError::BrokenTransactionManager)),
        }
    }
}

fn listed(ListedRestriction { restriction: row, bounds }: ListedRestriction) -> Result<MapRestriction, QueryError> {
    let BoundingBox { min_lon, min_lat, max_lon, max_lat } = bounds;
    Ok(MapRestriction {
        location_uuid: LocationId(row.location_uuid),
        order_uuid: OrderId(row.order_uuid),
        measure_label: label(&row, "measureLabel"),
        location_label: label(&row, "locationLabel"),
        measure_type: measure_type(&row)?,
        regulation_category: row.category,
        bounds: InitialBoundingBox { min_lon, min_lat, max_lon, max_lat },
    })
}

/// A text of the card.
fn label(row: &MapRow, name: &str) -> String {
    row.card.get(name).and_then(|label| label.as_str()).unwrap_or_default().to_owned()
}

fn measure_type(row: &MapRow) -> Result<MeasureType, QueryError> {
    MeasureType::deserialize(row.measure_type.as_str().into_deserializer())
        .map_err(|error: serde_json::Error| QueryError::DeserializationError(error.into()))
}

async fn write_features(
    connection: &mut Connection,
    filter: &MapFilter,
    zoom: Option<f64>,
    begun: oneshot::Sender<Result<(), QueryError>>,
    writer: &mut Writer,
) -> Result<(), StreamError> {
    let features = match restrictions::features(connection, filter, zoom).await {
        Ok(features) => features,
        Err(error) => {
            // The caller is told; the stream has not begun.
            let _ = begun.send(Err(error));
            return Err(StreamError::ReaderGone);
        }
    };
    if begun.send(Ok(())).is_err() {
        return Err(StreamError::ReaderGone);
    }
    let mut features = std::pin::pin!(features);
    writer.write(br#"{"type":"FeatureCollection","features":["#).await?;
    let mut text = Vec::new();
    while let Some(feature) = features.next().await {
        let is_first = text.is_empty();
        text.clear();
        if !is_first {
            text.push(b',');
        }
        write_feature(feature?, &mut text)?;
        writer.write(&text).await?;
    }
    writer.write(b"]}").await
}

fn write_feature(feature: Feature, text: &mut Vec<u8>) -> Result<(), QueryError> {
    #[derive(Serialize)]
    struct Written {
        #[serde(rename = "type")]
        kind: &'static str,
        geometry: Box<RawValue>,
        properties: MapProperties,
    }
    let unreadable = |error: serde_json::Error| QueryError::DeserializationError(error.into());
    let Feature { restriction: row, geometry } = feature;
    let written = Written {
        kind: "Feature",
        properties: MapProperties {
            location_uuid: LocationId(row.location_uuid),
            measure_type: measure_type(&row)?,
            order_uuid: OrderId(row.order_uuid),
            location_label: label(&row, "locationLabel"),
            measure_label: label(&row, "measureLabel"),
            regulation_category: row.category,
        },
        geometry: RawValue::from_string(geometry).map_err(unreadable)?,
    };
    serde_json::to_writer(text, &written).map_err(unreadable)
}
