//! Restrictions as tables: rows of what is public, written while PostgreSQL reads them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::pin;

use bytes::Bytes;
use dialog_db::Connection;
use dialog_db::events::{PublicState, public_state};
use dialog_db::feeds::FeedFilter;
use dialog_db::restrictions::{self, GeometryText, RestrictionRow};
use dialog_domain::{LocationId, MeasureId, OrderId, OrganizationId};
use dialog_exports::{FeedContext, RESTRICTION_FIELDS, Restriction, csv, geojson};
use diesel::result::Error as QueryError;
use diesel_async::SimpleAsyncConnection;
use futures::{Stream, TryStreamExt};
use serde_json::Value;
use tokio::sync::oneshot;

use super::feeds::{Accepted, Encoding, Feed, Output};
use super::streaming::{ReadError, StreamError, channel};
use crate::app::AppState;

/// To be raised whenever the same rows are written in another way.
const EDITION: u8 = 1;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A GeoJSON feature collection.
    GeoJson,
    /// Lines of cells.
    Csv,
}

/// Which rows are asked for, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How.
    pub format: Format,
    /// Which.
    pub filter: FeedFilter,
}

impl Table {
    /// What tags the table: other bytes have another tag.
    #[must_use]
    pub fn tag(&self, revision: i64) -> String {
        let mut asked = DefaultHasher::new();
        (EDITION, RESTRICTION_FIELDS, self.format, format!("{:?}", self.filter)).hash(&mut asked);
        format!("{revision:x}-{:x}", asked.finish())
    }

    /// What the table of this state is before its first byte.
    #[must_use]
    pub fn head(&self, shown: PublicState, accepted: Accepted) -> Feed {
        let tag = self.tag(shown.revision);
        let (encoding, tag) =
            if accepted.gzip { (Encoding::Gzip, format!("{tag}-gz")) } else { (Encoding::Identity, tag) };
        Feed { encoding, tag, changed_at: shown.changed_at, length: None }
    }
}

/// What a table is, and its bytes, all as of one moment.
///
/// # Errors
/// When PostgreSQL fails before the first byte; after it, the stream ends with an error.
pub async fn open(
    state: &AppState,
    table: Table,
    accepted: Accepted,
) -> Result<(Feed, impl Stream<Item = Result<Bytes, StreamError>> + Unpin + use<>), ReadError> {
    let mut connection = state.database.get().await?;
    let context = FeedContext { base_url: state.config.base_url.clone() };
    let (mut writer, reader) = channel();
    let (sender, shown) = oneshot::channel();
    tokio::spawn(async move {
        let written = connection
            .build_transaction()
            .repeatable_read()
            .read_only()
            .run::<_, StreamError, _>(async |connection| {
                // A reader may take its time; one that takes nothing is given up by the writer.
                let begun = match connection.batch_execute("SET LOCAL statement_timeout = 0").await {
                    Ok(()) => public_state(connection).await,
                    Err(error) => Err(error),
                };
                let head = begun.map(|shown| table.head(shown, accepted));
                let encoding = head.as_ref().map(|head| head.encoding).ok();
                // Who asked may be gone; the first piece written to them says so.
                let is_awaited = sender.send(head).is_ok();
                match encoding.filter(|_| is_awaited) {
                    Some(encoding) => {
                        let mut output = Output::new(&mut writer, encoding).await?;
                        write(connection, &table, &context, &mut output).await?;
                        output.finish().await
                    }
                    None => Ok(()),
                }
            })
            .await;
        drop(connection);
        writer.finish(written).await;
    });
    match shown.await {
        Ok(shown) => Ok((shown?, reader)),
        // The transaction could not begin.
        Err(_) => Err(ReadError::Query(QueryError::BrokenTransactionManager)),
    }
}

async fn write(
    connection: &mut Connection,
    table: &Table,
    context: &FeedContext,
    output: &mut Output<'_>,
) -> Result<(), StreamError> {
    let geometry = match table.format {
        Format::GeoJson => GeometryText::GeoJson,
        Format::Csv => GeometryText::Wkt,
    };
    let mut rows = pin!(restrictions::rows(connection, &table.filter, geometry).await?);
    match table.format {
        Format::GeoJson => output.write(geojson::opening().as_bytes()).await?,
        Format::Csv => output.write(csv::header().as_bytes()).await?,
    }
    let (mut piece, mut is_first) = (String::new(), true);
    while let Some(row) = rows.try_next().await? {
        let restriction = restriction(row);
        match table.format {
            Format::GeoJson => {
                if !is_first {
                    piece.push_str(geojson::SEPARATOR);
                }
                geojson::feature(&restriction, context, &mut piece);
            }
            Format::Csv => csv::row(&restriction, context, &mut piece),
        }
        output.write(piece.as_bytes()).await?;
        piece.clear();
        is_first = false;
    }
    match table.format {
        Format::GeoJson => output.write(geojson::closing().as_bytes()).await,
        Format::Csv => Ok(()),
    }
}

fn restriction(row: RestrictionRow) -> Restriction {
    let text = |member: &str| row.card.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let texts = |member: &str| {
        let values = row.card.get(member).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Restriction {
        identifier: text("identifier"),
        title: text("title"),
        organization_name: text("organizationName"),
        measure_label: text("measureLabel"),
        vehicles: text("vehicles"),
        periods: texts("periods"),
        location_label: text("locationLabel"),
        location: LocationId(row.location_uuid),
        measure: MeasureId(row.measure_uuid),
        order: OrderId(row.order_uuid),
        version: row.version_number,
        category: row.category,
        state: row.state,
        organization: OrganizationId(row.organization_uuid),
        measure_type: row.measure_type,
        max_speed_kmh: row.max_speed_kmh,
        vehicle_set: row.vehicle_set,
        period_details: row.periods,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        road_type: row.road_type,
        road_name: row.road_name,
        city_code: row.city_code,
        length_m: row.length_m,
        updated_at: row.updated_at,
        geometry: row.geometry,
    }
}
