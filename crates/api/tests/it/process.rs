//! Real `dialog` processes: the ones that a test kills, and those that share the same services.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dialog_test_support::{RedisPrefix, free_port, redis_url};

/// The secret of the processes.
pub const SECRET: &str = "a secret of the tests, long enough for the rule";

/// A process that answers later than this never will.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a command of `dialog` answers: whether it went well, and what it wrote.
pub fn dialog(database_url: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dialog"))
        .args(arguments)
        .env_clear()
        .envs([
            ("APP_ENV", "test"),
            ("DATABASE_URL", database_url),
            ("REDIS_URL", &redis_url()),
            ("APP_SECRET", SECRET),
        ])
        .output()
        .expect("a process");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text.into_owned())
}

/// What processes of one deployment share.
pub struct Deployment {
    database_url: String,
    redis: RedisPrefix,
    folder: PathBuf,
}

impl Deployment {
    /// A deployment on this database, with Redis keys of its own.
    pub fn on(database_url: &str) -> Self {
        let redis = RedisPrefix::new();
        let folder = std::env::temp_dir().join(redis.as_str().replace(':', "-"));
        std::fs::create_dir_all(&folder).expect("a folder for the logs");
        Self { database_url: database_url.to_owned(), redis, folder }
    }

    /// An api process, once it answers.
    pub async fn api(&self, port: u16) -> Process {
        let mut process = self.start("api", port);
        let address = process.base_url();
        let began = Instant::now();
        while reqwest::get(format!("{address}/api/health")).await.is_err() {
            assert!(process.is_running(), "the api stopped: {}", process.log());
            assert!(began.elapsed() < PATIENCE, "the api does not answer: {}", process.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        process
    }

    /// A worker process.
    pub fn worker(&self) -> Process {
        self.start("worker", 0)
    }

    fn start(&self, command: &str, port: u16) -> Process {
        let log = self.folder.join(format!("{command}-{}", free_port()));
        let file = File::options().create(true).append(true).open(&log).expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_dialog"))
            .arg(command)
            .env_clear()
            .envs([
                ("APP_ENV", "test"),
                ("DATABASE_URL", &self.database_url),
                ("DATABASE_POOL_SIZE", "6"),
                ("REDIS_URL", &redis_url()),
                ("REDIS_KEY_PREFIX", self.redis.as_str()),
                ("APP_SECRET", SECRET),
                ("API_PORT", &port.to_string()),
                ("WEB_CONCURRENCY", "2"),
                // What is tested here is not the limit.
                ("API_RATE_LIMIT", "1000000000"),
                ("STORAGE_DIR", &self.folder.join("files").to_string_lossy()),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .expect("a process");
        Process { child, port, log }
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A running process; killed with this value.
pub struct Process {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Process {
    /// Where it answers.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it as it stands, with `SIGKILL`.
    pub fn kill(&mut self) {
        self.child.kill().expect("killing a process");
        self.child.wait().expect("waiting for a killed process");
    }

    fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("asking for a process").is_none()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
