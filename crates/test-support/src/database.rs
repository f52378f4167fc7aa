use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use dialog_db::{Connection, Pool};
use diesel::sql_types::{Bool, Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use url::Url;

use crate::environment::server_url;

/// What a test database's name begins with; the process and a rank follow.
const PREFIX: &str = "dialog_test_";
/// Key of the advisory lock under which template databases are made.
const LOCK: i64 = 0x0074_6573_7473;

static RANK: AtomicU32 = AtomicU32::new(0);
static SWEPT: OnceCell<()> = OnceCell::const_new();

/// A database of its own for one test, migrated; dropped with this value.
///
/// It is a copy of a template that is made once for the migrations of this binary, so that it takes a tenth of a second.
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// Tables without rows.
    pub async fn empty() -> Self {
        Self::copy_of(&template("empty", "", async |_| {}).await).await
    }

    /// The demonstration town is loaded, nothing else.
    #[cfg(feature = "town")]
    pub async fn with_town() -> Self {
        Self::copy_of(&crate::town::town_template().await).await
    }

    /// A copy of a template database.
    pub(crate) async fn copy_of(template: &str) -> Self {
        SWEPT.get_or_init(sweep).await;
        let name = format!("{PREFIX}{}_{}", std::process::id(), RANK.fetch_add(1, Ordering::Relaxed));
        let mut server = connect(&server_url()).await;
        server
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .await
            .expect("creating the database of a test");
        let url = url_of(&name);
        Self { name, url }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A new connection.
    pub async fn connection(&self) -> Connection {
        connect(&self.url).await
    }

    /// A pool of four connections.
    #[must_use]
    pub fn pool(&self) -> Pool {
        dialog_db::connect(&self.url, 4).expect("a pool")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // The runtime of the test may be gone or busy: dropping takes its own.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async {
                let mut server = Connection::establish(&server_url()).await.ok()?;
                server.batch_execute(&statement).await.ok()
            })
        })
        .join();
        if !matches!(dropped, Ok(Some(()))) {
            println!("the database {} is left over; the next run sweeps it", self.name);
        }
    }
}

/// The name of the template database `kind`, made by `fill` on the migrated database when it does not exist yet.
/// `content` stands for what `fill` puts there: another content is another template.
pub(crate) async fn template<F>(kind: &str, content: &str, fill: F) -> String
where
    F: AsyncFnOnce(String),
{
    let mut digest = Sha256::new();
    digest.update(dialog_db::migrations::fingerprint());
    digest.update(content);
    let key = format!("{:x}", u64::from_be_bytes(digest.finalize()[..8].try_into().expect("eight bytes")));
    let name = format!("dialog_template_{kind}_{key}");
    let mut server = connect(&server_url()).await;
    if exists(&mut server, &name).await {
        return name;
    }
    // Released when the connection closes, also when the making fails.
    server.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})")).await.expect("locking the templates");
    if !exists(&mut server, &name).await {
        let building = format!("{name}_b");
        server.batch_execute(&format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)")).await.expect("a clean start");
        server
            .batch_execute(&format!("CREATE DATABASE {building} TEMPLATE template0 ENCODING 'UTF8'"))
            .await
            .expect("a template");
        dialog_db::migrate(&url_of(&building)).await.expect("migrating a template");
        fill(url_of(&building)).await;
        settle(&mut server, &building).await;
        server.batch_execute(&format!("ALTER DATABASE {building} RENAME TO {name}")).await.expect("naming a template");
    }
    name
}

/// Ends what is still connected: a closed pool says goodbye in its own time, and a template must have no visitor.
async fn settle(server: &mut Connection, name: &str) {
    diesel::sql_query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1")
        .bind::<Text, _>(name)
        .execute(server)
        .await
        .expect("closing a template");
}

/// Drops what processes that are gone left behind.
async fn sweep() {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let mut server = connect(&server_url()).await;
    let databases =
        diesel::sql_query("SELECT datname::text AS name FROM pg_database WHERE starts_with(datname::text, $1)")
            .bind::<Text, _>(PREFIX)
            .load::<Row>(&mut server)
            .await
            .expect("listing databases");
    for Row { name } in databases {
        let process = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()).unwrap_or_default();
        if !std::path::Path::new("/proc").join(process).exists() {
            // Another process may sweep the same one.
            let _ = server.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn exists(server: &mut Connection, name: &str) -> bool {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    diesel::sql_query("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS found")
        .bind::<Text, _>(name)
        .get_result::<Row>(server)
        .await
        .expect("looking for a template")
        .found
}

pub(crate) fn connect(url: &str) -> impl Future<Output = Connection> + Send {
    let url = url.to_owned();
    async move { Connection::establish(&url).await.expect("connecting to PostgreSQL (TEST_DATABASE_URL)") }
}

fn url_of(database: &str) -> String {
    let mut url: Url = server_url().parse().expect("TEST_DATABASE_URL is an address");
    url.set_path(database);
    url.to_string()
}
