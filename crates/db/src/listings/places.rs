//! In which communes the published orders are, for the total of a search that asks for nothing else.

use dialog_domain::{MeasureType, OrderId};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;

use super::{Audience, Selection};
use crate::Connection;
use crate::cached::Cached;

/// The type of those rows that stand for all types of an order.
const ANY_TYPE: &str = "";

/// Writes where an order that everybody lists is, by its row, in the place of what was written before.
pub(super) async fn write(mut connection: &Connection, order: OrderId, measure_types: &[&str]) -> QueryResult<()> {
    let types = [measure_types, &[ANY_TYPE]].concat();
    Cached(
        diesel::sql_query(
            "WITH places AS (SELECT city_code, measure_type FROM public_orders, unnest(city_codes) AS city_code, \
                unnest($2) AS measure_type WHERE order_uuid = $1), \
             gone AS (DELETE FROM public_order_places p WHERE order_uuid = $1 AND NOT EXISTS \
                (SELECT FROM places WHERE city_code = p.city_code AND measure_type = p.measure_type)) \
             INSERT INTO public_order_places (order_uuid, city_code, measure_type) \
                SELECT $1, city_code, measure_type FROM places ON CONFLICT DO NOTHING",
        )
        .bind::<SqlUuid, _>(order.0)
        .bind::<Array<Text>, _>(types),
    )
    .execute(&mut connection)
    .await
    .map(drop)
}

/// A commune and maybe a type of measures.
pub(super) struct Place<'a> {
    city_code: &'a str,
    measure_type: Option<MeasureType>,
}

impl<'a> Place<'a> {
    /// That of a selection which asks for nothing else.
    pub(super) fn alone(audience: Audience, selection: &'a Selection) -> Option<Self> {
        let city_code = selection.city_code.as_deref().filter(|_| audience == Audience::Public)?;
        let measure_type = selection.measure_type;
        let place = Selection { city_code: selection.city_code.clone(), measure_type, ..Selection::default() };
        (*selection == place).then_some(Self { city_code, measure_type })
    }

    /// How many published orders are there, or are of the commune itself without being there.
    pub(super) async fn count(&self, connection: &mut Connection) -> QueryResult<i64> {
        #[derive(QueryableByName)]
        struct Total {
            #[diesel(sql_type = BigInt)]
            total: i64,
        }
        // Counted by organization: PostgreSQL does not know that hardly any commune has one, and would read all orders.
        let query = diesel::sql_query(
            "SELECT (SELECT count(*) FROM public_order_places WHERE city_code = $1 AND measure_type = $2) \
                + (SELECT COALESCE(sum(elsewhere.count), 0)::bigint FROM organizations g, LATERAL ( \
                    SELECT count(*) FROM public_orders WHERE organization_uuid = g.uuid \
                        AND NOT city_codes @> ARRAY[$1] AND ($2 = '' OR $2 = ANY(measure_types))) AS elsewhere \
                    WHERE g.code_type = 'insee' AND g.code = $1) AS total",
        );
        let measure_type = self.measure_type.map_or(ANY_TYPE, |kind| kind.as_str());
        Ok(Cached(query.bind::<Text, _>(self.city_code).bind::<Text, _>(measure_type))
            .get_result::<Total>(connection)
            .await?
            .total)
    }
}
