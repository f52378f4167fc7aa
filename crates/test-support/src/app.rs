use std::net::{Ipv4Addr, TcpListener};

use actix_web::dev::ServerHandle;
use dialog_api::AppState;
use dialog_api::clock::Clock;
use dialog_api::config::{Config, Source};
use dialog_api::demo;
use dialog_api::jobs::{self, Worker};
use dialog_api::server::{self, Signals};

use tempfile::TempDir;

use crate::caller::TestCaller;
use crate::environment::redis_url;
use crate::files::files_below;
use crate::{RedisPrefix, TestDatabase};

/// The secret of every test application, so that two instances read the same cookies.
const SECRET: &str = "a secret of the tests, long enough for the rule";

/// The real application on a free port, with a database and a Redis prefix of its own: the town is loaded and the
/// demonstration accounts exist. Everything is gone with this value.
pub struct TestApp {
    /// Address of the application, without a slash at its end.
    pub base_url: String,
    /// Its state, to look behind the scene.
    pub state: AppState,
    /// Its database.
    pub database: TestDatabase,
    /// Its Redis keys.
    pub redis: RedisPrefix,
    files: TempDir,
    instances: Vec<Instance>,
}

/// How to start a [`TestApp`].
#[derive(Default)]
pub struct TestAppBuilder {
    clock: Option<Clock>,
    variables: Vec<(String, String)>,
    database_url: Option<String>,
    database: Option<TestDatabase>,
}

struct Instance {
    handle: ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl TestApp {
    /// The application as it is by default.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// The application with something changed.
    #[must_use]
    pub fn builder() -> TestAppBuilder {
        TestAppBuilder::default()
    }

    /// Starts a second process of the application: same database, same Redis, another port. Its address.
    pub fn second_instance(&mut self) -> String {
        let (instance, base_url) = Instance::start(self.state.clone());
        self.instances.push(instance);
        base_url
    }

    /// Names of the files that it keeps, in order; in a folder of its own unless it has a bucket.
    #[must_use]
    pub fn files(&self) -> Vec<String> {
        files_below(self.files.path())
    }

    /// Does every job that is due.
    pub async fn run_jobs(&self) {
        let mut worker = Worker::new(self.state.clone(), jobs::kinds(), Vec::new());
        while worker.step().await.expect("the queue") {}
    }

    /// Nobody known.
    #[must_use]
    pub fn anonymous(&self) -> TestCaller {
        TestCaller::anonymous(&self.base_url)
    }

    /// A clerk of the first organization.
    pub async fn member(&self) -> TestCaller {
        self.anonymous().log_in(demo::CLERK, demo::PASSWORD).await
    }

    /// The owner of the first organization.
    pub async fn owner(&self) -> TestCaller {
        self.anonymous().log_in(demo::OWNER, demo::PASSWORD).await
    }

    /// The super-admin.
    pub async fn super_admin(&self) -> TestCaller {
        self.anonymous().log_in(demo::ADMIN, demo::PASSWORD).await
    }

    /// A clerk of another organization.
    pub async fn other_member(&self) -> TestCaller {
        self.anonymous().log_in(demo::OTHER_CLERK, demo::PASSWORD).await
    }

    /// The integrator of the first organization.
    #[must_use]
    pub fn api_client(&self) -> TestCaller {
        self.integrator(demo::CLIENT_ID, demo::CLIENT_SECRET)
    }

    /// The integrator of the other organization.
    #[must_use]
    pub fn other_api_client(&self) -> TestCaller {
        self.integrator(demo::OTHER_CLIENT_ID, demo::OTHER_CLIENT_SECRET)
    }

    fn integrator(&self, id: &str, secret: &str) -> TestCaller {
        self.anonymous().with_header("x-client-id", id).with_header("x-client-secret", secret)
    }
}

impl TestAppBuilder {
    /// Sets an environment variable of the application.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Chooses what time it is.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Another way to the database, for instance through a [`crate::Proxy`].
    #[must_use]
    pub fn database(mut self, database: TestDatabase, url: &str) -> Self {
        self.database = Some(database);
        self.database_url = Some(url.to_owned());
        self
    }

    /// Starts the application.
    pub async fn start(self) -> TestApp {
        let database = match self.database {
            Some(database) => database,
            None => TestDatabase::with_demonstration().await,
        };
        let redis = RedisPrefix::new();
        let files = tempfile::tempdir().expect("a folder for files");
        let mut variables = vec![
            ("APP_ENV".to_owned(), "test".to_owned()),
            ("DATABASE_URL".to_owned(), self.database_url.unwrap_or_else(|| database.url().to_owned())),
            ("DATABASE_POOL_SIZE".to_owned(), "4".to_owned()),
            ("REDIS_URL".to_owned(), redis_url()),
            ("REDIS_KEY_PREFIX".to_owned(), redis.as_str().to_owned()),
            ("APP_SECRET".to_owned(), SECRET.to_owned()),
            ("WEB_CONCURRENCY".to_owned(), "1".to_owned()),
            ("STORAGE_DIR".to_owned(), files.path().display().to_string()),
        ];
        variables.extend(self.variables);
        let config = Source::from_pairs(variables).and_then(|source| Config::read(&source)).expect("a configuration");
        let state = AppState::new(config, self.clock.unwrap_or_default()).expect("the state of the application");
        let (instance, base_url) = Instance::start(state.clone());
        TestApp { base_url, state, database, redis, files, instances: vec![instance] }
    }
}

impl TestDatabase {
    /// The demonstration town, organizations, accounts and keys.
    pub async fn with_demonstration() -> Self {
        Self::copy_of(&crate::town::demonstration_template(SECRET).await).await
    }
}

impl Instance {
    fn start(state: AppState) -> (Self, String) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("the port of the application");
        let (sender, receiver) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server::start(state, listener, Signals::Ignored).expect("the server");
                sender.send(server.handle()).expect("the test waits");
                server.await.expect("the server runs");
            });
        });
        let handle = receiver.recv().expect("the server has started");
        (Self { handle, thread: Some(thread) }, format!("http://{address}"))
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // The command is sent at once; awaiting would only wait for the end, which the thread tells.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
