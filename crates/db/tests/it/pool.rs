//! What a connection of the pool is set to.

use dialog_db::Pool;
use dialog_test_support::TestDatabase;
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

#[derive(diesel::QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    lc_messages: String,
}

async fn language(pool: &Pool) -> String {
    let mut connection = pool.get().await.unwrap();
    let query = diesel::sql_query("SELECT current_setting('lc_messages') AS lc_messages");
    query.get_result::<Setting>(&mut connection).await.unwrap().lc_messages
}

#[tokio::test]
async fn a_server_that_translates_its_messages_is_asked_not_to_and_an_ordinary_role_connects_all_the_same() {
    let database = TestDatabase::empty().await;
    let name = database.url().rsplit('/').next().unwrap().split('?').next().unwrap();
    let role = format!("{name}_role");
    let mut owner = database.connection().await;
    owner
        .batch_execute(&format!(
            "ALTER DATABASE {name} SET lc_messages = 'POSIX'; CREATE ROLE {role} LOGIN PASSWORD 'ordinary'"
        ))
        .await
        .unwrap();
    let ordinary = {
        let (scheme, rest) = database.url().split_once("://").unwrap();
        let (_, place) = rest.split_once('@').unwrap();
        dialog_db::connect(&format!("{scheme}://{role}:ordinary@{place}"), 1).unwrap()
    };

    assert_eq!(language(&database.pool()).await, "C", "a superuser may choose");
    assert_eq!(language(&ordinary).await, "POSIX", "the setting of the server stays");
    drop(ordinary);
    owner.batch_execute(&format!("DROP ROLE {role}")).await.unwrap();
}
