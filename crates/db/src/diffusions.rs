//! Where each public order is found, as its exporters told when it was published.

use chrono::{DateTime, Utc};
use dialog_domain::{LocationId, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Connection;
use crate::cached::Cached;
use crate::schema::{order_diffusions, order_versions};

/// What writes orders for everybody: a feed made of fragments, another layout of it, or rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Exporter {
    /// DATEX II.
    Datex,
    /// DATEX II in the old layout.
    DatexLegacy,
    /// CIFS, for Waze.
    Cifs,
    /// A row per measure and location: tables and maps.
    Rows,
}

impl Exporter {
    /// Every exporter.
    pub const ALL: [Self; 4] = [Self::Datex, Self::DatexLegacy, Self::Cifs, Self::Rows];

    /// The word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Datex => "datex",
            Self::DatexLegacy => "datex_legacy",
            Self::Cifs => "cifs",
            Self::Rows => "rows",
        }
    }
}

/// What an exporter made of a version.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDiffusion {
    /// Which exporter.
    pub exporter: Exporter,
    /// When the version leaves by the passage of time; `None`: it never is in.
    pub leaves_at: Option<DateTime<Utc>>,
    /// What could not be said, as JSON.
    pub losses: serde_json::Value,
}

/// Where an order stands with an exporter.
#[derive(Clone, Debug, PartialEq)]
pub struct Diffusion {
    /// Which exporter.
    pub exporter: Exporter,
    /// When the present version leaves by the passage of time; `None`: it never is in.
    pub leaves_at: Option<DateTime<Utc>>,
    /// Since when the order is in without a break; `None`: the present version never is.
    pub entered_at: Option<DateTime<Utc>>,
    /// When it last left before that; `None`: never.
    pub left_at: Option<DateTime<Utc>>,
    /// What could not be said, as JSON.
    pub losses: serde_json::Value,
}

/// Notes what the exporters made of the version of an order that was published at an instant, after those before it. A
/// version that is written again, by another edition of an exporter, keeps the place it has.
///
/// # Errors
/// When the query fails.
pub async fn write(
    mut connection: &Connection,
    order: OrderId,
    version: i32,
    published_at: DateTime<Utc>,
    diffusions: &[NewDiffusion],
) -> QueryResult<()> {
    let rows: Vec<serde_json::Value> = diffusions
        .iter()
        .map(|one| {
            serde_json::json!({
                "exporter": one.exporter.as_str(), "leaves_at": one.leaves_at, "losses": one.losses,
            })
        })
        .collect();
    // The version before was in until it left by itself, or until this one came.
    let query = diesel::sql_query(
        "INSERT INTO order_diffusions AS known (order_uuid, exporter, version_number, leaves_at, entered_at, losses) \
         SELECT $2, exporter, $3, leaves_at, CASE WHEN leaves_at > $4 THEN $4 END, losses \
         FROM jsonb_to_recordset($1) AS row (exporter text, leaves_at timestamptz, losses jsonb) \
         ON CONFLICT (order_uuid, exporter) DO UPDATE SET version_number = excluded.version_number, \
            leaves_at = excluded.leaves_at, losses = excluded.losses, \
            entered_at = CASE WHEN excluded.entered_at IS NULL THEN NULL \
                WHEN known.entered_at IS NOT NULL AND known.leaves_at >= $4 THEN known.entered_at ELSE $4 END, \
            left_at = CASE WHEN known.version_number = excluded.version_number OR known.entered_at IS NULL \
                THEN known.left_at ELSE LEAST(known.leaves_at, $4) END",
    );
    let query = query
        .bind::<Jsonb, _>(serde_json::Value::Array(rows))
        .bind::<SqlUuid, _>(order.0)
        .bind::<Integer, _>(version)
        .bind::<Timestamptz, _>(published_at);
    Cached(query).execute(&mut connection).await.map(drop)
}

/// Where an order stands with each exporter; nothing when it is not public, or was published before this was noted.
///
/// # Errors
/// When the query fails.
pub async fn find(connection: &mut Connection, order: OrderId) -> QueryResult<Vec<Diffusion>> {
    type Row = (String, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, serde_json::Value);
    let rows: Vec<Row> = order_diffusions::table
        .filter(order_diffusions::order_uuid.eq(order.0))
        .select((
            order_diffusions::exporter,
            order_diffusions::leaves_at,
            order_diffusions::entered_at,
            order_diffusions::left_at,
            order_diffusions::losses,
        ))
        .load(connection)
        .await?;
    let known = |(word, leaves_at, entered_at, left_at, losses): Row| {
        let exporter = Exporter::ALL.into_iter().find(|exporter| exporter.as_str() == word)?;
        Some(Diffusion { exporter, leaves_at, entered_at, left_at, losses })
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Forgets what was noted of an order.
///
/// # Errors
/// When the query fails.
pub async fn delete(mut connection: &Connection, order: OrderId) -> QueryResult<()> {
    diesel::delete(order_diffusions::table.filter(order_diffusions::order_uuid.eq(order.0)))
        .execute(&mut connection)
        .await
        .map(drop)
}

/// When the first version of an order was published.
///
/// # Errors
/// When the query fails.
pub async fn first_published_at(connection: &mut Connection, order: OrderId) -> QueryResult<Option<DateTime<Utc>>> {
    order_versions::table.find((order.0, 1)).select(order_versions::published_at).first(connection).await.optional()
}

/// Until when CIFS tells of one of these locations of an order; `None`: it does not.
///
/// # Errors
/// When the query fails.
pub async fn cifs_until(
    connection: &mut Connection,
    order: OrderId,
    locations: &[LocationId],
) -> QueryResult<Option<DateTime<Utc>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        until: Option<DateTime<Utc>>,
    }
    // The identifier of an incident begins with its location.
    let row: Row = diesel::sql_query(
        "SELECT max(valid_until) AS until FROM ( \
            SELECT valid_until, body FROM current_feed_fragments WHERE feed = 'cifs' AND order_uuid = $1 \
            UNION ALL SELECT valid_until, body FROM coming_feed_fragments WHERE feed = 'cifs' AND order_uuid = $1) \
            AS told \
         WHERE EXISTS (SELECT FROM unnest($2) AS location WHERE position('\"' || location || '.' IN body) > 0)",
    )
    .bind::<SqlUuid, _>(order.0)
    .bind::<Array<Text>, _>(locations.iter().map(|location| Uuid::to_string(&location.0)).collect::<Vec<_>>())
    .get_result(connection)
    .await?;
    Ok(row.until)
}
