//! How searches go through many orders: by what PostgreSQL counts of its own reads.

use dialog_db::listings::{Audience, Selection, Sort, SortKey, Window, page};
use dialog_db::{Caller, Connection};
use dialog_domain::MeasureType;
use dialog_test_support::TestDatabase;
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::sample::{self, LINE, at, content, draft, measure, member, organization, publish};

/// Rows of searches for 30,000 orders in 1,000 communes; the orders themselves are not there.
const MANY: &str = "SET session_replication_role = replica; \
    INSERT INTO public_orders SELECT gen_random_uuid(), gen_random_uuid(), 'X' || n, 'published', 'api', \
        'temporaryRegulation', now(), now(), false, '{noEntry}', ARRAY[(10000 + n % 1000)::text], 'x', now() \
        FROM generate_series(1, 30000) AS n; \
    INSERT INTO public_order_places SELECT order_uuid, code, kind FROM public_orders, unnest(city_codes) AS code, \
        unnest(ARRAY['noEntry', '']) AS kind ON CONFLICT DO NOTHING; \
    SET session_replication_role = origin; \
    VACUUM ANALYZE public_orders; VACUUM ANALYZE public_order_places";

/// Rows of tables of searches that this transaction has read: one after the other, and by an index.
async fn reads(connection: &mut Connection) -> (i64, i64) {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        in_sequence: i64,
        #[diesel(sql_type = BigInt)]
        by_index: i64,
    }
    let read = diesel::sql_query(
        "SELECT sum(seq_tup_read)::bigint AS in_sequence, sum(idx_tup_fetch)::bigint AS by_index \
         FROM pg_stat_xact_user_tables WHERE relname IN ('public_orders', 'public_order_places')",
    );
    let read: Row = read.get_result(connection).await.unwrap();
    (read.in_sequence, read.by_index)
}

#[tokio::test]
async fn a_drawing_is_found_by_the_commune_where_it_lies_and_by_an_index() {
    let database = TestDatabase::empty().await;
    let connection = &mut database.connection().await;
    let ours = organization(connection, "Nous").await;
    let lines = vec![measure(MeasureType::NoEntry, "2026-12-01T00:00:00", None, LINE)];
    let id = draft(connection, ours, "drawn", &content("Essai", lines)).await;
    publish(connection, &member(ours), id, 1).await;
    let contours = "UPDATE public_restrictions SET city_codes = '{10007,38421}'";
    connection.batch_execute(contours).await.unwrap();
    let order = sample::find(connection, &member(ours), id).await.unwrap();
    sample::list(connection, Audience::Public, &order, at("2026-11-23T09:00:00Z")).await;
    for statement in MANY.split(';') {
        connection.batch_execute(statement).await.unwrap();
    }

    let latest = Sort { key: SortKey::Start, is_descending: true };
    let creation = Sort { key: SortKey::Creation, is_descending: false };
    let window = Window { after: None, offset: 0, limit: 20 };
    for (code, total) in [("38421", 1), ("10007", 31), ("99999", 0)] {
        for (kind, sort) in [(None, creation), (None, latest), (Some(MeasureType::NoEntry), creation)] {
            let selection = Selection { city_code: Some(code.to_owned()), measure_type: kind, ..Selection::default() };
            connection.batch_execute("BEGIN").await.unwrap();
            // What was read before is counted until PostgreSQL hands it over, once a second.
            let before = reads(connection).await;
            let found =
                page(connection, &Caller::anonymous(), Audience::Public, &selection, sort, window).await.unwrap();
            let (in_sequence, by_index) = reads(connection).await;
            let (in_sequence, by_index) = (in_sequence - before.0, by_index - before.1);
            connection.batch_execute("COMMIT").await.unwrap();
            assert_eq!(found.total, total, "{code} {kind:?}");
            let identifiers: Vec<_> = found.orders.iter().map(|order| order.identifier.as_str()).collect();
            assert!(total != 1 || identifiers == ["drawn"], "{identifiers:?}");
            assert_eq!(in_sequence, 0, "{code} {kind:?} {sort:?}");
            assert!(by_index < 500, "{code} {kind:?} {sort:?}: {by_index} rows are read");
        }
    }
}
