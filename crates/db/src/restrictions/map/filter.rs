use chrono::{DateTime, Utc};
use dialog_domain::{MeasureType, OrderCategory, OrganizationId, VehicleProfile, VehicleSet};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::BoundingBox;
use super::active;
use crate::Connection;
use crate::cached::Cached;
use crate::feeds::clauses::{Clauses, Value};
use crate::words::json;

/// What to show on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapFilter {
    /// Where; `None`: everywhere.
    pub bounding_box: Option<BoundingBox>,
    /// Only what this organization published.
    pub organization: Option<OrganizationId>,
    /// Types of measure.
    pub measure_types: Vec<MeasureType>,
    /// Categories of order.
    pub categories: Vec<OrderCategory>,
    /// Whether to show what restricts heavy goods vehicles.
    pub heavy_goods: bool,
    /// Only what applies at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// Only what applies before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Only what applies at this very instant, days and hours included.
    pub at: Option<DateTime<Utc>>,
    /// Only what concerns this vehicle.
    pub vehicle: Option<VehicleProfile>,
}

impl MapFilter {
    /// Whether nothing can match.
    pub(super) fn is_empty(&self) -> bool {
        self.measure_types.is_empty()
            || self.categories.is_empty()
            || self.from.zip(self.until).is_some_and(|(from, until)| from >= until)
    }

    /// Whether the conditions are on more than `map_shapes` has: the row `r` of `public_restrictions` is needed too.
    pub(super) const fn needs_rest(&self) -> bool {
        self.until.is_some() || self.at.is_some() || self.organization.is_some()
    }

    /// The conditions on a row, place aside: the usual ones on the columns of `row`, the others on those of `r`. Sets of vehicles and zones of territories are read for them.
    pub(super) async fn clauses(&self, connection: &mut Connection, row: &str) -> QueryResult<Clauses> {
        let mut clauses = Clauses::default();
        if self.is_empty() {
            clauses.and("FALSE", []);
            return Ok(clauses);
        }
        if let Some(organization) = self.organization {
            clauses.and("r.organization_uuid = ?", [Value::Uuid(organization.0)]);
        }
        if MeasureType::ALL.iter().any(|kind| !self.measure_types.contains(kind)) {
            let words = self.measure_types.iter().map(|kind| kind.as_str().to_owned()).collect();
            clauses.and(&format!("{row}.measure_type = ANY(?)"), [Value::Texts(words)]);
        }
        match self.categories.as_slice() {
            [OrderCategory::PermanentRegulation] => clauses.and(&format!("{row}.category = 'permanentRegulation'"), []),
            [OrderCategory::TemporaryRegulation] => clauses.and(&format!("{row}.category = 'temporaryRegulation'"), []),
            _ => {}
        }
        if !self.heavy_goods {
            clauses.and(&format!("NOT {row}.restricts_heavy_goods"), []);
        }
        match (self.from, self.until) {
            (None, None) => {}
            // The same as the next one, read from the index.
            (Some(from), None) => clauses.and(&format!("{row}.ends_at > ?"), [Value::Instant(Some(from))]),
            (from, until) => {
                clauses.and("r.validity && tstzrange(?, ?, '[)')", [Value::Instant(from), Value::Instant(until)]);
            }
        }
        if let Some(vehicle) = &self.vehicle {
            let keys = keys_of_sets(connection, |set| set.applies_to(vehicle)).await?;
            clauses.and(&format!("{row}.vehicle_key = ANY(?)"), [Value::Uuids(keys)]);
        }
        if let Some(at) = self.at {
            let clocks = active::clocks(connection, at).await?;
            clauses.and(
                "r.validity @> ?::timestamptz AND jsonb_path_exists(r.periods, ?::jsonpath, \
                    ?::jsonb -> (SELECT o.time_zone FROM organizations o WHERE o.uuid = r.organization_uuid))",
                [Value::Instant(Some(at)), Value::Text(active::APPLIES.to_owned()), Value::Text(clocks.to_string())],
            );
        }
        Ok(clauses)
    }
}

/// The keys of the sets of vehicles that pass. Each set is read once, whatever the number of rows that have it.
async fn keys_of_sets(connection: &mut Connection, passes: impl Fn(&VehicleSet) -> bool) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = SqlUuid)]
        vehicle_key: Uuid,
        #[diesel(sql_type = Jsonb)]
        vehicle_set: serde_json::Value,
    }
    // From one key to the next in the index.
    let rows = Cached(diesel::sql_query(
        "WITH RECURSIVE keys AS ( \
            (SELECT r.vehicle_key FROM public_restrictions r ORDER BY r.vehicle_key LIMIT 1) \
            UNION ALL \
            SELECT (SELECT r.vehicle_key FROM public_restrictions r WHERE r.vehicle_key > keys.vehicle_key \
                ORDER BY r.vehicle_key LIMIT 1) FROM keys WHERE keys.vehicle_key IS NOT NULL) \
         SELECT keys.vehicle_key, \
            (SELECT r.vehicle_set FROM public_restrictions r WHERE r.vehicle_key = keys.vehicle_key LIMIT 1) AS vehicle_set \
         FROM keys WHERE keys.vehicle_key IS NOT NULL",
    ))
    .load::<Row>(connection)
    .await?;
    let mut keys = Vec::new();
    for row in rows {
        if passes(&json(row.vehicle_set)?) {
            keys.push(row.vehicle_key);
        }
    }
    Ok(keys)
}
