//! The binary itself: configuration, demonstration data, and how processes end.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Output, Stdio};

use dialog_api::demo;
use dialog_api::secrets::Keys;
use dialog_api_types::app::Login;
use dialog_test_support::{TestApp, TestDatabase, redis_url};
use diesel::sql_types::{BigInt, Bool};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use tokio::process::{Child, Command};

const SECRET: &str = "a secret of the tests, long enough for the rule";

fn dialog(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dialog"));
    command.args(arguments).env_clear().envs(variables.iter().copied()).kill_on_drop(true);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

async fn terminate(child: &Child) {
    let process = child.id().expect("running").to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().await.unwrap().success());
}

#[tokio::test]
async fn a_wrong_configuration_stops_every_process_with_one_sentence() {
    let variables = [
        ("APP_ENV", "test"),
        ("DATABASE_URL", "postgres://dialog:the-password@127.0.0.1:9/none"),
        ("REDIS_URL", "redis://127.0.0.1:9"),
        ("APP_SECRET", "too-short"),
    ];
    for command in ["api", "worker", "migrate", "seed-demo"] {
        let output = dialog(&[command], &variables).output().await.unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let sentence = text(&output);
        assert_eq!(
            sentence.trim_end(),
            "dialog: the environment variable APP_SECRET must be 32 characters or more",
            "{command}"
        );
    }
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_said_without_its_password() {
    let variables = [
        ("APP_ENV", "test"),
        ("DATABASE_URL", "postgres://dialog:the-password@127.0.0.1:9/none"),
        ("REDIS_URL", "redis://127.0.0.1:9"),
        ("APP_SECRET", SECRET),
    ];
    let output = dialog(&["migrate"], &variables).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("connecting to the database"), "{}", text(&output));
    assert!(!text(&output).contains("the-password"));
}

#[tokio::test]
async fn the_document_needs_no_configuration() {
    let output = dialog(&["openapi"], &[]).output().await.unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), dialog_api::openapi::json().unwrap());
    let drifted = dialog(&["openapi", "--check", "/dev/null"], &[]).output().await.unwrap();
    assert_eq!(drifted.status.code(), Some(1));
    assert!(text(&drifted).contains("make openapi"));
}

#[tokio::test]
async fn the_demonstration_stays_out_of_production() {
    let database = TestDatabase::empty().await;
    let variables = [
        ("APP_ENV", "prod"),
        ("BASE_URL", "https://dialog.example.fr"),
        ("ADMIN_EMAIL", "admin@example.fr"),
        ("DATABASE_URL", database.url()),
        ("REDIS_URL", "redis://127.0.0.1:9"),
        ("APP_SECRET", SECRET),
    ];
    let output = dialog(&["seed-demo"], &variables).output().await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("APP_ENV"));
    assert_eq!(count(&database, "users").await, 0);
}

async fn count(database: &TestDatabase, table: &str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    diesel::sql_query(format!("SELECT count(*) AS rows FROM {table}"))
        .get_result::<Row>(&mut database.connection().await)
        .await
        .unwrap()
        .rows
}

#[tokio::test]
async fn the_demonstration_is_the_same_however_often_it_is_written() {
    let app = TestApp::start().await;
    let database = &app.database;
    let change = "UPDATE users SET password_hash = NULL, is_verified = false; UPDATE organizations SET name = 'x'; \
                  UPDATE memberships SET is_owner = true; UPDATE api_clients SET is_active = false";
    database.connection().await.batch_execute(change).await.unwrap();
    for _ in 0..2 {
        let territories = demo::seed(&mut database.connection().await, &Keys::derive(SECRET)).await.unwrap();
        assert_eq!(territories, ["Démoville (00001)"]);
    }
    for (table, rows) in
        [("organizations", 2), ("organization_areas", 2), ("users", 4), ("memberships", 3), ("api_clients", 2)]
    {
        assert_eq!(count(database, table).await, rows, "{table}");
    }
    for caller in [app.owner().await, app.member().await, app.super_admin().await, app.other_member().await] {
        caller.get("/api/app/me").await.expect(200);
    }
    for integrator in [app.api_client(), app.other_api_client()] {
        integrator.get("/api/regulations/none").await.problem(404, "not_found");
    }
    let roles = async |caller: dialog_test_support::TestCaller| {
        let me = caller.get("/api/app/me").await.value();
        (me["user"]["isSuperAdmin"] == true, me["organizations"][0]["isOwner"] == true)
    };
    assert_eq!(roles(app.owner().await).await, (false, true));
    assert_eq!(roles(app.member().await).await, (false, false));
    assert_eq!(roles(app.super_admin().await).await, (true, false));
}

#[tokio::test]
async fn an_api_that_is_told_to_stop_finishes_the_request_under_way() {
    let database = TestDatabase::with_demonstration().await;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port().to_string();
    let redis = redis_url();
    let variables = [
        ("APP_ENV", "test"),
        ("DATABASE_URL", database.url()),
        ("REDIS_URL", redis.as_str()),
        ("REDIS_KEY_PREFIX", "dialog-test:processes:"),
        ("APP_SECRET", SECRET),
        ("API_PORT", port.as_str()),
        ("WEB_CONCURRENCY", "1"),
    ];
    let mut child = dialog(&["api"], &variables).spawn().unwrap();
    while tokio::net::TcpStream::connect(format!("127.0.0.1:{port}")).await.is_err() {
        assert!(child.try_wait().unwrap().is_none(), "the api stopped at once");
        tokio::task::yield_now().await;
    }

    // A request that waits for PostgreSQL, which waits for us.
    let mut holder = database.connection().await;
    holder.batch_execute("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let login = Login { email: demo::CLERK.to_owned(), password: demo::PASSWORD.to_owned() };
    let url = format!("http://127.0.0.1:{port}/api/login");
    let request = tokio::spawn(reqwest::Client::new().post(url).json(&login).send());
    let mut observer = database.connection().await;
    while !somebody_waits(&mut observer).await {
        tokio::task::yield_now().await;
    }

    terminate(&child).await;
    holder.batch_execute("COMMIT").await.unwrap();
    assert_eq!(request.await.unwrap().expect("an answer").status(), 200);
    assert!(child.wait().await.unwrap().success());
}

async fn somebody_waits(observer: &mut dialog_db::Connection) -> bool {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        waits: bool,
    }
    diesel::sql_query(
        "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database \
         WHERE NOT granted AND datname = current_database()) AS waits",
    )
    .get_result::<Row>(observer)
    .await
    .unwrap()
    .waits
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_stops() {
    let database = TestDatabase::with_demonstration().await;
    let redis = redis_url();
    let variables =
        [("APP_ENV", "test"), ("DATABASE_URL", database.url()), ("REDIS_URL", redis.as_str()), ("APP_SECRET", SECRET)];
    let mut child = dialog(&["worker"], &variables).spawn().unwrap();
    // It looks at the queue once it is up: its connection tells.
    let mut observer = dialog_db::Connection::establish(database.url()).await.unwrap();
    while !somebody_else_is_connected(&mut observer).await {
        assert!(child.try_wait().unwrap().is_none(), "the worker stopped at once");
        tokio::task::yield_now().await;
    }
    terminate(&child).await;
    assert!(child.wait().await.unwrap().success());
}

async fn somebody_else_is_connected(observer: &mut dialog_db::Connection) -> bool {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        connected: bool,
    }
    diesel::sql_query(
        "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() \
         AND pid <> pg_backend_pid() AND query LIKE '%jobs%') AS connected",
    )
    .get_result::<Row>(observer)
    .await
    .unwrap()
    .connected
}
