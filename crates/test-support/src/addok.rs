use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::service::{PrivateRedis, free_port};

/// A real Addok, with a Redis of its own and the places it was given: what API Adresse runs.
pub struct Addok {
    port: u16,
    program: PathBuf,
    folder: TempDir,
    process: Option<Child>,
    _redis: PrivateRedis,
}

impl Addok {
    /// Starts it with these places, in Addok's own JSON, or says by name that `test` is skipped: `TEST_ADDOK` is the
    /// command of an installed Addok, which `make test` sets.
    pub async fn start(test: &str, places: &[Value]) -> Option<Self> {
        let Some(program) = std::env::var_os("TEST_ADDOK").map(PathBuf::from) else {
            println!("skipped: {test}: TEST_ADDOK names no Addok; `make test` installs one");
            return None;
        };
        let redis = PrivateRedis::start().await;
        let folder = tempfile::tempdir().expect("a folder for Addok");
        let settings = format!(
            "REDIS = {{'host': '127.0.0.1', 'port': {}, 'indexes': {{'db': 0}}, 'documents': {{'db': 1}}}}\nLOG_DIR = '{}'\n\
             FILTERS = ['type', 'postcode', 'citycode']\n",
            redis.port(),
            folder.path().display()
        );
        fs::write(folder.path().join("settings.py"), settings).expect("settings of Addok");
        let lines: Vec<String> = places.iter().map(Value::to_string).collect();
        let file = folder.path().join("places.jsonl");
        fs::write(&file, lines.join("\n")).expect("places for Addok");
        let this = Self { port: free_port(), program, folder, process: None, _redis: redis };
        this.run(&["batch", &file.display().to_string()]);
        this.run(&["ngrams"]);
        let mut this = this;
        this.resume().await;
        Some(this)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it at once; its places stay.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("ending Addok");
            process.wait().expect("waiting for Addok to end");
        }
    }

    /// Starts it again on the same port.
    pub async fn resume(&mut self) {
        let process = command(&self.program, self.folder.path())
            .args(["serve", "--host", "127.0.0.1", "--port", &self.port.to_string()])
            .spawn()
            .expect("starting Addok");
        self.process = Some(process);
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            let process = self.process.as_mut().expect("just started");
            assert!(process.try_wait().expect("asking for Addok").is_none(), "Addok stopped at once");
            tokio::task::yield_now().await;
        }
    }

    fn run(&self, arguments: &[&str]) {
        let status = command(&self.program, self.folder.path()).args(arguments).status().expect("running Addok");
        assert!(status.success(), "addok {arguments:?}: {status}");
    }
}

impl Drop for Addok {
    fn drop(&mut self) {
        self.stop();
    }
}

fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("ADDOK_CONFIG_MODULE", folder.join("settings.py")).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
