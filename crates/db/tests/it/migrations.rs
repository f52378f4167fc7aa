//! Migrating: forth, back, and several processes at once.

use dialog_db::migrations::revert_all;
use dialog_db::{is_migrated, migrate};
use dialog_test_support::TestDatabase;
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

async fn tables(database: &TestDatabase) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        tables: i64,
    }
    diesel::sql_query(
        "SELECT count(*) AS tables FROM information_schema.tables \
         WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name <> '__diesel_schema_migrations'",
    )
    .get_result::<Row>(&mut database.connection().await)
    .await
    .unwrap()
    .tables
}

#[tokio::test]
async fn every_migration_goes_back_and_forth() {
    let database = TestDatabase::empty().await;
    let before = tables(&database).await;
    revert_all(database.url()).await.unwrap();
    assert_eq!(tables(&database).await, 0, "nothing is left");
    assert!(!is_migrated(database.url()).await.unwrap());
    assert!(!migrate(database.url()).await.unwrap().is_empty());
    assert_eq!(tables(&database).await, before);
    assert!(is_migrated(database.url()).await.unwrap());
}

#[tokio::test]
async fn a_second_run_does_nothing() {
    let database = TestDatabase::empty().await;
    assert_eq!(migrate(database.url()).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn processes_that_migrate_at_once_wait_for_each_other() {
    let database = TestDatabase::empty().await;
    revert_all(database.url()).await.unwrap();
    let (first, second, third) =
        futures::join!(migrate(database.url()), migrate(database.url()), migrate(database.url()));
    let ran: Vec<usize> = [first, second, third].into_iter().map(|run| run.unwrap().len()).collect();
    assert_eq!(ran.iter().filter(|count| **count > 0).count(), 1, "{ran:?}");
}

#[tokio::test]
async fn a_connection_that_was_closed_is_unavailable_and_a_wrong_query_is_not() {
    let database = TestDatabase::empty().await;
    let mut connection = database.connection().await;
    let wrong = connection.batch_execute("SELECT nonsense").await.unwrap_err();
    assert!(!dialog_db::is_unavailable(&wrong));
    let mut other = database.connection().await;
    other
        .batch_execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        .await
        .unwrap();
    let closed = connection.batch_execute("SELECT 1").await.unwrap_err();
    assert!(dialog_db::is_unavailable(&closed), "{closed}");
}
